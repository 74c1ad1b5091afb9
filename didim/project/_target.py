"""Pictures to draw into: half-float for light, bytes for what leaves."""

from __future__ import annotations

import moderngl


def light_target(context: moderngl.Context, size_px: tuple[int, int]) -> moderngl.Framebuffer:
    """A picture of linear light that may exceed 1, sampled smoothly and held at its rim."""
    return _target(context, context.texture(size_px, 4, dtype="f2"))


def pixel_target(context: moderngl.Context, size_px: tuple[int, int]) -> moderngl.Framebuffer:
    """A picture of finished pixels, 8 bits a channel."""
    return _target(context, context.texture(size_px, 4))


def texture_of(target: moderngl.Framebuffer) -> moderngl.Texture:
    texture = target.color_attachments[0]
    assert isinstance(texture, moderngl.Texture)
    return texture


def release(target: moderngl.Framebuffer) -> None:
    texture_of(target).release()
    target.release()


def _target(context: moderngl.Context, texture: moderngl.Texture) -> moderngl.Framebuffer:
    texture.filter = moderngl.LINEAR, moderngl.LINEAR
    texture.repeat_x = texture.repeat_y = False
    return context.framebuffer([texture])
