"""One player's measures while a round runs."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass

from didim.people import Event, JointPlace, Player
from didim.records._round import Marks
from didim.records.measures._effort import Epochs, thresholds
from didim.records.measures._limits import (
    GAP_S,
    LANDING_S,
    LATE_S,
    LEAST_PRESENT_S,
    LEAST_SCORE,
    LEAST_TRACKED,
    YOUNGEST_YEARS,
)
from didim.records.measures._path import Path
from didim.records.measures._reaction import Delay, Reactions

FRAME_S = 1.0 / 60.0


@dataclass(frozen=True, slots=True)
class _Leap:
    landed_s: float
    height_m: float
    height_sd_m: float


class Meter:
    """Adds up what one seat's player does. Cheap enough to be asked for the marks every second.

    All times are the round's, seconds; events keep the time at which they happened. A seat whose player was
    lost and came back under another id goes on with the same meter.

    Args:
        seat: the player's place in the round.
        age_years: full years; see `BAND_YEARS` where only the band is known.
        player_id: of the record, or None for a guest.
        delay: the rig's.
        on_floor: False before a wall, where steps, jumps and ways are not told.
    """

    def __init__(
        self,
        seat: int,
        age_years: float,
        *,
        player_id: int | None = None,
        delay: Delay | None = None,
        on_floor: bool = True,
    ) -> None:
        self.seat, self.player_id = seat, player_id
        self._age_years = age_years
        self._on_floor = on_floor
        self._epochs = Epochs(thresholds(age_years))
        self._path = Path()
        self._reactions = Reactions(delay or Delay())
        self._leaps: list[_Leap] = []
        self._first_s: float | None = None
        self._last_s = 0.0
        self._joints: tuple[JointPlace, ...] | None = None
        self._tracked_s = 0.0
        self._pictures = 0
        self._seated = False
        self._settled = self._settled_steps = 0
        self._points: int | None = None
        self._hits: int | None = None
        self._misses: int | None = None

    def see(self, t_s: float, player: Player | None) -> None:
        """Take one picture's sight of the player, once for each picture; None where they were not in it.

        The tracker keeps a lost player for a while, joints unmoved: that is no sight.
        """
        if player is None or (player.joints and player.joints == self._joints):
            return
        self._joints = player.joints
        self._seated = self._seated or player.plays == "seated"
        if self._first_s is None:
            self._first_s = self._last_s = t_s
            self._path.go(player.feet)
            return
        gap_s = t_s - self._last_s
        if gap_s <= 0:
            return
        if gap_s > GAP_S:
            self._path.lift()
            self._path.go(player.feet)
        else:
            self._epochs.seen(self._last_s, t_s, self._path.go(player.feet))
            self._tracked_s += gap_s
            self._pictures += 1
        self._last_s = t_s

    def hear(self, event: Event) -> None:
        """Take something that the player did."""
        if event.score < LEAST_SCORE:
            return
        if event.kind == "down":
            self._epochs.fall(event.t_s)
            self._reactions.landed(event.t_s)
        elif event.kind == "up":
            self._reactions.lifted(event.t_s)
        elif event.kind in ("jump", "hop"):
            insort(
                self._leaps,
                _Leap(event.t_s, event.size_m, event.size_sd_m),
                key=lambda leap: leap.landed_s,
            )

    def score(self, points: int, t_s: float, *, drawn_s: float | None = None) -> None:
        """The game gave points; `drawn_s` is when the place that was hit was first drawn, see `Prompts`."""
        self._points = (self._points or 0) + points
        if points > 0 and drawn_s is not None:
            self._reactions.answered(drawn_s, t_s)

    def tried(self, *, hit: bool) -> None:
        """The player tried, and hit or missed; a game in which nothing can be missed says neither."""
        self._hits = (self._hits or 0) + hit
        self._misses = (self._misses or 0) + (not hit)

    def marks(self, now_s: float) -> Marks:
        """Everything so far."""
        present_s = 0.0 if self._first_s is None else max(now_s - self._first_s, 0.0)
        tracked_share = min(self._tracked_s / present_s, 1.0) if present_s > 0 else None
        good = present_s >= LEAST_PRESENT_S and (tracked_share or 0.0) >= LEAST_TRACKED
        moved = self._moved(now_s) if good and self._on_floor else Marks(self.seat)
        walked = good and self._on_floor and not self._seated
        times = self._reactions.times(self._tracked_s / max(self._pictures, 1), FRAME_S)
        highest = max(self._leaps, key=lambda leap: leap.height_m, default=None) if walked else None
        return Marks(
            seat=self.seat,
            player_id=self.player_id,
            points=self._points,
            hits=self._hits,
            misses=self._misses,
            present_s=present_s,
            tracked_share=tracked_share,
            measured_s=moved.measured_s,
            active_s=moved.active_s,
            light_s=moved.light_s,
            moderate_s=moved.moderate_s,
            vigorous_s=moved.vigorous_s,
            met_minutes=moved.met_minutes,
            steps=self._steps(now_s) if walked else None,
            jumps=len(self._leaps) if walked else None,
            distance_m=self._path.length_m if good and self._on_floor else None,
            jump_height_m=highest.height_m if highest else None,
            jump_height_sd_m=highest.height_sd_m if highest else None,
            reactions=times.count,
            reaction_s=times.reaction_s if walked else None,
            reaction_sd_s=times.sd_s if walked else None,
            response_s=times.response_s,
        )

    def _moved(self, now_s: float) -> Marks:
        """The times of effort. Who sits does not step: the thresholds say nothing of them."""
        if self._seated:
            return Marks(self.seat)
        efforts = self._epochs.efforts(now_s)
        graded = self._age_years >= YOUNGEST_YEARS
        return Marks(
            self.seat,
            measured_s=efforts.measured_s,
            active_s=efforts.active_s,
            light_s=efforts.light_s if graded else None,
            moderate_s=efforts.moderate_s if graded else None,
            vigorous_s=efforts.vigorous_s if graded else None,
            met_minutes=efforts.met_minutes if graded else None,
        )

    def _steps(self, now_s: float) -> int:
        """Feet put down that were no landing of a jump; what is old enough is counted once for all."""
        falls_s = self._epochs.falls_s
        settled = bisect_left(falls_s, now_s - LATE_S - LANDING_S)
        self._settled_steps += sum(map(self._is_step, falls_s[self._settled : settled]))
        self._settled = max(settled, self._settled)
        return self._settled_steps + sum(map(self._is_step, falls_s[self._settled :]))

    def _is_step(self, fall_s: float) -> bool:
        at = bisect_left(self._leaps, fall_s - LANDING_S, key=lambda leap: leap.landed_s)
        return at == len(self._leaps) or self._leaps[at].landed_s > fall_s + LANDING_S
