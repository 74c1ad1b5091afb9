"""Printed sheets of paper on the floor or on a wall, laid into a still picture afterwards."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray, RigidPose
from didim.sim.render._bake import Textures, albedo_at, light_ambient, light_lamp, light_projector
from didim.sim.render._cast import FLOOR, hit
from didim.sim.render._jit import kernel, part
from didim.sim.render._lights import Lights
from didim.sim.render._mannequin import linear
from didim.sim.render._scene import SIDES, Scene
from didim.sim.render._stage import Still, Throw, strength
from didim.sim.render._view import project_points, ray, view_of
from didim.sim.venue import PaperSheet, Venue, VenueProjector, projector_in_room, wall_frame

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_Number = TypeVar("_Number", bound=np.generic)

RAYS = 6
"""Rays a pixel, squared, where a sheet may be: its print is finer than a floor's grain."""
INK, PAPER = 0.04, 0.86
"""Albedo of printed black and of white paper."""
_MARGIN_PX = 2
_MATT: FloatArray = np.zeros(7)


@dataclass(frozen=True, slots=True)
class Papers:
    """Sheets as arrays.

    Attributes:
        rows: (n, 14) middle, unit vectors across and up (3 each), half width and height, side of the room,
            rows and columns of its print.
        prints: (n, rows, columns) share of each texel that is white; texels beyond a print's own are unused.
    """

    rows: FloatArray
    prints: Floats

    @classmethod
    def of(cls, venue: Venue, sheets: Sequence[PaperSheet], prints: Mapping[str, Bytes]) -> Papers:
        """Lay out sheets; those whose paper has no print are blank."""
        whites = [_white(prints.get(sheet.paper)) for sheet in sheets]
        size = np.max([white.shape for white in whites], axis=0) if whites else (2, 2)
        packed = np.ones((len(sheets), *size), np.float32)
        rows = np.empty((len(sheets), 14))
        for row, texels, sheet, white in zip(rows, packed, sheets, whites, strict=True):
            pose = room_from_sheet(venue, sheet)
            side = FLOOR if sheet.wall is None else SIDES.index(sheet.wall)
            texels[: white.shape[0], : white.shape[1]] = white
            half_m = np.array(sheet.size_m) / 2
            across, up = pose.rotation[:, 0], pose.rotation[:, 1]
            row[:] = [*pose.translation_m, *across, *up, *half_m, side, *white.shape]
        return cls(rows, packed)

    def outlines_m(self) -> FloatArray:
        """(n, 36, 3) points along each sheet's rim, in the room."""
        along = np.linspace(-1, 1, 10)[:-1]
        ahead = np.ones(9)
        x, y = np.r_[along, ahead, -along, -ahead], np.r_[-ahead, along, ahead, -along]
        middle, across, up, half = np.split(self.rows[:, None, :11], [3, 6, 9], axis=2)
        return np.asarray(middle + x[:, None] * half[..., :1] * across + y[:, None] * half[..., 1:] * up)


def room_from_sheet(venue: Venue, sheet: PaperSheet) -> RigidPose:
    """The sheet's frame in the room: x to the right of its print, y up it, z towards who looks at it."""
    c, s = math.cos(math.radians(sheet.turn_deg)), math.sin(math.radians(sheet.turn_deg))
    turned = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    lying = RigidPose(turned, np.array([*sheet.at_m, 0.0]))
    return lying if sheet.wall is None else wall_frame(venue.room, sheet.wall).after(lying)


def _white(print_: Bytes | None) -> Floats:
    if print_ is None:
        return np.ones((2, 2), np.float32)
    if print_.ndim != 2 or print_.dtype != np.uint8 or min(print_.shape) < 2:
        raise ValueError(
            f"a print is (rows, columns) uint8, 255 for paper, got {print_.shape} {print_.dtype}"
        )
    return np.asarray(print_ / np.float32(255), np.float32)


class PaperPatch:
    """The window of one camera's still picture in which sheets lie; made by laying them there.

    Args:
        still: changed in place.
    """

    def __init__(self, still: Still, venue: Venue, scene: Scene, lights: Lights, papers: Papers) -> None:
        self._still, self._venue, self._scene, self._lights = still, venue, scene, lights
        self._window = _window(still, papers)
        self._bare = still.albedo[self._window].copy()
        self._cover = np.zeros((*self._bare.shape[:2], 1), np.float32)
        self._seen = (self._cut(still.points), self._cut(still.normals))
        self._what = self._cut(still.what)
        if self._bare.size:
            albedo = self._bare.copy()
            cast_sheets(
                still.view, scene.sides, scene.boxes, scene.textures, papers.rows, papers.prints,
                self._window[0].start, self._window[1].start, albedo, self._cover,
            )  # fmt: skip
            self._light(albedo)

    def lift(self) -> None:
        """Take the sheets away again."""
        if self._bare.size:
            self._cover[:] = 0.0
            self._light(self._bare)

    def light_throw(self, throw: Throw, projector: VenueProjector, t_s: float) -> None:
        """Let a projector's light fall on the sheets."""
        if not self._bare.size:
            return
        view = view_of(projector_in_room(projector, t_s))
        albedo = self._cut(self._still.albedo)
        lit = []
        for sheen in (self._scene.sheen, _MATT):
            light, places = np.zeros_like(albedo), np.zeros_like(albedo)
            light_projector(
                self._still.view, view, strength(projector, view), projector.size_px, self._scene.boxes,
                sheen, *self._seen, albedo, self._what, light, places,
            )  # fmt: skip
            lit.append(light)
        throw.light[self._window] = self._mixed(*lit)

    def _light(self, albedo: Floats) -> None:
        """Light the window anew: the floor by its sheen, paper without one."""
        still, lamps = self._still, len(self._lights.lamps)
        still.albedo[self._window] = albedo
        glossy, matt = (self._ambient(albedo, sheen) for sheen in (self._scene.sheen, _MATT))
        still.ambient[self._window] = self._mixed(glossy[0], matt[0])
        if still.mirrored.size:
            still.mirrored[self._window] = self._mixed(glossy[1], matt[1])
        for k in range(lamps):
            glossy_lamp, matt_lamp = (self._lamp(k, albedo, sheen) for sheen in (self._scene.sheen, _MATT))
            still.lamp_light[k][self._window] = self._mixed(glossy_lamp, matt_lamp)
        lit = np.asarray(still.lamp_light[(slice(None), *self._window)].sum(axis=0), np.float32)
        still.whole[self._window] = still.ambient[self._window] + lit

    def _ambient(self, albedo: Floats, sheen: FloatArray) -> tuple[Floats, Floats]:
        ambient = self._venue.ambient
        mirrored = np.zeros((*albedo.shape[:2], 4) if self._still.mirrored.size else (0, 0, 4), np.float32)
        light, scene = np.zeros_like(albedo), self._scene
        light_ambient(
            self._still.view, scene.sides, scene.boxes, scene.textures, sheen,
            ambient.lux * linear(ambient.colour), *self._seen, albedo, self._what, light, mirrored,
        )  # fmt: skip
        return light, mirrored

    def _lamp(self, k: int, albedo: Floats, sheen: FloatArray) -> Floats:
        light, places, lights = np.zeros_like(albedo), np.zeros_like(albedo), self._lights
        light_lamp(
            self._still.view, lights.lamps[k], lights.views[k], lights.still[k], self._scene.boxes, sheen,
            *self._seen, albedo, self._what, light, places,
        )  # fmt: skip
        return light

    def _mixed(self, glossy: Floats, matt: Floats) -> Floats:
        return np.asarray(glossy + self._cover * (matt - glossy), np.float32)

    def _cut(self, whole: NDArray[_Number]) -> NDArray[_Number]:
        return np.ascontiguousarray(whole[self._window])


def _window(still: Still, papers: Papers) -> tuple[slice, slice]:
    """Rows and columns that hold all sheets; of no size where none is in view."""
    height, width = still.inverse_depth.shape
    rim = papers.outlines_m().reshape(-1, 3)
    seen = np.zeros((len(rim), 3))
    project_points(still.view, rim, seen)
    seen = seen[seen[:, 2] > 0.0]
    if not len(seen):
        return slice(0, 0), slice(0, 0)
    limits = np.array([width, height])
    low = np.clip(np.floor(seen[:, :2].min(axis=0)) - _MARGIN_PX, 0, limits).astype(int)
    high = np.clip(np.ceil(seen[:, :2].max(axis=0)) + _MARGIN_PX + 1, low, limits).astype(int)
    return slice(int(low[1]), int(high[1])), slice(int(low[0]), int(high[0]))


@part
def _white_at(sheet: FloatArray, texels: Floats, x: float, y: float, z: float) -> float:
    """How white a sheet is at a point of its plane, bilinear; -1 beside it."""
    dx, dy, dz = x - sheet[0], y - sheet[1], z - sheet[2]
    right = dx * sheet[3] + dy * sheet[4] + dz * sheet[5]
    up = dx * sheet[6] + dy * sheet[7] + dz * sheet[8]
    if abs(right) > sheet[9] or abs(up) > sheet[10]:
        return -1.0
    rows, columns = sheet[12], sheet[13]
    across = min(max((right / sheet[9] + 1.0) * 0.5 * columns - 0.5, 0.0), columns - 1.001)
    down = min(max((1.0 - up / sheet[10]) * 0.5 * rows - 0.5, 0.0), rows - 1.001)
    column, row = int(across), int(down)
    along, over = across - column, down - row
    low = texels[row, column] * (1.0 - along) + texels[row, column + 1] * along
    high = texels[row + 1, column] * (1.0 - along) + texels[row + 1, column + 1] * along
    return float(low * (1.0 - over) + high * over)


@part
def _topmost(sheets: FloatArray, prints: Floats, what: int, x: float, y: float, z: float) -> float:
    """How white the last sheet is that covers a point of a side of the room; -1 for none."""
    for i in range(sheets.shape[0] - 1, -1, -1):
        if what == sheets[i, 11]:
            white = _white_at(sheets[i], prints[i], x, y, z)
            if white >= 0.0:
                return white
    return -1.0


@kernel
def cast_sheets(
    view: FloatArray,
    sides: FloatArray,
    boxes: FloatArray,
    textures: Textures,
    sheets: FloatArray,
    prints: Floats,
    first_row: int,
    first_column: int,
    albedo: Floats,
    cover: Floats,
) -> None:
    """Fill (h, w, 3) colours of a window and (h, w, 1) the share of each pixel that is paper.

    Pixels without paper keep their colour. Of sheets that overlap the last one is on top.
    """
    height, width = albedo.shape[:2]
    colour = np.empty(3)
    for v in range(height):
        for u in range(width):
            colour[:] = 0.0
            papers = 0
            for k in range(RAYS * RAYS):
                left, down = (k % RAYS + 0.5) / RAYS - 0.5, (k // RAYS + 0.5) / RAYS - 0.5
                dx, dy, dz = ray(view, first_column + u + left, first_row + v + down)
                if dx == 0.0 and dy == 0.0 and dz == 0.0:
                    continue
                far, what, _ = hit(sides, boxes, view[22], view[23], view[24], dx, dy, dz)
                x, y, z = view[22] + far * dx, view[23] + far * dy, view[24] + far * dz
                white = _topmost(sheets, prints, what, x, y, z)
                if white >= 0.0:
                    papers += 1
                    for c in range(3):
                        colour[c] += INK + (PAPER - INK) * white
                else:
                    albedo_at(sides, boxes, textures, what, x, y, z, colour)
            if papers > 0:
                cover[v, u, 0] = papers / (RAYS * RAYS)
                for c in range(3):
                    albedo[v, u, c] = colour[c] / (RAYS * RAYS)
