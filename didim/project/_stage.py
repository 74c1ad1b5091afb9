"""The whole way of one frame: words, background, sparks, bloom, warp, window."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from types import TracebackType
from typing import Literal

import moderngl
import numpy as np
from numpy.typing import NDArray

from didim.geometry import Point, Surface
from didim.project._batch import Batch
from didim.project._canvas import SurfaceCanvas
from didim.project._flash import Flashing
from didim.project._glyphs import SIDE_PX, GlyphAtlas
from didim.project._governor import FINEST, QUALITIES, SPARED, Governor, Quality
from didim.project._layer import Layer
from didim.project._noise import TILE_PX, noise_tile
from didim.project._output import Output
from didim.project._paper import Paper
from didim.project._programs import Programs
from didim.project._rect import Rect
from didim.project._sparks import Sparks
from didim.project._target import texture_of
from didim.project._textures import Textures
from didim.project._window import Window
from didim.rig import Projector

_NOISE_UNIT, _INSTANCES_UNIT, _ATLAS_UNIT, _SOURCE_UNIT, _BLOOM_UNIT, _MAP_UNIT, _BLEND_UNIT = range(7)
_SHARES_UNIT = _MAP_UNIT  # the last pass is over when the guard mixes
_MOTES = 90


class Stage:
    """Draws a game's frames for one projector into a window.

    A frame is `canvas`, the game's words, `present`. With a `part` the window belongs to more than the
    light: after `present` its owner shows what else there is and ends the frame with `Window.flip`. Use
    the stage as a context manager or call `close`, before the window's.

    Args:
        canvas_scale: pixels of the canvas for each of the projector's, for good; None begins with 1.25, or
            0.8 where the processor draws, and changes with what `govern` is told.
        part: where in the window the projector's picture is shown, as large as fits; None: the whole
            window, black beside the picture.
        more: further projectors on the same surface; without `parts` their pictures are only read.
        parts: where in a window that spans several displays each picture is shown: the projector's own,
            then those of `more`.
        budget_ms: what a frame may take, for `govern`.
    """

    def __init__(
        self,
        window: Window,
        surface: Surface,
        projector: Projector,
        canvas_scale: float | None = None,
        part: Rect | None = None,
        more: Sequence[Projector] = (),
        budget_ms: float = 1000 / 60,
        parts: Sequence[Rect] = (),
    ) -> None:
        self._window, self._context, self._part, self._parts = window, window.context, part, parts
        self._surface, self._projector = surface, projector
        self._governor = (
            None if canvas_scale else Governor(budget_ms, SPARED if window.is_software else FINEST)
        )
        self.quality = Quality(canvas_scale, 3) if canvas_scale else QUALITIES[FINEST]
        self._programs = Programs(self._context)
        self._programs.share(
            noise=_NOISE_UNIT,
            instances=_INSTANCES_UNIT,
            atlas=_ATLAS_UNIT,
            source=_SOURCE_UNIT,
            canvas=_SOURCE_UNIT,
            bloom=_BLOOM_UNIT,
            surface_from_projector=_MAP_UNIT,
            blend=_BLEND_UNIT,
            map_of_shares=_SHARES_UNIT,
            surface_m=(surface.width_m, surface.height_m),
        )
        self._batch, self._atlas, self._sparks = Batch(self._context), GlyphAtlas(), Sparks()
        self._words = SurfaceCanvas(surface, self._batch, self._atlas)
        self._paper = self._fresh_paper()
        self._output = Output(self._context, surface, projector)
        self._more = [Output(self._context, surface, each) for each in more]
        self._pictures = Textures(self._context)
        self._noise = _tile(self._context)
        self._letters = self._context.texture((SIDE_PX, SIDE_PX), 1)

    @property
    def canvas_px(self) -> tuple[int, int]:
        """(width, height) of the canvas."""
        return self._paper.size_px

    @property
    def shown_ns(self) -> int:
        """When the last frame had been handed to the display, by the window's clock."""
        return self._window.shown_ns

    @property
    def waited_ms(self) -> float:
        """How long the last frame, drawn, waited for its display: no work, and nothing for `govern`."""
        return (self._window.shown_ns - self._window.drawn_ns) / 1e6

    def govern(self, frame_ms: float) -> None:
        """Tell how long the work of a frame took: the next ones are drawn finer or coarser if need be."""
        if self._governor is not None and self._governor.add(frame_ms):
            self._paper.release()
            self._paper = self._fresh_paper()

    def _fresh_paper(self) -> Paper:
        if self._governor is not None:
            self.quality = self._governor.quality
        paper = Paper(self._context, self._surface, self._projector, self.quality)
        self._programs.share(pixel_m=self._surface.width_m / paper.size_px[0])
        return paper

    def canvas(self, t_s: float) -> SurfaceCanvas:
        """Begin the frame of `t_s`: what is drawn on the canvas appears with the next `present`."""
        self._words.begin(t_s)
        return self._words

    def burst(
        self,
        at: Point,
        color: tuple[float, float, float],
        count: int,
        t_s: float,
        *,
        kind: Literal["sparks", "confetti", "fountain"] = "sparks",
    ) -> None:
        """Start `count` sparks or scraps of paper at `at`; they fly by themselves in the canvas's time."""
        self._sparks.burst(at, color, count, t_s, kind)

    def present(self) -> None:
        """Draw the frame and show it; returns when the light is on its way to the display.

        With a `part`, the frame is drawn into it and the window is left open for more.
        """
        self._programs.share(t_s=self._words.t_s)
        self._draw_canvas()
        canvas = texture_of(self._paper.canvas)
        if self._paper.bloom:
            self._paper.bloom.draw(self._programs, canvas)
        for output in (*self._more, self._output):
            output.draw(self._programs, canvas, self._paper.spilt, self._words.t_s)
        self._show()

    def present_white(self) -> None:
        """Show white from every projector at once, whatever was drawn: light to see each other by."""
        for output in (*self._more, self._output):
            output.whiten()
        self._show()

    def _show(self) -> None:
        if self._part is not None:
            self._window.show_texture(self._output.shown, self._part)
            return
        if self._parts or not self._window.offscreen:
            self._context.screen.clear()
            parts = self._parts or (Rect(0, 0, *self._window.size_px),)
            for output, part in zip((self._output, *self._more), parts, strict=False):
                self._window.show_texture(output.shown, part)
        self._window.flip()

    def read_frame(self) -> NDArray[np.uint8]:
        """The projector's picture of the last `present`: (height, width, 3) uint8 RGB, top row first."""
        return self._output.read()

    def read_more(self) -> list[NDArray[np.uint8]]:
        """The pictures of the further projectors, as `read_frame`."""
        return [output.read() for output in self._more]

    @property
    def damped(self) -> int:
        """How many of the projectors' pictures the flash guard has held back."""
        return sum(output.damped for output in (self._output, *self._more))

    @property
    def flashing(self) -> tuple[Flashing, ...]:
        """Why the last picture was held back, by any projector; empty if it passed whole."""
        return tuple(each for output in (self._output, *self._more) for each in output.flashing)

    def close(self) -> None:
        self._batch.release()
        self._pictures.release()
        for output in (*self._more, self._output):
            output.release()
        self._programs.release()
        self._paper.release()
        self._noise.release()
        self._letters.release()

    def __enter__(self) -> Stage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _draw_canvas(self) -> None:
        self._noise.use(_NOISE_UNIT)
        if self._atlas.changed:
            self._letters.write(self._atlas.pixels)
            self._atlas.changed = False
        self._letters.use(_ATLAS_UNIT)
        self._draw_ground()
        self._context.enable(moderngl.BLEND)
        self._context.blend_func = moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA
        if self._words.ground == "pond":
            self._programs.draw("mote", "mote", instances=_MOTES)
        self._batch.draw(self._programs, self._bind_picture)
        self._sparks.draw(self._programs, self._words.t_s)

    def _bind_picture(self, key: Hashable) -> None:
        picture = self._words.pictures[key]
        kept = self._pictures
        texture = kept.layer(picture) if isinstance(picture, Layer) else kept.put(key, picture)
        texture.use(_SOURCE_UNIT)

    def _draw_ground(self) -> None:
        """The background is the dearest picture and the softest: it is drawn small."""
        self._context.disable(moderngl.BLEND)
        if self._words.ground is None:
            self._paper.canvas.use()
            self._paper.canvas.clear()
            return
        self._paper.ground.use()
        self._programs.draw("screen", self._words.ground)
        self._paper.canvas.use()
        texture_of(self._paper.ground).use(_SOURCE_UNIT)
        self._programs.draw("screen", "copy")


def _tile(context: moderngl.Context) -> moderngl.Texture:
    texture = context.texture((TILE_PX, TILE_PX), 4, noise_tile())
    texture.filter = moderngl.LINEAR, moderngl.LINEAR
    return texture
