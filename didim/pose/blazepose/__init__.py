"""BlazePose on onnxruntime, the default engine: a detector and a landmark net of those that can be joined."""

from didim.pose.blazepose._detector import BlazeDetector
from didim.pose.blazepose._engine import BlazePoseEngine, open_detector, open_landmarker
from didim.pose.blazepose._landmarks import BlazeLandmarker

__all__ = ["BlazeDetector", "BlazeLandmarker", "BlazePoseEngine", "open_detector", "open_landmarker"]
