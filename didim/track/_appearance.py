"""What somebody wears, to tell people apart who come close: colours of trunk and legs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.people import Joint
from didim.pose import Skeleton

SURE = 0.5
LEAST_POINTS = 4
DARK = 6.0
"""Added to each colour, of 255: below it noise would speak."""

STEADY_AFTER = 8
LEARNS_OVER = 90
LEAST_SD = np.tile([0.12, 0.12, 0.25], 2)
"""Of the same cloth from one moment to another: two log ratios of colours, and the log of the lightness."""
FAR = 3.0

_TRUNK = (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP)
_LEGS = (Joint.LEFT_HIP, Joint.LEFT_KNEE, Joint.RIGHT_HIP, Joint.RIGHT_KNEE)
_ACROSS, _DOWN = (each.ravel() for each in np.meshgrid([0.25, 0.5, 0.75], [0.15, 0.35, 0.55, 0.75]))
_TRUNK_SHARES = np.stack(
    [(1 - _ACROSS) * (1 - _DOWN), _ACROSS * (1 - _DOWN), (1 - _ACROSS) * _DOWN, _ACROSS * _DOWN], axis=1
)
_ALONG = np.array([0.3, 0.45, 0.6, 0.75, 0.9])
_NONE = np.zeros_like(_ALONG)
_LEG_SHARES = np.concatenate(
    [
        np.stack([1 - _ALONG, _ALONG, _NONE, _NONE], axis=1),
        np.stack([_NONE, _NONE, 1 - _ALONG, _ALONG], axis=1),
    ]
)


def look_of(bgr: NDArray[np.uint8], skeleton: Skeleton) -> FloatArray:
    """The colours of trunk and legs, (6,): each red and blue against green, and lightness, as logarithms.

    The median over a dozen points of each; nan for a part that is hidden or outside the picture.

    Args:
        bgr: (h, w, 3) uint8, the picture that the skeleton was found in.
    """
    parts = ((_TRUNK, _TRUNK_SHARES), (_LEGS, _LEG_SHARES))
    return np.concatenate([_part(bgr, skeleton, joints, shares) for joints, shares in parts])


def _part(
    bgr: NDArray[np.uint8], skeleton: Skeleton, joints: tuple[Joint, ...], shares: FloatArray
) -> FloatArray:
    if skeleton.scores[list(joints)].min() < SURE:
        return np.full(3, np.nan)
    columns, rows = np.rint(shares @ skeleton.points_px[list(joints)]).astype(int).T
    height, width = bgr.shape[:2]
    inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    count = np.count_nonzero(inside)
    if count < LEAST_POINTS:
        return np.full(3, np.nan)
    colours = np.sort(bgr[rows[inside], columns[inside]], axis=0)
    median = (colours[(count - 1) // 2].astype(np.float64) + colours[count // 2]) / 2
    blue, green, red = np.log(median + DARK).tolist()
    return np.array([red - green, blue - green, (red + green + blue) / 3.0])


class Clothes:
    """How a person has looked so far: each colour's mean and how much it varies under changing light.

    Light that a projector sheds on people makes colours vary, and what varies tells less.

    Attributes:
        mean: (6,) as `look_of` gives it; nan where nothing was seen.
    """

    def __init__(self) -> None:
        self.mean = np.full(6, np.nan)
        self._var = LEAST_SD**2
        self._sights = np.zeros(6)

    def add(self, look: FloatArray) -> None:
        """Take a look at somebody who is surely this person; nan is left out."""
        seen = np.isfinite(look)
        first = seen & (self._sights == 0)
        self.mean = np.where(first, look, self.mean)
        self._sights = self._sights + seen
        gain = np.where(seen, 1.0 / np.clip(self._sights, 1, LEARNS_OVER), 0.0)
        off = np.where(seen, look - self.mean, 0.0)
        self.mean = self.mean + gain * off
        self._var = self._var + gain * (off * off - self._var)

    @property
    def known(self) -> bool:
        """Whether they were seen often enough to tell somebody by."""
        return bool((self._sights >= STEADY_AFTER).any())

    def unlike(self, look: FloatArray) -> float:
        """How unlike this person a look is: about 1 for the same, up to 9; 1 where nothing is known."""
        known = np.isfinite(look) & (self._sights >= STEADY_AFTER)
        if not known.any():
            return 1.0
        off = (look - self.mean)[known] / np.sqrt(np.maximum(self._var, LEAST_SD**2)[known])
        return float(np.mean(np.minimum(off * off, FAR * FAR)))
