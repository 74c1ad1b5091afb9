"""The joints that a network gives, as a skeleton; and where to look for the body next."""

from __future__ import annotations

import numpy as np

from didim.people import JOINT_COUNT, Joint
from didim.pose._region import FloatArray, Region
from didim.pose._skeleton import Skeleton

COCO = (
    *(Joint.NOSE, Joint.LEFT_EYE, Joint.RIGHT_EYE, Joint.LEFT_EAR, Joint.RIGHT_EAR),
    *(Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_ELBOW, Joint.RIGHT_ELBOW),
    *(Joint.LEFT_WRIST, Joint.RIGHT_WRIST, Joint.LEFT_HIP, Joint.RIGHT_HIP),
    *(Joint.LEFT_KNEE, Joint.RIGHT_KNEE, Joint.LEFT_ANKLE, Joint.RIGHT_ANKLE),
)
_COCO_ROWS = dict(zip(COCO, range(17), strict=True))

JOINT_SETS: dict[int, dict[Joint, int]] = {
    17: _COCO_ROWS,
    26: _COCO_ROWS
    | {Joint.LEFT_FOOT_INDEX: 20, Joint.RIGHT_FOOT_INDEX: 21, Joint.LEFT_HEEL: 24, Joint.RIGHT_HEEL: 25},
    133: _COCO_ROWS
    | {Joint.LEFT_FOOT_INDEX: 17, Joint.LEFT_HEEL: 19, Joint.RIGHT_FOOT_INDEX: 20, Joint.RIGHT_HEEL: 22}
    | {Joint.MOUTH_RIGHT: 71, Joint.MOUTH_LEFT: 77}
    | {Joint.LEFT_THUMB: 93, Joint.LEFT_INDEX: 96, Joint.LEFT_PINKY: 108}
    | {Joint.RIGHT_THUMB: 114, Joint.RIGHT_INDEX: 117, Joint.RIGHT_PINKY: 129},
}
"""Rows of a network's joints by how many it gives: COCO, Halpe with feet, COCO-WholeBody."""

_NEAREST = {
    **dict.fromkeys((Joint.MOUTH_LEFT, Joint.MOUTH_RIGHT), Joint.NOSE),
    **dict.fromkeys((Joint.LEFT_EYE_INNER, Joint.LEFT_EYE_OUTER), Joint.LEFT_EYE),
    **dict.fromkeys((Joint.RIGHT_EYE_INNER, Joint.RIGHT_EYE_OUTER), Joint.RIGHT_EYE),
    **dict.fromkeys((Joint.LEFT_PINKY, Joint.LEFT_INDEX, Joint.LEFT_THUMB), Joint.LEFT_WRIST),
    **dict.fromkeys((Joint.RIGHT_PINKY, Joint.RIGHT_INDEX, Joint.RIGHT_THUMB), Joint.RIGHT_WRIST),
    **dict.fromkeys((Joint.LEFT_HEEL, Joint.LEFT_FOOT_INDEX), Joint.LEFT_ANKLE),
    **dict.fromkeys((Joint.RIGHT_HEEL, Joint.RIGHT_FOOT_INDEX), Joint.RIGHT_ANKLE),
}

SEEN = 0.2
LEAST_SEEN = 6  # joints: fewer tell no body
BEYOND_JOINTS = np.array([0.12, 0.1])  # a body's extent beyond its joints on each side, by theirs
LEAST_GROWTH, MOST_GROWTH = 0.9, 1.25  # of a region from picture to picture

KEPT, FIRST = 0.5, 0.7


def skeleton(points_px: FloatArray, scores: FloatArray, score: float) -> Skeleton:
    """A body from the joints of a network, (k, 2) and (k,) with a k of `JOINT_SETS`.

    Joints that the network does not know get the score 0 and the place of the nearest that it knows.
    """
    rows = JOINT_SETS[len(points_px)]
    points, sure = np.empty((JOINT_COUNT, 2)), np.zeros(JOINT_COUNT)
    for joint in Joint:
        points[joint] = points_px[rows[joint if joint in rows else _NEAREST[joint]]]
        if joint in rows:
            sure[joint] = min(max(float(scores[rows[joint]]), 0.0), 1.0)
    return Skeleton(points, sure, np.full((JOINT_COUNT, 3), np.nan), score)


def belief(joint_scores: FloatArray, *, kept: float, first: float) -> float:
    """How sure a network of joints is of a person: their mean score, brought to a common scale.

    Args:
        joint_scores: (17,) of the COCO joints.
        kept, first: the mean scores from which on somebody who is followed, and somebody new, is believed:
            they become 0.5 and 0.7.
    """
    if (joint_scores >= SEEN).sum() < LEAST_SEEN:
        return 0.0
    mean = float(np.clip(joint_scores, 0.0, 1.0).mean())
    return float(np.interp(mean, [0.0, kept, first, 1.0], [0.0, KEPT, FIRST, 1.0]))


def next_region(points_px: FloatArray, scores: FloatArray, before: Region) -> Region:
    """Where to look for a body in the next picture: around the joints that are seen.

    The square neither shrinks nor grows at once: who is half hidden for a moment keeps their size.

    Args:
        points_px, scores: of the COCO joints.
    """
    seen = points_px[scores >= SEEN]
    if len(seen) < LEAST_SEEN:
        return before
    low, high = seen.min(axis=0), seen.max(axis=0)
    beyond = BEYOND_JOINTS * (high - low)
    region = Region.of_box(np.concatenate((low - beyond, high + beyond)))
    side_px = min(max(region.side_px, LEAST_GROWTH * before.side_px), MOST_GROWTH * before.side_px)
    return Region(region.x_px, region.y_px, side_px)
