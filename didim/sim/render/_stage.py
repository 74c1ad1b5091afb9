"""One camera's still picture of the venue: every map that people and frames are laid over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.sim.render._bake import cast_room, light_ambient, light_lamp, light_projector
from didim.sim.render._cast import FLOOR
from didim.sim.render._lights import Lights
from didim.sim.render._mannequin import linear
from didim.sim.render._plan import CELL_M
from didim.sim.render._projection import LEVELS
from didim.sim.render._scene import Scene
from didim.sim.render._shade import TILE_PX
from didim.sim.render._view import view_of
from didim.sim.venue import Venue, VenueProjector, camera_in_room, projector_in_room

Floats = NDArray[np.float32]

MIRRORS_FROM = 0.3
"""The sheen from which on a floor mirrors people."""
SAMPLES = 3
"""Rays a pixel, squared, for the colours of an empty room."""
_NOWHERE = -1e6


@dataclass(frozen=True, slots=True)
class Throw:
    """One projector as one camera sees its light.

    Attributes:
        light: (h, w, 3) of a white pixel; places: (h, w, 3) projector pixel and inverse-depth limit.
        levels: (h, w) uint8, the copy of the frame that is as coarse as the camera's pixel.
    """

    light: Floats
    places: Floats
    levels: NDArray[np.uint8]

    @property
    def finest(self) -> int:
        """The copy that is fine enough for all but a few near pixels."""
        lit = self.levels[self.places[..., 0] > 0.1 * _NOWHERE]
        return int(np.percentile(lit, 3)) if lit.size else LEVELS - 1


@dataclass(frozen=True, slots=True)
class Still:
    """What one camera sees of the empty room.

    Attributes:
        view: (25,) the camera; inverse_depth: (h, w).
        points, normals: (h, w, 3) metres; albedo: (h, w, 3); what: (h, w) int16 side of the room or box.
        ambient: (h, w, 3) light under ambient alone; whole: with all lamps.
        cells: (h, w, 2) places on the floor plan; cell_spans: their ranges tile by tile, see `_spans`.
        mirrored: (h, w, 4) what a polished floor mirrors of the room and the share of light that it sends
            back; of no size where it mirrors nobody.
        lamp_light, lamp_places: (lamps, h, w, 3), see `light_lamp`; lamp_spans: for each lamp.
    """

    view: FloatArray
    inverse_depth: Floats
    points: Floats
    normals: Floats
    albedo: Floats
    what: NDArray[np.int16]
    ambient: Floats
    mirrored: Floats
    whole: Floats
    cells: Floats
    cell_spans: Floats
    lamp_light: Floats
    lamp_places: Floats
    lamp_spans: Floats


def still_of(venue: Venue, scene: Scene, lights: Lights, camera_index: int, samples: int = SAMPLES) -> Still:
    """Cast every pixel's ray and light what it meets; takes a second or two."""
    camera = venue.camera[camera_index]
    view = view_of(camera_in_room(camera))
    width, height = camera.size_px
    points, normals, albedo = (np.zeros((height, width, 3), np.float32) for _ in range(3))
    what, depth = np.empty((height, width), np.int16), np.empty((height, width), np.float32)
    cast_room(view, scene.sides, scene.boxes, scene.textures, samples, points, normals, albedo, what, depth)
    ambient = np.empty((height, width, 3), np.float32)
    lux = venue.ambient.lux * linear(venue.ambient.colour)
    room = (scene.sides, scene.boxes, scene.textures, scene.sheen)
    mirrors = venue.floor.sheen >= MIRRORS_FROM
    mirrored = np.zeros((height, width, 4) if mirrors else (0, 0, 4), np.float32)
    light_ambient(view, *room, lux, points, normals, albedo, what, ambient, mirrored)
    lamp_light, lamp_places = (np.empty((len(lights.lamps), height, width, 3), np.float32) for _ in range(2))
    for k in range(len(lights.lamps)):
        light_lamp(
            view, lights.lamps[k], lights.views[k], lights.still[k], scene.boxes, scene.sheen,
            points, normals, albedo, what, lamp_light[k], lamp_places[k],
        )  # fmt: skip
    whole = ambient + lamp_light.sum(axis=0)
    cells = (points[..., :2] - scene.sides[[0, 2]].astype(np.float32)) / np.float32(CELL_M)
    cells[what != FLOOR] = _NOWHERE
    lamp_spans = np.array([_spans(places[..., :2]) for places in lamp_places])
    return Still(
        view, depth, points, normals, albedo, what, ambient, mirrored, whole, cells, _spans(cells),
        lamp_light, lamp_places, lamp_spans,
    )  # fmt: skip


def _spans(places: Floats) -> Floats:
    """Least and most first coordinate, then second, in each tile: (rows, columns, 4) float32."""
    height, width = places.shape[:2]
    rows, columns = -(-height // TILE_PX), -(-width // TILE_PX)
    spans = np.empty((rows, columns, 4), np.float32)
    for row in range(rows):
        for column in range(columns):
            across, down = (
                slice(column * TILE_PX, (column + 1) * TILE_PX),
                slice(row * TILE_PX, (row + 1) * TILE_PX),
            )
            tile = places[down, across].reshape(-1, 2)
            tile = tile[tile[:, 0] > 0.1 * _NOWHERE]
            spans[row, column] = (1e9, -1e9, 1e9, -1e9)
            if len(tile):
                spans[row, column, ::2], spans[row, column, 1::2] = tile.min(axis=0), tile.max(axis=0)
    return spans


def throw_of(scene: Scene, still: Still, projector: VenueProjector, t_s: float) -> Throw:
    """Where one projector's pixels land for this camera, at a time."""
    view = view_of(projector_in_room(projector, t_s))
    light, places = np.zeros_like(still.points), np.zeros_like(still.points)
    seen = (scene.boxes, scene.sheen, still.points, still.normals, still.albedo, still.what)
    light_projector(still.view, view, strength(projector, view), projector.size_px, *seen, light, places)
    return Throw(light, places, _levels(places))


def strength(projector: VenueProjector, view: FloatArray) -> float:
    """Lumen times focal lengths over pixels, as `thrown` takes it."""
    width, height = projector.size_px
    return float(projector.lumen * view[12] * view[13] / (width * height))


def _levels(places: Floats) -> NDArray[np.uint8]:
    """The coarseness that matches each camera pixel's step in the projector's picture."""
    u, v = places[..., 0], places[..., 1]
    steps = []
    for axis in (0, 1):
        step = np.hypot(np.diff(u, axis=axis), np.diff(v, axis=axis))
        first = np.take(step, [0], axis=axis)
        steps.append(np.minimum(np.concatenate([first, step], axis), np.concatenate([step, first], axis)))
    footprint = np.clip(np.maximum(steps[0], steps[1]), 1.0, 1 << (LEVELS - 1))
    return np.asarray(np.log2(footprint) + 0.5, np.uint8)
