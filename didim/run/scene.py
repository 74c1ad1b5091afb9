"""What the game shows, gathered from its drawing words: for simulated players, who have no eyes."""

from __future__ import annotations

from typing import Any, cast

from didim.geometry import Point
from didim.play import Canvas
from didim.run.channel import Channel
from didim.run.messages import Codec, Scene, Shape

WORDS = ("disc", "star", "lily", "lotus", "ring")
_SCENE = Codec(Scene)


class SceneWatch:
    """Notes the shapes that pass on their way to a canvas and publishes them."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._shapes: list[Shape] = []

    def over(self, canvas: Canvas) -> Canvas:
        """A canvas that draws on `canvas` and is watched."""
        self._shapes = []
        return cast(Canvas, _Watched(canvas, self._shapes))

    def publish(self, t_s: float) -> None:
        self._channel.publish(_SCENE.pack(Scene(t_s, tuple(self._shapes))))


class _Watched:
    """Passes every word on and notes those that name a place and a size."""

    def __init__(self, canvas: Canvas, shapes: list[Shape]) -> None:
        self._canvas = canvas
        self._shapes = shapes

    def __getattr__(self, word: str) -> Any:
        draw = getattr(self._canvas, word)
        if word not in WORDS:
            return draw

        def drawn(center: Point, radius_m: float, *rest: Any, **named: Any) -> None:
            self._shapes.append(Shape(word, center, radius_m))
            draw(center, radius_m, *rest, **named)

        return drawn
