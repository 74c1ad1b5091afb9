"""A virtual venue's projector and camera as the engine needs them, with a printed sheet on its floor.

Nobody waits: the clock moves with what is shown and taken.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from itertools import pairwise

import cv2
import msgspec
import numpy as np

from calibration.camera import Sheet, SheetPlace
from calibration.devices import Bytes, Setting
from calibration.flow import Step
from calibration.flow._spots import spot_px
from calibration.patterns._matches import Floats
from didim.capture import CameraFrame
from didim.geometry import FloatArray, PinholeCamera, Surface
from didim.sim.render import Sensor, VenueRenderer
from didim.sim.venue import Venue, projector_in_room, surface_from_room, true_rig

REFRESH_NS = 16_666_667
PAPER, INK = 0.86, 0.04
RAYS = 4
LEAST_WIDTH_PX = 1280
HAND_M, TURN_RAD = 0.05, 0.3
LEAN_RAD = (1.1, 1.4)
SPREAD_PX = 8.0
KEPT_LIGHTS = 6
LIMITS: dict[Setting, tuple[float, float]] = {"exposure_ms": (0.5, 33.0), "gain": (1.0, 16.0)}


def finer(venue: Venue) -> Venue:
    """The venue with its cameras set to their finest pictures, as an installer sets them to calibrate.

    The rig file's camera fits pictures of any size and the same shape.
    """
    cameras = []
    for camera in venue.camera:
        times = max(1, -(-LEAST_WIDTH_PX // camera.size_px[0]))
        size_px = (times * camera.size_px[0], times * camera.size_px[1])
        cameras.append(msgspec.structs.replace(camera, size_px=size_px))
    return msgspec.structs.replace(venue, camera=tuple(cameras))


class VenueStage:
    """`Light` in a venue without people, and an eye for each of its cameras.

    It is an eye itself: that of the camera `camera_index`.

    Args:
        renderer: one made for `finer(venue)`, for who has it already.

    Attributes:
        eyes: all cameras, on the same clock.
    """

    def __init__(
        self, venue: Venue, *, camera_index: int = 0, seed: int = 0, renderer: VenueRenderer | None = None
    ) -> None:
        self.venue = venue = finer(venue)
        self.renderer = renderer or VenueRenderer(venue)
        self._rig = true_rig(venue)
        black = [_rgb(np.zeros(p.size_px[::-1], np.uint8)) for p in venue.projector]
        self.shown: list[list[tuple[int, Bytes]]] = [[(0, frame)] for frame in black]
        self.sheet: tuple[SheetPlace, Sheet] | None = None
        self.now_ns = self.began_ns = 1_000_000_000
        self.eyes = tuple(VenueEye(self, index, seed + index) for index in range(len(venue.camera)))
        self._eye = self.eyes[camera_index]

    @property
    def sizes_px(self) -> tuple[tuple[int, int], ...]:
        return tuple(projector.size_px for projector in self.venue.projector)

    @property
    def size_px(self) -> tuple[int, int]:
        return self._eye.size_px

    @property
    def period_ns(self) -> int:
        return self._eye.period_ns

    @property
    def view(self) -> PinholeCamera:
        """The exact camera over the venue's surface."""
        return self._eye.view

    @property
    def surface(self) -> Surface:
        return self._rig.surfaces["play"]

    def view_of(self, camera: int) -> PinholeCamera:
        """The exact camera of that number over the venue's surface."""
        view = self._rig.cameras[camera].view
        assert isinstance(view, PinholeCamera)
        return view

    def lit_m(self, projector_px: FloatArray, display: int = 0) -> FloatArray:
        """Where on the venue's surface (n, 2) projector pixels truly land, metres."""
        device = projector_in_room(self.venue.projector[display])
        pose = surface_from_room(self.venue).after(device.surface_from_camera)
        return PinholeCamera(device.matrix, pose, device.distortion).surface_points(projector_px)

    def lay(self, place: SheetPlace | None, sheet: Sheet | None = None) -> None:
        """Lay the printed sheet down on the venue's surface, or take it up."""
        self.sheet = None if place is None else (place, sheet or Sheet())

    def limits(self, setting: Setting) -> tuple[float, float] | None:
        return self._eye.limits(setting)

    def adjust(self, setting: Setting, value: float) -> float:
        return self._eye.adjust(setting, value)

    def lock(self) -> tuple[Setting, ...]:
        return self._eye.lock()

    def hold(self, held: Iterable[int]) -> None:
        """Every display is."""

    def show(self, frame: Bytes, display: int = 0, *, after_ns: int = 0) -> int:
        handed_ns = self.now_ns = max(self.now_ns, after_ns)
        latency_ns = round(self.venue.projector[display].latency_ms * 1e6)
        from_ns = (1 + handed_ns // REFRESH_NS) * REFRESH_NS + latency_ns
        self.shown[display] = [*self.shown[display][-6:], (from_ns, _rgb(frame))]
        return handed_ns

    def next(self, after_ns: int = 0) -> CameraFrame:
        return self._eye.next(after_ns)


class VenueEye:
    """`AdjustableEye`: one of a venue's cameras, on its stage's clock."""

    def __init__(self, stage: VenueStage, index: int, seed: int) -> None:
        self._stage, self._index, self._seed = stage, index, seed
        self._camera = msgspec.structs.replace(stage.venue.camera[index], auto_exposure=None)
        self._sensor = Sensor(self._camera, seed)
        self._lights: OrderedDict[tuple[int, ...], tuple[tuple[Bytes, ...], Floats]] = OrderedDict()
        self._laid: tuple[tuple[SheetPlace, Sheet], _Laid] | None = None
        self._last = -1

    @property
    def size_px(self) -> tuple[int, int]:
        return self._camera.size_px

    @property
    def period_ns(self) -> int:
        return round(1e9 / self._camera.fps)

    @property
    def view(self) -> PinholeCamera:
        """The exact camera over the venue's surface."""
        return self._stage.view_of(self._index)

    def limits(self, setting: Setting) -> tuple[float, float] | None:
        return LIMITS.get(setting)

    def adjust(self, setting: Setting, value: float) -> float:
        if setting not in LIMITS:
            return value
        held = float(np.clip(value, *LIMITS[setting]))
        if setting == "exposure_ms":
            held = min(held, self.period_ns / 1e6)
        self._camera = msgspec.structs.replace(self._camera, **{setting: held})
        self._sensor = Sensor(self._camera, self._seed)
        return held

    def lock(self) -> tuple[Setting, ...]:
        """Nothing changes by itself."""
        return ()

    def next(self, after_ns: int = 0) -> CameraFrame:
        stage = self._stage
        exposure_ns = round(self._camera.exposure_ms * 1e6)
        lag_ns = exposure_ns + round(self._camera.latency_ms * 1e6)
        wanted_ns = max(after_ns, stage.now_ns)
        self._last = max(self._last + 1, -(-(wanted_ns - stage.began_ns - lag_ns) // self.period_ns))
        opened_ns = stage.began_ns + self._last * self.period_ns
        stage.now_ns = max(stage.now_ns, opened_ns + lag_ns)
        bgr = self._sensor.expose(self._exposed(opened_ns, exposure_ns), opened_ns / 1e9)
        return CameraFrame(self._last, opened_ns + lag_ns, bgr)

    def _exposed(self, opened_ns: int, exposure_ns: int) -> Floats:
        """The mean light of an exposure, whatever the projectors changed to in it."""
        closed_ns = opened_ns + exposure_ns
        changes = {at for shown in self._stage.shown for at, _ in shown if opened_ns < at < closed_ns}
        times = [opened_ns, *sorted(changes), closed_ns]
        parts = [
            self._light(start) * np.float32((end - start) / exposure_ns) for start, end in pairwise(times)
        ]
        light = np.asarray(sum(parts[1:], parts[0]), np.float32)
        laid = self._sheet()
        return light if laid is None else laid.over(light)

    def _sheet(self) -> _Laid | None:
        """The sheet as this camera sees it, drawn once for each place."""
        wanted = self._stage.sheet
        if wanted is None:
            return None
        if self._laid is None or self._laid[0] is not wanted:
            venue = self._stage.venue
            on = venue.floor if venue.surface.kind == "floor" else venue.walls
            albedo = float(np.mean(_linear(on.colour)))
            self._laid = wanted, _Laid(wanted[1], wanted[0], self.view, self.size_px, albedo)
        return self._laid[1]

    def _light(self, at_ns: int) -> Floats:
        frames = tuple([f for from_ns, f in shown if from_ns <= at_ns][-1] for shown in self._stage.shown)
        key = tuple(map(id, frames))
        if key not in self._lights:
            drawn = self._stage.renderer.light(self._index, [], frames, at_ns / 1e9)
            self._lights[key] = (frames, np.array(drawn, np.float32))
            if len(self._lights) > KEPT_LIGHTS:
                self._lights.popitem(last=False)
        return self._lights[key][1]


class SheetBearer:
    """Lays the sheet where the projector asks for it, as a person does: a hand's width and some degrees off.

    Where it is asked to stand, it leans against a chair, its print towards the camera.

    Args:
        sheet: as it truly was printed.
    """

    def __init__(self, stage: VenueStage, sheet: Sheet, rng: np.random.Generator) -> None:
        self._stage, self._sheet, self._rng = stage, sheet, rng

    def follow(self, step: Step) -> None:
        """Do what the step asks for."""
        if not step.by_hand:
            self._stage.lay(None)
            return
        px = np.array([spot_px(step.spot, self._stage.sizes_px[step.display], step.nearer)])
        spot = self._stage.lit_m(px, step.display)[0] + self._rng.uniform(-HAND_M, HAND_M, 2)
        turn_rad = float(self._rng.uniform(-TURN_RAD, TURN_RAD))
        x_m, y_m = spot.tolist()
        if step.kind == "sheet":
            self._stage.lay(SheetPlace(x_m, y_m, turn_rad), self._sheet)
            return
        away_m = spot - self._stage.view.surface_from_camera.translation_m[:2]
        turn_rad += float(np.arctan2(-away_m[0], away_m[1]))
        lean_rad = float(self._rng.uniform(*LEAN_RAD))
        self._stage.lay(SheetPlace.leaning(self._sheet, x_m, y_m, turn_rad, lean_rad), self._sheet)


class _Laid:
    """A sheet as one camera sees it: where it covers the floor, and how dark it is there."""

    def __init__(
        self, sheet: Sheet, place: SheetPlace, view: PinholeCamera, size_px: tuple[int, int], floor: float
    ) -> None:
        corners = view.project(place.points(sheet.corners_m()))
        low = np.clip(np.floor(corners.min(axis=0)) - 2, 0, np.array(size_px) - 1).astype(int)
        high = np.clip(np.ceil(corners.max(axis=0)) + 3, 1, size_px).astype(int)
        self._part = np.s_[low[1] : high[1], low[0] : high[0]]
        self._floor = np.float32(floor)
        columns, rows = np.arange(low[0], high[0]), np.arange(low[1], high[1])
        offsets = (np.arange(RAYS) + 0.5) / RAYS - 0.5
        x = (columns[:, None] + offsets).ravel()
        y = (rows[:, None] + offsets).ravel()
        px = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
        on_sheet_mm = 1000 * place.seen_at(view, px)
        width, height = sheet.size_mm
        on = (np.abs(on_sheet_mm) <= [width / 2, height / 2]).all(axis=1)
        albedo = np.where(_printed(sheet, on_sheet_mm), INK, PAPER) * on
        shape = (len(rows), RAYS, len(columns), RAYS)
        self._cover = on.reshape(shape).mean(axis=(1, 3)).astype(np.float32)[..., None]
        self._albedo = albedo.reshape(shape).mean(axis=(1, 3)).astype(np.float32)[..., None]

    def over(self, light: Floats) -> Floats:
        """The picture's light with the sheet in it: lit as the floor around it is."""
        seen = light.copy()
        soft = cv2.GaussianBlur(light, (0, 0), SPREAD_PX)[self._part] / self._floor
        seen[self._part] = seen[self._part] * (1 - self._cover) + soft * self._albedo
        return np.asarray(seen, np.float32)


def _printed(sheet: Sheet, on_sheet_mm: FloatArray) -> np.ndarray:
    """Which of (n, 2) places of the sheet are black."""
    x, y = (on_sheet_mm / sheet.scale).T
    black = np.zeros(len(on_sheet_mm), bool)
    for left, bottom, right, top in sheet.blocks_mm.tolist():
        black |= (x >= left) & (x < right) & (y >= bottom) & (y < top)
    return black


def _rgb(frame: Bytes) -> Bytes:
    rgb = np.repeat(frame[..., None], 3, axis=2)
    rgb.flags.writeable = False
    return rgb


def _linear(colour: tuple[float, float, float]) -> FloatArray:
    """Linear light of an sRGB colour (IEC 61966-2-1)."""
    value = np.array(colour)
    return np.asarray(np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4))
