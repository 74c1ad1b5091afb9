"""One player's pose: how long it has been shown, how well it is matched, how far the ring is filled."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from didim.play import Player

from .poses import Pose, errors_deg

FADE_S = 0.9
SEEN_SHARE = 0.5  # of a pose's limbs have to be seen
SINK = 0.6  # the ring empties that much slower than it fills
GRADES = ((13.0, "perfect", 10), (25.0, "great", 7), (180.0, "good", 4))


@dataclass(slots=True)
class Turn:
    """A pose to be shown until `born_s` + `life_s`, and held for `hold_s` within `tolerance_deg`.

    Attributes:
        filled: of the ring, 0 to 1.
        matched: the limbs that are right now.
        solved: how it ended; None while it goes on.
    """

    pose: Pose
    born_s: float
    life_s: float
    hold_s: float
    tolerance_deg: float
    filled: float = 0.0
    matched: frozenset[str] = frozenset()
    solved: bool | None = None
    ended_s: float = math.inf
    _errors_deg: list[float] = field(default_factory=list)

    def look(self, player: Player, dt_s: float) -> bool:
        """Compare the player's body with the pose; whether the ring has begun to fill just now."""
        errors = errors_deg(player, self.pose)
        self.matched = frozenset(limb for limb, deg in errors.items() if deg <= self.tolerance_deg)
        holds = len(errors) >= SEEN_SHARE * len(self.pose) and len(self.matched) == len(errors) > 0
        began = holds and self.filled == 0.0
        if holds:
            self._errors_deg.append(sum(errors.values()) / len(errors))
            self.filled = min(1.0, self.filled + dt_s / self.hold_s)
        else:
            self.filled = max(0.0, self.filled - SINK * dt_s / self.hold_s)
        return began

    def grade(self) -> tuple[str, int]:
        """The message and the points for how near the limbs were in the second half of the hold."""
        held = self._errors_deg[len(self._errors_deg) // 2 :]
        mean_deg = sum(held) / max(1, len(held))
        return next((key, points) for most_deg, key, points in GRADES if mean_deg <= most_deg)

    def left(self, t_s: float) -> float:
        """Share of the time left, 1 to 0."""
        return max(0.0, 1 - (t_s - self.born_s) / self.life_s)

    def end(self, t_s: float, *, solved: bool) -> None:
        self.solved, self.ended_s = solved, t_s

    def is_over(self, t_s: float) -> bool:
        return t_s - self.ended_s >= FADE_S
