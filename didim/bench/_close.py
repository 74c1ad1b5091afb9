"""People of the shared recordings seen close, where mediapipe follows the most of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.bench._footage import GREY, LATER, Actor
from didim.bench._found import Shown
from didim.geometry import FloatArray
from didim.people import JOINT_COUNT

Picture = NDArray[np.uint8]

SQUARE_PX, FILLED = 360, 0.8  # of one person, and how much of it they fill


@dataclass(frozen=True, slots=True)
class Close:
    """So many people in a grid, each as large as their square allows."""

    cast: Sequence[Actor]
    count: int

    @property
    def columns(self) -> int:
        return math.ceil(math.sqrt(self.count))

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the pictures."""
        return self.columns * SQUARE_PX, -(-self.count // self.columns) * SQUARE_PX

    def film(self, pictures: int) -> Iterator[tuple[Picture, list[Shown]]]:
        """Pictures and who is in them."""
        for number in range(pictures):
            whole = np.full((*self.size_px[::-1], 3), GREY, np.uint8)
            shown = []
            for index in range(self.count):
                square, points_px = _cut(self.cast[index % len(self.cast)], number + LATER * index)
                corner_px = SQUARE_PX * np.array([index % self.columns, index // self.columns])
                x, y = corner_px.tolist()
                whole[y : y + SQUARE_PX, x : x + SQUARE_PX] = square
                if np.isfinite(points_px).all():
                    shown.append(Shown(points_px + corner_px, np.ones(JOINT_COUNT, np.bool_)))
            yield whole, shown


def _cut(actor: Actor, number: int) -> tuple[Picture, FloatArray]:
    """A square about the body, and the joints in it; the film runs to and fro.

    Without a body it is about the middle of the picture.
    """
    last = len(actor.pictures) - 1
    at = last - abs(number % (2 * last) - last)
    picture, points_px = actor.pictures[at], actor.points_px[at]
    middle_px = (points_px.min(axis=0) + points_px.max(axis=0)) / 2
    if not np.isfinite(middle_px).all():
        middle_px = np.array(picture.shape[1::-1]) / 2
    scale = FILLED * SQUARE_PX / actor.height_px
    offset_px = (SQUARE_PX - 1) / 2 - scale * middle_px
    matrix = np.column_stack((scale * np.eye(2), offset_px))
    square = cv2.warpAffine(
        picture, matrix, (SQUARE_PX, SQUARE_PX), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(square, np.uint8), scale * points_px + offset_px
