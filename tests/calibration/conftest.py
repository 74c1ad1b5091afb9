"""Published calibrations as other software writes them, made from known cameras."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from didim.geometry import RigidPose

SIZE_PX = (1280, 720)
LENS = (-0.046, 0.14, 0.0006, 0.0007, 0.01)
MATRIX = np.array([[900.0, 0.0, 633.0], [0.0, 907.0, 366.0], [0.0, 0.0, 1.0]])


def looking(at_m: tuple[float, float, float], to_m: tuple[float, float, float]) -> RigidPose:
    """`world_from_camera` of an upright camera that looks at a point."""
    ahead = np.subtract(to_m, at_m) / np.linalg.norm(np.subtract(to_m, at_m))
    right = np.cross(ahead, [0.0, 0.0, 1.0])
    right /= np.linalg.norm(right)
    return RigidPose(np.stack([right, np.cross(ahead, right), ahead], axis=1), np.array(at_m))


@pytest.fixture
def poses() -> dict[str, RigidPose]:
    """Three cameras around the world's point (1, 2)."""
    places = {"north": (1.0, 6.0, 2.4), "east": (5.0, 2.0, 2.2), "south": (0.0, -2.0, 2.6)}
    return {name: looking(at_m, (1.0, 2.0, 0.0)) for name, at_m in places.items()}


def pose2sim_toml(poses: dict[str, RigidPose], *, unit_m: float = 1.0, as_matrix: bool = False) -> str:
    tables = []
    for number, (name, world_from_camera) in enumerate(poses.items()):
        pose = world_from_camera.inverse()
        rodrigues = cv2.Rodrigues(np.array(pose.rotation))[0].ravel()
        turn = pose.rotation.tolist() if as_matrix else rodrigues.tolist()
        tables.append(
            f"""[cam_{number}]
name = "{name}"
size = [ {SIZE_PX[0]}.0, {SIZE_PX[1]}.0,]
matrix = {MATRIX.tolist()}
distortions = {list(LENS)[:4]}
rotation = {turn}
translation = {(pose.translation_m / unit_m).tolist()}
fisheye = false
"""
        )
    return "\n".join([*tables, "[metadata]\nadjusted = false\nerror = 0.0\n"])


def qualisys_xml(poses: dict[str, RigidPose]) -> str:
    cameras = []
    for name, pose in poses.items():
        # its y is up and its z points back; the rows are the camera's axes
        axes = np.diag([1.0, -1.0, -1.0]) @ pose.rotation.T
        turn = " ".join(f'r{r + 1}{c + 1}="{axes[r, c]:.17g}"' for r in range(3) for c in range(3))
        place = " ".join(
            f'{k}="{v * 1000!r}"' for k, v in zip("xyz", pose.translation_m.tolist(), strict=True)
        )
        cameras.append(
            f"""<camera active="1" serial="{name}" viewrotation="0">
<fov_video bottom="{SIZE_PX[1] - 1}" left="0" right="{SIZE_PX[0] - 1}" top="0"/>
<transform {turn} {place}/>
<intrinsic centerPointU="{MATRIX[0, 2] * 64}" centerPointV="{MATRIX[1, 2] * 64}"
 focalLengthU="{MATRIX[0, 0] * 64}" focalLengthV="{MATRIX[1, 1] * 64}" focallength="9.3" skew="0.0"
 radialDistortion1="{LENS[0]}" radialDistortion2="{LENS[1]}" radialDistortion3="{LENS[4]}"
 tangentalDistortion1="{LENS[2]}" tangentalDistortion2="{LENS[3]}"/>
</camera>"""
        )
    return f"<?xml version='1.0'?>\n<calibration><cameras>{''.join(cameras)}</cameras></calibration>"
