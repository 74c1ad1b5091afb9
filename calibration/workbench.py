"""What a calibration is done with: a place, a virtual venue or a recording; and where its result goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from calibration.camera import PAPERS, CameraFailure, Sheet
from calibration.devices import Eye
from calibration.flow import Desk, LiveDesk, Outcome, Setup, Step
from calibration.history import save_rig
from calibration.recording import SavedDesk, SavingDesk
from calibration.report import write_report
from calibration.words import Language
from didim.rig import Rig, RigError, read_rig
from didim.survey import Saved, SurveyRequest

USUAL_PLACES = 5


@dataclass(frozen=True, slots=True)
class Workbench:
    """A desk and what is done at it.

    Attributes:
        eye: what looks at the surface; None in a recording.
        bearer: who lays the sheet down and takes it up; None where a person does.
        truth: errors against what a virtual venue knows, mm.
        source: the camera's driver with the settings that were locked.
    """

    desk: Desk
    setup: Setup
    eye: Eye | None
    source: Callable[[], dict[str, Any]]
    bearer: Callable[[Step], None] | None = None
    truth: Callable[[Outcome], dict[str, float]] | None = None

    @property
    def attended(self) -> bool:
        """Whether somebody stands at the surface who has to be waited for."""
        return self.eye is not None and self.bearer is None


def sheet_of(paper: str, ruler_mm: float | None) -> Sheet:
    """The sheet as it was printed.

    Raises:
        CameraFailure: no such paper. WrongSize: the ruler's reading is far off.
    """
    for known in PAPERS:
        if known == paper.lower():
            return Sheet(known) if ruler_mm is None else Sheet(known).read(ruler_mm)
    raise CameraFailure(f"the paper is a3 or a4, got {paper!r}")


@contextmanager
def workbench(
    request: SurveyRequest, *, recorded: Path | None = None, save: Path | None = None
) -> Iterator[Workbench]:
    """Open what a request asks for.

    Args:
        recorded: a folder kept by an earlier run, to solve from; save: a new folder to keep pictures in.

    Raises:
        Problem: a device does not open, or there is no such venue or recording.
    """
    if recorded is not None:
        desk = SavedDesk(recorded)
        yield Workbench(desk, desk.setup, None, lambda: dict(desk.setup.source), _nobody)
    elif request.venue is not None:
        yield _kept(_venue_bench(request, request.venue), save)
    else:
        with _live_bench(request) as bench:
            yield _kept(bench, save)


def keep(
    outcome: Outcome, request: SurveyRequest, source: dict[str, Any], language: Language, now: datetime
) -> Saved:
    """Write the rig file, keep the one before, and write the report.

    Raises:
        Problem: nothing can be written there.
    """
    out = request.rig_file
    kept = save_rig(over(outcome.rig, request, source), out, now)
    report = write_report(outcome, out.with_suffix("").with_name("calibration"), language, now)
    return Saved(out, None if kept is None else kept.name, report.html, report.pdf)


def over(rig: Rig, request: SurveyRequest, source: dict[str, Any]) -> Rig:
    """The new rig with what else the file before says: engine, sound, its name."""
    rig = replace(rig, cameras=tuple(replace(camera, source=source) for camera in rig.cameras))
    if not request.rig_file.is_file():
        return rig
    try:
        before = read_rig(request.rig_file)
    except RigError:
        return rig
    name = request.name or before.name
    return replace(rig, name=name, engine=before.engine, loudness=before.loudness)


def _kept(bench: Workbench, save: Path | None) -> Workbench:
    if save is None:
        return bench
    return replace(bench, desk=SavingDesk(bench.desk, save, bench.setup))


def _setup(request: SurveyRequest, name: str, source: dict[str, Any]) -> Setup:
    return Setup(
        name=request.name or name,
        kind=request.kind,
        sheet=sheet_of(request.paper, request.ruler_mm),
        places=request.places or USUAL_PLACES,
        display=request.display,
        source=source,
    )


def _venue_bench(request: SurveyRequest, name: str) -> Workbench:
    """A venue, where somebody lays the sheet down at once and nothing has to be waited for."""
    from calibration.truth import true_errors
    from calibration.venue import SheetBearer, VenueStage
    from didim.sim.venue import VenueError, open_venue

    venue = open_venue(name)
    if not venue.projector:
        raise VenueError(f"the venue {venue.name!r} has no [[projector]] to calibrate")
    stage = VenueStage(venue)
    source = {"kind": "venue", "venue": name}
    setup = replace(_setup(request, venue.name, source), kind=venue.surface.kind)
    bearer = SheetBearer(stage, setup.sheet, np.random.default_rng(setup.seed))

    def truth(outcome: Outcome) -> dict[str, float]:
        errors = true_errors(outcome.framed, stage, outcome.rig.projectors[0].display)
        return {
            "median": round(float(np.median(errors.drawn_mm)), 3),
            "p95": round(float(np.percentile(errors.drawn_mm, 95)), 3),
            "metric": round(float(np.percentile(errors.metric_mm, 95)), 3),
        }

    return Workbench(LiveDesk(stage, stage), setup, stage, lambda: source, bearer.follow, truth)


@contextmanager
def _live_bench(request: SurveyRequest) -> Iterator[Workbench]:
    from calibration.live import CameraEye, ScreenLight

    source = _source(request)
    setup = _setup(request, request.rig_file.stem, source)
    with closing(CameraEye(source)) as eye, closing(ScreenLight()) as light:
        yield Workbench(LiveDesk(light, eye), setup, eye, lambda: eye.source)


def _source(request: SurveyRequest) -> dict[str, Any]:
    """The camera named, else that of the rig file, else the first webcam."""
    if request.source is not None:
        return dict(request.source)
    if request.rig_file.is_file():
        cameras = read_rig(request.rig_file).cameras
        if cameras and cameras[0].source:
            return {key: value for key, value in cameras[0].source.items() if key != "exposure_ms"}
    return {"kind": "webcam", "device": "0"}


def _nobody(step: Step) -> None:
    """Nobody has to do anything."""
