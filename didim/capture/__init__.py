"""Cameras: one small driver per kind, chosen by the `kind` of a camera's source."""

from didim.capture._camera import DRIVERS, Camera, CameraError, CameraFrame, open_camera
from didim.capture._webcams import WebcamInfo, list_webcams

__all__ = [
    "DRIVERS",
    "Camera",
    "CameraError",
    "CameraFrame",
    "WebcamInfo",
    "list_webcams",
    "open_camera",
]
