"""A hand that touches the wall before which somebody stands."""

from __future__ import annotations

import math

from didim.geometry import FloatArray, Point
from didim.people import Joint, Side
from didim.track._frame import WallFrame
from didim.track._gate import Gate
from didim.track._happening import Happening

TOUCHES_M, LEAVES_M = 0.3, 0.4
"""How far off the wall a wrist may be told to be that is there: one camera sees depth to 10 or 20 cm only."""
RESTS_M_S = 0.3
TOWARDS_M = 0.1
WRIST_M = 0.1
"""A wrist is so far off the wall when the hand lies on it."""
SURE = 0.1
BELOW_HIPS_M = 0.03
SMOOTH = 0.5


class WallHand:
    """Tells when one hand comes to the wall and leaves it.

    What tells is that a hand held out towards the wall comes to rest near it: how far off it is alone is not
    seen well enough. Where it is on the wall is told by the line of sight to its wrist.
    """

    def __init__(self, side: Side, frame: WallFrame) -> None:
        self._side, self._frame = side, frame
        name = side.upper()
        self._joints = [Joint[f"{name}_{part}"] for part in ("SHOULDER", "WRIST", "HIP")]
        self._gate = Gate(-TOUCHES_M, -LEAVES_M)
        self._last: tuple[float, FloatArray] | None = None
        self._speed_m_s = 0.0
        self._place = Point(0.0, 0.0)

    def add(self, joints: FloatArray, scores: FloatArray, t_s: float) -> list[Happening]:
        """Take the (33, 3) joints over the floor, metres, and their (33,) scores."""
        score = float(scores[self._joints[1]])
        if score < SURE:
            return []
        shoulder, wrist, hip = joints[self._joints]
        on_wall = self._frame.against(wrist, WRIST_M)
        self._move(on_wall, t_s)
        off_m = self._frame.off_m(wrist)
        held_out = self._frame.off_m(shoulder) - off_m > TOWARDS_M and wrist[2] > hip[2] - BELOW_HIPS_M
        if not held_out:
            off_m = math.inf
        elif not self._gate.open and self._speed_m_s > RESTS_M_S:
            off_m = max(off_m, TOUCHES_M)
        if not self._gate.add(-min(off_m, 1.0), t_s):
            return []
        if not self._gate.open:
            return [Happening("release", self._gate.since_s, self._place, self._side, score=score)]
        self._place = Point(*on_wall.tolist())
        return [Happening("touch", self._gate.since_s, self._place, self._side, score=score)]

    def _move(self, on_wall: FloatArray, t_s: float) -> None:
        if self._last is not None and t_s > self._last[0]:
            speed_m_s = math.dist(on_wall, self._last[1]) / (t_s - self._last[0])
            self._speed_m_s += SMOOTH * (speed_m_s - self._speed_m_s)
        self._last = t_s, on_wall
