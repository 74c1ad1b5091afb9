"""A made-up rig that runs: frames are shown, light arrives late, a camera with a rolling shutter looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from calibration.devices import Bytes, Setting
from calibration.synthetic._optics import Floats
from calibration.synthetic._people import hides, place_m
from calibration.synthetic._rig import BLACK_LEVEL, PROJECTOR_BLUR_PX, SyntheticRig
from didim.capture import CameraFrame

REFRESH_NS = 16_666_667
FULL_WELL = 8000.0
CAMERA_BLUR_PX = 0.75
WHITE = 0.6
"""The albedo that a light of 1 brings to full scale."""
JPEG_QUALITY = 90
SHADES = 4096
KEPT_BEAMS = 6
NORMAL = np.zeros(1), np.ones(1)


@dataclass(slots=True)
class Settings:
    """What the camera is set to; 1 for exposure and gain is the usual brightness."""

    exposure_ms: float = 16.0
    gain: float = 1.0


@dataclass(slots=True)
class _Shown:
    """One frame on its way: when its light arrives, ns."""

    frame: Bytes
    from_ns: int


@dataclass(slots=True)
class Timing:
    """Delays of a made-up rig, ns.

    Attributes:
        projector_ns: from the refresh that takes a frame to its light.
        camera_ns: from the end of the exposure to the picture in hand.
        readout_ns: from the first row's exposure to the last one's.
    """

    period_ns: int = 33_333_333
    projector_ns: int = 50_000_000
    camera_ns: int = 30_000_000
    readout_ns: int = 15_000_000


class SyntheticStage:
    """`Light` and `AdjustableEye` over a `SyntheticRig`, on a clock that only they move.

    Args:
        seed: of noise and delays.
        dark_displays: displays that light nothing the camera sees, put before the projectors.
    """

    def __init__(
        self, rig: SyntheticRig, seed: int = 0, *, timing: Timing | None = None, dark_displays: int = 0
    ) -> None:
        self.rig, self.settings, self.timing = rig, Settings(), timing or Timing()
        self.pictures = 0
        self.now_ns = 1_000_000_000
        self._rng = np.random.default_rng(seed)
        self._dark = dark_displays
        width, height = rig.conditions.projector_px
        black = np.zeros((height, width), np.uint8)
        self._shown = [[_Shown(black, 0)] for _ in range(len(rig.projectors) + dark_displays)]
        self._last = -1
        self._began_ns = int(self._rng.integers(0, self.timing.period_ns))
        self._beams: dict[tuple[int, int], tuple[Bytes, Floats, float]] = {}
        shades = np.linspace(0, 1, SHADES) ** (1 / rig.conditions.camera_gamma)
        self._noise = np.empty(rig.conditions.camera_px[::-1], np.float32)
        self._response = (255 * shades + 0.5).astype(np.uint8)

    @property
    def sizes_px(self) -> tuple[tuple[int, int], ...]:
        return (self.rig.conditions.projector_px,) * len(self._shown)

    @property
    def size_px(self) -> tuple[int, int]:
        return self.rig.conditions.camera_px

    @property
    def period_ns(self) -> int:
        return self.timing.period_ns

    @property
    def true_delay_ns(self) -> float:
        """From handing a frame over to the arrival of a picture whose exposure it halves, on average."""
        exposure_ns = self.settings.exposure_ms * 1e6
        middle = exposure_ns / 2 + self.timing.readout_ns / 2
        return REFRESH_NS / 2 + self.timing.projector_ns + middle + self.timing.camera_ns

    def limits(self, setting: Setting) -> tuple[float, float] | None:
        return {"exposure_ms": (1.0, 33.0), "gain": (1.0, 16.0)}.get(setting)

    def adjust(self, setting: Setting, value: float) -> float:
        limits = self.limits(setting)
        if limits is None:
            return value
        held = float(np.clip(value, *limits))
        setattr(self.settings, setting, held)
        return held

    def hold(self, held: Iterable[int]) -> None:
        """Every display is."""

    def lock(self) -> tuple[Setting, ...]:
        """Nothing changes by itself."""
        return ()

    def show(self, frame: Bytes, display: int = 0, *, after_ns: int = 0) -> int:
        handed_ns = self.now_ns = max(self.now_ns, after_ns)
        late = self._rng.random() < self.rig.conditions.late
        refreshes = 1 + handed_ns // REFRESH_NS + (int(self._rng.integers(1, 4)) if late else 0)
        from_ns = int(refreshes * REFRESH_NS + self.timing.projector_ns)
        self._shown[display] = [*self._shown[display][-8:], _Shown(frame, from_ns)]
        self.now_ns += 1_000_000
        return handed_ns

    def next(self, after_ns: int = 0) -> CameraFrame:
        timing = self.timing
        lag_ns = round(self.settings.exposure_ms * 1e6) + timing.readout_ns + timing.camera_ns
        wanted_ns = max(after_ns, self.now_ns)
        self._last = max(self._last + 1, -(-(wanted_ns - self._began_ns - lag_ns) // timing.period_ns))
        opened_ns = self._began_ns + self._last * timing.period_ns
        self.now_ns = max(self.now_ns, opened_ns + lag_ns)
        self.pictures += 1
        grey = self._exposed(self._light(opened_ns))
        bgr = np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)
        return CameraFrame(self._last, opened_ns + lag_ns, bgr)

    def light_of(self, projector: int, frame: Bytes) -> Floats:
        """What one projector alone adds to each camera pixel, for a still frame and before the lens."""
        return self._cast(projector, frame)[0]

    def _light(self, opened_ns: int) -> Floats:
        """The light on the sensor, full scale at 1 and usual settings."""
        t_s, conditions = opened_ns / 1e9, self.rig.conditions
        flicker = 1 + conditions.lamp_flicker * (1 if (t_s // 0.7) % 2 else -1)
        light = self.rig.ambient * np.float32(flicker)
        walkers = [place_m(k, self.rig.seed, t_s) for k in range(conditions.walkers)]
        seen = self._hidden(self.rig.camera.surface_from_camera.translation_m, walkers)
        for index, beam in enumerate(self.rig.beams):
            mixed, mean = self._mixed(index, opened_ns)
            device = self.rig.projectors[index]
            shadow = self._hidden(device.surface_from_camera.translation_m, walkers)
            if shadow is not None:
                mixed = mixed * (1 - shadow)
            light = light + mixed
            if conditions.gloss:
                light = light + self._glare(beam.glint_px, mean)
        if seen is not None:
            body = 0.25 * (conditions.ambient + 0.3 * conditions.light)
            light = light * (1 - seen) + np.float32(body) * seen
        return np.asarray(light, np.float32) / np.float32(WHITE)

    def _mixed(self, index: int, opened_ns: int) -> tuple[Floats, float]:
        """One projector's light over the exposure of each row, and the mean of its frame."""
        shown = self._shown[index + self._dark]
        rows = np.linspace(0, self.timing.readout_ns, self.size_px[1])[:, None] + opened_ns
        exposure_ns = self.settings.exposure_ms * 1e6
        total: Floats | None = None
        mean = 0.0
        for k, each in enumerate(shown):
            until_ns = shown[k + 1].from_ns if k + 1 < len(shown) else 1 << 62
            start = np.maximum(rows, each.from_ns)
            share = np.clip((np.minimum(rows + exposure_ns, until_ns) - start) / exposure_ns, 0, 1)
            if not share.any():
                continue
            light, bright = self._beam(index, each.frame)
            part = light if share.min() == 1 else light * share.astype(np.float32)
            total = part if total is None else total + part
            mean += bright * float(share.mean())
        assert total is not None
        return total, mean

    def _beam(self, index: int, frame: Bytes) -> tuple[Floats, float]:
        key = (index, id(frame))
        if key not in self._beams:
            if len(self._beams) >= KEPT_BEAMS:
                self._beams.pop(next(iter(self._beams)))
            self._beams[key] = (frame, *self._cast(index, frame))
        return self._beams[key][1:]

    def _cast(self, index: int, frame: Bytes) -> tuple[Floats, float]:
        conditions, beam = self.rig.conditions, self.rig.beams[index]
        linear = (np.arange(256) / 255) ** conditions.projector_gamma
        linear = ((linear * (1 - BLACK_LEVEL) + BLACK_LEVEL) * conditions.light).astype(np.float32)
        sharp = np.asarray(cv2.LUT(frame, linear), np.float32)
        soft = cv2.GaussianBlur(sharp, (0, 0), PROJECTOR_BLUR_PX)
        rows = [cv2.remap(soft, x, y, cv2.INTER_LINEAR, borderValue=0) for x, y in beam.places]
        light = np.mean(rows, axis=0) if len(rows) > 2 else (rows[0] + rows[-1]) * np.float32(0.5)
        return np.asarray(light * beam.shade, np.float32), float(sharp.mean())

    def _hidden(self, from_m: np.ndarray, walkers: list[tuple[float, float]]) -> Floats | None:
        """1 where walkers hide the floor from a place, for each camera pixel; None for nobody."""
        if not walkers:
            return None
        masks = [hides(from_m, self.rig.floor_m, at_m) for at_m in walkers]
        whole = np.any(masks, axis=0).astype(np.float32)
        return np.asarray(cv2.resize(whole, self.size_px), np.float32)

    def _glare(self, at_px: tuple[float, float], mean: float) -> Floats:
        width, height = self.size_px
        x = np.exp(-((np.arange(width) - at_px[0]) ** 2) / (2 * 45.0**2))
        y = np.exp(-((np.arange(height) - at_px[1]) ** 2) / (2 * 45.0**2))
        return np.asarray(self.rig.conditions.gloss * mean * np.outer(y, x), np.float32)

    def _exposed(self, light: Floats) -> Bytes:
        settings = self.settings
        light = cv2.GaussianBlur(light, (0, 0), CAMERA_BLUR_PX).astype(np.float32, copy=False)
        light = light * np.float32(settings.gain * settings.exposure_ms / 16.0)
        read = self.rig.conditions.read_noise * settings.gain
        spread = cv2.sqrt(light * np.float32(settings.gain / FULL_WELL) + np.float32(read * read))
        # fresh for every picture: noise that comes again would look like a camera that moved
        cv2.setRNGSeed(int(self._rng.integers(1 << 31)))
        light = light + spread * np.asarray(cv2.randn(self._noise, *NORMAL), np.float32)
        shade = np.clip(light * (SHADES - 1), 0, SHADES - 1).astype(np.uint16)
        seen = self._response.take(shade)
        coded = cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1]
        return np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.uint8)
