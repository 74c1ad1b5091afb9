"""What players are drawn to, and places for it where nobody is pulled into anybody."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Literal

from didim.geometry import Point, Surface
from didim.people import Joint, JointPlace, Player
from didim.play._chance import Rng

GROUP_RADIUS_M = 0.4
"""A place for anybody is at least this large: several can stand there."""

FOOT_ROOM_M = 0.25
RIM_MOST_M, RIM_SHARE = 0.22, 0.09  # what stays free along the edges, for points and hints
WALL_TOP_SHARE, WALL_FOOT_SHARE = 0.2, 0.17  # of the shorter side: a wall's lines of words; its points
TRIES = 24
AT_WALL_M = 0.3
"""A hand that is seen no farther off the wall may touch it: one camera tells that to 10 or 20 cm."""
HANDS = {"left": Joint.LEFT_INDEX, "right": Joint.RIGHT_INDEX}

CHAIR_M = 0.3
"""From the middle of a wheelchair to its wheels: a hand that is farther out is held out over the floor."""
HELD_OUT_MOST_M = 0.8
"""A hand above this is raised, and points at nothing on the floor."""
CHAIR_ROOM_M = 0.45
SEATED_UP_M, SEATED_DOWN_M = 0.45, 0.5
"""How far above and below the shoulders a hand reaches from a chair, with the arm bent a little."""

PlayingSide = Literal["both", "left", "right"]


@dataclass(frozen=True, slots=True)
class Target:
    """One place that matters to players now.

    Attributes:
        place, radius_m: where it is, and how near is on it.
        player_id: whose it is; None for everybody, and then it is `GROUP_RADIUS_M` or larger.
        kind: what is asked for: be there, keep away, or show a pose.
        due_s: the game's time at which to be there; None for as soon as can be.
        pose_deg: for a pose, the angles of the joints to show, by name.
        side: the hand that is asked for.
    """

    place: Point
    radius_m: float
    player_id: int | None = None
    kind: Literal["reach", "avoid", "pose"] = "reach"
    due_s: float | None = None
    pose_deg: Mapping[str, float] | None = None
    side: PlayingSide = "both"


def touching(player: Player, surface: Surface, *, side: PlayingSide = "both") -> list[Point]:
    """What a player touches the surface with, see `contacts`.

    `side` is the one that counts, as the setting "side" says.
    """
    return list(contacts(player, surface, side=side).values())


def contacts(player: Player, surface: Surface, *, side: PlayingSide = "both") -> dict[str, Point]:
    """Where a player touches the surface, by what does: "left" and "right" are feet or, at a wall, hands.

    On a floor the feet count that stand; of who plays from a chair "chair", the place where that stands, and
    the hands that are held out over the floor. On a wall the hands at it count.
    """
    if surface.kind == "wall":
        near = {name: each for name, each in _seen_hands(player, side).items() if each.z_m <= AT_WALL_M}
        return {name: Point(each.x_m, each.y_m) for name, each in near.items()}
    if player.plays == "standing":
        feet = {"left": player.left, "right": player.right}
        return {name: foot.place for name, foot in feet.items() if foot.down and side in (name, "both")}
    low = {name: each for name, each in _seen_hands(player, side).items() if each.z_m <= HELD_OUT_MOST_M}
    places = {name: Point(each.x_m, each.y_m) for name, each in low.items()}
    out = {name: place for name, place in places.items() if place.distance_m(player.feet) > CHAIR_M}
    return {"chair": player.feet, **out}


def footing(player: Player) -> list[Point]:
    """Where a player stands on a floor: the feet that are down, or the chair; held-out hands are none."""
    if player.plays == "seated":
        return [player.feet]
    return [foot.place for foot in (player.left, player.right) if foot.down]


def hands(player: Player, *, side: PlayingSide = "both") -> list[Point]:
    """Where the hands are, left and right, as far as they are seen and asked for."""
    return [Point(place.x_m, place.y_m) for place in _seen_hands(player, side).values()]


def _seen_hands(player: Player, side: PlayingSide) -> dict[str, JointPlace]:
    places = {name: player.joints[joint] for name, joint in HANDS.items()} if player.joints else {}
    return {name: at for name, at in places.items() if at.score > 0.3 and side in (name, "both")}


class Places:
    """Finds places for targets: on the surface, in reach, and apart from those of other players.

    Args:
        spacing_m: between targets of different players, middle to middle.
        reach_m: how far a target may be from its player.
    """

    def __init__(self, surface: Surface, *, spacing_m: float, reach_m: float) -> None:
        self._surface = surface
        self._spacing_m = spacing_m
        self._reach_m = reach_m

    def find(
        self,
        player: Player,
        players: Sequence[Player],
        taken: Sequence[Target],
        radius_m: float,
        rng: Rng,
        *,
        nearest_m: float = 0.0,
    ) -> Point | None:
        """A place for a target of `player`, or None where there is no room now.

        It lies inside the surface, clear of the words along its edges, under nobody, clear of all that is
        `taken`, `spacing_m` from what is another's, nearer to its player than to anybody else, and at least
        `nearest_m` away; on a wall no higher or lower than who plays seated reaches.
        """
        origin = self._origin(player)
        room_m = FOOT_ROOM_M if player.plays == "standing" else CHAIR_ROOM_M
        low_m, high_m = self._band_m(player)
        others = [self._origin(other) for other in players if other.id != player.id]
        short_m = min(self._surface.width_m, self._surface.height_m)
        rim_m = radius_m + min(RIM_MOST_M, RIM_SHARE * short_m)
        for _ in range(TRIES):
            place = self._try(origin, radius_m, rim_m, rng)
            away_m = place.distance_m(origin)
            if (
                max(nearest_m, radius_m + room_m) <= away_m <= self._reach_m
                and low_m <= place.y_m <= high_m
                and all(place.distance_m(other) >= max(away_m, radius_m + FOOT_ROOM_M) for other in others)
                and all(self._apart(place, radius_m, player.id, target) for target in taken)
            ):
                return place
        return None

    def _band_m(self, player: Player) -> tuple[float, float]:
        """How low and how high a target of the player's may lie."""
        if self._surface.kind == "floor" or player.plays == "standing" or not player.joints:
            return -math.inf, math.inf
        shoulders = player.joint(Joint.LEFT_SHOULDER), player.joint(Joint.RIGHT_SHOULDER)
        middle_m = sum(each.y_m for each in shoulders) / 2
        return middle_m - SEATED_DOWN_M, middle_m + SEATED_UP_M

    def _origin(self, player: Player) -> Point:
        if self._surface.kind == "floor":
            return player.feet
        known = hands(player)
        middle = Point(player.feet.x_m, 0.5 * self._surface.height_m)
        return min(known, key=middle.distance_m) if known else middle

    def _try(self, origin: Point, radius_m: float, rim_m: float, rng: Rng) -> Point:
        width_m, height_m = self._surface.width_m, self._surface.height_m
        low_m = top_m = rim_m
        if self._surface.kind == "wall":
            short_m = min(width_m, height_m)
            low_m = max(rim_m, radius_m + WALL_FOOT_SHARE * short_m)
            top_m = max(rim_m, radius_m + WALL_TOP_SHARE * short_m)
        return Point(
            rng.uniform(*_span(origin.x_m, self._reach_m, (rim_m, width_m - rim_m))),
            rng.uniform(*_span(origin.y_m, self._reach_m, (low_m, height_m - top_m))),
        )

    def _apart(self, place: Point, radius_m: float, player_id: int, other: Target) -> bool:
        away_m = place.distance_m(other.place)
        if other.player_id not in (None, player_id) and away_m < self._spacing_m:
            return False
        return away_m >= 1.1 * (radius_m + other.radius_m)


def _span(middle_m: float, reach_m: float, within_m: tuple[float, float]) -> tuple[float, float]:
    low, high = max(within_m[0], middle_m - reach_m), min(within_m[1], middle_m + reach_m)
    return (low, high) if low <= high else (sum(within_m) / 2,) * 2


def around(middle: Point, radius_m: float, count: int, *, from_rad: float = math.pi / 2) -> list[Point]:
    """`count` places on a circle, clockwise from the far side."""
    steps = [from_rad - math.tau * index / count for index in range(count)]
    return [middle.moved(radius_m * math.cos(angle), radius_m * math.sin(angle)) for angle in steps]


def spread(surface: Surface, margins_m: tuple[float, float], spacing_m: float, enough: int) -> list[Point]:
    """Places for so many over a surface, or for as many as go, `spacing_m` apart at least.

    They lie in rows, every second one shifted where that gives more; `margins_m` stay free at the left and
    the right, and at the near and the far edge.
    """
    best: list[Point] = []
    for rows, columns, shifted in product(range(1, 5), range(1, 9), (False, True)):
        places = _rows(surface, margins_m, rows, columns, shifted=shifted)
        apart_m = min((a.distance_m(b) for a, b in combinations(places, 2)), default=math.inf)
        if apart_m >= spacing_m and min(len(places), enough) > min(len(best), enough):
            best = places
    return best


def _rows(
    surface: Surface, margins_m: tuple[float, float], rows: int, columns: int, *, shifted: bool
) -> list[Point]:
    width_m = max(0.0, surface.width_m - 2 * margins_m[0])
    height_m = max(0.0, surface.height_m - 2 * margins_m[1])
    low = Point((surface.width_m - width_m) / 2, (surface.height_m - height_m) / 2)
    places = []
    for row in range(rows):
        count = columns - 1 if shifted and row % 2 else columns
        step_m = width_m / max(1, columns - 1)
        start_m = (width_m - step_m * (count - 1)) / 2
        y_m = height_m * row / (rows - 1) if rows > 1 else height_m / 2
        places += [low.moved(start_m + step_m * column, y_m) for column in range(count)]
    return places
