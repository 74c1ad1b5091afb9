"""The lanes side by side: who runs in which, where its lines are, and where the others wait."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from didim.play import Player, Point, Surface

END_SHARE, END_MOST_M = 0.11, 0.45
RIM_SHARE, RIM_MOST_M = 0.11, 0.25  # beside the lanes, for points
BENCH_AT_M = 0.48  # from the edge
SHORTEST_WAY_M = 1.0
SHORTEST = 0.65  # of the full length, for whom that is far


@dataclass(slots=True)
class Runner:
    """One player's run; `side` is the end to reach, 0 left or 1 right.

    Attributes:
        lane: its number, None while somebody else's turn is on.
        spot: of the places to wait, None for who runs or finds none.
        due_s: the beep by which to be there, also once it has passed; None until the next lap begins.
        late: it was not there in time; that is told once a lap, however long it takes.
    """

    player_id: int
    lane: int | None = None
    spot: int | None = None
    side: int = 1
    due_s: float | None = None
    late: bool = False
    laps: int = 0
    ran_s: float = field(default=-math.inf)
    lit_s: float = field(default=-math.inf)


class Lanes:
    """As many lanes as lie `spacing_m` apart; a crowd takes turns in them.

    Attributes:
        y_m: of each lane's middle; width_m, end_m: how wide one is, how deep the ground behind a line.
        bench: where those stand who wait, one each, beside the lanes.
    """

    def __init__(self, surface: Surface, spacing_m: float) -> None:
        self._surface, self._spacing_m = surface, spacing_m
        count = max(1, math.floor(surface.height_m / spacing_m + 1e-9))
        step_m = surface.height_m / count
        self.y_m = [step_m * (lane + 0.5) for lane in range(count)]
        self.width_m = min(0.92 * step_m, 0.85)
        self.end_m = min(END_MOST_M, END_SHARE * surface.width_m)
        rim_m = min(RIM_MOST_M, RIM_SHARE * surface.width_m)
        self._lines_m = [rim_m + self.end_m, surface.width_m - rim_m - self.end_m]
        self.bench: list[Point] = []

    @property
    def length_m(self) -> float:
        """From line to line."""
        return self._lines_m[1] - self._lines_m[0]

    def fit(self, players: int) -> None:
        """Make room beside the lanes for those who cannot run yet, on one side and then on the other."""
        waiting, inset_m = players - len(self.y_m), BENCH_AT_M + self._spacing_m + self.end_m / 2
        for side, x_m in ((0, BENCH_AT_M), (1, self._surface.width_m - BENCH_AT_M)):
            lines_m = list(self._lines_m)
            lines_m[side] = inset_m if side == 0 else self._surface.width_m - inset_m
            is_needed = len(self.bench) < waiting and len(self.bench) == side * len(self.y_m)
            if is_needed and lines_m[1] - lines_m[0] >= SHORTEST_WAY_M:
                self._lines_m = lines_m
                self.bench += [Point(x_m, y_m) for y_m in self.y_m]

    def line_x_m(self, side: int, share: float = 1.0) -> float:
        """Where a line is; `share` of the full length lies between both."""
        return sum(self._lines_m) / 2 + (side - 0.5) * self.length_m * share

    def end(self, lane: int, side: int, share: float) -> Point:
        """The middle of the ground behind a line."""
        return Point(self.line_x_m(side, share) + (side - 0.5) * self.end_m, self.y_m[lane])

    def is_behind(self, foot: Point, lane: int, side: int, share: float) -> bool:
        """Whether a foot stands on or behind the line, in its own lane."""
        past_m = (foot.x_m - self.line_x_m(side, share)) * (2 * side - 1)
        return past_m >= -0.05 and abs(foot.y_m - self.y_m[lane]) <= max(0.3, self.width_m / 2)

    def share_out(self, runners: Sequence[Runner], players: Sequence[Player], *, next_turn: bool) -> None:
        """Give free lanes to who has run least; on `next_turn` who ran makes room for who waits."""
        of = {player.id: player for player in players}
        waiting = sorted((r for r in runners if r.lane is None), key=lambda r: (r.ran_s, r.player_id))
        if next_turn and waiting:
            longest = sorted((r for r in runners if r.lane is not None), key=lambda r: -r.ran_s)
            for runner in longest[: len(waiting)]:
                runner.lane, runner.due_s = None, None
        for runner in waiting:
            free = [n for n in range(len(self.y_m)) if all(r.lane != n for r in runners)]
            if free:
                feet = of[runner.player_id].feet
                runner.lane = min(free, key=lambda n: abs(self.y_m[n] - feet.y_m))
                runner.side = 1 if feet.x_m < self._surface.width_m / 2 else 0
                runner.due_s, runner.late, runner.spot = None, False, None
        for runner in (r for r in runners if r.lane is None and r.spot is None):
            feet = of[runner.player_id].feet
            empty = [n for n in range(len(self.bench)) if all(r.spot != n for r in runners)]
            runner.spot = min(empty, key=lambda n: self.bench[n].distance_m(feet), default=None)
