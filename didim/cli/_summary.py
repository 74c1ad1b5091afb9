"""What `didim play` and `didim demo` say at their end, in the languages that the round was played in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from didim.cli._console import errors, results
from didim.run.play import PlaySummary
from didim.words import Language, Words

TOO_SLOW_HZ, ENOUGH_HZ = 8.0, 10
"""Camera pictures a second: below the first, steps are missed and come late; the second carries a game."""


def print_summary(summary: PlaySummary, languages: Sequence[Language]) -> None:
    """Tell a person what happened in a round: a table in each of these languages."""
    for warning in summary.warnings:
        errors.print(f"[yellow]warning:[/] {escape(warning)}")
    for language in languages:
        say = Words("didim.cli", "summary.toml", language)
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        for name, told in (*_rows(summary, say), *_verdict(summary.verdict, say)):
            table.add_row(name, told)
        if summary.out:
            table.add_row(say("written"), escape(summary.out))
        results.print(table)
        if summary.pictures_in == 0:
            errors.print(f"[yellow]{say('no_picture')}[/]")
        elif summary.pictures_hz < TOO_SLOW_HZ:
            told = say("too_slow", pictures_hz=f"{summary.pictures_hz:.1f}", enough_hz=ENOUGH_HZ)
            errors.print(f"[yellow]{escape(told)}[/]")


def _rows(summary: PlaySummary, say: Words) -> Iterator[tuple[str, str]]:
    yield say("game"), say("game_is", game=summary.game, seconds=f"{summary.seconds:.0f}")
    yield (
        say("pictures"),
        say(
            "pictures_are",
            count=summary.pictures_in,
            hz=f"{summary.pictures_hz:.1f}",
            with_person=summary.pictures_with_person,
            missed=summary.pictures_missed,
        ),
    )
    yield say("players"), say("players_are", seen=summary.players_seen, steps=summary.steps)
    yield say("score"), str(summary.score)
    yield say("frames"), say("frames_are", count=summary.frames_drawn, quality=_quality(summary, say))
    if summary.frames_damped:
        yield say("guard"), say("guard_is", count=summary.frames_damped)
    for stage, time in {**summary.ms, "picture_to_cue": summary.picture_to_cue_ms}.items():
        if time.count:
            yield say(f"stage.{stage}"), f"{time.median_ms:.1f} ms, p95 {time.p95_ms:.1f} ms"


def _quality(summary: PlaySummary, say: Words) -> str:
    """How finely the light was drawn at its end, in words where it is one of the usual qualities."""
    from didim.project import QUALITIES  # draws, so that it is no part of a quick start

    chosen = next((each for each in QUALITIES if str(each) == summary.quality), None)
    if chosen is None:
        return summary.quality
    fine = say("quality", scale=f"{chosen.canvas_scale:g}", share=chosen.ground_share)
    return fine if chosen.bloom else say("without_bloom", quality=fine)


def _verdict(verdict: dict[str, Any] | None, say: Words) -> Iterator[tuple[str, str]]:
    """Belief against truth, where a venue knows it."""
    if not verdict:
        return
    yield say("found"), f"{100 * verdict['found']:.0f} %"
    if error_cm := verdict["foot_error_cm"]:
        yield say("foot_error"), "{:.1f} cm, p95 {:.1f} cm".format(*error_cm)
    if delay_ms := verdict["contact_delay_ms"]:
        felt = say("landings", felt=verdict["landings_felt"], landings=verdict["landings"])
        yield say("contact_delay"), "{:.0f} ms, p95 {:.0f} ms; ".format(*delay_ms) + felt
