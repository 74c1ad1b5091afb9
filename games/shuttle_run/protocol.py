"""The beeps: the 20 m shuttle run, scaled to a floor.

Stage 1 is run at 8.5 km/h, each next one 0.5 km/h faster (L. A. Léger et al., Journal of Sports Sciences
6, 1988), up to the 21st, with which its recordings end. On a floor of a few metres turning takes most of the
time and a stage is shorter, so that speeds are a share of these, each length has time for its turn on top,
and a result is laps and a stage, no fitness.
"""

from __future__ import annotations

FIRST_KM_H, STEP_KM_H, STAGES = 8.5, 0.5, 21
EASY_SHARE, HARD_SHARE = 0.5, 1.0


class Beeps:
    """When the beeps come: for each the lap of a lane `length_m` long has to be done.

    Attributes:
        length_m: of the lane; it may change from one beep to the next.

    Args:
        share: of the protocol's speeds.
        turn_s: on top of each length.
        stage_s: how long a stage lasts, at least; it ends with a beep.
    """

    def __init__(
        self, length_m: float, *, share: float, turn_s: float, stage_s: float, first_s: float
    ) -> None:
        self.length_m, self._share, self._turn_s, self._stage_s = length_m, share, turn_s, stage_s
        self.stage = 1
        self.number = 0
        self.last_s, self.next_s = 0.0, first_s
        self._stage_until_s = first_s + stage_s

    @property
    def lap_s(self) -> float:
        """The time for one length in this stage."""
        speed_m_s = self._share * (FIRST_KM_H + STEP_KM_H * (self.stage - 1)) / 3.6
        return self.length_m / speed_m_s + self._turn_s

    def passed(self, t_s: float) -> bool:
        """Whether a beep has come; then the next one is set."""
        if t_s < self.next_s:
            return False
        self.number += 1
        if self.next_s >= self._stage_until_s and self.stage < STAGES:
            self.stage += 1
            self._stage_until_s += self._stage_s
        self.last_s, self.next_s = self.next_s, self.next_s + self.lap_s
        return True

    def share(self, t_s: float) -> float:
        """How much of the time to the next beep has gone, 0 to 1."""
        return min(1.0, max(0.0, (t_s - self.last_s) / (self.next_s - self.last_s)))
