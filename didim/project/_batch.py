"""Quads waiting to be drawn: one row of numbers each, neighbours of one shape drawn in one call."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable

import moderngl
import numpy as np

from didim.project._programs import Programs

_FLOATS = 16
_PER_LINE = 256
_UNIT = 1


class Batch:
    """Rows in painter's order, uploaded as one texture a frame.

    OpenGL 3.3 has no base instance: the vertex shader fetches its row from a texture instead, so that
    every run of every shape shares one upload.
    """

    def __init__(self, context: moderngl.Context) -> None:
        self._context = context
        self._rows = array("f")
        self._runs: list[tuple[str, Hashable, int, int]] = []
        self._texture = self._table(4)

    def clear(self) -> None:
        del self._rows[:]
        self._runs.clear()

    def add(
        self,
        shape: str,
        place: tuple[float, float, float, float],
        size: tuple[float, float, float, float],
        color: tuple[float, float, float, float],
        more: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0),
        source: Hashable = None,
    ) -> None:
        """Queue one quad.

        `place` is x, y (metres), turn (radians) and a free number; `size` is the half width and half
        height (metres) and two free numbers; `color` is linear light and opacity; `source` names the
        picture that a quad shows.
        """
        first = len(self._rows) // _FLOATS
        self._rows.extend(place + size + color + more)
        if self._runs and self._runs[-1][:2] == (shape, source):
            _, _, first, count = self._runs.pop()
            self._runs.append((shape, source, first, count + 1))
        else:
            self._runs.append((shape, source, first, 1))

    def draw(self, programs: Programs, bind: Callable[[Hashable], None]) -> None:
        """Draw what is queued; `bind` puts the picture of a `source` where shaders read it."""
        if not self._runs:
            return
        self._upload()
        self._texture.use(_UNIT)
        for shape, source, first, count in self._runs:
            if source is not None:
                bind(source)
            programs.draw("shape", shape, instances=count, first=first)

    def release(self) -> None:
        self._texture.release()

    def _upload(self) -> None:
        count = len(self._rows) // _FLOATS
        lines = -(-count // _PER_LINE)
        if lines > self._texture.height:
            self._texture.release()
            self._texture = self._table(2 * lines)
        whole = np.zeros(lines * _PER_LINE * _FLOATS, np.float32)
        whole[: len(self._rows)] = self._rows
        self._texture.write(whole, viewport=(0, 0, 4 * _PER_LINE, lines))

    def _table(self, lines: int) -> moderngl.Texture:
        texture = self._context.texture((4 * _PER_LINE, lines), 4, dtype="f4")
        texture.filter = moderngl.NEAREST, moderngl.NEAREST
        return texture
