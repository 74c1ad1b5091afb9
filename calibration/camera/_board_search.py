"""Finding boards in pictures; a ChArUco board's older numbering and inverted prints are recognised."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from calibration.camera._find import Grey
from didim.geometry import FloatArray

LEAST_CORNERS, _LEAST_MARKERS = 6, 3
_MISFIT = 0.12


@dataclass(frozen=True, slots=True)
class Charuco:
    """A chessboard with markers in its white squares, counted in squares.

    Attributes:
        marker: the marker's side as a share of the square's.
        dictionary: the name of OpenCV's dictionary, such as "DICT_4X4_1000".
    """

    columns: int
    rows: int
    square_m: float
    marker: float = 0.75
    dictionary: str = "DICT_4X4_1000"


@dataclass(frozen=True, slots=True)
class Chessboard:
    """A plain chessboard, counted in inner corners."""

    columns: int
    rows: int
    square_m: float


@dataclass(frozen=True, slots=True)
class Circles:
    """A grid of dark circles; an asymmetric one has every other row shifted by half a step.

    Attributes:
        spacing_m: between neighbours in a row; of an asymmetric grid half of that.
    """

    columns: int
    rows: int
    spacing_m: float
    asymmetric: bool = False


@dataclass(frozen=True, slots=True)
class BoardView:
    """A board in one picture.

    Attributes:
        points_m: (n, 2) on the board; px: (n, 2) in the picture.
        inverted, legacy: which print of a ChArUco board it is; legacy is OpenCV's numbering before 4.6.
    """

    points_m: FloatArray
    px: FloatArray
    size_px: tuple[int, int]
    inverted: bool = False
    legacy: bool = False

    @property
    def placed(self) -> tuple[float, float, float, float]:
        """Middle x and y and size as shares of the picture, and skew: 0 straight on, towards 1 oblique."""
        hull = cv2.convexHull(self.px.astype(np.float32)).reshape(-1, 2)
        own = np.asarray(cv2.convexHull(self.points_m.astype(np.float32)), np.float64).reshape(-1, 2)
        width, height = self.size_px
        middle = self.px.mean(axis=0) / [width, height]
        size = np.sqrt(abs(cv2.contourArea(hull)) / (width * height))
        flat = _affine(self.points_m, self.px)
        wide, narrow = np.linalg.svd(flat)[1]
        change = _foreshortening(own, self.points_m, self.px)
        return float(middle[0]), float(middle[1]), float(size), float(min(1 - narrow / wide + change, 1.0))


def find_board(grey: Grey, board: Charuco | Chessboard | Circles) -> BoardView | None:
    """The board's points in the picture, to a fraction of a pixel; None where it is not seen."""
    if isinstance(board, Charuco):
        return _charuco(grey, board)
    size_px = (grey.shape[1], grey.shape[0])
    count = (board.columns, board.rows)
    if isinstance(board, Circles):
        return _circles(grey, board, size_px)
    found, corners = cv2.findChessboardCorners(
        grey, count, flags=cv2.CALIB_CB_ADAPTIVE_THRESH + cv2.CALIB_CB_NORMALIZE_IMAGE
    )
    if not found:
        found, corners = cv2.findChessboardCornersSB(grey, count, flags=cv2.CALIB_CB_EXHAUSTIVE)
    if not found:
        return None
    px = np.reshape(corners, (-1, 2)).astype(np.float64)
    cells = np.meshgrid(np.arange(board.columns), np.arange(board.rows))
    grid = np.asarray(np.stack(cells, -1).reshape(-1, 2), np.float64)
    return BoardView(grid * board.square_m, _sharpened(grey, px, grid), size_px)


def _circles(grey: Grey, board: Circles, size_px: tuple[int, int]) -> BoardView | None:
    kind = cv2.CALIB_CB_ASYMMETRIC_GRID if board.asymmetric else cv2.CALIB_CB_SYMMETRIC_GRID
    count = (board.columns, board.rows)
    for flags in (kind, kind + cv2.CALIB_CB_CLUSTERING):
        found, centers = cv2.findCirclesGrid(grey, count, flags=flags)
        if found:
            column, row = np.meshgrid(np.arange(board.columns), np.arange(board.rows))
            across = 2 * column + row % 2 if board.asymmetric else column
            points = np.stack([across, row], -1).reshape(-1, 2) * board.spacing_m
            return BoardView(points, np.reshape(centers, (-1, 2)).astype(np.float64), size_px)
    return None


def _charuco(grey: Grey, board: Charuco) -> BoardView | None:
    """Try the print as it is and inverted; then the numbering whose markers lie on the board as seen."""
    dictionary = cv2.aruco.getPredefinedDictionary(getattr(cv2.aruco, board.dictionary))
    best: tuple[int, bool, tuple[np.ndarray, ...], np.ndarray] | None = None
    for inverted in (False, True):
        picture = np.asarray(255 - grey, np.uint8) if inverted else grey
        corners, ids, _ = cv2.aruco.ArucoDetector(dictionary).detectMarkers(picture)
        if ids is not None and len(ids) >= _LEAST_MARKERS and (best is None or len(ids) > best[0]):
            best = (len(ids), inverted, tuple(np.asarray(c) for c in corners), np.ravel(ids))
    if best is None:
        return None
    _, inverted, corners, ids = best
    made = {legacy: _opencv_board(board, dictionary, legacy) for legacy in (False, True)}
    misfit = {legacy: _misfit(made[legacy], corners, ids) for legacy in made}
    legacy = misfit[True] < misfit[False]
    if misfit[legacy] > _MISFIT:
        return None
    picture = np.asarray(255 - grey, np.uint8) if inverted else grey
    return _charuco_corners(picture, board, made[legacy], inverted, legacy)


def _opencv_board(board: Charuco, dictionary: cv2.aruco.Dictionary, legacy: bool) -> cv2.aruco.CharucoBoard:
    made = cv2.aruco.CharucoBoard((board.columns, board.rows), 1.0, board.marker, dictionary)
    made.setLegacyPattern(legacy)
    return made


def _misfit(made: cv2.aruco.CharucoBoard, corners: tuple[np.ndarray, ...], ids: np.ndarray) -> float:
    """How far markers lie from their places on the board, in squares: the wrong numbering is squares off."""
    places = {
        int(k): np.asarray(p)[:, :2]
        for k, p in zip(np.ravel(made.getIds()), made.getObjPoints(), strict=True)
    }
    pairs = [
        (places[int(k)], np.reshape(c, (4, 2))) for k, c in zip(ids, corners, strict=True) if int(k) in places
    ]
    if len(pairs) < _LEAST_MARKERS:
        return np.inf
    on_board = np.concatenate([pair[0] for pair in pairs]).astype(np.float32)
    seen = np.concatenate([pair[1] for pair in pairs]).astype(np.float32)
    board_from_picture, _ = cv2.findHomography(seen, on_board, cv2.RANSAC, 0.2)
    if board_from_picture is None:
        return np.inf
    mapped = cv2.perspectiveTransform(seen.reshape(1, -1, 2), board_from_picture).reshape(-1, 2)
    return float(np.mean(np.minimum(np.linalg.norm(mapped - on_board, axis=1), 1.0)))


def _charuco_corners(
    picture: Grey, board: Charuco, made: cv2.aruco.CharucoBoard, inverted: bool, legacy: bool
) -> BoardView | None:
    corners, ids, _, _ = cv2.aruco.CharucoDetector(made).detectBoard(picture)
    if corners is None or ids is None or len(np.ravel(ids)) < LEAST_CORNERS:
        return None
    numbers = np.ravel(ids)
    places = [numbers % (board.columns - 1), numbers // (board.columns - 1)]
    grid = np.asarray(np.stack(places, axis=1), np.float64)
    points = np.asarray(made.getChessboardCorners(), np.float64)[numbers, :2] * board.square_m
    px = np.reshape(corners, (-1, 2)).astype(np.float64)
    size_px = (picture.shape[1], picture.shape[0])
    if np.linalg.matrix_rank(points - points.mean(axis=0)) < 2:
        return None
    fine = _sharpened(picture, px, grid, (1 - board.marker) / 2)
    return BoardView(points, fine, size_px, inverted, legacy)


def _sharpened(grey: Grey, px: FloatArray, grid: FloatArray, clear: float = 0.2) -> FloatArray:
    """Saddles to a fraction of a pixel; nothing but the corner lies within `clear` of a step around it."""
    near = []
    for place, cell in zip(px, grid, strict=True):
        next_to = np.abs(grid - cell).sum(axis=1) == 1
        near.append(np.linalg.norm(px[next_to] - place, axis=1).min() if next_to.any() else np.inf)
    steps = np.where(np.isfinite(near), near, np.median(near))
    window = int(np.clip(clear * np.median(steps), 2, 10))
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 60, 1e-4)
    fine = cv2.cornerSubPix(
        grey, px.astype(np.float32).reshape(-1, 1, 2), (window, window), (-1, -1), criteria
    )
    return np.asarray(fine, np.float64).reshape(-1, 2)


def _affine(points: FloatArray, px: FloatArray) -> FloatArray:
    """(2, 2) the linear map that comes nearest."""
    return np.asarray(np.linalg.lstsq(points - points.mean(axis=0), px - px.mean(axis=0), rcond=None)[0])


def _foreshortening(hull: FloatArray, points: FloatArray, px: FloatArray) -> float:
    """How much smaller the far side of the board appears than its near side, as a share."""
    matrix, _ = cv2.findHomography(points.astype(np.float32), px.astype(np.float32))
    if matrix is None:
        return 0.0
    depth = np.c_[hull, np.ones(len(hull))] @ np.asarray(matrix, np.float64)[2]
    return float(1 - np.abs(depth).min() / np.abs(depth).max())
