"""Calibration files of two more programs: OpenCV's YAML, read and written, and RoomAlive's XML, read."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import cv2
import numpy as np

from didim.geometry import FloatArray, PinholeCamera, RigidPose
from didim.rig import Camera

ROOMALIVE_COLOUR_PX = (1920, 1080)
"""The Kinect v2's colour picture; the file does not tell."""

ParsedCamera = tuple[str, tuple[int, int], FloatArray, list[float], RigidPose]
"""Name, (width, height), matrix, distortion terms, world_from_camera."""


def opencv_yaml(text: str) -> ParsedCamera:
    """Read one camera as OpenCV's calibration sample writes it; without a pose its world is its own.

    Raises:
        KeyError: a field is missing. ValueError: this is no such file.
    """
    try:
        file = cv2.FileStorage(text, cv2.FileStorage_READ | cv2.FileStorage_MEMORY)
    except (cv2.error, SystemError) as error:
        raise ValueError(f"no YAML of OpenCV: {error}") from None
    size_px = (round(_number(file, "image_width")), round(_number(file, "image_height")))
    matrix = _matrix(file, "camera_matrix")
    terms = _matrix(file, "distortion_coefficients").ravel().tolist()
    pose = RigidPose(np.eye(3), np.zeros(3))
    if not file.getNode("rotation").empty():
        turn = _matrix(file, "rotation")
        rotation = turn if turn.shape == (3, 3) else np.asarray(cv2.Rodrigues(turn.ravel())[0], np.float64)
        pose = RigidPose(rotation, _matrix(file, "translation").ravel()).inverse()
    name = file.getNode("camera_name")
    return (name.string() if name.isString() else "camera"), size_px, matrix, terms, pose


def opencv_yaml_of(camera: Camera) -> str:
    """One camera of a rig as OpenCV's YAML; `rotation`, `translation` map the surface to the camera, metres.

    Raises:
        ValueError: the camera is a plain plane map, which has no lens.
    """
    if not isinstance(camera.view, PinholeCamera):
        raise ValueError(f"camera {camera.name!r} is a plane map without a lens; calibrate it first")
    camera_from_surface = camera.view.surface_from_camera.inverse()
    file = cv2.FileStorage(".yml", cv2.FileStorage_WRITE | cv2.FileStorage_MEMORY)
    file.write("camera_name", camera.name)
    file.write("image_width", camera.size_px[0])
    file.write("image_height", camera.size_px[1])
    file.write("camera_matrix", np.array(camera.view.matrix))
    file.write("distortion_coefficients", np.array(camera.view.distortion).reshape(1, 5))
    file.write("rotation", np.array(camera_from_surface.rotation))
    file.write("translation", np.array(camera_from_surface.translation_m).reshape(3, 1))
    return str(file.releaseAndGetString())


def roomalive(text: str) -> list[ParsedCamera]:
    """Read the colour cameras of a RoomAlive ensemble.

    Its pictures are the Kinect's, mirrored, with v counted up; its camera has x to the left and y up. A half
    turn about the optical axis makes both didim's, for a picture that is not mirrored.
    """
    root = ElementTree.fromstring(text)
    return [_roomalive_camera(element) for element in root.iterfind(".//{*}ProjectorCameraEnsemble.Camera")]


def _roomalive_camera(element: ElementTree.Element) -> ParsedCamera:
    width, height = ROOMALIVE_COLOUR_PX
    matrix = _by_column(element, "{*}calibration/{*}colorCameraMatrix")
    terms = _by_column(element, "{*}calibration/{*}colorLensDistortion").ravel().tolist()
    pose = _by_column(element, "{*}pose")
    shown = np.array(
        [[matrix[0, 0], 0, width - 1 - matrix[0, 2]], [0, matrix[1, 1], height - 1 - matrix[1, 2]], [0, 0, 1]]
    )
    half_turn = np.diag([-1.0, -1.0, 1.0])
    name = element.findtext("{*}name") or "camera"
    return name, ROOMALIVE_COLOUR_PX, shown, terms, RigidPose(pose[:3, :3] @ half_turn, pose[:3, 3])


def _by_column(element: ElementTree.Element, path: str) -> FloatArray:
    found = element.find(f"{path}/{{*}}ValuesByColumn")
    if found is None:
        raise KeyError(path.replace("{*}", ""))
    return np.array([[float(value.text or "nan") for value in column] for column in found]).T


def _number(file: cv2.FileStorage, key: str) -> float:
    node = file.getNode(key)
    if node.empty():
        raise KeyError(key)
    return float(node.real())


def _matrix(file: cv2.FileStorage, key: str) -> FloatArray:
    node = file.getNode(key)
    if node.empty():
        raise KeyError(key)
    return np.asarray(node.mat(), np.float64)
