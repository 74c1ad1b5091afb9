"""A camera's lens from pictures of a board of known size, for who has one: ChArUco, chessboard, circles.

The figures of coverage follow the habit of ROS's camera_calibration: where the board was in the picture,
how large and how oblique.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import cv2
import numpy as np

from calibration.camera._board_search import (
    LEAST_CORNERS,
    BoardView,
    Charuco,
    Chessboard,
    Circles,
    find_board,
)
from calibration.camera._find import Grey
from calibration.camera._lens import Lens
from calibration.camera._model import Prior
from calibration.camera.failures import NotEnough, PoorFit
from didim.geometry import FloatArray

__all__ = [
    "BoardView",
    "Charuco",
    "Chessboard",
    "Circles",
    "Coverage",
    "Intrinsics",
    "coverage_of",
    "find_board",
    "intrinsics_from",
    "view_boards",
]

LEAST_VIEWS = 4
_OUTLIER = 2.2
_ODD_CORNER, _KEPT_SHARE = 3.0, 0.75
"""A corner that misses by this many medians of its view is left out, up to a quarter of the view."""
_ROUNDS, _LEAST_ROUNDS = 8, 2
TOLD_APART = 0.1
_WANTED = {"x": 0.7, "y": 0.7, "size": 0.35, "skew": 0.4}
_INFLATION = 2.0
"""Standard deviations of a board fit assume independent corners; measured ones are about twice as large."""
_CRITERIA = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 300, 1e-10)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How well the views span what a lens needs, each 0 to 1: for four bars.

    Attributes:
        x, y: where in the picture the board was; size: near and far; skew: straight on and oblique.
        views: how many there are.
    """

    x: float
    y: float
    size: float
    skew: float
    views: int

    @property
    def enough(self) -> bool:
        return self.views >= LEAST_VIEWS and min(self.x, self.y, self.size, self.skew) >= 1.0

    @property
    def wanted(self) -> str | None:
        """Which of x, y, size and skew is missing most; None when it is enough."""
        if self.enough:
            return None
        return min(("x", "y", "size", "skew"), key=lambda name: float(getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Intrinsics:
    """A lens measured with a board.

    Attributes:
        size_px: (width, height) that it holds for.
        sigma: (9,) standard deviations of fx, fy, cx, cy, k1, k2, p1, p2, k3.
        rms_px: over all corners used; view_rms_px: of each view, nan where it was left out.
        left_out: single corners of the other views that were left out.
    """

    lens: Lens
    size_px: tuple[int, int]
    sigma: FloatArray
    rms_px: float
    view_rms_px: FloatArray
    coverage: Coverage
    left_out: int = 0

    def prior(self) -> Prior:
        """What a solution over sheets may take as known of this lens."""
        matrix, terms = self.lens.matrix, self.lens.distortion
        mean = np.array([np.log(matrix[0, 0]), matrix[0, 2], matrix[1, 2], *terms[:4]])
        sigma = _INFLATION * np.array([self.sigma[0] / matrix[0, 0], *self.sigma[2:8]])
        return Prior(mean, np.diag(sigma**2), float(matrix[1, 1] / matrix[0, 0]), float(terms[4]))


def view_boards(
    greys: Iterable[Grey], board: Charuco | Chessboard | Circles, *, apart: float = TOLD_APART
) -> list[BoardView]:
    """The board in each picture that shows it and adds to the ones before.

    Args:
        apart: by how much place, size and skew differ together from every view before; 0 takes them all, for
            pictures that were chosen by hand.
    """
    views: list[BoardView] = []
    for grey in greys:
        view = find_board(grey, board)
        if view is not None and all(_apart(view, other) >= apart for other in views):
            views.append(view)
    return views


def coverage_of(views: Sequence[BoardView]) -> Coverage:
    """How far the views span position, size and skew."""
    if not views:
        return Coverage(0.0, 0.0, 0.0, 0.0, 0)
    placed = np.array([view.placed for view in views])
    low, high = placed.min(axis=0), placed.max(axis=0)
    low[2:] = 0.0  # a far board, seen straight on, needs no proof
    bars = np.minimum((high - low) / list(_WANTED.values()), 1.0)
    x, y, size, skew = bars.tolist()
    return Coverage(x, y, size, skew, len(views))


def intrinsics_from(views: Sequence[BoardView]) -> Intrinsics:
    """Fit a pinhole with Brown-Conrady lens; views and corners that fit far worse than the
    rest are left out.

    Raises:
        NotEnough: fewer than four views. PoorFit: the fit does not settle.
    """
    if len(views) < LEAST_VIEWS:
        raise NotEnough(
            f"the board was seen in {len(views)} pictures, at least {LEAST_VIEWS} are needed: near and far, "
            "in every corner, and tilted"
        )
    used, kept, fitted = _agreeing(views)
    matrix = fitted.lens.matrix
    width, height = views[0].size_px
    if not (
        0.2 * width < matrix[0, 0] < 20 * width and 0 < matrix[0, 2] < width and 0 < matrix[1, 2] < height
    ):
        raise PoorFit(
            f"the board's pictures give a focal length of {matrix[0, 0]:.0f} px: tilt the board more, and "
            "check its number of squares"
        )
    each = np.full(len(views), np.nan)
    each[used] = fitted.view_rms_px
    dropped = sum(len(views[i].px) - len(view.px) for i, view in zip(used, kept, strict=True))
    return Intrinsics(
        fitted.lens, views[0].size_px, fitted.sigma, fitted.rms_px, each, coverage_of(views), dropped
    )


class _Fitted(NamedTuple):
    """A fit; poses: of each view, Rodrigues' vector and metres."""

    lens: Lens
    sigma: FloatArray
    rms_px: float
    view_rms_px: FloatArray
    poses: list[tuple[FloatArray, FloatArray]]


def _agreeing(views: Sequence[BoardView]) -> tuple[list[int], list[BoardView], _Fitted]:
    """The views that agree, without their odd corners, and the fit to them.

    Corners go first, so that a single one condemns no view; a view that is smeared misses as a whole.
    """
    used = list(range(len(views)))
    kept = list(views)
    fitted = _fit(kept)
    for number in range(_ROUNDS):
        kept = [_without_odd_corners(views[i], *fitted.poses[k], fitted) for k, i in enumerate(used)]
        fitted = _fit(kept)
        rms = fitted.view_rms_px
        good = [k for k, own in enumerate(rms) if own <= _OUTLIER * np.median(rms)]
        if LEAST_VIEWS <= len(good) < len(used):
            used, kept = [used[k] for k in good], [kept[k] for k in good]
            fitted = _fit(kept)
        elif number >= _LEAST_ROUNDS:
            break
    return used, kept, fitted


def _without_odd_corners(
    view: BoardView, turn: FloatArray, shift_m: FloatArray, fitted: _Fitted
) -> BoardView:
    """Leave out corners that miss by far more than the others of their view: glare, a finger, an edge."""
    points = np.c_[view.points_m, np.zeros(len(view.points_m))]
    px, _ = cv2.projectPoints(points, turn, shift_m, fitted.lens.matrix, fitted.lens.distortion)
    misses = np.linalg.norm(np.reshape(px, (-1, 2)) - view.px, axis=1)
    good = misses <= _ODD_CORNER * np.median(misses)
    least = max(LEAST_CORNERS, round(_KEPT_SHARE * len(misses)))
    if good.sum() < least:
        good = misses <= np.sort(misses)[min(least, len(misses)) - 1]
    return replace(view, points_m=view.points_m[good], px=view.px[good])


def _fit(views: Sequence[BoardView]) -> _Fitted:
    points = [np.c_[view.points_m, np.zeros(len(view.points_m))].astype(np.float32) for view in views]
    seen = [view.px.astype(np.float32).reshape(-1, 1, 2) for view in views]
    try:
        overall, matrix, terms, turns, shifts, sigma, _, rms = cv2.calibrateCameraExtended(
            points, seen, views[0].size_px, np.eye(3), np.zeros(5), criteria=_CRITERIA
        )
    except cv2.error:
        raise PoorFit("the board's pictures fit no lens: check its number of squares and its kind") from None
    flat = [np.asarray(each, np.float64).ravel() for each in (terms, sigma, rms)]
    poses = [
        (np.asarray(turn, np.float64), np.asarray(shift, np.float64))
        for turn, shift in zip(turns, shifts, strict=True)
    ]
    return _Fitted(
        Lens(np.asarray(matrix, np.float64), flat[0][:5]), flat[1][:9], float(overall), flat[2], poses
    )


def _apart(one: BoardView, other: BoardView) -> float:
    return float(np.abs(np.subtract(one.placed, other.placed)).sum())
