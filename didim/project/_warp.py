"""The last pass: from the canvas in metres to one projector's pixels."""

from __future__ import annotations

import moderngl
import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray, Surface
from didim.project._programs import Programs
from didim.project._target import pixel_target, release, texture_of
from didim.rig import Projector

_CANVAS_UNIT, _BLOOM_UNIT, _MAP_UNIT, _BLEND_UNIT = 3, 4, 5, 6
_BLOOM_GAIN = 0.11


class Warp:
    """Tone, plane map or dense map, the share among projectors, and dither; black where the surface ends.

    Two pictures take turns, so that the one before is still there.
    """

    def __init__(self, context: moderngl.Context, surface: Surface, projector: Projector) -> None:
        self._context = context
        self._targets = [pixel_target(context, projector.size_px) for _ in range(2)]
        self._clip = tuple(_clip_from_surface(projector, surface).T.ravel().tolist())
        self._gamma = projector.gamma
        self._map = self._blend = None
        if projector.surface_from_projector is not None or projector.blend is not None:
            # Half floats would be wrong by up to a centimetre on a large floor.
            self._map = _table(context, _places_m(projector), "f4")
        if projector.blend is not None:
            shares = np.stack((projector.blend.weight, projector.blend.lift), axis=2)
            self._blend = _table(context, shares.astype(np.float16), "f2")

    def draw(self, programs: Programs, canvas: moderngl.Texture, bloom: moderngl.Texture) -> moderngl.Texture:
        """The projector's picture; its first row is the top one."""
        self._targets.reverse()
        target = self._targets[0]
        target.use()
        self._context.disable(moderngl.BLEND)
        canvas.use(_CANVAS_UNIT)
        bloom.use(_BLOOM_UNIT)
        if self._map is None:
            target.clear()
            programs.draw("warp", "warp", bloom_gain=_BLOOM_GAIN, clip_from_surface=self._clip)
            return texture_of(target)
        self._map.use(_MAP_UNIT)
        if self._blend is None:
            programs.draw("screen", "dense", bloom_gain=_BLOOM_GAIN)
        else:
            self._blend.use(_BLEND_UNIT)
            programs.draw("screen", "blended", bloom_gain=_BLOOM_GAIN, gamma=self._gamma)
        return texture_of(target)

    def release(self) -> None:
        for target in self._targets:
            release(target)
        for texture in (self._map, self._blend):
            if texture is not None:
                texture.release()


def _table(context: moderngl.Context, values: NDArray[np.generic], kind: str) -> moderngl.Texture:
    """(height, width, 2) numbers, one pair for each pixel."""
    height, width, _ = values.shape
    texture = context.texture((width, height), 2, np.ascontiguousarray(values), dtype=kind)
    texture.filter = moderngl.NEAREST, moderngl.NEAREST
    return texture


def _places_m(projector: Projector) -> NDArray[np.float32]:
    """The metres of each pixel, (height, width, 2); nan above the horizon, where none are."""
    if projector.surface_from_projector is not None:
        return np.asarray(projector.surface_from_projector.xy, np.float32)
    width, height = projector.size_px
    columns, rows = np.meshgrid(np.arange(width), np.arange(height))
    pixels = np.stack((columns, rows, np.ones_like(rows)), axis=2).astype(float)
    places = pixels @ projector.projector_from_surface.inverse().matrix.T
    weight = places[..., 2:]
    seen = weight * np.median(weight) > 0
    return np.where(seen, places[..., :2] / np.where(seen, weight, 1.0), np.nan).astype(np.float32)


def canvas_size_px(surface: Surface, projector: Projector, scale: float, most_px: int) -> tuple[int, int]:
    """Width and height of a canvas `scale` times as dense as the projector at the surface's middle."""
    cross_m = np.array([[0.01, 0.0], [-0.01, 0.0], [0.0, 0.01], [0.0, -0.01]])
    cross_m += surface.width_m / 2, surface.height_m / 2
    around = projector.projector_from_surface.apply(cross_m)
    area = np.linalg.det(np.stack([around[0] - around[1], around[2] - around[3]])) / 0.02**2
    px_per_m = scale * float(np.sqrt(abs(area)))
    px_per_m = min(px_per_m, most_px / max(surface.width_m, surface.height_m))
    return max(8, round(surface.width_m * px_per_m)), max(8, round(surface.height_m * px_per_m))


def _clip_from_surface(projector: Projector, surface: Surface) -> FloatArray:
    """Homogeneous metres to OpenGL's clip space, (3, 3), positive weight at the surface's middle.

    Integers are pixel centres. Clip y grows with pixel rows, so that the picture's top row lies first in
    memory.
    """
    width, height = projector.size_px
    clip_from_pixel = np.array([[2 / width, 0, 1 / width - 1], [0, 2 / height, 1 / height - 1], [0, 0, 1.0]])
    matrix = clip_from_pixel @ projector.projector_from_surface.matrix
    weight = matrix[2] @ [surface.width_m / 2, surface.height_m / 2, 1.0]
    return np.asarray(matrix / weight)
