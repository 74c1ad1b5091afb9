"""What a window has shown lately stays on the graphics card, for the next frame shows most of it again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

import moderngl
import numpy as np
from numpy.typing import NDArray

from didim.project._layer import Layer

_MOST = 32


class Textures:
    """Textures by key; of more than 32 the one unused for longest goes."""

    def __init__(self, context: moderngl.Context) -> None:
        self._context = context
        self._kept: OrderedDict[Hashable, moderngl.Texture] = OrderedDict()
        self._versions: dict[Hashable, int | None] = {}

    def get(self, key: Hashable) -> moderngl.Texture | None:
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def layer(self, layer: Layer) -> moderngl.Texture:
        """The texture of a surface; uploaded where its version is not the one that lies there."""
        key = layer.surface
        texture = self.get(key)
        if texture is not None and layer.version is not None and self._versions[key] == layer.version:
            return texture
        texture = self.put(key, layer.pixels())
        texture.swizzle = layer.swizzle
        self._versions[key] = layer.version
        return texture

    def put(self, key: Hashable, pixels: NDArray[np.uint8]) -> moderngl.Texture:
        """Upload (height, width, 3) RGB or 4 RGBA, into the texture the key has if the size is the same."""
        height, width, components = pixels.shape
        texture = self.get(key)
        if texture is None or (*texture.size, texture.components) != (width, height, components):
            texture = self._fresh(key, (width, height), components)
        texture.write(np.ascontiguousarray(pixels), alignment=1)
        return texture

    def release(self) -> None:
        for texture in self._kept.values():
            texture.release()
        self._kept.clear()
        self._versions.clear()

    def _fresh(self, key: Hashable, size_px: tuple[int, int], components: int) -> moderngl.Texture:
        if key in self._kept:
            self._kept.pop(key).release()
        if len(self._kept) == _MOST:
            oldest, unused = self._kept.popitem(last=False)
            unused.release()
            self._versions.pop(oldest, None)  # and so lets go of a surface
        texture = self._context.texture(size_px, components, alignment=1)
        texture.filter = moderngl.LINEAR, moderngl.LINEAR
        texture.repeat_x = texture.repeat_y = False
        self._kept[key] = texture
        return texture
