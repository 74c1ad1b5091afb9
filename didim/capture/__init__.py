"""Cameras: one small driver per kind, chosen by the `kind` of a camera's source."""

from didim.capture._camera import DRIVERS, Camera, CameraError, CameraFrame, open_camera

__all__ = ["DRIVERS", "Camera", "CameraError", "CameraFrame", "open_camera"]
