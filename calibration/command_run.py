"""`didim calibrate`: from the first light to a rig file and its report, in a terminal."""

from __future__ import annotations

import json
import locale
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.markup import escape

from calibration.camera import PAPERS, CameraFailure, Sheet
from calibration.flow import Desk, LiveDesk, Outcome, Session, Setup, Step
from calibration.history import save_rig
from calibration.recording import SavedDesk, SavingDesk
from calibration.report import write_report
from calibration.words import LANGUAGES, Language, Words, cause_in
from didim.problem import Problem
from didim.rig import Rig, RigError, read_rig

told = Console(stderr=True, highlight=False, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line."""

    out: Path
    language: Language
    venue: str | None = None
    recorded: Path | None = None
    save: Path | None = None
    camera: str | None = None
    display: int | None = None
    paper: str = "a3"
    ruler_mm: float | None = None
    places: int = 5
    wall: bool = False
    name: str | None = None
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class _Bench:
    """A desk, what is done at it, who does what is asked for, and what is known beside."""

    desk: Desk
    setup: Setup
    ready: Callable[[Step], None]
    again: Callable[[Problem], bool]
    truth: Callable[[Outcome], dict[str, float]] | None = None
    source: Callable[[], dict[str, Any]] | None = None


def language_of(name: str | None) -> Language:
    """The language asked for, else that of the computer where it is one of ours.

    Raises:
        CameraFailure: there is no such language.
    """
    if name is None:
        return "ko" if (locale.getlocale()[0] or "").lower().startswith(("ko", "korean")) else "en"
    for language in LANGUAGES:
        if name == language:
            return language
    raise CameraFailure(f"--language is {' or '.join(LANGUAGES)}, got {name!r}")


def sheet_of(paper: str, ruler_mm: float | None) -> Sheet:
    """The sheet as it was printed.

    Raises:
        CameraFailure: no such paper. WrongSize: the ruler's reading is far off.
    """
    for known in PAPERS:
        if known == paper.lower():
            return Sheet(known) if ruler_mm is None else Sheet(known).read(ruler_mm)
    raise CameraFailure(f"--paper is a3 or a4, got {paper!r}")


def calibrate(options: Options) -> None:
    """Run every step, save the rig and write the report."""
    words = Words(options.language)
    with _bench(options, words) as bench:
        outcome = _through(bench, words)
        truth = None if bench.truth is None else bench.truth(outcome)
        source = bench.setup.source if bench.source is None else bench.source()
    now = datetime.now()
    kept = save_rig(_over(outcome.rig, options, source), options.out, now)
    report = write_report(outcome, options.out.with_suffix("").with_name("calibration"), words.language, now)
    if options.as_json:
        print(json.dumps(figures(outcome, options.out, truth), ensure_ascii=False, indent=2))
        return
    surface, verified = outcome.framed.surface, outcome.verified
    told.print(
        "[bold green]✓[/] "
        + words(
            "done.saved",
            path=options.out,
            width=surface.width_m,
            height=surface.height_m,
            median=f"{verified.median_mm:.1f}",
            p95=f"{verified.p95_mm:.1f}",
        )
    )
    for key in outcome.limits:
        told.print("  " + words(key, mm_per_px=f"{figures(outcome, options.out, None)['mm_per_px']:.1f}"))
    if kept is not None:
        told.print("  " + words("done.kept"))
    if truth is not None:
        told.print("  " + words("truth", **{key: f"{value:.1f}" for key, value in truth.items()}))
    told.print("  " + words("done.report", path=f"{report.html}, {report.pdf.name}"))


def figures(outcome: Outcome, out: Path, truth: dict[str, float] | None) -> dict[str, Any]:
    """What came out, for a machine."""
    from calibration.report._page import coverage, mm_per_px

    surface, verified, camera = outcome.framed.surface, outcome.verified, outcome.camera
    return {
        "rig": str(out),
        "surface_m": [surface.width_m, surface.height_m],
        "median_mm": round(verified.median_mm, 3),
        "median_span_mm": [round(value, 3) for value in verified.median_span_mm],
        "p95_mm": round(verified.p95_mm, 3),
        "metric_p95_mm": None if camera is None else round(1000 * camera.p95_m, 2),
        "above_p95_mm": None if camera is None else round(1000 * camera.above_p95_m, 2),
        "coverage": round(coverage(outcome), 3),
        "seen_share": round(verified.seen_share, 3),
        "mm_per_px": round(mm_per_px(outcome), 2),
        "delay_ms": round(outcome.delay.delay_ns / 1e6, 1),
        "limits": list(outcome.limits),
        "truth": truth,
    }


def _through(bench: _Bench, words: Words) -> Outcome:
    """All steps, each again as often as somebody mends what was wrong."""
    session = Session(bench.desk, bench.setup)
    while session.next is not None:
        step = session.next
        told.print(
            f"[bold]{round(100 * session.share):3d} %[/]  "
            + words(f"do.{step.kind}", number=step.number, of=step.of)
        )
        session.prepare()
        bench.ready(step)
        try:
            with told.status(words(f"doing.{step.kind}")):
                session.advance()
        except Problem as problem:
            cause = cause_in(words, problem)
            if cause is not None:
                told.print(f"[bold red]✗[/] {escape(cause)}")
            if not bench.again(problem):
                raise
    return session.outcome


@contextmanager
def _bench(options: Options, words: Words) -> Iterator[_Bench]:
    if options.recorded is not None:
        saved = SavedDesk(options.recorded)
        yield _Bench(saved, saved.setup, _nobody, _never)
    elif options.venue is not None:
        yield _kept(_venue_bench(options), options)
    else:
        yield from _live_bench(options, words)


def _kept(bench: _Bench, options: Options) -> _Bench:
    if options.save is None:
        return bench
    return replace(bench, desk=SavingDesk(bench.desk, options.save, bench.setup))


def _setup(options: Options, name: str, source: dict[str, Any]) -> Setup:
    return Setup(
        name=options.name or name,
        kind="wall" if options.wall else "floor",
        sheet=sheet_of(options.paper, options.ruler_mm),
        places=options.places,
        display=options.display,
        source=source,
    )


def _venue_bench(options: Options) -> _Bench:
    """A venue, where somebody lays the sheet down at once and nothing has to be waited for."""
    from calibration.truth import true_errors
    from calibration.venue import SheetBearer, VenueStage
    from didim.sim.venue import VenueError, open_venue

    assert options.venue is not None
    venue = open_venue(options.venue)
    if not venue.projector:
        raise VenueError(f"the venue {venue.name!r} has no [[projector]] to calibrate")
    stage = VenueStage(venue)
    setup = _setup(options, venue.name, {"kind": "venue", "venue": options.venue})
    bearer = SheetBearer(stage, setup.sheet, np.random.default_rng(setup.seed))

    def truth(outcome: Outcome) -> dict[str, float]:
        errors = true_errors(outcome.framed, stage, outcome.rig.projectors[0].display)
        return {
            "median": round(float(np.median(errors.drawn_mm)), 3),
            "p95": round(float(np.percentile(errors.drawn_mm, 95)), 3),
            "metric": round(float(np.percentile(errors.metric_mm, 95)), 3),
        }

    kind = venue.surface.kind
    return _Bench(LiveDesk(stage, stage), replace(setup, kind=kind), bearer.follow, _never, truth)


def _live_bench(options: Options, words: Words) -> Iterator[_Bench]:
    from calibration.live import CameraEye, ScreenLight

    sheet = sheet_of(options.paper, options.ruler_mm)
    if options.ruler_mm is None:
        read = told.input(words("ask.ruler", ruler=f"{sheet.ruler_mm:g}")).strip().replace(",", ".")
        options = replace(options, ruler_mm=_number(read) if read else None)
    source = _source(options)
    with closing(CameraEye(source)) as eye, closing(ScreenLight()) as light:
        setup = _setup(options, options.out.stem, source)

        def ready(step: Step) -> None:
            if (step.by_hand or step.kind in ("light", "patterns")) and _stops(words("ask.enter")):
                raise KeyboardInterrupt

        def again(problem: Problem) -> bool:
            told.print("  " + escape(words("ask.cause", detail=str(problem))))
            return not _stops(words("ask.again"))

        bench = _Bench(LiveDesk(light, eye), setup, ready, again, source=lambda: eye.source)
        yield _kept(bench, options)


def _source(options: Options) -> dict[str, Any]:
    """The camera named, else that of the rig file, else the first webcam."""
    if options.camera is not None:
        return {"kind": "webcam", "device": options.camera}
    if options.out.is_file():
        cameras = read_rig(options.out).cameras
        if cameras and cameras[0].source:
            return {key: value for key, value in cameras[0].source.items() if key != "exposure_ms"}
    return {"kind": "webcam", "device": "0"}


def _over(rig: Rig, options: Options, source: dict[str, Any]) -> Rig:
    """The new rig with what else the file before says: engine, sound, its name."""
    rig = replace(rig, cameras=tuple(replace(camera, source=source) for camera in rig.cameras))
    if not options.out.is_file():
        return rig
    try:
        before = read_rig(options.out)
    except RigError:
        return rig
    name = options.name or before.name
    return replace(rig, name=name, engine=before.engine, loudness=before.loudness)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise CameraFailure(f"a length in millimetres is a number such as 399.5, got {text!r}") from None


def _stops(question: str) -> bool:
    return told.input(question).strip().lower() in ("q", "quit")


def _nobody(step: Step) -> None:
    """Nobody has to do anything."""


def _never(problem: Problem) -> bool:
    return False
