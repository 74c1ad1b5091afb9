"""One calibration as a value that is moved on step by step; a terminal and a page are faces of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

import cv2
import numpy as np

from calibration.areas import area_of
from calibration.camera import SeenSheet, Sheet, SheetNotSeen, SolvedCamera, see_sheet, solve_camera
from calibration.devices import Bytes
from calibration.flow._desk import Desk
from calibration.flow._frame import Framed, framed
from calibration.flow._light import NOTHING_KNOWN
from calibration.flow._limits import check_outcome, limits_of
from calibration.flow._outcome import Outcome
from calibration.flow._steps import Step, Tell, silent, steps_of
from calibration.patterns import level
from calibration.projector import (
    ProjectorMeasure,
    measure_projector,
    verify,
)
from calibration.projector._measure import MOVED_MOST_PX, shift_between
from calibration.projector.failures import CameraMoved
from didim.geometry import FloatArray, PinholeCamera
from didim.rig import Camera, Projector, Rig

SHEET_LEVELS = (150, 90, 0, 230)
"""Grey values of the light that the sheet is looked at in: the first that burns no paper out."""
BURNT, BURNT_SHARE = 250, 0.05
LEAST_PLACES = 3


@dataclass(frozen=True, slots=True)
class Setup:
    """What the installer says before it begins.

    Attributes:
        places: how often the sheet is laid down, at least 3.
        view: the camera as it is known already, in any frame of the surface; no sheet is asked for then.
        display: the projector's, or None to find it by looking.
        source: the capture driver and its settings, for the rig file.
    """

    name: str = "rig"
    kind: Literal["floor", "wall"] = "floor"
    sheet: Sheet = field(default_factory=Sheet)
    places: int = 5
    view: PinholeCamera | None = None
    display: int | None = None
    source: dict[str, Any] = field(default_factory=dict)
    seed: int = 0

    def __post_init__(self) -> None:
        if self.view is None and not LEAST_PLACES <= self.places <= 20:
            raise ValueError(f"the sheet is laid at {LEAST_PLACES} to 20 places, got {self.places}")


class Session:
    """Call `prepare`, let somebody do what `next` says, call `advance`; until `next` is None.

    A step that fails raises its cause, and stays the next one: mend the cause and advance again.

    Args:
        desk: the devices, or a recording of them.
    """

    def __init__(self, desk: Desk, setup: Setup) -> None:
        self.setup = setup
        self._desk = desk
        self._rng = np.random.default_rng(setup.seed)
        self._steps = list(steps_of(0 if setup.view is not None else setup.places))
        self._all = len(self._steps)
        self._display, self._delay = setup.display or 0, NOTHING_KNOWN
        self._first_white: np.ndarray | None = None
        self._seen: list[SeenSheet] = []
        self._solved: SolvedCamera | None = None
        self._measure: ProjectorMeasure | None = None
        self._framed: Framed | None = None
        self._outcome: Outcome | None = None

    @property
    def next(self) -> Step | None:
        """The step to do now, or None when all is done."""
        return self._steps[0] if self._steps else None

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is left to do, in order."""
        return tuple(self._steps)

    @property
    def cameras(self) -> tuple[str, ...]:
        """Names of the cameras that take part."""
        return ("camera",)

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return 1 - len(self._steps) / self._all

    @property
    def outcome(self) -> Outcome:
        """What it came to.

        Raises:
            ValueError: there are steps left.
        """
        if self._outcome is None:
            raise ValueError(f"the calibration is not done: {self.next}")
        return self._outcome

    @property
    def display(self) -> int:
        return self._display

    def look(self, camera: str | None = None) -> Bytes:
        """A camera's picture now, (h, w, 3) uint8; the first camera's if none is named."""
        return self._desk.look()

    def last_picture(self, camera: str | None = None) -> Bytes | None:
        """The last picture that was taken with a camera."""
        return self._desk.last

    def sheets_px(self, camera: str | None = None) -> tuple[FloatArray, ...]:
        """(4, 2) corners of each sheet seen so far in a camera's picture."""
        return tuple(seen.corners_px for seen in self._seen)

    def area_px(self, camera: str | None = None) -> FloatArray | None:
        """(n, 2) rim of the play area in a camera's picture; None before it is known."""
        if self._framed is None:
            return None
        surface = self._framed.surface
        corners = np.array([[0, 0], [surface.width_m, 0], [surface.width_m, surface.height_m]])
        corners = np.vstack([corners, [[0, surface.height_m], [0, 0]]])
        along = np.linspace(0, 1, 9)[:-1, None]
        rim = np.concatenate([a + along * (b - a) for a, b in pairwise(corners)])
        return self._framed.view.project(np.c_[rim, np.zeros(len(rim))])

    def prepare(self) -> None:
        """Show the person at the surface what the next step needs: the outline of the sheet's place."""
        step = self.next
        if step is not None and step.by_hand:
            self._desk.outline(step.number)

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
        del self._steps[0]

    def _look_for_light(self) -> None:
        self._display, self._delay = self._desk.find_light(self._rng, self.setup.display)
        self._first_white = self._desk.taker().take([level(self._desk.projector_px, 255)]).pictures[0]

    def _look_for_sheet(self) -> None:
        causes: list[SheetNotSeen] = []
        seen: SeenSheet | None = None
        for grey in SHEET_LEVELS:
            try:
                pictures = self._desk.sheet_pictures(grey)
                seen = see_sheet(pictures, sheet=self.setup.sheet, leaning=self._steps[0].kind == "lean")
            except SheetNotSeen as cause:
                causes.append(cause)
                continue
            if burnt_share(seen) < BURNT_SHARE:
                break
        if seen is None:
            raise next((each for each in causes if type(each) is not SheetNotSeen), causes[0])
        self._seen.append(seen)

    def _show_patterns(self) -> None:
        measure = measure_projector(self._desk.taker(), np.random.default_rng([self.setup.seed, 1]))
        if self._first_white is not None:
            moved_px = shift_between(np.asarray(self._first_white, np.float32), measure.seen.white)
            if moved_px > MOVED_MOST_PX:
                raise CameraMoved(
                    f"the camera moved by {moved_px:.1f} pixels since the sheet was measured. Tighten its "
                    "mount and begin anew.",
                    moved_px=moved_px,
                )
        self._measure = measure

    def _solve(self) -> None:
        assert self._measure is not None
        if self.setup.view is None:
            self._solved = solve_camera(self._seen)
            view = self._solved.camera
        else:
            view = self.setup.view
        self._framed = framed(
            view, self._measure.warp, self._desk.camera_px, self._desk.projector_px, self.setup.kind
        )

    def _verify(self) -> None:
        assert self._measure is not None
        assert self._framed is not None
        at = self._framed
        verified = verify(self._desk.taker(), at.maps, at.view, at.surface)
        accuracy = None if self._solved is None else self._solved.accuracy(self._area_px())
        check_outcome(verified, self._measure, accuracy)
        self._outcome = Outcome(
            rig=self._rig(),
            framed=at,
            measure=self._measure,
            verified=verified,
            camera=accuracy,
            delay=self._delay,
            picture=np.asarray(np.clip(self._measure.seen.white, 0, 255), np.uint8),
            limits=limits_of(
                verified,
                self._measure,
                accuracy,
                self._mm_per_px(),
                None if self._solved is None else self._solved.lean_rad,
            ),
        )

    def _area_px(self) -> FloatArray:
        """Camera pixels that look at the play area, (n, 2)."""
        assert self._framed is not None
        surface = self._framed.surface
        x, y = np.linspace(0, surface.width_m, 13), np.linspace(0, surface.height_m, 10)
        places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
        return self._framed.view.project(np.c_[places, np.zeros(len(places))])

    def _mm_per_px(self) -> float:
        assert self._framed is not None
        px = self._area_px()
        right = self._framed.view.surface_points(
            px + np.array([1.0, 0.0])
        ) - self._framed.view.surface_points(px)
        return float(1000 * np.nanmedian(np.linalg.norm(right, axis=1)))

    def _rig(self) -> Rig:
        assert self._framed is not None
        assert self._measure is not None
        at, half_s = self._framed, self._delay.delay_ns / 2e9
        camera = Camera("camera", "play", self._desk.camera_px, at.view, dict(self.setup.source), half_s)
        projector = Projector(
            "projector",
            "play",
            self._desk.projector_px,
            at.maps.projector_from_surface,
            at.maps.surface_from_projector,
            self._display,
            half_s,
            self._measure.response.gamma,
        )
        areas = {"play": area_of(at.area)}
        return Rig(self.setup.name, {"play": at.surface}, (camera,), (projector,), areas=areas)


def burnt_share(seen: SeenSheet) -> float:
    """How much of a sheet is burnt out in its picture, 0 to 1."""
    inside = np.zeros(seen.grey.shape, np.uint8)
    cv2.fillConvexPoly(inside, np.round(seen.corners_px).astype(np.int32), 1)
    return float((seen.grey[inside > 0] >= BURNT).mean()) if inside.any() else 0.0
