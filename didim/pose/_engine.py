"""The contract of a pose engine and the table of engines."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from didim.pose._skeleton import Skeleton
from didim.problem import Problem


class PoseError(Problem):
    """The pose engine cannot run; the message says why and what to do."""

    exit_code = 5


class PoseEngine(Protocol):
    """Finds everyone in a stream of pictures; remembers regions from one picture to the next.

    Attributes:
        notes: what is not as it was asked for, for whom it concerns; it may grow while the engine works.
    """

    @property
    def notes(self) -> tuple[str, ...]: ...

    def find(self, bgr: NDArray[np.uint8], captured_ns: int) -> tuple[Skeleton, ...]:
        """Return the people in a (height, width, 3) uint8 picture; pictures come in order of time."""
        ...

    def close(self) -> None: ...


ENGINES = {
    "blazepose": "didim.pose.blazepose:BlazePoseEngine",
    "mediapipe": "didim.pose.mediapipe:MediaPipeEngine",
}
"""Whole engines by name; pairs of networks are joined by `open_engine`."""
