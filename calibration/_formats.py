"""Reading the calibration files that other software writes."""

from __future__ import annotations

import math
import tomllib
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from calibration._camera_files import ParsedCamera, opencv_yaml, roomalive
from didim.geometry import FloatArray, RigidPose
from didim.problem import Problem

QUALISYS_UNITS_PER_PX = 64
QUALISYS_UNITS_PER_M = 1000
KINDS = "a Pose2Sim, Anipose or Caliscope .toml, a Qualisys .qca.txt, an OpenCV .yml or a RoomAlive .xml file"


class CalibrationError(Problem):
    """A published calibration cannot be used; the message names the file, what is wrong and what to do."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class PublishedCamera:
    """One camera of a published calibration.

    Attributes:
        size_px: (width, height).
        matrix: (3, 3) float64 intrinsics, pixels.
        distortion: (5,) float64: k1, k2, p1, p2, k3 as in OpenCV.
        world_from_camera: its pose in the recording's own world, metres.
    """

    name: str
    size_px: tuple[int, int]
    matrix: FloatArray
    distortion: FloatArray
    world_from_camera: RigidPose


def read_calibration(path: Path, *, unit_m: float = 1.0) -> tuple[PublishedCamera, ...]:
    """Read the cameras of a Pose2Sim, Anipose or Caliscope TOML, Qualisys, OpenCV or RoomAlive file.

    Args:
        unit_m: the length unit of a TOML or OpenCV file, in metres; Qualisys files are always in
            millimetres, RoomAlive's in metres.

    Raises:
        CalibrationError: the file is missing, of another kind, or holds a camera that cannot be used.
    """
    try:
        text = path.read_text("utf-8")
        cameras = _cameras(text, unit_m)
    except FileNotFoundError:
        raise CalibrationError(f"{path}: no such calibration file") from None
    except KeyError as error:
        raise CalibrationError(f"{path}: a camera lacks {error}; export the calibration again") from None
    except (OSError, ValueError, TypeError, AttributeError, ElementTree.ParseError) as error:
        raise CalibrationError(f"{path}: {error}. Expected {KINDS}") from None
    if not cameras:
        raise CalibrationError(
            f"{path}: holds no camera with matrix, distortions, rotation and translation; expected {KINDS}"
        )
    return cameras


def _cameras(text: str, unit_m: float) -> tuple[PublishedCamera, ...]:
    start = text.lstrip()
    if start.startswith("%YAML"):
        return (_published(opencv_yaml(text), unit_m),)
    if "ProjectorCameraEnsemble" in start[:500]:
        return tuple(_published(camera, 1.0) for camera in roomalive(text))
    return _qualisys(text) if start.startswith("<") else _toml(text, unit_m)


def _published(camera: ParsedCamera, unit_m: float) -> PublishedCamera:
    name, size_px, matrix, terms, pose = camera
    placed = RigidPose(pose.rotation, pose.translation_m * unit_m)
    return PublishedCamera(name, _size([*size_px]), matrix, _five(terms), placed)


def _toml(text: str, unit_m: float) -> tuple[PublishedCamera, ...]:
    fields = tomllib.loads(text)
    tables = fields.get("cameras", fields)
    cameras = {key: t for key, t in tables.items() if isinstance(t, dict) and "matrix" in t}
    return tuple(_toml_camera(key, table, unit_m) for key, table in cameras.items())


def _toml_camera(key: str, table: dict[str, Any], unit_m: float) -> PublishedCamera:
    name = str(table.get("name", f"cam_{key}" if key.isdigit() else key))
    if table.get("fisheye", False):
        raise ValueError(f"camera {name!r} has a fisheye lens model; calibrate it with the pinhole model")
    turn = np.array(table["rotation"], np.float64)
    rotation = _rodrigues(turn) if turn.shape == (3,) else turn
    camera_from_world = RigidPose(rotation, np.array(table["translation"], np.float64) * unit_m)
    return PublishedCamera(
        name=name,
        size_px=_size(table["size"]),
        matrix=np.array(table["matrix"], np.float64),
        distortion=_five(table["distortions"]),
        world_from_camera=camera_from_world.inverse(),
    )


def _qualisys(text: str) -> tuple[PublishedCamera, ...]:
    return tuple(_qualisys_camera(element) for element in ElementTree.fromstring(text).iter("camera"))


def _qualisys_camera(element: ElementTree.Element) -> PublishedCamera:
    """Read one <camera>: pixels in 64ths, millimetres, and a camera whose y is up and z points back.

    Rows r11 r12 r13, r21 … of <transform> are that camera's axes in the world.
    """
    numbers = {
        key: float(value)
        for part in ("transform", "intrinsic", "fov_video")
        for key, value in _part(element, part).items()
        if key != "calibrationStatus"
    }
    axes = np.array([[numbers[f"r{row}{column}"] for column in (1, 2, 3)] for row in (1, 2, 3)])
    camera_axes = np.diag([1.0, -1.0, -1.0]) @ axes
    place_m = np.array([numbers[axis] for axis in "xyz"]) / QUALISYS_UNITS_PER_M
    focal_px = np.array([numbers["focalLengthU"], numbers["focalLengthV"]]) / QUALISYS_UNITS_PER_PX
    center_px = np.array([numbers["centerPointU"], numbers["centerPointV"]]) / QUALISYS_UNITS_PER_PX
    radial = [numbers[f"radialDistortion{i}"] for i in (1, 2, 3)]
    tangential = [numbers[f"tangentalDistortion{i}"] for i in (1, 2)]
    return PublishedCamera(
        name=element.attrib["serial"],
        size_px=_size([numbers["right"] - numbers["left"] + 1, numbers["bottom"] - numbers["top"] + 1]),
        matrix=np.array([[focal_px[0], 0, center_px[0]], [0, focal_px[1], center_px[1]], [0, 0, 1]]),
        distortion=_five([*radial[:2], *tangential, radial[2]]),
        world_from_camera=RigidPose(camera_axes.T, place_m),
    )


def _part(element: ElementTree.Element, name: str) -> dict[str, str]:
    part = element.find(name)
    if part is None:
        raise KeyError(f"<{name}>")
    return part.attrib


def _size(size: list[float]) -> tuple[int, int]:
    width, height = (round(side) for side in size)
    if width < 1 or height < 1:
        raise ValueError(f"a camera's size is (width, height) in pixels, got {size}")
    return width, height


def _five(distortion: list[float]) -> FloatArray:
    """OpenCV's five lens terms; fewer are filled up with zeros."""
    if len(distortion) > 5 and any(distortion[5:]):
        raise ValueError(f"a lens with {len(distortion)} distortion terms; only k1, k2, p1, p2, k3 are known")
    return np.array([*distortion, 0.0, 0.0, 0.0, 0.0, 0.0][:5], np.float64)


def _rodrigues(turn: FloatArray) -> FloatArray:
    """The rotation about `turn` by its length, radians (Rodrigues' formula)."""
    angle_rad = math.hypot(*turn)
    if angle_rad < 1e-12:
        return np.eye(3)
    x, y, z = turn / angle_rad
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.asarray(np.eye(3) + math.sin(angle_rad) * cross + (1 - math.cos(angle_rad)) * cross @ cross)
