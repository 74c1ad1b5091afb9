"""COCO's average precision of keypoints, as its own evaluation counts it.

https://cocodataset.org/#keypoints-eval: greedy matching by object keypoint similarity at ten thresholds,
precision made monotonous and read at 101 recalls; people without labelled joints and crowds are neither asked
for nor held against who finds them; at most 20 a picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

SPREADS = np.array([26, 25, 25, 35, 35, 79, 79, 72, 72, 62, 62, 107, 107, 87, 87, 89, 89], np.float64) / 1000
"""How far apart people put each joint, as a share of the root of a person's area (COCO's sigmas)."""

THRESHOLDS = np.linspace(0.5, 0.95, 10)
RECALLS = np.linspace(0.0, 1.0, 101)
MOST_A_PICTURE = 20


@dataclass(frozen=True, slots=True)
class GroundTruth:
    """One annotated person.

    Attributes:
        points_px: (17, 2); labelled: (17,) bool.
        area_px2: of the person's outline.
        box_px: x, y, width, height.
        ignored: without labelled joints, or a crowd.
    """

    points_px: FloatArray
    labelled: NDArray[np.bool_]
    area_px2: float
    box_px: tuple[float, float, float, float]
    ignored: bool


class Prediction(NamedTuple):
    """One person found: (17, 2) joints and how sure."""

    points_px: FloatArray
    score: float


class Precision(NamedTuple):
    """Average precision over all thresholds, and at 0.5; 0 to 1, nan where nobody is asked for."""

    ap: float
    ap50: float


def average_precision(
    truth: Sequence[Sequence[GroundTruth]], found: Sequence[Sequence[Prediction]]
) -> Precision:
    """Judge what was found in each picture."""
    matched = [_matched(people, bodies) for people, bodies in zip(truth, found, strict=True)]
    scores = np.concatenate([one[0] for one in matched])
    hits, unjudged = (np.concatenate([one[k] for one in matched], axis=1) for k in (1, 2))
    asked = sum(not person.ignored for people in truth for person in people)
    order = np.argsort(-scores, kind="stable")
    each = [_area(hits[k][order], unjudged[k][order], asked) for k in range(len(THRESHOLDS))]
    return Precision(float(np.mean(each)), each[0])


def similarity(person: GroundTruth, points_px: FloatArray) -> float:
    """Object keypoint similarity, 0 to 1; of somebody without labels how near their box is."""
    variances = (2 * SPREADS) ** 2 * 2 * (person.area_px2 + np.spacing(1))
    if person.labelled.any():
        off_px = points_px - person.points_px
        return float(np.exp(-((off_px**2).sum(axis=1) / variances))[person.labelled].mean())
    x, y, width, height = person.box_px
    low, high = np.array([x - width, y - height]), np.array([x + 2 * width, y + 2 * height])
    off_px = np.maximum(0.0, low - points_px) + np.maximum(0.0, points_px - high)
    return float(np.exp(-((off_px**2).sum(axis=1) / variances)).mean())


def _matched(
    people: Sequence[GroundTruth], bodies: Sequence[Prediction]
) -> tuple[FloatArray, NDArray[np.bool_], NDArray[np.bool_]]:
    """(n,) scores of a picture's bodies; whether each is somebody, and whether it is not judged, (10, n)."""
    bodies = sorted(bodies, key=lambda body: -body.score)[:MOST_A_PICTURE]
    people = sorted(people, key=lambda person: person.ignored)
    near = np.array([[similarity(person, body.points_px) for person in people] for body in bodies])
    hits, unjudged = np.zeros((2, len(THRESHOLDS), len(bodies)), np.bool_)
    for row, threshold in enumerate(THRESHOLDS):
        free = set(range(len(people)))
        for index in range(len(bodies)):
            best = _best(near[index], people, free, float(threshold))
            if best is not None:
                free.discard(best)
                hits[row, index], unjudged[row, index] = True, people[best].ignored
    return np.array([body.score for body in bodies], np.float64), hits, unjudged


def _best(near: FloatArray, people: Sequence[GroundTruth], free: set[int], least: float) -> int | None:
    """Whom a body is: the nearest free one who is asked for, else the nearest who is not."""
    for ignored in (False, True):
        close = [k for k in free if people[k].ignored == ignored and near[k] >= least]
        if close:
            return max(close, key=lambda k: near[k])
    return None


def _area(hits: NDArray[np.bool_], unjudged: NDArray[np.bool_], asked: int) -> float:
    """The mean precision over the recalls, of bodies in the order of their scores."""
    if not asked:
        return float("nan")
    if not len(hits):
        return 0.0
    right = np.cumsum(hits & ~unjudged).astype(np.float64)
    wrong = np.cumsum(~hits & ~unjudged)
    recall, precision = right / asked, right / np.maximum(right + wrong, np.spacing(1))
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    at = np.searchsorted(recall, RECALLS, side="left")
    return float(np.append(precision, 0.0)[at].mean())
