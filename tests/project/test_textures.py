"""A picture of the same size goes into the same texture; what is not shown any more goes."""

from __future__ import annotations

import numpy as np

from didim.project import Window
from didim.project._textures import Textures


def grey(width: int, height: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((height, width, 3), 90, np.uint8)


def test_the_texture_stays_while_the_size_does(window: Window) -> None:
    textures = Textures(window.context)
    first = textures.put("camera", grey(33, 21))
    assert textures.put("camera", grey(33, 21)) is first
    larger = textures.put("camera", grey(40, 21))
    assert larger is not first
    assert larger.size == (40, 21)
    assert textures.get("camera") is larger
    textures.release()


def test_the_one_unused_for_longest_goes(window: Window) -> None:
    textures = Textures(window.context)
    for number in range(32):
        textures.put(number, grey(4, 4))
    assert textures.get(0) is not None
    textures.put("one more", grey(4, 4))
    assert textures.get(1) is None
    assert textures.get(0) is not None
    assert textures.get("one more") is not None
    textures.release()
