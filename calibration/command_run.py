"""`didim calibrate`: from the first light to a rig file and its report, in a terminal."""

from __future__ import annotations

import json
import locale
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from calibration.camera import CameraFailure
from calibration.flow import Outcome, Session, Step
from calibration.words import LANGUAGES, Language, Words, cause_in
from calibration.workbench import Workbench, keep, sheet_of, workbench
from didim.problem import Problem
from didim.survey import Saved, SurveyRequest

told = Console(stderr=True, highlight=False, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line.

    Attributes:
        recorded: a kept run to solve from; save: a new folder to keep this one in.
    """

    request: SurveyRequest
    language: Language
    recorded: Path | None = None
    save: Path | None = None
    as_json: bool = False


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


def calibrate(options: Options) -> None:
    """Run every step, save the rig and write the report."""
    words = Words(options.language)
    request = _ruled(options, words)
    with workbench(request, recorded=options.recorded, save=options.save) as bench:
        outcome = _through(bench, words)
        truth = None if bench.truth is None else bench.truth(outcome)
        sources = bench.sources()
    saved = keep(outcome, request, sources, words.language, datetime.now())
    if options.as_json:
        print(json.dumps(figures(outcome, saved.rig_file, truth), ensure_ascii=False, indent=2))
    else:
        _tell(outcome, saved, truth, words)


def _tell(outcome: Outcome, saved: Saved, truth: dict[str, float] | None, words: Words) -> None:
    """What came out, for a person."""
    surface, verified = outcome.framed.surface, outcome.verified
    done = words(
        "done.saved",
        path=saved.rig_file,
        width=surface.width_m,
        height=surface.height_m,
        median=f"{verified.median_mm:.1f}",
        p95=f"{verified.p95_mm:.1f}",
    )
    told.print(f"[bold green]✓[/] {done}")
    for key in outcome.limits:
        told.print("  " + words(key, mm_per_px=f"{outcome.mm_per_px:.1f}"))
    if outcome.apart is not None:
        apart = {"median": f"{outcome.apart.median_mm:.1f}", "p95": f"{outcome.apart.p95_mm:.1f}"}
        told.print("  " + words("done.apart", **apart))
    if saved.left_out:
        told.print("  [bold yellow]![/] " + words("done.left_out", names=", ".join(saved.left_out)))
    if saved.kept is not None:
        told.print("  " + words("done.kept"))
    if truth is not None:
        told.print("  " + words("truth", **{key: f"{value:.1f}" for key, value in truth.items()}))
    told.print("  " + words("done.report", path=f"{saved.report_html}, {saved.report_pdf.name}"))


def figures(outcome: Outcome, out: Path, truth: dict[str, float] | None) -> dict[str, Any]:
    """What came out, for a machine."""
    surface, verified, camera = outcome.framed.surface, outcome.verified, outcome.camera
    return {
        "rig": str(out),
        "surface_m": [surface.width_m, surface.height_m],
        "median_mm": round(verified.median_mm, 3),
        "median_span_mm": [round(value, 3) for value in verified.median_span_mm],
        "p95_mm": round(verified.p95_mm, 3),
        "metric_p95_mm": None if camera is None else round(1000 * camera.p95_m, 2),
        "above_p95_mm": None if camera is None else round(1000 * camera.above_p95_m, 2),
        "apart_median_mm": None if outcome.apart is None else round(outcome.apart.median_mm, 3),
        "apart_p95_mm": None if outcome.apart is None else round(outcome.apart.p95_mm, 3),
        "cameras": [camera.name for camera in outcome.rig.cameras],
        "projectors": [projector.name for projector in outcome.rig.projectors],
        "coverage": round(outcome.coverage, 3),
        "seen_share": round(verified.seen_share, 3),
        "mm_per_px": round(outcome.mm_per_px, 2),
        "delay_ms": round(outcome.delay.delay_ns / 1e6, 1),
        "limits": list(outcome.limits),
        "truth": truth,
    }


def _ruled(options: Options, words: Words) -> SurveyRequest:
    """The request with what the ruler measures, asked for where somebody can be asked."""
    request = options.request
    if request.ruler_mm is not None or request.venue is not None or options.recorded is not None:
        return request
    sheet = sheet_of(request.paper, None)
    read = told.input(words("ask.ruler", ruler=f"{sheet.ruler_mm:g}")).strip().replace(",", ".")
    return replace(request, ruler_mm=_number(read) if read else None)


def _through(bench: Workbench, words: Words) -> Outcome:
    """All steps, each again as often as somebody mends what was wrong."""
    session = Session(bench.desk, bench.setup)
    while session.next is not None:
        step = session.next
        told.print(
            f"[bold]{round(100 * session.share):3d} %[/]  "
            + words(f"do.{step.kind}", number=step.number, of=step.of)
        )
        session.prepare()
        _ready(bench, step, words)
        try:
            with told.status(words(f"doing.{step.kind}")):
                session.advance()
        except Problem as problem:
            cause = cause_in(words, problem)
            if cause is not None:
                told.print(f"[bold red]✗[/] {escape(cause)}")
            if not bench.attended and session.next != step:
                continue  # the place of the sheet was drawn in
            if not bench.attended:
                raise
            told.print("  " + escape(words("ask.cause", detail=str(problem))))
            if _stops(words("ask.again")):
                raise
    return session.outcome


def _ready(bench: Workbench, step: Step, words: Words) -> None:
    """Wait for whoever does what the step asks for."""
    if bench.bearer is not None:
        bench.bearer(step)
    elif (step.by_hand or step.kind in ("light", "patterns")) and _stops(words("ask.enter")):
        raise KeyboardInterrupt


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise CameraFailure(f"a length in millimetres is a number such as 399.5, got {text!r}") from None


def _stops(question: str) -> bool:
    return told.input(question).strip().lower() in ("q", "quit")
