"""One body in one picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from didim.people import JOINT_COUNT


@dataclass(frozen=True, slots=True)
class Skeleton:
    """One body in one picture; rows follow `Joint`.

    Attributes:
        points_px: (33, 2) float64, picture pixels, integers are pixel centres.
        scores: (33,) float64, 0 to 1: how likely the joint is in the picture and unhidden.
        points_m: (33, 3) float64, metres about the middle of the hips, in camera axes
            (x right, y down, z away); nan where the engine gives no depth.
        score: 0 to 1, how sure the engine is that this is a person.
    """

    points_px: NDArray[np.float64]
    scores: NDArray[np.float64]
    points_m: NDArray[np.float64]
    score: float

    def __post_init__(self) -> None:
        for name, shape in (
            ("points_px", (JOINT_COUNT, 2)),
            ("scores", (JOINT_COUNT,)),
            ("points_m", (JOINT_COUNT, 3)),
        ):
            array = getattr(self, name)
            if array.shape != shape or array.dtype != np.float64:
                raise ValueError(f"{name} must be {shape} float64, got {array.shape} {array.dtype}")
            array.flags.writeable = False
