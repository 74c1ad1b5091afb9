"""Landmark nets that see one upright person in a picture of fixed size."""

from __future__ import annotations

from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.pose._region import FloatArray, Region
from didim.pose._seams import Sighting
from didim.pose.layouts._body import COCO, belief, next_region, skeleton

Picture = NDArray[np.uint8]

JOINTS = len(COCO)


class JointNet(Protocol):
    """A landmark net, as its layout is read.

    Attributes:
        size_px: (height, width) of its input.
        kept, first: the mean joint scores from which on a body is believed, see `belief`.
    """

    size_px: tuple[int, int]
    kept: float
    first: float

    def joints(self, crop: Picture) -> tuple[FloatArray, FloatArray]:
        """The joints in a BGR picture of its size: (k, 2) pixels and (k,) scores, k of `JOINT_SETS`."""
        ...


class TopDown:
    """Looks at regions with a landmark net.

    Attributes:
        net: the network with its layout.
    """

    def __init__(self, net: JointNet) -> None:
        self.net = net

    def look(self, bgr: Picture, region: Region) -> Sighting:
        """Return the body in the region; its score says whether there is one."""
        height, width = self.net.size_px
        picture_from_crop = region.strip(width, height)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        crop = cv2.warpAffine(bgr, picture_from_crop, (width, height), flags=flags)
        xy, scores = self.net.joints(np.asarray(crop, np.uint8))
        points_px = xy @ picture_from_crop[:, :2].T + picture_from_crop[:, 2]
        seen_px, sure = points_px[:JOINTS], scores[:JOINTS]
        score = belief(sure, kept=self.net.kept, first=self.net.first)
        return Sighting(skeleton(points_px, scores, score), next_region(seen_px, sure, region))
