"""RTMO exported end to end."""

from __future__ import annotations

import numpy as np

from didim.pose._net import Net
from didim.pose._skeleton import Skeleton
from didim.pose.layouts._picture import AS_IS, Picture, input_size_px, letterbox, planes
from didim.pose.layouts._whole import bodies

LONGEST_PX = 640


class RTMO:
    """BGR from 0 to 255, padded at the right and bottom; where nobody is, one person all of zeros."""

    def __init__(self, net: Net) -> None:
        self._net = net

    def people(self, bgr: Picture) -> tuple[Skeleton, ...]:
        """The people in a (height, width, 3) picture, the surest first."""
        shown, fit = letterbox(bgr, input_size_px(self._net, bgr, LONGEST_PX), centred=False)
        (found,), (joints,) = self._net.run(planes(shown, rgb=False, mean=AS_IS[0], std=AS_IS[1]))
        seen = joints.astype(np.float64)
        return bodies(found[:, 4].astype(np.float64), fit.to_picture(seen[..., :2]), seen[..., 2])
