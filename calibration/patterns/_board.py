"""A coded chessboard (ChArUco) that the projector shows with its inverse.

S. Garrido-Jurado et al., "Automatic generation and detection of highly reliable fiducial markers under
occlusion", Pattern Recognition 47 (2014). What is added here: the picture less the inverse one, in which no
floor is left; corners that no marker told of, found from their neighbours; and corners placed where the
difference has its saddle, because OpenCV 5 gives ChArUco corners half a pixel off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from calibration.patterns._matches import NO_MATCHES, Bytes, Floats, Mask, Matches, checked
from didim.geometry import FloatArray

DICTIONARY = cv2.aruco.DICT_4X4_250
MARKER_SHARE = 0.75
LEAST_CORNERS = 8
STRAIGHT_TOLERANCE = 0.35
"""Corners may lie this share of a square off the plane map before the lens is known."""
WINDOW_SHARES = (0.3, 0.12)
"""Half the window around a corner, in squares: first to find it, then clear of the markers beside it."""
STOP = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 40, 0.002)


@dataclass(frozen=True)
class BoardPattern:
    """The board and its inverse, `pairs` times.

    Attributes:
        size_px: (width, height) of the projector.
        square_px: side of a square, projector pixels.
        pairs: how often it is shown; who walks through spoils the fewest.
        shifted: half a square to the right and down, so that corners lie where none lay before.
    """

    size_px: tuple[int, int]
    square_px: int = 80
    pairs: int = 4
    shifted: bool = False

    @cached_property
    def board(self) -> cv2.aruco.CharucoBoard:
        columns, rows = (side // self.square_px - self.shifted for side in self.size_px)
        dictionary = cv2.aruco.getPredefinedDictionary(DICTIONARY)
        marker = round(self.square_px * MARKER_SHARE)
        return cv2.aruco.CharucoBoard((columns, rows), float(self.square_px), float(marker), dictionary)

    @property
    def origin_px(self) -> tuple[int, int]:
        """The board's upper left corner in the frame."""
        columns, rows = self.board.getChessboardSize()
        width, height = self.size_px
        return (width - columns * self.square_px) // 2, (height - rows * self.square_px) // 2

    @cached_property
    def corners_px(self) -> FloatArray:
        """(n, 2): where the frame has the board's inner corners."""
        inner = np.asarray(self.board.getChessboardCorners(), np.float64)[:, :2]
        return inner + self.origin_px - 0.5

    @cached_property
    def frame(self) -> Bytes:
        columns, rows = self.board.getChessboardSize()
        width, height = self.size_px
        inside = (columns * self.square_px, rows * self.square_px)
        drawn = np.asarray(self.board.generateImage(inside, marginSize=0), np.uint8)
        left, top = self.origin_px
        frame = np.full((height, width), 255, np.uint8)
        frame[top : top + inside[1], left : left + inside[0]] = drawn
        return frame

    @cached_property
    def frames(self) -> tuple[Bytes, ...]:
        return (self.frame, np.asarray(255 - self.frame, np.uint8)) * self.pairs

    def read(self, pictures: Sequence[Floats]) -> Matches:
        """The corners found, each with its place in the frame; none where there is no board."""
        checked(pictures, 2 * self.pairs)
        steps = [pictures[k] - pictures[k + 1] for k in range(0, len(pictures), 2)]
        even = evened(middle_of(steps))
        return find_corners(even, self.board, self.corners_px)


def middle_of(steps: Sequence[Floats]) -> Floats:
    """The mean of several pictures without the lowest and the highest value of each pixel."""
    if len(steps) < 3:
        return np.asarray(sum(steps) / len(steps), np.float32)
    total, lowest, highest = steps[0].copy(), steps[0].copy(), steps[0].copy()
    for step in steps[1:]:
        total += step
        np.minimum(lowest, step, out=lowest)
        np.maximum(highest, step, out=highest)
    return np.asarray((total - lowest - highest) / (len(steps) - 2), np.float32)


def evened(step: Floats) -> Floats:
    """A difference picture brought to the same strength everywhere, about -1 to 1."""
    strength = cv2.GaussianBlur(np.abs(step), (0, 0), 12.0) + np.float32(4)
    return np.asarray(np.clip(step / strength * np.float32(0.7), -1, 1), np.float32)


def find_corners(even: Floats, board: cv2.aruco.CharucoBoard, places: FloatArray) -> Matches:
    """Find a board's inner corners in an evened difference picture.

    Args:
        places: (n, 2), where each corner of the board is, in the target frame of the matches.
    """
    found_px, ids = _detected(even, board)
    if len(ids) < LEAST_CORNERS:
        return NO_MATCHES
    square = float(board.getSquareLength())
    inner = np.asarray(board.getChessboardCorners(), np.float64)[:, :2] / square
    keep = _on_a_plane(inner[ids], found_px)
    if keep.sum() < LEAST_CORNERS:
        return NO_MATCHES
    near, side_px = _Nearly(inner[ids][keep], found_px[keep]), np.ones(len(inner))
    good, refined_px = np.zeros(len(inner), bool), np.zeros((len(inner), 2))
    for share in WINDOW_SHARES:
        guess_px, side_px = near.places(inner), near.side_px(inner)
        refined_px = _refined(even, guess_px, share * side_px)
        moved = np.linalg.norm(refined_px - guess_px, axis=1)
        good = (moved < 0.25 * side_px) & _chequered(even, near, inner, refined_px)
        if good.sum() < LEAST_CORNERS:
            return NO_MATCHES
        near = _Nearly(inner[good], refined_px[good])
    off = np.linalg.norm(refined_px - near.places(inner), axis=1)
    good &= off < np.maximum(6 * 1.4826 * np.median(off[good]), 0.03 * side_px)
    return Matches(refined_px, places, np.full(len(inner), 0.12)).where(good)


def _detected(even: Floats, board: cv2.aruco.CharucoBoard) -> tuple[FloatArray, np.ndarray]:
    grey = np.asarray(128 + 126 * even, np.uint8)
    settings = cv2.aruco.DetectorParameters()
    settings.adaptiveThreshWinSizeMin, settings.adaptiveThreshWinSizeMax = 5, 45
    settings.adaptiveThreshWinSizeStep = 8
    settings.minMarkerPerimeterRate = 0.008
    settings.perspectiveRemovePixelPerCell = 6
    charuco = cv2.aruco.CharucoParameters()
    charuco.minMarkers = 1
    charuco.checkMarkers = False  # with it 24 of 37 corners are found for 37; wrong ones go below
    corners, ids, _, _ = cv2.aruco.CharucoDetector(board, charuco, settings).detectBoard(grey)
    if corners is None or ids is None:
        return np.zeros((0, 2)), np.zeros(0, int)
    return np.asarray(corners, np.float64).reshape(-1, 2), np.asarray(ids, int).ravel()


def _on_a_plane(board_xy: FloatArray, found_px: FloatArray) -> Mask:
    """Corners that one plane map explains but for the lens (MAGSAC)."""
    _, inliers = cv2.findHomography(
        found_px.astype(np.float32), board_xy.astype(np.float32), cv2.USAC_MAGSAC, STRAIGHT_TOLERANCE,
        maxIters=5000, confidence=0.999,
    )  # fmt: skip
    return np.zeros(len(found_px), bool) if inliers is None else np.asarray(inliers.ravel() > 0)


class _Nearly:
    """From board squares to picture pixels: a plane map and a smooth cubic rest for the lens."""

    def __init__(self, board_xy: FloatArray, picture_px: FloatArray) -> None:
        plane, _ = cv2.findHomography(board_xy, picture_px, 0)
        self._plane = np.asarray(plane, np.float64)
        self._middle, self._scale = board_xy.mean(axis=0), board_xy.std(axis=0) + 1e-9
        rest = picture_px - self._flat(board_xy)
        terms = self._terms(board_xy)
        ridge = 0.02 * len(board_xy) * np.eye(terms.shape[1])
        weights = np.ones(len(rest))
        for _ in range(3):
            weighted = terms * weights[:, None]
            self._rest = np.linalg.solve(weighted.T @ terms + ridge * 0.01, weighted.T @ rest)
            off = np.linalg.norm(rest - terms @ self._rest, axis=1)
            weights = 1 / np.maximum(1, off / (2 * 1.4826 * np.median(off) + 1e-6)) ** 2

    def places(self, board_xy: FloatArray) -> FloatArray:
        return np.asarray(self._flat(board_xy) + self._terms(board_xy) @ self._rest)

    def side_px(self, board_xy: FloatArray) -> FloatArray:
        """The shorter side of a square there, pixels."""
        here = self.places(board_xy)
        sides = [np.linalg.norm(self.places(board_xy + step) - here, axis=1) for step in np.eye(2)]
        return np.asarray(np.minimum(*sides))

    def _flat(self, board_xy: FloatArray) -> FloatArray:
        mapped = np.c_[board_xy, np.ones(len(board_xy))] @ self._plane.T
        return np.asarray(mapped[:, :2] / mapped[:, 2:])

    def _terms(self, board_xy: FloatArray) -> FloatArray:
        x, y = ((board_xy - self._middle) / self._scale).T
        return np.stack([x**i * y**j for i in range(4) for j in range(4 - i)], axis=1)


def _refined(even: Floats, guess_px: FloatArray, window_px: FloatArray) -> FloatArray:
    """Corners moved to the saddle of the difference, each in a window of its own."""
    height, width = even.shape
    refined = guess_px.copy()
    windows = np.clip(window_px.astype(int), 3, 8)
    inside = ((guess_px > 12) & (guess_px < [width - 13, height - 13])).all(axis=1)
    for window in np.unique(windows[inside]):
        chosen = np.flatnonzero(inside & (windows == window))
        start = guess_px[chosen].astype(np.float32).reshape(-1, 1, 2)
        moved = cv2.cornerSubPix(even, start.copy(), (int(window), int(window)), (-1, -1), STOP)
        refined[chosen] = np.asarray(moved, np.float64).reshape(-1, 2)
    refined[~inside] = -1e3
    return refined


def _chequered(even: Floats, near: _Nearly, inner: FloatArray, corners_px: FloatArray) -> Mask:
    """Corners around which light and dark lie as on the board."""
    height, width = even.shape
    inside = ((corners_px > 2) & (corners_px < [width - 3, height - 3])).all(axis=1)
    here = near.places(inner)
    agree = np.zeros(len(inner), int)
    strong = np.full(len(inner), np.inf)
    for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        at = corners_px + near.places(inner + 0.1 * np.array([dx, dy])) - here
        x, y = (np.clip(np.nan_to_num(at[:, k]), 0, side - 1).astype(np.float32) for k, side in
                enumerate((width, height)))  # fmt: skip
        seen = cv2.remap(even, x.reshape(-1, 1), y.reshape(-1, 1), cv2.INTER_LINEAR).ravel()
        square = np.round(inner + 0.5 * np.array([dx, dy]) - 0.5).astype(int).sum(axis=1)
        dark = square % 2 == 0
        agree += np.where(dark, seen < 0, seen > 0)
        strong = np.minimum(strong, np.abs(seen))
    return np.asarray(inside & (agree == 4) & (strong > 0.15))
