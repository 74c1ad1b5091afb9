"""A square of a picture in which one person, or anyone at all, is looked for."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

# The nets saw people with this much room about the circle that holds the body.
BODY_MARGIN = 1.25
STRIP = 3 / 4  # width by height of what a net sees of an upright person


@dataclass(frozen=True, slots=True)
class Region:
    """A turned square in picture pixels; integers are pixel centres.

    Attributes:
        x_px, y_px: the middle of the square.
        side_px: its side.
        angle_rad: how far it is turned from upright, clockwise as seen in the picture.
    """

    x_px: float
    y_px: float
    side_px: float
    angle_rad: float = 0.0

    @classmethod
    def around(cls, bgr: NDArray[np.uint8]) -> Region:
        """The smallest upright square that holds a whole picture."""
        height, width = bgr.shape[:2]
        return cls(width / 2, height / 2, max(width, height))

    @classmethod
    def of_body(cls, hips: FloatArray, rim: FloatArray) -> Region:
        """The square for a body, upright in it.

        Args:
            hips: (2,) the middle of the hips, pixels.
            rim: (2,) the topmost point of the circle about the hips that holds the body, pixels.
        """
        dx, dy = rim - hips
        turned = math.atan2(dx, -dy)
        return cls(float(hips[0]), float(hips[1]), 2 * BODY_MARGIN * math.hypot(dx, dy), turned)

    @classmethod
    def of_box(cls, box: FloatArray) -> Region:
        """The upright square for a body in a box (x0, y0, x1, y1): a strip of it holds the body with room."""
        x0, y0, x1, y1 = (float(edge) for edge in box)
        side_px = BODY_MARGIN * max(y1 - y0, (x1 - x0) / STRIP)
        return cls((x0 + x1) / 2, (y0 + y1) / 2, side_px)

    def strip(self, width_px: int, height_px: int) -> FloatArray:
        """The (2, 3) matrix from pixels of a crop to those of the picture.

        The crop is as high as the square and lies in its middle; integers are pixel centres in both, and
        half the crop's width and height lie on the square's middle.
        """
        cos, sin = math.cos(self.angle_rad), math.sin(self.angle_rad)
        turn = self.side_px / height_px * np.array([[cos, -sin], [sin, cos]])
        middle = np.array([width_px / 2, height_px / 2])
        return np.asarray(np.c_[turn, (self.x_px, self.y_px) - turn @ middle], np.float64)

    def to_picture(self, xy: FloatArray) -> FloatArray:
        """Map (n, 2) places in the square, 0 to 1 from its upper left corner, to (n, 2) picture pixels."""
        cos, sin = math.cos(self.angle_rad), math.sin(self.angle_rad)
        turn = self.side_px * np.array([[cos, sin], [-sin, cos]])
        return np.asarray((xy - 0.5) @ turn + (self.x_px, self.y_px))

    def crop(self, bgr: NDArray[np.uint8], size_px: int, *, border: int) -> NDArray[np.uint8]:
        """Cut the square out as a (size_px, size_px, 3) picture; `border` is OpenCV's border mode.

        Corner (0, 0) of the square lands on the centre of pixel 0, corner (1, 1) on pixel `size_px`: half
        a pixel off what the convention asks for, but the nets were trained on pictures cut like this.
        """
        corners = self.to_picture(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])).astype(np.float32)
        targets = np.array([[0, 0], [size_px, 0], [0, size_px]], np.float32)
        picture_from_crop = cv2.getAffineTransform(targets, corners)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return np.asarray(
            cv2.warpAffine(bgr, picture_from_crop, (size_px, size_px), flags=flags, borderMode=border),
            np.uint8,
        )

    def overlap(self, other: Region) -> float:
        """Intersection over union, 0 to 1, as if both squares stood upright."""
        reach = (self.side_px + other.side_px) / 2
        most = min(self.side_px, other.side_px)
        shared_x = min(most, reach - abs(self.x_px - other.x_px))
        shared_y = min(most, reach - abs(self.y_px - other.y_px))
        if shared_x <= 0 or shared_y <= 0:
            return 0.0
        shared = shared_x * shared_y
        return shared / (self.side_px**2 + other.side_px**2 - shared)
