"""The seams of an engine: what finds people in a picture, and what finds the joints of one of them."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from didim.pose._region import Region
from didim.pose._skeleton import Skeleton


class Detector(Protocol):
    """Finds people in a part of a picture.

    Attributes:
        whole: whether it finds everybody in a whole picture, at the place and size that they have, and so
            needs neither tiles nor a second look. Others are shown parts in which people are large.
    """

    @property
    def whole(self) -> bool: ...

    def find(self, bgr: NDArray[np.uint8], within: Region) -> list[Region]:
        """Return a region for each person seen in `within`, the surest first."""
        ...


class Sighting(NamedTuple):
    """A body, and the region to look for it in the next picture."""

    skeleton: Skeleton
    next_region: Region


class Landmarker(Protocol):
    """Finds the joints of the person in a region."""

    def look(self, bgr: NDArray[np.uint8], region: Region) -> Sighting:
        """Return the body in the region; its score says whether there is one."""
        ...
