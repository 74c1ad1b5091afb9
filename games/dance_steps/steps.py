"""The steps of the dance: which pad is due when, and how well it was hit."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from didim.play import Player, Point, Rng, Surface, contacts

Verdict = Literal["perfect", "good", "early", "late", "there"]
POINTS: dict[Verdict, int] = {"perfect": 10, "good": 6, "early": 3, "late": 3, "there": 3}
PHRASE_BEATS = 8
PHRASES = ((0, 4), (0, 4, 6), (0, 2, 4, 6), (0, 2, 4, 5, 6), (0, 1, 2, 4, 5, 6))
"""On which beats of eight there is a step, from the easiest level to the hardest."""

WINDOW_S = 0.4
LIFT_S = 0.1  # a foot off for less has not left the pad


@dataclass(frozen=True, slots=True)
class Step:
    """A pad to be stepped on at `due_s`; until `due_s` + the window it is what everybody dances."""

    direction: int
    due_s: float


def dance(beat_s: float, level: int, directions: tuple[int, ...], rng: Rng) -> Iterator[Step]:
    """The steps one after the other without end; after a bar of eight to listen to."""
    phrase, last = 1, -1
    while True:
        for beat in PHRASES[level - 1]:
            # no pad three times, and rarely twice
            fresh = [each for each in directions if each != last or rng.random() < 0.25]
            last = rng.choice(fresh or list(directions))
            yield Step(last, (PHRASE_BEATS * phrase + beat) * beat_s)
        phrase += 1


def window_s(beat_s: float, level: int) -> float:
    """How far off a step may be: half the way to the next one at most."""
    beats = (*PHRASES[level - 1], PHRASE_BEATS)
    closest = min(after - before for before, after in pairwise(beats))
    return min(WINDOW_S, 0.5 * float(closest) * beat_s)


def judged(off_s: float, perfect_s: float, good_s: float) -> Verdict:
    """How well a contact `off_s` after the beat was timed."""
    if abs(off_s) <= perfect_s:
        return "perfect"
    if abs(off_s) <= good_s:
        return "good"
    return "early" if off_s < 0 else "late"


class Contacts:
    """Notices when a foot comes down on a pad, or a hand or the chair of who plays seated comes over it."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._on_s: dict[tuple[int, str, Point], float] = {}

    def look(self, player: Player, pad: Point, radius_m: float, t_s: float) -> tuple[bool, bool]:
        """Whether a foot has come down on the pad just now, and whether one stands there at all."""
        came = stands = False
        for name, place in contacts(player, self._surface).items():
            if place.distance_m(pad) <= radius_m:
                key = (player.id, name, pad)
                came = came or t_s - self._on_s.get(key, -math.inf) > LIFT_S
                stands = True
                self._on_s[key] = t_s
        return came, stands

    def forget(self, before_s: float) -> None:
        """Drop what is older than that."""
        self._on_s = {key: at_s for key, at_s in self._on_s.items() if at_s >= before_s}
