"""What arms do beside walking: gestures laid over the swing of the arms."""

from __future__ import annotations

import math
from dataclasses import dataclass

from didim.geometry import FloatArray
from didim.sim._curve import ease
from didim.sim._feet import Side
from didim.sim._figure import Arm, Reach

_WAG_HZ = 2.2


@dataclass(frozen=True, slots=True)
class Gesture:
    """Arms brought to a posture and let go again.

    Attributes:
        start_s, end_s: from leaving the swing of the arms to being back in it.
        rise_s, fall_s: how long coming and going take.
        arms: the posture of each arm that takes part.
        wag_rad: how far the forearms wave to both sides meanwhile.
        target_m: where the hands reach instead, (3,) metres.
    """

    start_s: float
    end_s: float
    rise_s: float
    fall_s: float
    arms: dict[Side, Arm]
    wag_rad: float = 0.0
    target_m: FloatArray | None = None

    def share(self, t_s: float) -> float:
        """0 where the gesture has no say, 1 where it alone rules."""
        return ease((t_s - self.start_s) / self.rise_s) * ease((self.end_s - t_s) / self.fall_s)

    def arm(self, side: Side, t_s: float) -> Arm:
        arm = self.arms[side]
        wag = self.wag_rad * math.sin(2.0 * math.pi * _WAG_HZ * (t_s - self.start_s))
        return Arm(arm.flexion, arm.abduction, arm.turn, arm.elbow + wag)


def laid_over(
    arms: dict[Side, Arm], gestures: list[Gesture], t_s: float
) -> tuple[dict[Side, Arm], dict[Side, list[Reach]]]:
    """The arms with all gestures of the moment laid over, and where hands reach, one after the other."""
    arms = dict(arms)
    reaches: dict[Side, list[Reach]] = {side: [] for side in Side}
    for gesture in gestures:
        if not gesture.start_s < t_s < gesture.end_s:
            continue
        share = gesture.share(t_s)
        for side in gesture.arms:
            arms[side] = arms[side].mixed(gesture.arm(side, t_s), share)
            if gesture.target_m is not None:
                reaches[side].append(Reach(gesture.target_m, share))
    return arms, reaches
