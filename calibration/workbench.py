"""What a calibration is done with: a place, a virtual venue or a recording; and where its result goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from calibration.camera import PAPERS, CameraFailure, Sheet
from calibration.devices import Eye
from calibration.flow import CameraName, Desk, LiveDesk, Outcome, Setup, Step
from calibration.history import save_rig
from calibration.merging import merged_rig
from calibration.recording import SavedDesk, SavingDesk
from calibration.report import write_report
from calibration.words import Language
from didim.rig import RigError, read_rig
from didim.survey import Saved, SurveyRequest

if TYPE_CHECKING:
    from calibration.venue import VenueStage

LOCKED = ("exposure_ms", "gain", "white_balance_k")


@dataclass(frozen=True, slots=True)
class Workbench:
    """A desk and what is done at it.

    Attributes:
        eye: what looks at the surface; None in a recording.
        bearer: who lays the sheet down and takes it up; None where a person does.
        truth: errors against what a virtual venue knows, mm.
        sources: each camera's driver with the settings that were locked.
    """

    desk: Desk
    setup: Setup
    eye: Eye | None
    sources: Callable[[], list[dict[str, Any]]]
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
        yield Workbench(desk, desk.setup, None, lambda: sources_of(desk.setup), _nobody)
    elif request.venue is not None:
        yield _kept(_venue_bench(request, request.venue), save)
    else:
        with _live_bench(request) as bench:
            yield _kept(bench, save)


def sources_of(setup: Setup) -> list[dict[str, Any]]:
    """Each camera's driver as it was before."""
    return [dict(camera.source) for camera in setup.cameras]


def keep(
    outcome: Outcome, request: SurveyRequest, sources: list[dict[str, Any]], language: Language, now: datetime
) -> Saved:
    """Write the rig file, keep the one before, and write the report.

    Raises:
        Problem: nothing can be written there.
    """
    out = request.rig_file
    cameras = zip(outcome.rig.cameras, sources, strict=True)
    rig = replace(outcome.rig, cameras=tuple(replace(camera, source=source) for camera, source in cameras))
    left_out: tuple[str, ...] = ()
    if out.is_file():
        with suppress(RigError):
            rig, left_out = merged_rig(rig, read_rig(out), request.name)
    kept = save_rig(rig, out, now)
    report = write_report(outcome, out.with_suffix("").with_name("calibration"), language, now)
    return Saved(out, None if kept is None else kept.name, left_out, report.html, report.pdf)


def _kept(bench: Workbench, save: Path | None) -> Workbench:
    if save is None:
        return bench
    return replace(bench, desk=SavingDesk(bench.desk, save, bench.setup))


def _setup(request: SurveyRequest, name: str, cameras: tuple[CameraName, ...]) -> Setup:
    return Setup(
        name=request.name or name,
        kind=request.kind,
        sheet=sheet_of(request.paper, request.ruler_mm),
        places=request.places,
        display=request.display,
        cameras=cameras,
    )


def _venue_bench(request: SurveyRequest, name: str) -> Workbench:
    """A venue, where somebody lays the sheet down at once and nothing has to be waited for."""
    from calibration.venue import SheetBearer, VenueStage
    from didim.sim.venue import VenueError, open_venue

    venue = open_venue(name)
    if not venue.projector:
        raise VenueError(f"the venue {venue.name!r} has no [[projector]] to calibrate")
    stage = VenueStage(venue)
    cameras = tuple(
        CameraName(camera.name, {"kind": "venue", "venue": name} | ({"camera": index} if index else {}))
        for index, camera in enumerate(venue.camera)
    )
    projectors = tuple(projector.name for projector in venue.projector)
    setup = _setup(request, venue.name, cameras)
    setup = replace(setup, kind=venue.surface.kind, projectors=projectors)
    bearer = SheetBearer(stage, setup.sheet, np.random.default_rng(setup.seed))
    desk = LiveDesk(stage, *stage.eyes)
    return Workbench(
        desk, setup, stage, lambda: sources_of(setup), bearer.follow, lambda outcome: _true(outcome, stage)
    )


def _true(outcome: Outcome, stage: VenueStage) -> dict[str, float]:
    from calibration.truth import true_errors

    displays = [projector.display for projector in outcome.rig.projectors]
    errors = true_errors(outcome.framed, stage, displays)
    found = {
        "median": float(np.median(errors.drawn_mm)),
        "p95": float(np.percentile(errors.drawn_mm, 95)),
        "metric": float(np.percentile(errors.metric_mm, 95)),
    }
    if len(errors.apart_mm):
        found |= {
            "apart_median": float(np.median(errors.apart_mm)),
            "apart_p95": float(np.percentile(errors.apart_mm, 95)),
        }
    return {key: round(value, 3) for key, value in found.items()}


@contextmanager
def _live_bench(request: SurveyRequest) -> Iterator[Workbench]:
    from calibration.live import CameraEye, ScreenLight

    cameras = _cameras(request)
    setup = _setup(request, request.rig_file.stem, cameras)
    with ExitStack() as held:
        eyes = [held.enter_context(closing(CameraEye(camera.source))) for camera in cameras]
        light = held.enter_context(closing(ScreenLight()))
        desk = LiveDesk(light, *eyes)
        yield Workbench(desk, setup, eyes[0], lambda: [eye.source for eye in eyes])


def _cameras(request: SurveyRequest) -> tuple[CameraName, ...]:
    """The cameras asked for, else those of the rig file, else the first webcam; without what was locked."""
    before = read_rig(request.rig_file).cameras if request.rig_file.is_file() else ()
    if request.sources:
        known = {str(camera.source.get("device", "")): camera.name for camera in before}
        return tuple(
            CameraName(known.get(str(source.get("device")), _camera_name(index)), dict(source))
            for index, source in enumerate(request.sources)
        )
    free = tuple(
        CameraName(camera.name, {key: value for key, value in camera.source.items() if key not in LOCKED})
        for camera in before
        if camera.source
    )
    return free or (CameraName(source={"kind": "webcam", "device": "0"}),)


def _camera_name(index: int) -> str:
    return "camera" if index == 0 else f"camera-{index + 1}"


def _nobody(step: Step) -> None:
    """Nobody has to do anything."""
