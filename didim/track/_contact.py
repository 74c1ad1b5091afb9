"""When a foot stands on the surface: told by its sole, which rests where it stands."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

import numpy as np

from didim.geometry import FloatArray
from didim.track._feet import FootSight

KEPT_S, GAP_S = 0.8, 0.3

# Costs are negative log likelihoods: one unit makes something e times less likely.
REST_SD_M, JITTER_SD_M = 0.018, 0.012
"""How far a resting sole strays in the picture, over its stand and from one picture to the next."""
FARTHEST, ALONE_FARTHEST, PICTURE_S = 5.0, 0.5, 1.0 / 30.0
"""The most that one picture speaks against standing: landmarks jump, most so when the other leg passes.

Of pictures farther apart than `PICTURE_S` each is more on its own, and says as much more as a swinging foot
may be anywhere on a larger floor by then.
"""
SWING_M_S, SWING_SD_M_S2, SWING_FARTHEST = 1.2, 30.0, 2.0
STEPS_HZ = 3.0
HASTE_COST, SHORTEST_S = 4.0, 0.09
BACK_COST, BACK_M, BACK_S = 12.0, 0.06, 0.25
LIFT_M, LIFT_SD_M, LIFT_FARTHEST = 0.08, 0.06, 0.7
HELD_UP_M, HELD_UP_COST = 0.18, 4.0
"""No engine takes a standing foot for one so far up: what rests there is held still in the air."""
SETTLES_S = 0.025
"""How long before it bears a sole already seems to rest, and how long after leaving it still does."""
SURE_DOWN, SURE_UP, DOUBT = 1.0, 3.5, 4.0
STEADY = 8
MOST_GUESSES, HOPELESS = 6, 20.0
SAME_REST_M = 0.015
RESTS_OVER_S = 0.4
"""The place of a resting sole is the median over so long: one that turns or slides is followed by then."""
LEAP_S = 0.2


@dataclass(frozen=True, slots=True)
class Touch:
    """A foot came down or left.

    Attributes:
        down: came down.
        t_s: when, between the pictures.
        place: (2,) metres, where the sole rests, or rested.
        heading_rad: where the toes point; None where only the ankle was seen.
        score: 0 to 1.
    """

    down: bool
    t_s: float
    place: FloatArray
    heading_rad: float | None
    score: float


@dataclass(frozen=True, slots=True)
class Beside:
    """What the other foot does meanwhile.

    Attributes:
        swings: it is in the middle of a step: somebody who walks stands on this one, whatever a landmark does
            that the passing leg takes along.
        rises: both left together and have not come down again: feet rest at the top of a jump.
        left_s: when it left the surface; None while it seems to stand.
        clear: 1 where the feet are well apart in the picture, less where one leg is taken for the other.
    """

    swings: bool = False
    rises: bool = False
    clear: float = 1.0
    left_s: float | None = None


Sole = tuple[complex, complex]
"""Heel and toe in the picture, x + iy pixels: quicker to reckon with than an array of four numbers."""


class _Look:
    """One sight of the foot.

    Attributes:
        sole: where heel and toe are seen.
    """

    __slots__ = ("sight", "sole", "t_s")

    def __init__(self, t_s: float, sight: FootSight) -> None:
        self.t_s, self.sight = t_s, sight
        self.sole = _sole(sight)

    def away_m(self, sole: Sole) -> tuple[float, float]:
        """How far heel and toe are from there, in the picture's plane at the foot, metres."""
        (heel, toe), m_a_px = self.sole, self.sight.m_a_px
        return abs(heel - sole[0]) * m_a_px, abs(toe - sole[1]) * m_a_px


class _Guess(NamedTuple):
    """One course that the foot may have taken.

    Attributes:
        switches: when it left and landed, in turns, as the times of the first pictures thereafter.
        rest: where heel and toe rest; `weight`: how many pictures say so.
        since_s: when it left or landed last, told or not.
    """

    down: bool
    cost: float
    switches: tuple[float, ...]
    rest: Sole
    weight: int
    since_s: float = -math.inf


class Contact:
    """Follows one sole in the picture: heel or toe of a foot that stands keeps its place to the pixel.

    Depth is not needed for that, and noise is the same all over the picture; only a foot held still in the
    air needs its lift. A few guesses at what the foot has done since are carried along, and the best is
    told once it is surer by a margin than any that tells of more or fewer steps. So what is told may come a
    picture or two late; its time is read off the motion before it.

    Attributes:
        down: the foot stands on the surface.
        told: its newest touches, the oldest first.
    """

    def __init__(self, sight: FootSight, t_s: float) -> None:
        self.down = True
        self.told: deque[Touch] = deque(maxlen=4)
        self._looks: deque[_Look] = deque()
        self._by_ankle = sight.heading_rad is None
        self._guesses = [_Guess(True, 0.0, (), _sole(sight), 0)]

    @property
    def held_s(self) -> float:
        """When it left the surface, as told; infinite while it stands."""
        return self.told[-1].t_s if self.told and not self.down else math.inf

    @property
    def left_s(self) -> float | None:
        """When the foot seems to have left the surface, told or not; None while it seems to stand."""
        best = self._guesses[0]
        return None if best.down else best.since_s

    @property
    def rest(self) -> FloatArray | None:
        """Where the sole rests, (2,) metres; None from when it is told to have left until it seems to stand.

        A landmark that jumps makes a foot seem to leave for a picture or two: it rests where it did.
        """
        stands = next((guess for guess in self._guesses if guess.down), None)
        if stands is None or not (self.down or self._guesses[0].down):
            return None
        newest_s = self._looks[-1].t_s
        since_s = min(max(stands.since_s, newest_s - RESTS_OVER_S), newest_s)
        places = [look.sight.place for look in self._looks if look.t_s >= since_s]
        return np.asarray(np.median(places, axis=0))

    def add(self, sight: FootSight, t_s: float, beside: Beside) -> list[Touch]:
        """Take the foot's newest sight."""
        if not sight.seen:
            return []
        by_ankle = sight.heading_rad is None
        if self._looks and by_ankle != self._by_ankle and t_s - self._looks[-1].t_s <= GAP_S:
            return []  # an ankle tells nothing of where a sole was
        self._by_ankle = by_ankle
        look = _Look(t_s, sight)
        if self._looks and t_s - self._looks[-1].t_s > GAP_S:
            self._looks.clear()
            self._guesses = [_Guess(self.down, 0.0, (), look.sole, 0)]
        self._looks.append(look)
        while self._looks[0].t_s < t_s - KEPT_S:
            self._looks.popleft()
        self._guess_on(look, beside)
        touches = self._told()
        self.told.extend(touches)
        return touches

    def leap(self, left_s: float, landed_s: float) -> list[Touch]:
        """Learn that the foot left and landed then; the touches of that which were not told."""
        sight = self._looks[-1].sight
        missed = []
        if not any(not each.down and left_s - LEAP_S < each.t_s < landed_s for each in self.told):
            missed.append(Touch(False, left_s, sight.place, sight.heading_rad, sight.score))
        if not (self.down and self.told and self.told[-1].down and self.told[-1].t_s > left_s):
            missed.append(Touch(True, landed_s, sight.place, sight.heading_rad, sight.score))
        self.down = True
        self._guesses = [_Guess(True, 0.0, (), _sole(sight), 1, landed_s)]
        self.told.extend(missed)
        return missed

    def _guess_on(self, look: _Look, beside: Beside) -> None:
        dt_s = look.t_s - self._looks[-2].t_s if len(self._looks) > 1 else PICTURE_S
        switch_cost = max(-math.log(STEPS_HZ * dt_s), 0.0)
        swing_cost = self._swing_cost(dt_s) * beside.clear
        lift_sd = max(look.sight.lift_m - LIFT_M, 0.0) / LIFT_SD_M
        held_up = max(look.sight.lift_m - HELD_UP_M, 0.0) / LIFT_SD_M
        lift_cost = (min(0.5 * lift_sd**2, LIFT_FARTHEST) + HELD_UP_COST * min(held_up, 1.0)) * beside.clear
        grown: list[_Guess] = []
        for guess in self._guesses_beside(beside):
            age_s = look.t_s - guess.since_s
            cost = guess.cost + switch_cost + (HASTE_COST if age_s < SHORTEST_S else 0.0)
            switches = (*guess.switches, look.t_s)
            if guess.down:
                grown.append(_rested(guess, look, lift_cost, beside, _farthest(dt_s)))
                cost += swing_cost
                if beside.swings:
                    continue
                grown.append(_Guess(False, cost, switches, guess.rest, 0, look.t_s))
                continue
            grown.append(guess._replace(cost=guess.cost + swing_cost))
            if not beside.rises:
                cost += swing_cost + lift_cost  # it got there as it swung
                if beside.left_s is None and age_s < BACK_S and min(look.away_m(guess.rest)) < BACK_M:
                    cost += BACK_COST  # too soon for a step on the spot: a landmark that jumped and came back
                grown.append(_Guess(True, cost, switches, look.sole, 1, look.t_s))
        self._guesses = _pruned(grown, look)

    @property
    def may_have_left_s(self) -> float | None:
        """As `left_s`, where it is not out of the question."""
        best = self._guesses[0]
        return next(
            (each.since_s for each in self._guesses if not each.down and each.cost < best.cost + DOUBT), None
        )

    def _guesses_beside(self, beside: Beside) -> list[_Guess]:
        """Without those in which this foot left in the middle of the other's step, or landed on the air."""
        if beside.rises:
            return [g for g in self._guesses if not (g.down and len(g.switches) > 1)] or self._guesses
        if not beside.swings or beside.left_s is None:
            return self._guesses
        bound_s = beside.left_s
        return [guess for guess in self._guesses if guess.down or guess.since_s <= bound_s] or self._guesses

    def _swing_cost(self, dt_s: float) -> float:
        """How ill the newest looks fit a foot that swings: it covers ground, and does not leap about."""
        spread = 2.0 * math.log(max(SWING_M_S * dt_s, 0.02) / JITTER_SD_M)
        if len(self._looks) < 3:
            return spread
        a, b, c = self._looks[-3], self._looks[-2], self._looks[-1]
        further = dt_s / (b.t_s - a.t_s)
        heel, toe = (now + further * (now - then) for then, now in zip(a.sole, b.sole, strict=True))
        off_m = sum(c.away_m((heel, toe))) / 2
        off_sd = off_m / (SWING_SD_M_S2 * dt_s * dt_s + 2.0 * REST_SD_M)
        return spread + min(0.5 * off_sd**2, SWING_FARTHEST)

    def _told(self) -> list[Touch]:
        best = self._guesses[0]
        if not best.switches:
            return []
        others = [g.cost for g in self._guesses if len(g.switches) != len(best.switches)]
        if min(others, default=math.inf) - best.cost < (SURE_DOWN if best.down else SURE_UP):
            return []
        told = [self._touch(best, number) for number in range(len(best.switches))]
        self.down = best.down
        same = [g for g in self._guesses if len(g.switches) >= len(best.switches)]
        count = len(best.switches)
        self._guesses = [g._replace(cost=g.cost - best.cost, switches=g.switches[count:]) for g in same]
        return told

    def _touch(self, guess: _Guess, number: int) -> Touch:
        first_s = guess.switches[number]
        until_s = guess.switches[number + 1] if number + 1 < len(guess.switches) else math.inf
        down = guess.down if (len(guess.switches) - number) % 2 else not guess.down
        since = [look for look in self._looks if first_s <= look.t_s < until_s]
        before = [look for look in self._looks if look.t_s < first_s]
        rests = since if down else before
        rests = (rests[:3] if down else rests[-3:]) or [self._looks[-1]]
        rest = _median([look.sole for look in rests])
        place = np.asarray(np.median([look.sight.place for look in rests], axis=0))
        if before and since:
            t_s = (
                _landed_s(before, since, rest) + SETTLES_S
                if down
                else _left_s(before, since, rest) - SETTLES_S
            )
        else:
            t_s = first_s
        sight = rests[-1].sight
        return Touch(down, t_s, place, sight.heading_rad, sight.score)


def _pruned(grown: list[_Guess], look: _Look) -> list[_Guess]:
    """The best of those that go on alike: what went before no longer tells them apart (Viterbi)."""
    kept: list[_Guess] = []
    for guess in sorted(grown, key=lambda guess: guess.cost):
        if kept and (len(kept) == MOST_GUESSES or guess.cost > kept[0].cost + HOPELESS):
            break
        if not any(_alike(guess, other, look) for other in kept):
            kept.append(guess)
    return kept


def _alike(guess: _Guess, other: _Guess, look: _Look) -> bool:
    if guess.down != other.down:
        return False
    if not guess.down:
        return True
    (heel, toe), (other_heel, other_toe) = guess.rest, other.rest
    return 0.5 * (abs(heel - other_heel) + abs(toe - other_toe)) * look.sight.m_a_px < SAME_REST_M


def _sole(sight: FootSight) -> Sole:
    heel, toe = sight.sole_px.tolist()
    return complex(*heel), complex(*toe)


def _median(soles: list[Sole]) -> Sole:
    heel, toe = (
        complex(median(each.real for each in part), median(each.imag for each in part))
        for part in zip(*soles, strict=True)
    )
    return heel, toe


def _farthest(dt_s: float) -> float:
    """The most that a picture so long after the one before speaks against standing."""
    return FARTHEST + 2.0 * math.log(max(dt_s / PICTURE_S, 1.0))


def _rested(guess: _Guess, look: _Look, lift_cost: float, beside: Beside, most: float) -> _Guess:
    """The same guess one look on: heel or toe, whichever has moved less, speaks for or against it."""
    nearer, farther = sorted(0.5 * (each / REST_SD_M) ** 2 for each in look.away_m(guess.rest))
    farthest = ALONE_FARTHEST if beside.swings else most
    cost = min(0.75 * nearer + 0.25 * min(farther, most), farthest)
    gain = 1.0 / (min(guess.weight, STEADY) + 1) if cost < 0.9 * farthest else 0.0
    heel, toe = (at + gain * (seen - at) for at, seen in zip(guess.rest, look.sole, strict=True))
    cost = guess.cost + cost * beside.clear + lift_cost
    return guess._replace(cost=cost, rest=(heel, toe), weight=guess.weight + 1)


def _landed_s(before: list[_Look], since: list[_Look], rest: Sole) -> float:
    """Where the way to the resting place ends that the looks before were on."""
    left_m = min(before[-1].away_m(rest))
    dt_s = since[0].t_s - before[-1].t_s
    speed_m_s = left_m / dt_s
    if len(before) > 1:
        gone_m = min(before[-2].away_m(rest)) - left_m
        speed_m_s = max(speed_m_s, gone_m / (before[-1].t_s - before[-2].t_s))
    return before[-1].t_s + min(dt_s, left_m / max(speed_m_s, 1e-6))


def _left_s(before: list[_Look], since: list[_Look], rest: Sole) -> float:
    """Where the way from the resting place, drawn back, has no length left."""
    away_m = min(since[0].away_m(rest))
    dt_s = since[0].t_s - before[-1].t_s
    speed_m_s = away_m / dt_s
    if len(since) > 1:
        gone_m = min(since[1].away_m(rest)) - away_m
        speed_m_s = max(speed_m_s, gone_m / (since[1].t_s - since[0].t_s))
    return since[0].t_s - min(dt_s, away_m / max(speed_m_s, 1e-6))
