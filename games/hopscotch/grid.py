"""Where the tiles lie, and ways across them."""

from __future__ import annotations

from dataclasses import dataclass

from didim.play import Point, Rng, Surface

PITCH_M, RIM_M, COLUMNS_MOST, ROWS_MOST = 0.39, 0.3, 4, 7
TILE_SHARE = 0.94
SLACK_M = 0.02
ASIDE_SHARE = 0.35

Tile = tuple[int, int]
"""Column and row of a tile, from the near left."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A field of tiles about `middle`, `pitch_m` apart."""

    middle: Point
    columns: int
    rows: int
    pitch_m: float

    @property
    def tiles(self) -> list[Tile]:
        return [(column, row) for row in range(self.rows) for column in range(self.columns)]

    @property
    def tile_m(self) -> float:
        return TILE_SHARE * self.pitch_m

    @property
    def left_m(self) -> float:
        """Where its left edge is."""
        return self.middle.x_m - self.columns * self.pitch_m / 2

    def place(self, tile: Tile) -> Point:
        return self.middle.moved(
            (tile[0] - (self.columns - 1) / 2) * self.pitch_m, (tile[1] - (self.rows - 1) / 2) * self.pitch_m
        )

    def holds(self, tile: Tile, foot: Point) -> bool:
        place, half_m = self.place(tile), self.tile_m / 2 + SLACK_M
        return abs(foot.x_m - place.x_m) <= half_m and abs(foot.y_m - place.y_m) <= half_m

    def way(self, rng: Rng, length: int, *, upwards: bool) -> list[Tile]:
        """A way of up to `length` tiles from one end towards the other that crosses no tile twice.

        Each step goes to a row further on, straight or aslant, or once in a while aside.
        """
        step, last = (1, self.rows - 1) if upwards else (-1, 0)
        tile = (rng.randrange(self.columns), 0 if upwards else self.rows - 1)
        way = [tile]
        aside = False
        while len(way) < length:
            beside = [t for t in self._near(tile, 0) if t not in way and t != tile]
            aside = bool(beside) and not aside and (tile[1] == last or rng.random() < ASIDE_SHARE)
            onward = beside if aside else self._near(tile, step) if tile[1] != last else []
            if not onward:
                break
            tile = rng.choice(onward)
            way.append(tile)
        return way

    def _near(self, tile: Tile, rows: int) -> list[Tile]:
        columns = (tile[0] - 1, tile[0], tile[0] + 1)
        return [(column, tile[1] + rows) for column in columns if 0 <= column < self.columns]


def side_by_side(surface: Surface, spacing_m: float, most: int) -> list[Grid]:
    """Fields with tiles at least `spacing_m` from those of the next, as many as there is room for."""
    rim_m = min(RIM_M, 0.13 * surface.height_m)
    pitch_m = min(PITCH_M, (surface.height_m - 2 * rim_m) / 3, surface.width_m / 4)
    rows = min(ROWS_MOST, int((surface.height_m - 2 * rim_m) / pitch_m + 1e-6))
    count = max(1, min(most, int(surface.width_m / (spacing_m + 2 * pitch_m))))
    lane_m = surface.width_m / count
    room_m = surface.width_m - 2 * rim_m - pitch_m if count == 1 else lane_m - spacing_m
    columns = max(2, min(COLUMNS_MOST, 1 + int(room_m / pitch_m)))
    return [
        Grid(Point(lane_m * (index + 0.5), surface.height_m / 2), columns, rows, pitch_m)
        for index in range(count)
    ]
