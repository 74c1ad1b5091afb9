"""Which display is which: a large number in a colour of its own, to be read from across a hall."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from didim.project._label import BACKGROUND, Color, label

COLORS: tuple[Color, ...] = ((0, 190, 255), (255, 60, 160), (255, 170, 0), (140, 255, 60), (90, 110, 255))
NUMBER_SHARE, RIM_SHARE = 0.62, 0.035  # of the height
CORNER_RIMS = 4  # the upper left corner is filled, so that a picture that is turned or mirrored shows it


def identification(number: int, size_px: tuple[int, int]) -> NDArray[np.uint8]:
    """The picture that display `number` shows when it is asked who it is: (height, width, 3) uint8 RGB.

    A rim that has to be seen whole, a filled corner at the upper left, and the number.
    """
    width, height = size_px
    color = COLORS[number % len(COLORS)]
    picture = np.full((height, width, 3), BACKGROUND, np.uint8)
    rim = max(2, round(RIM_SHARE * height))
    for part in (np.s_[:rim], np.s_[-rim:], np.s_[:, :rim], np.s_[:, -rim:]):
        picture[part] = color
    picture[: CORNER_RIMS * rim, : CORNER_RIMS * rim] = color
    figure = label(str(number), round(NUMBER_SHARE * height), color)
    figure = figure[: height - 2 * rim, : width - 2 * rim]
    top, left = (height - figure.shape[0]) // 2, (width - figure.shape[1]) // 2
    picture[top : top + figure.shape[0], left : left + figure.shape[1]] = figure
    return picture
