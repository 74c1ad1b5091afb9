"""Show a pattern in a made-up rig and take its pictures."""

from __future__ import annotations

import cv2
import numpy as np

from calibration.patterns import Pattern
from calibration.patterns._matches import Floats, Matches
from calibration.synthetic import SyntheticRig, SyntheticStage
from calibration.synthetic._optics import floor_points
from didim.geometry import FloatArray

SETTLED_NS = 160_000_000


def pictures_of(stage: SyntheticStage, pattern: Pattern) -> list[Floats]:
    """One settled grey picture of each frame."""
    pictures = []
    for frame in pattern.frames:
        shown_ns = stage.show(frame)
        bgr = stage.next(shown_ns + SETTLED_NS).bgr
        pictures.append(np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY), np.float32))
    return pictures


def misses_px(rig: SyntheticRig, matches: Matches) -> FloatArray:
    """(n, 2): how far each match lies beside the truth, projector pixels."""
    true_px = rig.projectors[0].project(floor_points(rig.camera, rig.floor, matches.camera_px))
    return np.asarray(matches.projector_px - true_px)
