"""The last pass: from the canvas in metres to one projector's pixels."""

from __future__ import annotations

import moderngl
import numpy as np

from didim.geometry import FloatArray, Surface
from didim.project._programs import Programs
from didim.project._target import pixel_target, release, texture_of
from didim.rig import Projector

_CANVAS_UNIT, _BLOOM_UNIT, _MAP_UNIT = 3, 4, 5
_BLOOM_GAIN = 0.11


class Warp:
    """Tone, plane map or dense map, and dither; black where the surface ends.

    Two pictures take turns, so that the one before is still there.
    """

    def __init__(self, context: moderngl.Context, surface: Surface, projector: Projector) -> None:
        self._context = context
        self._targets = [pixel_target(context, projector.size_px) for _ in range(2)]
        self._clip = tuple(_clip_from_surface(projector, surface).T.ravel().tolist())
        self._map: moderngl.Texture | None = None
        if projector.surface_from_projector is not None:
            # Half floats would be wrong by up to a centimetre on a large floor.
            places_m = np.ascontiguousarray(projector.surface_from_projector.xy, np.float32)
            self._map = context.texture(projector.size_px, 2, places_m, dtype="f4")
            self._map.filter = moderngl.NEAREST, moderngl.NEAREST

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
        else:
            self._map.use(_MAP_UNIT)
            programs.draw("screen", "dense", bloom_gain=_BLOOM_GAIN)
        return texture_of(target)

    def release(self) -> None:
        for target in self._targets:
            release(target)
        if self._map is not None:
            self._map.release()


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
