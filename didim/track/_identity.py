"""Who is who: what one person is known by, and how unlike it a sight is."""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

import numpy as np

from didim.geometry import FloatArray
from didim.track._appearance import Clothes
from didim.track._sight import Sight
from didim.track._trail import Trail

CLOTHES_WEIGHT = 4.0
SIZE_SD = 0.1
SIZE_FAR = 5.0
SIZE_LEARNS_OVER = 60
COST_MOST = 26.0
PLACE_MOST = 6.0
"""The most that a place within the gate speaks against somebody: others draw a walk aside in a crowd."""
IN_AIR = 0.72
"""Who jumps seems to stand farther away than they are: they are so much of the distance away at least."""
MET_PICTURES = 15
MET_APART_M = 0.3


UNSEEN_S, LEAPS_M = 0.3, 0.35
SETTLES_AFTER = 8
SIZE_MEAN_SD = 0.06

Look = tuple[FloatArray, float]
"""Colours of the clothes and size, of one sight; nan where they are not seen."""


class Known(NamedTuple):
    """What somebody is known by, but for the walk."""

    number: int
    clothes: Clothes
    met: Counter[int]
    at_once_s: dict[int, float]
    log_size: float
    sizes: int


class Identity:
    """What one person is known by: the walk, the size, the clothes, and whom they were seen beside.

    Attributes:
        trail: the walk.
        clothes: their colours.
        number: tells this identity from every other, also before it has a player's id.
    """

    def __init__(self, sight: Sight, t_s: float, number: int) -> None:
        self.number = number
        self.trail = Trail(sight.middle, t_s, sight.sd_m)
        self.clothes = Clothes()
        self._log_size, self._sizes = 0.0, 0
        self._met: Counter[int] = Counter()
        self._at_once_s: dict[int, float] = {}
        self._open: list[Look] | None = None
        self._learn(sight)

    @property
    def knows_clothes(self) -> bool:
        return self.clothes.known

    @property
    def size(self) -> float:
        """As a multiple of what the engine takes the person for; nan where it was never told."""
        return math.exp(self._log_size) if self._sizes else math.nan

    def add(self, sight: Sight, t_s: float) -> None:
        place = self._place(sight)
        leapt = math.dist(self.trail.at(t_s), place) > LEAPS_M
        if sight.crowded or leapt or t_s - self.trail.seen_s > UNSEEN_S:
            self._open = []
        self.trail.add(place, t_s, sight.sd_m)
        self._learn(sight)

    def _place(self, sight: Sight) -> FloatArray:
        """Where the person is, if the sight is theirs: between where the body seems to stand and, where it
        seems larger than they are, where it is as large and in the air; as near as can be to where they were.
        """
        share = self.size / sight.size if sight.feet_seen else math.nan
        if not share < 1.0:
            return sight.middle
        away_m = sight.nearer(max(share, IN_AIR)) - sight.middle
        along = float(away_m @ (self.trail.place - sight.middle)) / max(float(away_m @ away_m), 1e-9)
        return np.asarray(sight.middle + min(max(along, 0.0), 1.0) * away_m)

    # whether it is still the same

    @property
    def in_doubt(self) -> bool:
        """Others were so near, or it was out of sight for so long, that it may be somebody else by now."""
        return self._open is not None

    @property
    def is_ripe(self) -> bool:
        """It is in doubt and has been seen apart for long enough to be known by its looks."""
        return self._open is not None and len(self._open) >= SETTLES_AFTER

    @property
    def open_looks(self) -> list[Look]:
        """How it looked since it is apart; not learnt yet."""
        return self._open or []

    def unlike_looks(self, looks: list[Look]) -> float:
        """As `unlike`, of several sights of one person: what is the same in all weighs more."""
        sizes = [size for _, size in looks if math.isfinite(size)]
        off = 0.0
        if self._sizes and sizes:
            off = min(abs(float(np.mean(np.log(sizes))) - self._log_size) / SIZE_MEAN_SD, SIZE_FAR)
        seen = np.array([look for look, _ in looks])
        counts = np.isfinite(seen).sum(axis=0)
        mean = np.where(counts > 0, np.nansum(seen, axis=0) / np.maximum(counts, 1), np.nan)
        return 0.5 * off * off + 0.5 * CLOTHES_WEIGHT * self.clothes.unlike(mean)

    def believe(self, *, within: float) -> None:
        """Learn what was seen while in doubt, if it is not more unlike: it is who it is taken for."""
        if self.unlike_looks(self.open_looks) > within:
            self._open = []
            return
        looks, self._open = self.open_looks, None
        for look, size in looks:
            self._take(look, size)

    def unlike(self, sight: Sight) -> float:
        """How unlike size and clothes are: a cost as of a likelihood's negative logarithm, 2 to about 30."""
        off = 0.0
        if self._sizes and math.isfinite(sight.size):
            off = min(abs(math.log(sight.size) - self._log_size) / SIZE_SD, SIZE_FAR)
        return 0.5 * off * off + 0.5 * CLOTHES_WEIGHT * self.clothes.unlike(sight.look)

    def unlike_of(self, other: Identity) -> float:
        """The same for one who came later: a cost, 2 to about 30."""
        off = 0.0
        if self._sizes and other._sizes:
            off = min(abs(other._log_size - self._log_size) / SIZE_SD, SIZE_FAR)
        return 0.5 * off * off + 0.5 * CLOTHES_WEIGHT * self.clothes.unlike(other.clothes.mean)

    def cost(self, sight: Sight, t_s: float) -> float:
        """How unlike the sight is to this person at `t_s`; infinite out of the gate or too unlike."""
        away_m = math.dist(self.trail.at(t_s), self._place(sight))
        if away_m > self.trail.gate_m(t_s):
            return math.inf
        spread_m = math.hypot(self.trail.sd_m(t_s), sight.sd_m)
        cost = min(0.5 * (away_m / spread_m) ** 2, PLACE_MOST) + self.unlike(sight)
        return cost if cost < COST_MOST else math.inf

    def stands_beside(self, other: Identity) -> None:
        """Take note that both are seen in one picture, each on a place of their own."""
        self._at_once_s[other.number] = self.trail.seen_s
        if math.dist(self.trail.place, other.trail.place) > MET_APART_M:
            self._met[other.number] += 1

    def has_met(self, other: Identity) -> bool:
        """Whether both were seen at once for too long to be a body and one wrongly found in it."""
        return self._met[other.number] >= MET_PICTURES

    def seen_with_s(self, other: Identity) -> float:
        """When both were last seen in one picture."""
        return self._at_once_s.get(other.number, -math.inf)

    def go_on_as(self, other: Identity) -> None:
        """Take up all but the walk of who was lost and is this one."""
        self.take_up(other.known())
        self._open = None

    def known(self) -> Known:
        """All but the walk, for `take_up`."""
        return Known(self.number, self.clothes, self._met, self._at_once_s, self._log_size, self._sizes)

    def take_up(self, known: Known) -> None:
        """Be somebody else from now on, on the same walk."""
        self.number, self.clothes, self._met, self._at_once_s, self._log_size, self._sizes = known

    def _learn(self, sight: Sight) -> None:
        """Size and clothes, where nobody is near enough to be taken for this person."""
        if sight.crowded:
            return
        size = sight.size if sight.feet_seen else math.nan
        if self._open is None or not self.knows_clothes:
            self._take(sight.look, size)
        else:
            self._open.append((sight.look, size))

    def _take(self, look: FloatArray, size: float) -> None:
        self.clothes.add(look)
        if math.isfinite(size):
            self._sizes += 1
            self._log_size += (math.log(size) - self._log_size) / min(self._sizes, SIZE_LEARNS_OVER)
