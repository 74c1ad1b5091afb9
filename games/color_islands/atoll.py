"""Where islands rise, of which sign, and whose they are."""

from __future__ import annotations

import math
from collections.abc import Sequence

from didim.play import Player, Point, Rng, Surface, spread

from .islands import KINDS, Island

LEAST_M, MOST_M = 0.4, 0.75
GAP_M, EDGE_M = 0.12, 0.12
USUAL_M = 5.0  # across a usual floor


def risen(
    surface: Surface, rng: Rng, kinds: int, players: Sequence[Player], spacing_m: float
) -> list[Island]:
    """Islands of up to so many kinds: of the first one for each player, `spacing_m` apart, then the others.

    Where there is not room for all, those of the first kind come first, as many as go.
    """
    count = len(players)
    places, radius_m = _room(surface, kinds, count, spacing_m)
    rng.shuffle(places)
    places = places[: max(kinds, 2 * count)]
    signs = list(KINDS)
    rng.shuffle(signs)
    own = places[: min(count, max(1, len(places) - (count == 1)))]
    asked = [(signs[0], place, who) for place, who in _shared_out(own, players)]
    asked += [
        (signs[1 + number % (kinds - 1)], place, _nearest(place, players))
        for number, place in enumerate(places[len(own) :])
    ]
    middle = Point(surface.width_m / 2, surface.height_m / 2)
    return [
        Island(
            sign,
            place,
            radius_m,
            rng.random(),
            who,
            math.atan2(middle.y_m - place.y_m, middle.x_m - place.x_m),
        )
        for sign, place, who in asked
    ]


def _room(surface: Surface, kinds: int, count: int, spacing_m: float) -> tuple[list[Point], float]:
    """Places for islands, and how large these are: smaller where else there were too few."""
    wanted = max(kinds, 2 * count)
    short_m = min(surface.width_m, surface.height_m)
    most_m = max(LEAST_M, min(MOST_M, 0.15 * short_m + 0.05))
    places: list[Point] = []
    for share in (1.0, 0.85, 0.7):
        radius_m = share * most_m
        apart_m = max(2 * radius_m + GAP_M, spacing_m if count > 1 else 0.0)
        rim_m = min(radius_m + EDGE_M, short_m / 2)  # clear of the words along the edges
        places = spread(surface, (rim_m, rim_m), apart_m, 2 * wanted)  # to choose from
        if len(places) >= max(2, count):
            return places, radius_m
    if len(places) > 1 or count > 1:
        return places, radius_m
    step_m = (
        (surface.width_m / 4, 0.0) if surface.width_m >= surface.height_m else (0.0, surface.height_m / 4)
    )
    middle = Point(surface.width_m / 2, surface.height_m / 2)
    return [middle.moved(-step_m[0], -step_m[1]), middle.moved(*step_m)], LEAST_M


def _nearest(place: Point, players: Sequence[Player]) -> int:
    return min(players, key=lambda player: player.feet.distance_m(place)).id


def _shared_out(places: Sequence[Point], players: Sequence[Player]) -> list[tuple[Point, int]]:
    """Each place and whose it is: whoever has the shortest way of all is first."""
    pairs = sorted(
        (player.feet.distance_m(place), player.id, index)
        for player in players
        for index, place in enumerate(places)
    )
    whose: dict[int, int] = {}
    for _, who, index in pairs:
        if index not in whose and who not in whose.values():
            whose[index] = who
    return [(places[index], who) for index, who in whose.items()]


def distance_share(surface: Surface) -> float:
    """How much longer than on a usual floor the way to an island takes."""
    return max(0.7, math.hypot(surface.width_m, surface.height_m) / USUAL_M)
