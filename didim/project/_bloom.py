"""What is brighter than white spills over: a short chain of ever smaller pictures and back."""

from __future__ import annotations

import moderngl

from didim.project._programs import Programs
from didim.project._target import light_target, release, texture_of

_SOURCE_UNIT = 3
_LEVELS = 5
_THRESHOLD = 0.80
_SPREAD = 0.85


class Bloom:
    """Begins at a quarter of the canvas's size, where four taps already see every pixel.

    Attributes:
        texture: the spilt light, to be added to the canvas.
    """

    def __init__(self, context: moderngl.Context, size_px: tuple[int, int]) -> None:
        self._context = context
        width, height = size_px
        self._levels = [
            light_target(context, (max(width >> i, 2), max(height >> i, 2))) for i in range(2, 2 + _LEVELS)
        ]
        self.texture = texture_of(self._levels[0])

    def draw(self, programs: Programs, canvas: moderngl.Texture) -> None:
        self._context.disable(moderngl.BLEND)
        source = canvas
        for index, level in enumerate(self._levels):
            self._into(level, source)
            reach = 1.0 if index == 0 else 0.5
            programs.draw(
                "screen",
                "down",
                texel=(reach / source.width, reach / source.height),
                threshold=_THRESHOLD if index == 0 else 0.0,
            )
            source = texture_of(level)
        self._context.enable(moderngl.BLEND)
        self._context.blend_func = moderngl.ONE, moderngl.ONE
        for small, large in zip(self._levels[:0:-1], self._levels[-2::-1], strict=True):
            source = texture_of(small)
            self._into(large, source)
            programs.draw("screen", "up", texel=(1 / source.width, 1 / source.height), gain=_SPREAD)

    def release(self) -> None:
        for level in self._levels:
            release(level)

    @staticmethod
    def _into(target: moderngl.Framebuffer, source: moderngl.Texture) -> None:
        target.use()
        source.use(_SOURCE_UNIT)
