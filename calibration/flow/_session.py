"""One calibration as a value that is moved on step by step; a terminal and a page are faces of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

import cv2
import numpy as np

from calibration.camera import Accuracy, NotEnough, SeenSheet, Sheet, SheetNotSeen, SolvedCamera, solve_camera
from calibration.camera import see_sheet as _see_sheet
from calibration.devices import Bytes
from calibration.flow._desk import Desk
from calibration.flow._devices import CameraName, Measured, Pair, meeting, rig_of
from calibration.flow._frame import Framed, Lit, framed
from calibration.flow._joined import joined
from calibration.flow._light import Link
from calibration.flow._limits import check_outcome, limits_of
from calibration.flow._outcome import Outcome
from calibration.flow._steps import NEARER_MOST, Step, Tell, silent, steps_of
from calibration.patterns import level
from calibration.patterns._matches import Floats
from calibration.projector import (
    ProjectorMeasure,
    Verified,
    measure_projector,
    merged,
    suiting_square_m,
    verify,
)
from calibration.projector._measure import MOVED_MOST_PX, SEEN_LEAST, shift_between
from calibration.projector.failures import (
    CameraMoved,
    NotEnoughOverlap,
    PatternNotSeen,
    ProjectorFailure,
    TooDark,
)
from didim.geometry import FloatArray, PinholeCamera

SHEET_LEVELS = (150, 90, 0, 230)
"""Grey values of the light that the sheet is looked at in: the first that burns no paper out."""
BURNT, BURNT_SHARE = 250, 0.05
LEAST_PLACES, MOST_PLACES = 3, 30
GLIMPSE_LEAST = 0.1
"""Of a projector's picture, for a camera that is not the only one."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What the installer says before it begins.

    Attributes:
        places: how often the sheet is laid down, at least 3; None for as many as measure well.
        view: the only camera as it is known already, in any frame of the surface; no sheet is asked for then.
        display: the projector's, or None to find all by looking.
        cameras: their names and sources; projectors: names by display, where they have any.
    """

    name: str = "rig"
    kind: Literal["floor", "wall"] = "floor"
    sheet: Sheet = field(default_factory=Sheet)
    places: int | None = None
    view: PinholeCamera | None = None
    display: int | None = None
    cameras: tuple[CameraName, ...] = (CameraName(),)
    projectors: tuple[str, ...] = ()
    seed: int = 0

    def __post_init__(self) -> None:
        if self.places is not None and not LEAST_PLACES <= self.places <= MOST_PLACES:
            raise ValueError(
                f"the sheet is laid at {LEAST_PLACES} to {MOST_PLACES} places, got {self.places}"
            )
        if self.view is not None and len(self.cameras) != 1:
            raise ValueError(f"one camera is known, and there are {len(self.cameras)}")


class Session:
    """Call `prepare`, let somebody do what `next` says, call `advance`; until `next` is None.

    A step that fails raises its cause, and stays the next one: mend the cause and advance again. The first
    step finds out how many projectors there are; the steps after it follow from that.

    Args:
        desk: the devices, or a recording of them.
    """

    def __init__(self, desk: Desk, setup: Setup) -> None:
        self.setup = setup
        self._desk = desk
        self._rng = np.random.default_rng(setup.seed)
        self._steps = self._steps_for((setup.display or 0,))
        self._done: list[Step] = []
        self._links: tuple[Link, ...] = ()
        self._whites: dict[Pair, Floats] = {}
        self._seen: tuple[list[SeenSheet], ...] = tuple([] for _ in setup.cameras)
        self._solved: list[SolvedCamera] = []
        self._measures: dict[Pair, ProjectorMeasure] = {}
        self._framed: Framed | None = None
        self._outcome: Outcome | None = None

    @property
    def next(self) -> Step | None:
        """The step to do now, or None when all is done."""
        return self._steps[0] if self._steps else None

    @property
    def done(self) -> tuple[Step, ...]:
        """What is done, in order."""
        return tuple(self._done)

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is left to do, in order."""
        return tuple(self._steps)

    @property
    def cameras(self) -> tuple[str, ...]:
        """Names of the cameras that take part."""
        return tuple(camera.name for camera in self.setup.cameras)

    @property
    def displays(self) -> tuple[int, ...]:
        """The displays that light what a camera sees."""
        return tuple(sorted({link.display for link in self._links}))

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return len(self._done) / (len(self._done) + len(self._steps))

    @property
    def outcome(self) -> Outcome:
        """What it came to.

        Raises:
            ValueError: there are steps left.
        """
        if self._outcome is None:
            raise ValueError(f"the calibration is not done: {self.next}")
        return self._outcome

    def look(self, camera: str | None = None) -> Bytes:
        """A camera's picture now, (h, w, 3) uint8; the first camera's if none is named."""
        return self._desk.look(self._number(camera))

    def last_picture(self, camera: str | None = None) -> Bytes | None:
        """The last picture that was taken with a camera."""
        return self._desk.last(self._number(camera))

    def sheets_px(self, camera: str | None = None) -> tuple[FloatArray, ...]:
        """(4, 2) corners of each sheet seen so far in a camera's picture."""
        return tuple(seen.corners_px for seen in self._seen[self._number(camera)])

    def area_px(self, camera: str | None = None) -> FloatArray | None:
        """(n, 2) rim of the play area in a camera's picture; None before it is known."""
        if self._framed is None:
            return None
        surface = self._framed.surface
        corners = np.array([[0, 0], [surface.width_m, 0], [surface.width_m, surface.height_m]])
        corners = np.vstack([corners, [[0, surface.height_m], [0, 0]]])
        along = np.linspace(0, 1, 9)[:-1, None]
        rim = np.concatenate([a + along * (b - a) for a, b in pairwise(corners)])
        return self._framed.views[self._number(camera)].project(np.c_[rim, np.zeros(len(rim))])

    def prepare(self) -> None:
        """Show the person at the surface what the next step needs: the outline of the sheet's place."""
        step = self.next
        if step is not None and step.by_hand:
            self._desk.outline(step)

    def advance(self, tell: Tell = silent) -> None:
        """Do the next step.

        Raises:
            Problem: a cause, in plain words; the step stays.
        """
        step = self._steps[0]
        tell(f"doing.{step.kind}", self.share)
        self._desk.begin(step)
        {
            "light": self._look_for_light,
            "sheet": self._look_for_sheet,
            "lean": self._look_for_sheet,
            "patterns": self._show_patterns,
            "solve": self._solve,
            "verify": self._verify,
        }[step.kind]()
        self._done.append(self._steps.pop(0))

    def _number(self, camera: str | None) -> int:
        return 0 if camera is None else self.cameras.index(camera)

    def _steps_for(self, displays: Sequence[int]) -> list[Step]:
        places = 0 if self.setup.view is not None else self.setup.places
        return list(steps_of(places, displays, leans=self.setup.kind == "floor"))

    def _look_for_light(self) -> None:
        self._links = self._desk.find_light(self._rng, self.setup.display)
        for link in self._links:
            size_px = self._desk.displays_px[link.display]
            taken = self._desk.taker(link.camera, link.display).take([level(size_px, 255)])
            self._whites[link.camera, link.display] = taken.pictures[0]
        self._steps = [self._steps[0], *self._steps_for(self.displays)[1:]]

    def _look_for_sheet(self) -> None:
        leaning = self._steps[0].kind == "lean"
        found: dict[int, SeenSheet] = {}
        causes: list[SheetNotSeen] = []
        for grey in SHEET_LEVELS:
            pictures = self._desk.sheet_pictures(grey)
            for camera, pair in enumerate(pictures):
                if camera in found and burnt_share(found[camera]) < BURNT_SHARE:
                    continue
                try:
                    found[camera] = _see_sheet(pair, sheet=self.setup.sheet, leaning=leaning)
                except SheetNotSeen as cause:
                    causes.append(cause)
            if len(found) == len(pictures) and all(burnt_share(s) < BURNT_SHARE for s in found.values()):
                break
        if not found:
            self._draw_in(causes)
            raise next((each for each in causes if type(each) is not SheetNotSeen), causes[0])
        for camera, seen in found.items():
            self._seen[camera].append(seen)

    def _draw_in(self, causes: Sequence[SheetNotSeen]) -> None:
        """Where no sheet is seen it may lie too far away: its place comes nearer to the light's middle."""
        step = self._steps[0]
        if step.nearer < NEARER_MOST and all(type(each) is SheetNotSeen for each in causes):
            self._steps[0] = replace(step, nearer=step.nearer + 1)

    def _show_patterns(self) -> None:
        for display in self.displays:
            cameras = [link.camera for link in self._links if link.display == display]
            causes: list[ProjectorFailure] = []
            for camera in cameras:
                least = SEEN_LEAST if len(cameras) == 1 else GLIMPSE_LEAST
                try:
                    self._measures[camera, display] = self._measured(camera, display, least)
                except (NotEnoughOverlap, PatternNotSeen, TooDark) as cause:
                    causes.append(cause)
            if len(causes) == len(cameras):
                raise causes[0]

    def _measured(self, camera: int, display: int, seen_least: float) -> ProjectorMeasure:
        rng = np.random.default_rng([self.setup.seed, 1])
        measure = measure_projector(self._desk.taker(camera, display), rng, seen_least=seen_least)
        first = np.asarray(self._whites[camera, display], np.float32)
        moved_px = shift_between(first, measure.seen.white)
        if moved_px > MOVED_MOST_PX:
            raise CameraMoved(
                f"the camera moved by {moved_px:.1f} pixels since the sheet was measured. Tighten its "
                "mount and begin anew.",
                moved_px=moved_px,
            )
        return measure

    def _solve(self) -> None:
        cameras_px, lit = self._desk.cameras_px, self._lit()
        if self.setup.view is None:
            self._solved = [self._camera(camera) for camera in range(len(self.setup.cameras))]
            views = joined([solved.camera for solved in self._solved], cameras_px, lit)
        else:
            views = (self.setup.view,)
        self._framed = framed(views, cameras_px, lit, self.setup.kind)

    def _camera(self, camera: int) -> SolvedCamera:
        seen = self._seen[camera]
        if len(self.setup.cameras) > 1 and sum(not each.leaning for each in seen) < LEAST_PLACES:
            raise NotEnough(
                f"camera {self.cameras[camera]!r} saw the sheet lie at {len(seen)} places, {LEAST_PLACES} "
                "are needed: begin anew with more --places, or turn the camera to where the projectors light"
            )
        return solve_camera(seen)

    def _lit(self) -> list[Lit]:
        return [
            Lit(
                self._desk.displays_px[display],
                {camera: m.warp for (camera, each), m in self._measures.items() if each == display},
            )
            for display in self.displays
        ]

    def _verify(self) -> None:
        assert self._framed is not None
        at = self._framed
        sizes_px = {display: self._desk.displays_px[display] for display in self.displays}
        measured = Measured(self._links, sizes_px, self._measures, self._verified(at))
        best = [measured.best_pair(display) for display in self.displays]
        accuracy = self._accuracy(at)
        for pair in best:
            check_outcome(measured.verified[pair], self._measures[pair], accuracy)
        main = self._measures[best[0]]
        verified = merged([measured.verified[pair] for pair in best])
        apart = meeting(at, measured)
        self._outcome = Outcome(
            rig=rig_of(
                self.setup.name,
                self.setup.cameras,
                self._desk.cameras_px,
                at,
                measured,
                self.setup.projectors,
            ),
            framed=at,
            measure=main,
            verified=verified,
            camera=accuracy,
            delay=next(link.delay for link in self._links if (link.camera, link.display) == best[0]),
            picture=np.asarray(np.clip(main.seen.white, 0, 255), np.uint8),
            camera_index=best[0][0],
            apart=apart,
            limits=limits_of(
                verified,
                main,
                accuracy,
                mm_per_px(at, best[0][0]),
                self._lean_rad(),
                automatic=any(link.automatic for link in self._links),
            ),
        )

    def _verified(self, at: Framed) -> dict[Pair, Verified]:
        """Every display's test pattern through every camera that measured it."""
        found: dict[Pair, Verified] = {}
        square_m = min(suiting_square_m(maps, at.surface) for maps in at.maps)
        for index, display in enumerate(self.displays):
            pairs = [pair for pair in self._measures if pair[1] == display]
            for camera, _ in pairs:
                taker = self._desk.taker(camera, display)
                try:
                    found[camera, display] = verify(
                        taker, at.maps[index], at.views[camera], at.surface, square_m=square_m
                    )
                except PatternNotSeen:
                    if len(pairs) == 1:
                        raise
            if not any((camera, display) in found for camera, _ in pairs):
                raise PatternNotSeen(
                    f"the test pattern of display {display} was seen by no camera: clear the surface, "
                    "dim the lamps, and try again."
                )
        return found

    def _accuracy(self, at: Framed) -> Accuracy | None:
        """The worst camera's, over what it sees of the play area."""
        found = []
        for solved, view in zip(self._solved, at.views, strict=False):
            px = _area_px(at, view)
            inside = ((px >= 0) & (px <= np.array(solved.size_px) - 1)).all(axis=1)
            found.append(solved.accuracy(px[inside] if inside.sum() >= 12 else None))
        return max(found, key=lambda each: each.p95_m, default=None)

    def _lean_rad(self) -> float | None:
        leans = [solved.lean_rad for solved in self._solved if solved.lean_rad is not None]
        return min(leans, default=None)


def _area_px(at: Framed, view: PinholeCamera) -> FloatArray:
    """Camera pixels that look at the play area, (n, 2)."""
    x, y = np.linspace(0, at.surface.width_m, 13), np.linspace(0, at.surface.height_m, 10)
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    return view.project(np.c_[places, np.zeros(len(places))])


def mm_per_px(at: Framed, camera: int) -> float:
    """How much of the play area one pixel of a camera spans, millimetres, the median over it."""
    view = at.views[camera]
    px = _area_px(at, view)
    step = view.surface_points(px + np.array([1.0, 0.0])) - view.surface_points(px)
    return float(1000 * np.nanmedian(np.linalg.norm(step, axis=1)))


def burnt_share(seen: SeenSheet) -> float:
    """How much of a sheet is burnt out in its picture, 0 to 1."""
    inside = np.zeros(seen.grey.shape, np.uint8)
    cv2.fillConvexPoly(inside, np.round(seen.corners_px).astype(np.int32), 1)
    return float((seen.grey[inside > 0] >= BURNT).mean()) if inside.any() else 0.0
