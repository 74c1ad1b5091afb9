"""What hands do: raised, reaching, dwelling, swiping, going round."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from didim.geometry import FloatArray
from didim.people import EventKind, Joint, Side
from didim.track._frame import FloorFrame
from didim.track._gate import Gate
from didim.track._happening import Happening

STRETCHED, BENT = 0.88, 0.75
DWELLS_M, DWELLS_S, LEAVES_M = 0.09, 0.8, 0.16
SWIPE_M, SWIPE_S, SWIPE_M_S, REST_M_S = 0.35, 0.45, 1.4, 0.7
STRAIGHT = 0.8
ROUND_ARM = 0.5
SETS_OUT_RAD = 0.2
BREAK_S = 1.5
SURE = 0.5


class Hand:
    """Follows one hand. Lengths go by the arm's own length, so that they hold for every size of body.

    Args:
        frame: of the surface on which it is told where the hand is.
    """

    def __init__(self, side: Side, frame: FloorFrame) -> None:
        self._side, self._frame = side, frame
        name = side.upper()
        self._arm = [Joint[f"{name}_{part}"] for part in ("SHOULDER", "ELBOW", "WRIST")]
        self._joints = [*self._arm, Joint[f"{name}_HIP"]]
        self._raised = Gate(0.15, -0.25)
        self._reaches = Gate(STRETCHED, BENT)
        self._dwell_at: FloatArray | None = None
        self._dwell_s = 0.0
        self._dwelt = False
        self._way: deque[tuple[float, FloatArray, float]] = deque()  # when, where, how fast it came there
        self._swiped_s = -math.inf
        self._front, self._beside = _Turn(), _Turn()

    def add(self, joints: FloatArray, scores: FloatArray, t_s: float) -> list[Happening]:
        """Take the (33, 3) joints over the surface, metres, and their (33,) scores."""
        if scores[self._arm].min() < SURE:
            return []
        shoulder, elbow, wrist, hip = joints[self._joints]
        arm_m = math.dist(elbow, shoulder) + math.dist(wrist, elbow)
        if arm_m < 0.1:
            return []
        by_body = wrist - (joints[Joint.LEFT_HIP] + joints[Joint.RIGHT_HIP]) / 2
        told = self._raise(wrist, joints[Joint.NOSE], arm_m, t_s)
        told += self._reach(shoulder, wrist, arm_m, t_s)
        told += self._dwell(wrist, hip, t_s)
        told += self._swipe(wrist, by_body, t_s)
        return told + self._round((shoulder, wrist), joints, arm_m, t_s)

    def _tell(self, kind: EventKind, t_s: float, wrist: FloatArray, **more: float) -> Happening:
        return Happening(kind, t_s, self._frame.hand(wrist), self._side, **more)

    def _raise(self, wrist: FloatArray, nose: FloatArray, arm_m: float, t_s: float) -> list[Happening]:
        if not self._raised.add(float(wrist[2] - nose[2]) / arm_m, t_s):
            return []
        kind: EventKind = "raise" if self._raised.open else "lower"
        return [self._tell(kind, self._raised.since_s, wrist, size_m=float(wrist[2]))]

    def _reach(self, shoulder: FloatArray, wrist: FloatArray, arm_m: float, t_s: float) -> list[Happening]:
        out_m = math.dist(wrist, shoulder)
        if wrist[2] - shoulder[2] <= -0.5 * out_m:
            out_m = 0.0  # hanging is no reaching
        if not self._reaches.add(out_m / arm_m, t_s) or not self._reaches.open:
            return []
        heading_rad = self._frame.heading_rad(wrist - shoulder)
        size_m = float(wrist[2])
        return [self._tell("reach", self._reaches.since_s, wrist, size_m=size_m, heading_rad=heading_rad)]

    def _dwell(self, wrist: FloatArray, hip: FloatArray, t_s: float) -> list[Happening]:
        """A hand that is held out and keeps its place."""
        hangs = wrist[2] < hip[2] + 0.5 * LEAVES_M
        bound_m = LEAVES_M if self._dwelt else DWELLS_M
        if hangs or self._dwell_at is None or math.dist(wrist, self._dwell_at) > bound_m:
            self._dwell_at, self._dwell_s, self._dwelt = (None if hangs else wrist), t_s, False
            return []
        if self._dwelt or t_s - self._dwell_s < DWELLS_S:
            return []
        self._dwelt = True
        lasted_s, size_m = DWELLS_S, float(wrist[2])
        return [self._tell("dwell", self._dwell_s + DWELLS_S, wrist, lasted_s=lasted_s, size_m=size_m)]

    def _swipe(self, wrist: FloatArray, by_body: FloatArray, t_s: float) -> list[Happening]:
        """A quick, straight way that has come to its end; walking along is none."""
        speed_m_s = 0.0
        if self._way:
            last_s, last, _ = self._way[-1]
            speed_m_s = math.dist(by_body, last) / (t_s - last_s)
        self._way.append((t_s, by_body, speed_m_s))
        while self._way[0][0] < t_s - SWIPE_S:
            self._way.popleft()
        if len(self._way) < 3 or self._way[0][0] < self._swiped_s or speed_m_s > REST_M_S:
            return []
        speeds_m_s = np.array([speed_m_s for _, _, speed_m_s in self._way][1:])
        if speeds_m_s.max() < SWIPE_M_S:
            return []
        fast = speeds_m_s > REST_M_S
        times_s = np.array([each for each, _, _ in self._way])
        steps = np.diff([place for _, place, _ in self._way], axis=0)
        along = steps[fast].sum(axis=0)
        length_m = float(np.linalg.norm(along))
        if length_m < SWIPE_M or length_m < STRAIGHT * float(np.linalg.norm(steps[fast], axis=1).sum()):
            return []
        ended_s = float(times_s[1:][fast][-1])
        self._swiped_s = t_s
        heading_rad, lasted_s = self._frame.heading_rad(along), float(np.diff(times_s)[fast].sum())
        more = {"size_m": length_m, "heading_rad": heading_rad, "lasted_s": lasted_s}
        return [self._tell("swipe", ended_s, wrist, **more)]

    def _round(
        self, arm: tuple[FloatArray, FloatArray], joints: FloatArray, arm_m: float, t_s: float
    ) -> list[Happening]:
        """The hand going round the shoulder, seen from the front or from the side, whichever is wider."""
        x_m, y_m, up_m = (arm[1] - arm[0]).tolist()
        across_x_m, across_y_m, _ = (joints[Joint.LEFT_SHOULDER] - joints[Joint.RIGHT_SHOULDER]).tolist()
        across_m = max(math.hypot(across_x_m, across_y_m), 1e-6)
        aside_m = (x_m * across_x_m + y_m * across_y_m) / across_m
        ahead_m = (x_m * across_y_m - y_m * across_x_m) / across_m
        for turn, flat_m in ((self._front, aside_m), (self._beside, ahead_m)):
            lasted_s = turn.add(flat_m, up_m, arm_m, t_s)
            if lasted_s is not None:
                self._front, self._beside = _Turn(), _Turn()
                return [self._tell("circle", t_s, arm[1], lasted_s=lasted_s)]
        return []


class _Turn:
    """Counts a full turn of a direction in one plane."""

    def __init__(self) -> None:
        self._angle_rad: float | None = None
        self._turned_rad = 0.0
        self._began_s = self._last_s = 0.0

    def add(self, flat_m: float, up_m: float, arm_m: float, t_s: float) -> float | None:
        """Take where the hand is; how long the turn took that has just come full, else None."""
        if math.hypot(flat_m, up_m) < ROUND_ARM * arm_m:
            if t_s - self._last_s > BREAK_S:
                self._angle_rad = None
            return None
        angle_rad = math.atan2(up_m, flat_m)
        if self._angle_rad is None or t_s - self._last_s > BREAK_S:
            self._turned_rad, self._began_s = 0.0, t_s
        else:
            step_rad = math.remainder(angle_rad - self._angle_rad, 2.0 * math.pi)
            if step_rad * self._turned_rad < 0.0 and abs(step_rad) > 0.1:  # it goes back
                self._turned_rad, self._began_s = 0.0, t_s
            self._turned_rad += step_rad
            if abs(self._turned_rad) < SETS_OUT_RAD:
                self._began_s = t_s
        self._angle_rad, self._last_s = angle_rad, t_s
        return t_s - self._began_s if abs(self._turned_rad) >= 2.0 * math.pi - 0.2 else None
