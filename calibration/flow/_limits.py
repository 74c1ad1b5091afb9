"""When a calibration is too poor to be saved, and what limits a good one."""

from __future__ import annotations

import math

import numpy as np

from calibration.camera import Accuracy, NotEnough
from calibration.projector import ProjectorMeasure, Verified
from calibration.projector.failures import CameraMoved, FloorNotFlat, PoorFit

P95_MOST_MM, MEDIAN_MOST_MM = 20.0, 8.0
"""A hand's breadth of a child is 60 mm: light that is 20 mm off is seen to be off."""
METRIC_MOST_MM = 80.0
MOVED_PX = 0.8
SEEN_LEAST = 0.35
COARSE_MM_PER_PX = 5.0
UNEVEN_PX = 4.0
LEAN_LEAST_RAD = 0.6


def check_outcome(verified: Verified, measure: ProjectorMeasure, camera: Accuracy | None) -> None:
    """Refuse what should not be played on.

    Raises:
        CameraMoved, FloorNotFlat, PoorFit: what the projector draws does not lie where it should.
        NotEnough: the metric floor is too uncertain.
    """
    if verified.p95_mm > P95_MOST_MM or verified.median_mm > MEDIAN_MOST_MM:
        _refuse(verified, measure)
    if verified.seen_share < SEEN_LEAST:
        raise PoorFit(
            f"only {verified.seen_share:.0%} of the test pattern was seen again. Clear the surface of things "
            "and people, dim the lamps, and try again."
        )
    if camera is not None and 1000 * camera.p95_m > METRIC_MOST_MM:
        raise NotEnough(
            f"metres on the surface would be {1000 * camera.p95_m:.0f} mm off: lay the sheet at more places, "
            "farther apart, and nearer to the rim of the play area; A3 measures better than A4"
        )


def _refuse(verified: Verified, measure: ProjectorMeasure) -> None:
    found = (
        f"the test pattern was seen {verified.median_mm:.0f} mm off (95 % within {verified.p95_mm:.0f} mm), "
        f"and {P95_MOST_MM:.0f} mm is the most that can be played on"
    )
    together = float(np.linalg.norm(np.median(verified.off_mm, axis=0)))
    if verified.shift_px > MOVED_PX and together > 0.7 * verified.median_mm:
        raise CameraMoved(
            f"{found}: everything lies off the same way. The camera or the projector moved while it was "
            "measured; tighten its mount and try again.",
            moved_px=verified.shift_px,
        )
    if measure.warp.unevenness_px > UNEVEN_PX:
        raise FloorNotFlat(
            f"{found}: the surface is uneven. Take mats, steps and furniture out of the picture.",
            unevenness_px=measure.warp.unevenness_px,
        )
    raise PoorFit(f"{found}. Clear the surface of things and people, dim the lamps, and try again.")


def limits_of(
    verified: Verified,
    measure: ProjectorMeasure,
    camera: Accuracy | None,
    mm_per_px: float,
    lean_rad: float | None = None,
    *,
    automatic: bool = False,
) -> tuple[str, ...]:
    """Keys of what limits the accuracy, the strongest first; at most three.

    Args:
        lean_rad: how far the sheet leans that was to lean.
        automatic: whether a camera goes on changing a setting by itself.
    """
    # no matter of degree: what was measured may not hold a minute from now
    found: list[tuple[float, str]] = [(math.inf, "limit.automatic")] if automatic else []
    if lean_rad is not None:
        found.append((LEAN_LEAST_RAD / max(lean_rad, 0.01), "limit.flat"))
    if camera is not None:
        found.append((1000 * camera.p95_m / 6.0, "limit.places"))
    found.append((mm_per_px / COARSE_MM_PER_PX, "limit.camera"))
    found.append((22.0 / max(measure.seen.swing, 1.0), "limit.light"))
    found.append((measure.warp.unevenness_px / UNEVEN_PX, "limit.uneven"))
    found.append((0.9 / max(verified.seen_share, 0.05) - 0.2, "limit.hidden"))
    found.append((measure.retaken / 12.0, "limit.torn"))
    told = [key for weight, key in sorted(found, reverse=True) if weight > 1.0]
    return tuple(told[:3]) or ("limit.none",)
