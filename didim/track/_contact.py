"""When a foot stands on the surface."""

from __future__ import annotations

DOWN_BELOW_M, UP_ABOVE_M = 0.10, 0.16
DOWN_BELOW_M_S, UP_ABOVE_M_S = 0.6, 1.0
HOLD_S = 0.05


class Contact:
    """Down when low and slow, up when high or fast; between the bounds it stays what it was.

    A change counts once it has held for 50 ms: landmarks flicker.

    Attributes:
        down: the foot stands on the surface.
        landings: how often it came down since it was first seen.
    """

    def __init__(self, lift_m: float) -> None:
        self.down = lift_m < DOWN_BELOW_M
        self.landings = 0
        self._differs_since_s: float | None = None

    def add(self, lift_m: float, speed_m_s: float, t_s: float) -> None:
        """Take the foot's height above the lower foot and its speed along the surface at `t_s`."""
        if self.down:
            differs = lift_m > UP_ABOVE_M or speed_m_s > UP_ABOVE_M_S
        else:
            differs = lift_m < DOWN_BELOW_M and speed_m_s < DOWN_BELOW_M_S
        if not differs:
            self._differs_since_s = None
            return
        if self._differs_since_s is None:
            self._differs_since_s = t_s
        if t_s - self._differs_since_s >= HOLD_S:
            self.down = not self.down
            self.landings += self.down
            self._differs_since_s = None
