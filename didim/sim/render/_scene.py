"""The empty room as arrays: sides, boxes and the pictures on its surfaces."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from didim.geometry import FloatArray
from didim.sim._body import Body
from didim.sim.render._mannequin import linear, mannequin
from didim.sim.render._materials import TEXEL_M, Texture, texture
from didim.sim.render._portrait import portrait
from didim.sim.venue import Venue, WallName

SIDES: tuple[WallName, ...] = ("left", "right", "front", "back")
"""The walls in the order of the room's sides; floor and ceiling follow."""
_KICK_PLATE = (0.30, 0.27, 0.24)
_FRAME = (0.92, 0.92, 0.90)
_PANE = 0.8


@dataclass(frozen=True, slots=True)
class Scene:
    """What rays meet.

    Attributes:
        sides: (6,) x from, x to, y from, y to, floor, ceiling, metres.
        boxes: (n, 11), see `_cast`.
        textures: one for each side, the last two of floor and ceiling.
        sheen: (7,) of each side and of boxes.
    """

    sides: FloatArray
    boxes: FloatArray
    textures: tuple[Texture, Texture, Texture, Texture, Texture, Texture]
    sheen: FloatArray


def scene_of(venue: Venue) -> Scene:
    """Build the room; every choice comes from the venue's seed."""
    rng = np.random.default_rng([venue.seed, 11])
    room = venue.room
    width_m, depth_m = room.x_m[1] - room.x_m[0], room.y_m[1] - room.y_m[0]
    left, right, front, back = (_wall(venue, wall, rng) for wall in SIDES)
    ceiling = np.full((16, 16, 3), 0.75, np.float32)
    floor = texture(venue.floor, (width_m, depth_m), rng)
    sheen = [venue.walls.sheen] * 4 + [venue.floor.sheen, 0.0, 0.05]
    return Scene(
        sides=np.array([*room.x_m, *room.y_m, 0.0, room.height_m]),
        boxes=_boxes(venue),
        textures=(left, right, front, back, floor, ceiling),
        sheen=np.array(sheen),
    )


def _boxes(venue: Venue) -> FloatArray:
    rows = []
    for box in venue.box:
        half = 0.5 * np.array(box.size_m)
        middle = np.array(box.at_m) + half * [0.0, 0.0, 1.0]
        turn = math.radians(box.turn_deg)
        rows.append([*middle, *half, math.cos(turn), math.sin(turn), *linear(box.colour)])
    return np.array(rows, np.float64).reshape(-1, 11)


def _wall(venue: Venue, wall: WallName, rng: np.random.Generator) -> Texture:
    room = venue.room
    length_m = (room.y_m[1] - room.y_m[0]) if wall in ("left", "right") else (room.x_m[1] - room.x_m[0])
    made = texture(venue.walls, (length_m, room.height_m), rng)
    per_m = (made.shape[1] / length_m, made.shape[0] / room.height_m)
    kick = round(venue.walls.kick_plate_m * per_m[1])
    made[:kick] = linear(_KICK_PLATE)
    for window in venue.window:
        if window.wall == wall:
            _paste(
                made,
                per_m,
                window.at_m,
                window.size_m,
                _panes(window.size_m, window.daylight_lux / max(venue.ambient.lux, 1.0)),
            )
    for index, poster in enumerate(venue.poster):
        if poster.wall == wall:
            body = Body.of(1.35 + 0.1 * (index % 3), venue.seed + 50 + index)
            picture = portrait(mannequin(body), body.height_m, poster.size_m[0] / poster.size_m[1])
            _paste(made, per_m, poster.at_m, poster.size_m, picture)
    return made


def _panes(size_m: tuple[float, float], glow: float) -> Texture:
    """A window that shines `glow` times as bright as white paper in the room's ambient light."""
    width, height = (max(8, round(side / TEXEL_M)) for side in size_m)
    picture = np.empty((height, width, 3), np.float32)
    picture[:] = _PANE * max(glow, 0.3) * linear((0.86, 0.93, 1.0))
    frame = max(2, round(0.05 / TEXEL_M))
    for part in (np.s_[:frame], np.s_[-frame:], np.s_[:, :frame], np.s_[:, -frame:]):
        picture[part] = linear(_FRAME)
    picture[:, width // 2 - frame // 2 : width // 2 + frame // 2] = linear(_FRAME)
    return picture


def _paste(
    wall: Texture,
    per_m: tuple[float, float],
    at_m: tuple[float, float],
    size_m: tuple[float, float],
    picture: Texture,
) -> None:
    x, y = round(at_m[0] * per_m[0]), round(at_m[1] * per_m[1])
    width, height = max(1, round(size_m[0] * per_m[0])), max(1, round(size_m[1] * per_m[1]))
    scaled = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    place = wall[max(y, 0) : y + height, max(x, 0) : x + width]
    place[:] = scaled[: place.shape[0], : place.shape[1]]
