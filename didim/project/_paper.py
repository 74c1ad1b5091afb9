"""What a frame is drawn on, at one quality: the canvas, the smaller ground below it, the spilt light."""

from __future__ import annotations

import moderngl

from didim.geometry import Surface
from didim.project._bloom import Bloom
from didim.project._governor import Quality
from didim.project._target import light_target, release, texture_of
from didim.project._warp import canvas_size_px
from didim.rig import Projector

MOST_PX = 4096


class Paper:
    """The pictures that a frame passes before the warp.

    Attributes:
        size_px: (width, height) of the canvas.
    """

    def __init__(
        self, context: moderngl.Context, surface: Surface, projector: Projector, quality: Quality
    ) -> None:
        self.size_px = width, height = canvas_size_px(surface, projector, quality.canvas_scale, MOST_PX)
        share = quality.ground_share
        self.canvas = light_target(context, (width, height))
        self.ground = light_target(context, (-(-width // share), -(-height // share)))
        self.bloom = Bloom(context, (width, height)) if quality.bloom else None
        self._unlit = light_target(context, (2, 2))
        self._unlit.clear()

    @property
    def spilt(self) -> moderngl.Texture:
        """The light that spills over; black where this quality goes without."""
        return self.bloom.texture if self.bloom else texture_of(self._unlit)

    def release(self) -> None:
        for target in (self.canvas, self.ground, self._unlit):
            release(target)
        if self.bloom:
            self.bloom.release()
