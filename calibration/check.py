"""Whether a rig still holds: the test pattern drawn through its file and measured again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.devices import Eye, Light
from calibration.projector import Delay, ProjectorMaps, Taker, verify
from didim.rig import Camera, Projector, Rig, RigError

DRIFT_MOST_MM, P95_MOST_MM = 6.0, 20.0
"""What may be off before a child sees the light beside the foot."""
PAIRS = 2


@dataclass(frozen=True, slots=True)
class Drift:
    """How far what is drawn lies off now.

    Attributes:
        shift_mm: by which all of it moved together, (2,): x and y on the surface.
        drift_mm: the length of that; p95_mm: an upper bound of the 95th percentile of all that is off.
        seen_share: of the test pattern.
    """

    shift_mm: tuple[float, float]
    drift_mm: float
    p95_mm: float
    seen_share: float

    @property
    def holds(self) -> bool:
        return self.drift_mm <= DRIFT_MOST_MM and self.p95_mm <= P95_MOST_MM


def check_rig(
    rig: Rig, light: Light, eye: Eye, *, camera: str | None = None, projector: str | None = None
) -> Drift:
    """Show the test pattern through the rig's maps and see where it lands; a few seconds.

    Args:
        camera, projector: their names in the rig file, else the first.

    Raises:
        RigError: the rig lacks a projector, or the display has another size than it was calibrated with.
        PatternNotSeen: too little of the pattern is seen; PatternTorn: its pictures were torn.
    """
    looks, lights = rig.camera(camera), rig.projector(projector)
    _check_display(lights, light)
    maps = ProjectorMaps(lights.projector_from_surface, lights.surface_from_projector)
    taker = Taker(light, eye, _delay(looks, lights, eye), lights.display)
    view = looks.view_at(eye.size_px)
    seen = verify(taker, maps, view, rig.surfaces[lights.surface], pairs=PAIRS)
    shift = np.median(seen.off_mm, axis=0)
    return Drift(
        (float(shift[0]), float(shift[1])), float(np.linalg.norm(shift)), seen.p95_mm, seen.seen_share
    )


def _check_display(projector: Projector, light: Light) -> None:
    sizes = light.sizes_px
    found = sizes[projector.display] if projector.display < len(sizes) else None
    if found != projector.size_px:
        width, height = projector.size_px
        now = "there is no such display" if found is None else f"it has {found[0]}x{found[1]} now"
        raise RigError(
            f"projector {projector.name!r} was calibrated on display {projector.display} with "
            f"{width}x{height}; {now}. Set that size again, or calibrate anew."
        )


def _delay(camera: Camera, projector: Projector, eye: Eye) -> Delay:
    """As the rig file knows it; where it does not, a usual one."""
    known_s = camera.latency_s + projector.latency_s
    return Delay(round(1e9 * known_s) if known_s > 0 else 3 * eye.period_ns, 1.0)
