"""BlazePose for several people: detect, then follow each by a region of their own."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.pose._skeleton import Skeleton
from didim.pose.blazepose._detector import BlazeDetector, Detector
from didim.pose.blazepose._following import DetectorSchedule, distinct, newcomers
from didim.pose.blazepose._landmarks import BlazeLandmarker, Landmarker
from didim.pose.blazepose._region import Region
from didim.pose.weights import net_path


class BlazePoseEngine:
    """The default engine: one landmark pass for each person, a detector that mostly rests.

    People come in the order in which they were first seen.

    Args:
        max_people: how many are followed at most.
        detector, landmarker: other nets than BlazePose's own.

    Raises:
        PoseError: a network cannot be opened.
        WeightsError: a network cannot be had.
    """

    def __init__(
        self,
        max_people: int = 6,
        *,
        detector: Detector | None = None,
        landmarker: Landmarker | None = None,
    ) -> None:
        # For the whole process: crops are too small for threads, which cost more than they win.
        cv2.setNumThreads(1)
        self._max_people = max_people
        self._detector = detector or BlazeDetector(net_path("blazepose", "detector"))
        self._landmarker = landmarker or BlazeLandmarker(net_path("blazepose", "landmarks"))
        self._schedule = DetectorSchedule(max_people)
        self._regions: list[Region] = []

    def find(self, bgr: NDArray[np.uint8], captured_ns: int) -> tuple[Skeleton, ...]:
        """Return the people in a (height, width, 3) uint8 picture; pictures come in order of time."""
        regions = self._regions
        detected = self._schedule.due()
        if detected:
            found = self._detector.find(bgr, Region.around(bgr))
            regions = [*regions, *newcomers(found, regions)][: self._max_people]
        bodies = distinct(self._landmarker.look(bgr, region) for region in regions)
        self._regions = [body.next_region for body in bodies]
        self._schedule.picture_done(len(bodies), detected=detected)
        return tuple(body.skeleton for body in bodies)

    def close(self) -> None:
        """Forget who was followed."""
        self._regions = []
