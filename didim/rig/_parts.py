"""What stands in one place: its surfaces, cameras and projectors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import numpy as np

from didim.geometry import DenseMap, PinholeCamera, PlaneMap, Surface
from didim.problem import Problem
from didim.rig._area import Area
from didim.rig._blend import Blend
from didim.rig._loudness import Loudness

USUAL_GAMMA = 2.2
GAMMA_LIMITS = (1.0, 4.0)


class RigError(Problem):
    """rig.toml cannot be used; the message names the key, what was expected and what to do."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Camera:
    """One camera of the rig.

    Attributes:
        source: the capture driver's `kind` and its settings, as `didim.capture.open_camera` takes them.
        size_px: (width, height) that the calibration holds for.
        view: the calibrated camera in the surface's frame, or a plain plane map `surface_from_picture`.
        latency_s: from light on the sensor to the picture in hand.
        latency_sd_s: how sure the sum of that and a projector's delay is: its standard deviation as
            calibration measured it; 0 where nobody did.
        plays: how everybody before it plays; None where that is told from the posture of each.
    """

    name: str
    surface: str
    size_px: tuple[int, int]
    view: PinholeCamera | PlaneMap
    source: dict[str, Any] = field(default_factory=dict)
    latency_s: float = 0.0
    latency_sd_s: float = 0.0
    plays: Literal["standing", "seated"] | None = None

    def view_at(self, size_px: tuple[int, int]) -> PinholeCamera | PlaneMap:
        """The view for pictures of another size: the calibrated picture fitted whole and centred into it.

        Raises:
            RigError: the shape differs by more than 2 %: the picture was cut or squeezed.
        """
        (width, height), (new_width, new_height) = self.size_px, size_px
        across, down = new_width / width, new_height / height
        if abs(across / down - 1) > 0.02:
            raise RigError(
                f"camera {self.name!r} is calibrated for {width}x{height} pictures and gives "
                f"{new_width}x{new_height}, another shape; set its size, or calibrate at that size"
            )
        scale = min(across, down)
        left_px = (new_width - 1 - scale * (width - 1)) / 2
        top_px = (new_height - 1 - scale * (height - 1)) / 2
        new_from_old = np.array([[scale, 0.0, left_px], [0.0, scale, top_px], [0.0, 0.0, 1.0]])
        if isinstance(self.view, PlaneMap):
            return self.view.after(PlaneMap(new_from_old).inverse())
        return PinholeCamera(
            new_from_old @ self.view.matrix, self.view.surface_from_camera, self.view.distortion
        )


@dataclass(frozen=True, slots=True)
class Projector:
    """One projector of the rig.

    Attributes:
        size_px: (width, height) of its picture.
        projector_from_surface: metres to projector pixels.
        surface_from_projector: where the plane map alone is too coarse (lens, uneven floor): metres for
            each projector pixel, `xy` of shape (height, width, 2).
        display: which of the computer's displays it is, counted from 0.
        latency_s: from the drawn frame to the light on the surface.
        gamma: its response: light = grey ** gamma.
        blend: how it shares the surface with other projectors; None where it lights it alone.

    Raises:
        ValueError: gamma is out of range, or the blend is of another size.
    """

    name: str
    surface: str
    size_px: tuple[int, int]
    projector_from_surface: PlaneMap
    surface_from_projector: DenseMap | None = None
    display: int = 0
    latency_s: float = 0.0
    gamma: float = USUAL_GAMMA
    blend: Blend | None = None

    def __post_init__(self) -> None:
        low, high = GAMMA_LIMITS
        if not low <= self.gamma <= high:
            raise ValueError(
                f"projector {self.name!r}: gamma lies between {low} and {high}, got {self.gamma}"
            )
        if self.blend is not None and self.blend.weight.shape[::-1] != self.size_px:
            raise ValueError(
                f"projector {self.name!r}: its blend is for {self.blend.weight.shape[1]}x"
                f"{self.blend.weight.shape[0]} pixels, size_px says {self.size_px}; calibrate again"
            )


@dataclass(frozen=True, slots=True)
class Rig:
    """Everything that is bolted down in one place.

    Attributes:
        engine: the pose engine, as `didim.pose.choose_engine` reads it: "auto" for the strongest whose
            weights are present, a name, or DETECTOR+LANDMARKS; then @PROVIDER, but for the processor.
        areas: by the name of a surface, which part of it may be played on; all of it where none is given.
    """

    name: str
    surfaces: dict[str, Surface]
    cameras: tuple[Camera, ...]
    projectors: tuple[Projector, ...]
    engine: str = "auto"
    loudness: Loudness = field(default_factory=Loudness)
    areas: dict[str, Area] = field(default_factory=dict)

    def area(self, surface: str) -> Area:
        """Which part of the surface of that name may be played on."""
        return self.areas.get(surface, Area())

    def camera(self, name: str | None = None) -> Camera:
        """The camera of that name, or the first.

        Raises:
            RigError: there is none; the message lists those there are.
        """
        return _named("camera", self.cameras, name)

    def projector(self, name: str | None = None) -> Projector:
        """The projector of that name, or the first; raises RigError as `camera` does."""
        return _named("projector", self.projectors, name)


_Thing = TypeVar("_Thing", Camera, Projector)


def _named(kind: str, things: tuple[_Thing, ...], name: str | None) -> _Thing:
    for thing in things:
        if name is None or thing.name == name:
            return thing
    have = ", ".join(repr(thing.name) for thing in things) or "none"
    raise RigError(f"the rig has no {kind} {name or ''!r}; it has: {have}. Add a [[{kind}]] to rig.toml.")
