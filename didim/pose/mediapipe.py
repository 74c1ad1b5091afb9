"""mediapipe's own pose landmarker as an engine: the same nets in Google's runtime."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import cv2
import mediapipe  # ships no types
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision  # ships no types
from numpy.typing import NDArray

from didim.people import Joint
from didim.pose._engine import PoseError
from didim.pose._ground import Ground
from didim.pose._net import CPU
from didim.pose._skeleton import Skeleton
from didim.pose._task import build_task
from didim.pose._tiles import Tile
from didim.pose.weights import net_path
from didim.quiet import quiet

CROP_PX = 256
CROP_PER_REACH = 2.6  # side of the crop by the farthest joint's distance from the hips; 5 to 95 %: 2.3 to 3.0

REPORTS = (
    "mediapipe's own runtime tells play.googleapis.com that it runs (its issue 6291), and nothing switches "
    'that off; engine = "auto" talks to nobody'
)


class MediaPipeEngine:
    """mediapipe Tasks PoseLandmarker in video mode.

    While it follows fewer than `max_people` its detector works on every picture, which costs more than
    "blazepose" does. It sees the picture as a whole: `tiles` and `ground` change nothing. In one picture
    both find the same joints; with `max_people` 1 it smooths over time.

    Raises:
        PoseError: mediapipe does not take the networks.
        WeightsError: a network cannot be had.
    """

    def __init__(
        self,
        max_people: int = 10,
        tiles: Sequence[Tile] = (),
        *,
        looks_hz: float = 0.0,
        provider: str = CPU,
        ground: Ground | None = None,
    ) -> None:
        told = f"provider {provider} is nothing to mediapipe; the processor runs the pose networks instead"
        self.notes: tuple[str, ...] = (REPORTS,) if provider == CPU else (REPORTS, told)
        task = build_task(
            *(net_path("blazepose", net, form="tflite").read_bytes() for net in ("detector", "landmarks"))
        )
        options = vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=task),
            running_mode=vision.RunningMode.VIDEO,
            num_poses=max_people,
        )
        try:
            with quiet():
                self._landmarker = vision.PoseLandmarker.create_from_options(options)
        except (RuntimeError, ValueError) as error:
            raise PoseError(
                f"mediapipe {mediapipe.__version__} does not open the pose networks: {error}; "
                "use the engine blazepose"
            ) from error
        self._last_ms = -1
        self._told = False

    def find(self, bgr: NDArray[np.uint8], captured_ns: int) -> tuple[Skeleton, ...]:
        """Return the people in a (height, width, 3) uint8 picture; pictures come in order of time."""
        self._last_ms = max(self._last_ms + 1, captured_ns // 1_000_000)  # it takes no time twice
        picture = mediapipe.Image(mediapipe.ImageFormat.SRGB, cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB))
        # The first body makes it warn of something that does not concern square regions.
        with contextlib.nullcontext() if self._told else quiet():
            result = self._landmarker.detect_for_video(picture, self._last_ms)
        self._told = self._told or bool(result.pose_landmarks)
        return tuple(
            _skeleton(points, points_m, bgr.shape[1], bgr.shape[0])
            for points, points_m in zip(result.pose_landmarks, result.pose_world_landmarks, strict=True)
        )

    def close(self) -> None:
        self._landmarker.close()


def _skeleton(points: list[object], points_m: list[object], width_px: int, height_px: int) -> Skeleton:
    """mediapipe tells no score of a body: the joints' mean presence stands for it."""
    seen = _table(points, "x", "y", "visibility", "presence")
    points_px = seen[:, :2] * (width_px, height_px)
    return Skeleton(
        points_px=points_px - _bias_px(points_px),
        scores=seen[:, 2:].min(axis=1),
        points_m=_table(points_m, "x", "y", "z"),
        score=float(seen[:, 3].mean()),
    )


def _bias_px(points_px: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far mediapipe's places lie off: half a pixel of its crop to the crop's right and bottom.

    It cuts the crop by the centres of pixels, and reads the net's places, which count from a corner, by the
    centres as well. It does not tell the crop, which is judged from the body: upright in it, as large as
    the farthest joint asks.
    """
    hips = points_px[[Joint.LEFT_HIP, Joint.RIGHT_HIP]].mean(axis=0)
    up = points_px[[Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER]].mean(axis=0) - hips
    up /= max(np.hypot(*up), 1e-9)
    right = np.array([-up[1], up[0]])
    crop_px = CROP_PER_REACH * np.hypot(*(points_px - hips).T).max()
    return np.asarray(0.5 * crop_px / CROP_PX * (right - up))


def _table(landmarks: list[object], *names: str) -> NDArray[np.float64]:
    return np.array([[getattr(landmark, name) for name in names] for landmark in landmarks], np.float64)
