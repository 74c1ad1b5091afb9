"""The contract of a pose engine and the table of engines."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from didim.pose._skeleton import Skeleton
from didim.pose._tiles import Tile
from didim.problem import Problem


class PoseError(Problem):
    """The pose engine cannot run; the message says why and what to do."""

    exit_code = 5


class PoseEngine(Protocol):
    """Finds everyone in a stream of pictures; remembers regions from one picture to the next."""

    def find(self, bgr: NDArray[np.uint8], captured_ns: int) -> tuple[Skeleton, ...]:
        """Return the people in a (height, width, 3) uint8 picture; pictures come in order of time."""
        ...

    def close(self) -> None: ...


ENGINES = {
    "blazepose": "didim.pose.blazepose:BlazePoseEngine",
    "mediapipe": "didim.pose.mediapipe:MediaPipeEngine",
}

DEFAULT_ENGINE = "blazepose"


def open_engine(name: str = "auto", *, max_people: int = 6, tiles: Sequence[Tile] = ()) -> PoseEngine:
    """Open an engine of the table by name; "auto" is the strongest whose weights are at hand.

    Args:
        max_people: how many are followed at most.
        tiles: where people may be, from `floor_tiles` for the size of the pictures to come. Without them
            newcomers are looked for in the picture as a whole, which misses who is small in it.

    Raises:
        PoseError: no such engine, or its weights are missing and cannot be had.
    """
    chosen = DEFAULT_ENGINE if name == "auto" else name
    if chosen not in ENGINES:
        raise PoseError(f"pose engine {name!r} is not one of auto, {', '.join(sorted(ENGINES))}")
    module, _, attribute = ENGINES[chosen].partition(":")
    engine: PoseEngine = getattr(importlib.import_module(module), attribute)(
        max_people=max_people, tiles=tiles
    )
    return engine
