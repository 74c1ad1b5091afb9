"""BlazePose's landmark net from a file of one's own."""

from didim.pose.blazepose import BlazeLandmarker

__all__ = ["BlazeLandmarker"]
