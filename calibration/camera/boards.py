"""A camera's lens from pictures of a board of known size, for who has one: ChArUco, chessboard, circles.

The figures of coverage follow the habit of ROS's camera_calibration: where the board was in the picture,
how large and how oblique.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from calibration.camera._board_search import BoardView, Charuco, Chessboard, Circles, find_board
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
_TOLD_APART = 0.1
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
    """

    lens: Lens
    size_px: tuple[int, int]
    sigma: FloatArray
    rms_px: float
    view_rms_px: FloatArray
    coverage: Coverage

    def prior(self) -> Prior:
        """What a solution over sheets may take as known of this lens."""
        matrix, terms = self.lens.matrix, self.lens.distortion
        mean = np.array([np.log(matrix[0, 0]), matrix[0, 2], matrix[1, 2], *terms[:4]])
        sigma = _INFLATION * np.array([self.sigma[0] / matrix[0, 0], *self.sigma[2:8]])
        return Prior(mean, np.diag(sigma**2), float(matrix[1, 1] / matrix[0, 0]), float(terms[4]))


def view_boards(greys: Iterable[Grey], board: Charuco | Chessboard | Circles) -> list[BoardView]:
    """The board in each picture that shows it and adds to the ones before."""
    views: list[BoardView] = []
    for grey in greys:
        view = find_board(grey, board)
        if view is not None and all(_apart(view, other) > _TOLD_APART for other in views):
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
    """Fit a pinhole with Brown-Conrady lens; views that fit far worse than the rest are left out.

    Raises:
        NotEnough: fewer than four views. PoorFit: the fit does not settle.
    """
    if len(views) < LEAST_VIEWS:
        raise NotEnough(
            f"the board was seen in {len(views)} pictures, at least {LEAST_VIEWS} are needed: near and far, "
            "in every corner, and tilted"
        )
    used = list(range(len(views)))
    while True:
        fitted = _fit([views[i] for i in used])
        rms = fitted[-1]
        kept = [i for i, own in zip(used, rms, strict=True) if own <= _OUTLIER * np.median(rms)]
        if len(kept) == len(used) or len(kept) < LEAST_VIEWS:
            break
        used = kept
    overall, matrix, terms, sigma, rms = fitted
    width, height = views[0].size_px
    if not (
        0.2 * width < matrix[0, 0] < 20 * width and 0 < matrix[0, 2] < width and 0 < matrix[1, 2] < height
    ):
        raise PoorFit(
            f"the board's pictures give a focal length of {matrix[0, 0]:.0f} px: tilt the board more, and "
            "check its number of squares"
        )
    each = np.full(len(views), np.nan)
    each[used] = rms
    return Intrinsics(Lens(matrix, terms), views[0].size_px, sigma, overall, each, coverage_of(views))


def _fit(views: list[BoardView]) -> tuple[float, FloatArray, FloatArray, FloatArray, FloatArray]:
    points = [np.c_[view.points_m, np.zeros(len(view.points_m))].astype(np.float32) for view in views]
    seen = [view.px.astype(np.float32).reshape(-1, 1, 2) for view in views]
    try:
        overall, matrix, terms, _, _, sigma, _, rms = cv2.calibrateCameraExtended(
            points, seen, views[0].size_px, np.eye(3), np.zeros(5), criteria=_CRITERIA
        )
    except cv2.error:
        raise PoorFit("the board's pictures fit no lens: check its number of squares and its kind") from None
    as_float = [np.asarray(each, np.float64) for each in (matrix, terms, sigma, rms)]
    return float(overall), as_float[0], as_float[1].ravel()[:5], as_float[2].ravel()[:9], as_float[3].ravel()


def _apart(one: BoardView, other: BoardView) -> float:
    return float(np.abs(np.subtract(one.placed, other.placed)).sum())
