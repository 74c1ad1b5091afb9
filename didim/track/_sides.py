"""Which of the two feet seen is which: an engine that is unsure takes one leg for the other."""

from __future__ import annotations

import math

from didim.geometry import FloatArray
from didim.track._feet import FootSight

STRAY_M = 0.1
"""So much farther from where the feet were makes an order e times less likely."""
KEEPS_M = 0.3
"""By how much the other order has to fit better: feet near each other are left to the engine."""
INSISTS_S = 0.3
"""An engine that insists for so long is believed e times more."""
MOST_TRUST = 3.0
FORGOTTEN_S = 0.3
FOLLOWS = 0.6

Feet = tuple[FootSight, FootSight]


class Sides:
    """Tells left from right by where the feet were and by what the engine calls them.

    A forward filter (L. R. Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 77, 1989) over whether
    the engine names the feet right or takes one for the other. Where feet far apart seem to have changed
    places from one picture to the next, it has changed its mind; each picture thereafter speaks for what it
    says now, so that it is believed again after a second. Where neither order fits, places tell nothing, and
    it is believed at once.
    """

    def __init__(self, feet: Feet, t_s: float) -> None:
        self._places = [foot.place for foot in feet]
        self._last_s = t_s
        self._trust = MOST_TRUST

    def order(self, feet: Feet, t_s: float) -> tuple[Feet, bool]:
        """The feet as (left, right), and whether from now on left and right were the other way round."""
        dt_s = t_s - self._last_s
        if dt_s > FORGOTTEN_S or not all(foot.seen for foot in feet):
            self._trust = MOST_TRUST
            self._remember(feet, 1.0 if dt_s > FORGOTTEN_S else FOLLOWS, t_s)
            return feet, False
        named_m, crossed_m = self._away_m(feet), self._away_m(feet[::-1])
        kept_m = crossed_m - named_m + KEEPS_M if self._trust > 0.0 else named_m - crossed_m
        trust = _mixed(self._trust, kept_m / STRAY_M)
        self._trust = min(trust + dt_s / INSISTS_S, MOST_TRUST)
        ordered = feet if self._trust > 0.0 else feet[::-1]
        flips = self._trust > 0.0 and crossed_m + KEEPS_M < named_m
        self._remember(ordered, 1.0 if flips else FOLLOWS, t_s)
        return ordered, flips

    def _away_m(self, feet: Feet) -> float:
        """How far the feet are from where they were, both together."""
        return sum(math.dist(foot.place, place) for foot, place in zip(feet, self._places, strict=True))

    def _remember(self, feet: Feet, share: float, t_s: float) -> None:
        for i, foot in enumerate(feet):
            if foot.seen:
                moved: FloatArray = foot.place - self._places[i]
                self._places[i] = self._places[i] + share * moved
        self._last_s = t_s


def _mixed(trust: float, kept: float) -> float:
    """The log odds of the engine being right, after it has kept to its word with the log odds `kept`."""
    right, stays = (1.0 / (1.0 + math.exp(-min(max(odds, -20.0), 20.0))) for odds in (trust, kept))
    now = right * stays + (1.0 - right) * (1.0 - stays)
    return min(max(math.log(max(now, 1e-9) / max(1.0 - now, 1e-9)), -MOST_TRUST), MOST_TRUST)
