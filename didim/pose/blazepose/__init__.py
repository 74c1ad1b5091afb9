"""BlazePose on onnxruntime, the default engine; its detector and landmark net can each be replaced."""

from didim.pose.blazepose._detector import BlazeDetector, Detector
from didim.pose.blazepose._engine import MAX_PASSES, BlazePoseEngine
from didim.pose.blazepose._landmarks import BlazeLandmarker, Landmarker, Sighting
from didim.pose.blazepose._region import Region

__all__ = [
    "MAX_PASSES",
    "BlazeDetector",
    "BlazeLandmarker",
    "BlazePoseEngine",
    "Detector",
    "Landmarker",
    "Region",
    "Sighting",
]
