"""Jumps and hops: soles and trunk that rise and fall together as free flight has it."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.track._feet import FootSight

GRAVITY_M_S2 = 9.81
KEPT_S = 1.5
HELD_S = 0.14
"""Who hops has held the other foot up for so long."""
HELD_UP_M, HELD_BENT_RAD = 0.12, 0.45
"""Or holds it so much higher in the picture, before and after, by a knee bent so much further."""
FLIGHT_S = (0.13, 0.9)
TIPTOE_M = 0.05
"""How high the middle of the sole is when the toes leave, and when they touch again."""
RISES_M = 0.07
RESTS_M_S, DRIFTS_M_S = 0.45, 0.45
"""The fastest a sole at rest seems to go in the picture, and the way from one rest to the next."""
HIGHER_M, RESTS_S = 0.05, 0.1
"""Who seems to land so much higher may be at the top of a jump still: the soles have to rest for so long."""
SOLE_SHARE, TRUNK_SHARE, SPEED_SHARE = 0.4, 0.3, 0.35
"""Of what free flight of that length lifts, and of the speed that it takes: less, and nobody flew."""
SPEED_OVER_S = 0.1
TOUCH_SD_S = 0.3
"""Standard deviation of a contact's time, in pictures."""
LEAST_M_S, TAKES_OFF_M_S, AGAIN_S = 0.55, 0.7, 0.25


@dataclass(frozen=True, slots=True)
class Leap:
    """Both feet off the surface, and down again where they left.

    Attributes:
        left_s, landed_s: when.
        height_sd_m: as far as the rate of the pictures leaves the height open.
        foot: which of both hopped, 0 or 1; None where both left and landed.
    """

    left_s: float
    landed_s: float
    height_sd_m: float
    foot: int | None = None

    @property
    def flight_s(self) -> float:
        return self.landed_s - self.left_s

    @property
    def height_m(self) -> float:
        return height_m(self.flight_s)


class Leaps:
    """Looks for flights in how high soles and trunk were in the picture.

    From leaving to landing everything that a body carries is on a parabola whose curve is known, and what
    is known of it twice over, by the soles and by the trunk, no landmark that jumps can feign: not a walker,
    whose trunk goes slowly up and down, and not somebody rising from a squat, whose soles stay. A sole's
    way along the surface is a straight line in the picture, and is taken off first.

    Attributes:
        rises: whether the trunk goes up as fast as one that takes off.
    """

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float, float, float, float]] = deque()
        self._landed_s = self._took_off_s = -math.inf
        self.rises = False

    def flip(self) -> None:
        """Left was right all along."""
        self._seen = deque((t_s, right, left, trunk, -bent) for t_s, left, right, trunk, bent in self._seen)

    def see(
        self,
        feet: tuple[FootSight, FootSight],
        trunk_m: float,
        t_s: float,
        held_s: tuple[float, float] = (math.inf, math.inf),
        bent_rad: tuple[float, float] = (0.0, 0.0),
    ) -> Leap | None:
        """Take the newest sight of both feet, and how high the trunk is in the picture; a flight it ends.

        Args:
            held_s: since when either foot has been held up, as far as told; infinite for one that stands.
            bent_rad: how far either knee is bent.
        """
        if not all(foot.seen for foot in feet) or not math.isfinite(trunk_m):
            return None
        left_m, right_m = (foot.height_m for foot in feet)
        self._seen.append((t_s, left_m, right_m, trunk_m, bent_rad[0] - bent_rad[1]))
        while self._seen[0][0] < t_s - KEPT_S:
            self._seen.popleft()
        self.rises = self._speed_m_s() >= TAKES_OFF_M_S
        seen = np.array([each for each in self._seen if each[0] > self._landed_s - 0.1])
        if len(seen) < 5 or _fastest_m_s(seen[:, 0], seen[:, 3]) < LEAST_M_S:
            return None  # nobody flew; to look closer takes a while
        leap = _flight(seen, None)
        for foot in (0, 1):
            hop = leap or _flight(seen, foot)
            if hop and (held_s[1 - foot] < hop.left_s - HELD_S or _held_up(seen, hop, 1 - foot)):
                leap = replace(hop, foot=foot)
        if leap:
            self._landed_s = leap.landed_s
        return leap

    def _speed_m_s(self) -> float:
        """How fast the trunk went up of late."""
        if len(self._seen) < 2:
            return 0.0
        now_s, now_m = self._seen[-1][0], self._seen[-1][3]
        then_s, then_m = now_s, now_m
        for t_s, _, _, trunk_m, _ in reversed(self._seen):
            if t_s <= now_s - SPEED_OVER_S:
                share = (now_s - SPEED_OVER_S - t_s) / (then_s - t_s)
                return (now_m - trunk_m - share * (then_m - trunk_m)) / SPEED_OVER_S
            then_s, then_m = t_s, trunk_m
        return (now_m - then_m) / SPEED_OVER_S

    def take_off(self) -> float | None:
        """When both feet left the surface, as soon as it shows; once for every flight."""
        if len(self._seen) < 4 or not self.rises:
            return None
        seen = np.array(self._seen)
        now_s = seen[-1, 0]
        if now_s - max(self._took_off_s, self._landed_s) < AGAIN_S:
            return None
        rests = seen[(seen[:, 0] < now_s - 0.15) & (seen[:, 0] > now_s - 0.45)]
        if len(rests) < 2:
            return None
        rise_m = seen[:, 1:3] - np.median(rests[:, 1:3], axis=0)
        if rise_m[-1].min() < 0.5 * TIPTOE_M:
            return None
        mean_m = rise_m.mean(axis=1)
        if mean_m[-1] < TIPTOE_M or mean_m[-2] >= TIPTOE_M:
            return None
        self._took_off_s = float(_crossing_s(seen[:, 0], mean_m[None], np.array([len(mean_m) - 2]))[0])
        return self._took_off_s


def _speeds_m_s(times_s: FloatArray, trunk_m: FloatArray, ends_s: FloatArray) -> FloatArray:
    """How fast the trunk went up at these times; between pictures its height is on straight lines."""
    risen_m = np.interp(ends_s, times_s, trunk_m) - np.interp(ends_s - SPEED_OVER_S, times_s, trunk_m)
    return np.asarray(risen_m / SPEED_OVER_S)


def _fastest_m_s(times_s: FloatArray, trunk_m: FloatArray) -> float:
    """The fastest that the trunk went up: when a picture begins or ends the time over which speeds are."""
    return float(_speeds_m_s(times_s, trunk_m, np.concatenate([times_s, times_s + SPEED_OVER_S])).max())


def _flight(seen: FloatArray, foot: int | None) -> Leap | None:
    """A flight just over, by both soles or by one."""
    times_s, soles_m = seen[:, 0], seen[:, 1:3] if foot is None else seen[:, [1 + foot]]
    for first, left_s, landed_s in _flights(times_s, soles_m.mean(axis=1), seen[:, 3]):
        if not _trunk_flew(times_s, seen[:, 3], left_s, landed_s):
            continue
        since_s = times_s[first:]
        middle = _middle(since_s, left_s, landed_s)
        risen_m = np.median((soles_m[first:] - _chord(since_s, soles_m[first:]))[middle], axis=0)
        if risen_m.min() < SOLE_SHARE * height_m(landed_s - left_s):
            continue
        flight_sd_s = math.sqrt(2.0) * TOUCH_SD_S * float(np.median(np.diff(times_s)))
        height_sd_m = GRAVITY_M_S2 * (landed_s - left_s) / 4.0 * flight_sd_s
        return Leap(left_s, landed_s, height_sd_m, foot)
    return None


def _flights(
    times_s: FloatArray, sole_m: FloatArray, trunk_m: FloatArray
) -> Iterator[tuple[int, float, float]]:
    """When a foot may have gone up and come back: from which picture on, left and landed; the latest first.

    It rested before, is as high at the end, and was far above the line between meanwhile; the trunk left
    with a jump's speed. All are looked at together: hardly ever is there any.
    """
    speeds_m_s = np.abs(np.diff(sole_m) / np.diff(times_s))
    if speeds_m_s[-1] > RESTS_M_S:
        return
    first = np.arange(len(sole_m) - 4, 0, -1)
    span_s, drift_m = times_s[-1] - times_s[first], sole_m[-1] - sole_m[first]
    rests = (speeds_m_s[first - 1] <= RESTS_M_S) & (np.abs(drift_m) <= DRIFTS_M_S * span_s)
    if speeds_m_s[times_s[1:] > times_s[-1] - RESTS_S].max() > RESTS_M_S:
        rests &= drift_m <= HIGHER_M
    line_m = sole_m[first, None] + (times_s - times_s[first, None]) * (drift_m / span_s)[:, None]
    rise_m = np.where(np.arange(len(sole_m)) >= first[:, None], sole_m - line_m, 0.0)
    flown = rests & (rise_m.max(axis=1) >= RISES_M)
    if not flown.any():
        return
    first, rise_m = first[flown], rise_m[flown]
    over = rise_m > TIPTOE_M
    left_s = _crossing_s(times_s, rise_m, over.argmax(axis=1) - 1)
    landed_s = _crossing_s(times_s, rise_m, len(times_s) - 1 - over[:, ::-1].argmax(axis=1))
    flight_s = landed_s - left_s
    jumped = (flight_s >= FLIGHT_S[0]) & (flight_s <= FLIGHT_S[1])
    jumped &= _speeds_m_s(times_s, trunk_m, left_s) >= np.maximum(
        SPEED_SHARE * GRAVITY_M_S2 * flight_s / 2.0, LEAST_M_S
    )
    yield from zip(first[jumped].tolist(), left_s[jumped].tolist(), landed_s[jumped].tolist(), strict=True)


def _held_up(seen: FloatArray, leap: Leap, foot: int) -> bool:
    """Whether that foot was held up with a bent knee before a flight, and still is after it.

    Feet that stand one behind the other are as far apart in the picture, but then both knees are alike.
    """
    sign = 1.0 if foot == 0 else -1.0
    higher_m, bent_rad = sign * (seen[:, 1] - seen[:, 2]), sign * seen[:, 4]
    before = (seen[:, 0] < leap.left_s) & (seen[:, 0] > leap.left_s - SPEED_OVER_S - HELD_S)
    after = seen[:, 0] > leap.landed_s
    if not (before.any() and after.any()):
        return False
    lowest_m = min(float(np.median(higher_m[when])) for when in (before, after))
    return lowest_m > HELD_UP_M and float(np.median(bent_rad[before])) > HELD_BENT_RAD


def _trunk_flew(times_s: FloatArray, trunk_m: FloatArray, left_s: float, landed_s: float) -> bool:
    """Whether the trunk was above the line from leaving to landing."""
    left_m, landed_m = np.interp([left_s, landed_s], times_s, trunk_m)
    middle = _middle(times_s, left_s, landed_s)
    top_m = float(np.median(trunk_m[middle])) if middle.any() else float(trunk_m.max())
    return bool(top_m - 0.5 * (left_m + landed_m) > TRUNK_SHARE * height_m(landed_s - left_s))


def _middle(times_s: FloatArray, left_s: float, landed_s: float) -> FloatArray:
    quarter_s = 0.25 * (landed_s - left_s)
    middle = (times_s >= left_s + quarter_s) & (times_s <= landed_s - quarter_s)
    if not middle.any():
        middle[np.argmin(np.abs(times_s - 0.5 * (left_s + landed_s)))] = True
    return np.asarray(middle)


def _chord(times_s: FloatArray, heights_m: FloatArray) -> FloatArray:
    """The straight line from the first of the (n, k) heights to the last."""
    share = (times_s - times_s[0]) / (times_s[-1] - times_s[0])
    return np.asarray(heights_m[0] + share[:, None] * (heights_m[-1] - heights_m[0]))


def _crossing_s(times_s: FloatArray, rise_m: FloatArray, before: NDArray[np.intp]) -> FloatArray:
    """When each of the (k, n) rises goes through that of tiptoe, between picture `before` and the next."""
    row = np.arange(len(rise_m))
    low, high = rise_m[row, before], rise_m[row, before + 1]
    share = (TIPTOE_M - low) / (high - low)
    return np.asarray(times_s[before] + share * (times_s[before + 1] - times_s[before]))


def height_m(flight_s: float) -> float:
    """How high free flight of that length carries, up and down again: g t^2 / 8."""
    return GRAVITY_M_S2 * flight_s**2 / 8.0
