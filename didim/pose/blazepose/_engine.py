"""The default engine."""

from __future__ import annotations

from collections.abc import Sequence

from didim.pose._joined import MAX_PASSES, JoinedEngine
from didim.pose._tiles import Tile
from didim.pose.blazepose._detector import BlazeDetector
from didim.pose.blazepose._landmarks import BlazeLandmarker
from didim.pose.weights import net_path


class BlazePoseEngine(JoinedEngine):
    """BlazePose's own detector and landmark net; arguments as for `JoinedEngine`.

    Raises:
        PoseError: a network cannot be opened.
        WeightsError: a network cannot be had.
    """

    def __init__(
        self, max_people: int = 6, tiles: Sequence[Tile] = (), *, max_passes: int = MAX_PASSES
    ) -> None:
        super().__init__(
            BlazeDetector(net_path("blazepose", "detector")),
            BlazeLandmarker(net_path("blazepose", "landmarks")),
            max_people=max_people,
            tiles=tiles,
            max_passes=max_passes,
        )
