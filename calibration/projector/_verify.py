"""The figure that is shown: a board drawn in metres through the solved map, and measured again.

Nothing of it went into the fit. Its 95th percentile is given as an upper bound (order statistics of the
corners seen), because a percentile of a sample lies below the true one half of the time; the maximum is
never promised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from scipy.special import bdtr

from calibration.patterns import evened, find_corners, middle_of
from calibration.patterns._board import DICTIONARY, MARKER_SHARE
from calibration.patterns._matches import Bytes, Floats
from calibration.projector._surface_map import ProjectorMaps
from calibration.projector._taking import Taker
from calibration.projector.failures import PatternNotSeen
from didim.geometry import FloatArray, Surface, SurfaceView

SQUARE_PX = 64.0
TEXELS = 64
"""Board texels a square; drawn into the frame with linear interpolation."""
PAIRS = 3
CONFIDENCE = 0.95
OUTLIER = 7.0
LEAST_CORNERS = 12


@dataclass(frozen=True, slots=True)
class Verified:
    """Measured errors of what is drawn, in millimetres on the surface.

    Attributes:
        places_m: (n, 2), where corners were to lie; off_mm: (n, 2), how far beside they were seen.
        median_mm: their median distance; median_span_mm: its 95 % interval.
        p95_mm: an upper bound of the 95th percentile over the whole surface.
        seen_share: corners measured, of those that should be in the picture.
        shift_px: the mean offset in the camera's picture: a camera that moved shifts all alike.
    """

    places_m: FloatArray
    off_mm: FloatArray
    median_mm: float
    median_span_mm: tuple[float, float]
    p95_mm: float
    seen_share: float
    shift_px: float


@dataclass(frozen=True)
class SurfaceBoard:
    """A coded chessboard in metres on the surface.

    Attributes:
        square_m: side of a square; half a square of margin, so that corners fall between a frame's own.
    """

    surface: Surface
    square_m: float

    @property
    def board(self) -> cv2.aruco.CharucoBoard:
        columns = max(3, int(self.surface.width_m / self.square_m))
        rows = max(3, int(self.surface.height_m / self.square_m))
        dictionary = cv2.aruco.getPredefinedDictionary(DICTIONARY)
        return cv2.aruco.CharucoBoard((columns, rows), 1.0, MARKER_SHARE, dictionary)

    @property
    def _origin_m(self) -> FloatArray:
        """The board's upper left corner: x to the right, y down on the board and up on the surface."""
        columns, rows = self.board.getChessboardSize()
        left = (self.surface.width_m - columns * self.square_m) / 2
        top = self.surface.height_m - (self.surface.height_m - rows * self.square_m) / 2
        return np.array([left, top])

    def corners_m(self) -> FloatArray:
        inner = np.asarray(self.board.getChessboardCorners(), np.float64)[:, :2]
        return np.asarray(self._origin_m + inner * self.square_m * [1, -1])

    def drawn(self, places_m: Floats) -> Bytes:
        """The board as a frame whose pixels light `places_m`, (h, w, 2); white around it."""
        columns, rows = self.board.getChessboardSize()
        image = self.board.generateImage((columns * TEXELS, rows * TEXELS), marginSize=0)
        smooth = cv2.GaussianBlur(np.asarray(image, np.uint8), (0, 0), 0.35 * TEXELS / SQUARE_PX)
        scale = np.float32(TEXELS / self.square_m)
        x = (places_m[..., 0] - np.float32(self._origin_m[0])) * scale - np.float32(0.5)
        y = (np.float32(self._origin_m[1]) - places_m[..., 1]) * scale - np.float32(0.5)
        drawn = cv2.remap(smooth, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255)
        return np.asarray(drawn, np.uint8)


def verify(
    taker: Taker,
    maps: ProjectorMaps,
    view: SurfaceView,
    surface: Surface,
    *,
    square_m: float | None = None,
    pairs: int = PAIRS,
) -> Verified:
    """Draw a board through `maps`, take it, and measure where its corners came to lie.

    Args:
        square_m: side of its squares; None for one that suits the projector.

    Raises:
        PatternNotSeen: too few corners were found.
        PatternTorn: its pictures were torn.
    """
    board = SurfaceBoard(surface, square_m or suiting_square_m(maps, surface))
    frame = board.drawn(lit_places(maps, taker.size_px))
    pictures = taker.take([frame, np.asarray(255 - frame, np.uint8)] * pairs).pictures
    even = evened(middle_of([pictures[k] - pictures[k + 1] for k in range(0, len(pictures), 2)]))
    wanted_m = board.corners_m()
    found = find_corners(even, board.board, wanted_m)
    if len(found) < LEAST_CORNERS:
        raise PatternNotSeen(
            f"only {len(found)} corners of the test pattern were seen where {LEAST_CORNERS} are needed. "
            "Clear the surface, dim the lamps, and try again."
        )
    seen_m = view.surface_points(found.camera_px)
    off_mm = 1000 * (seen_m - found.projector_px)
    far_mm = np.linalg.norm(off_mm, axis=1)
    near = far_mm < OUTLIER * max(float(np.median(far_mm)), 0.3)  # a shoe on a corner is no error of the map
    due = int(_due(maps, wanted_m, taker.size_px).sum())
    return _verified(view, found.camera_px[near], found.projector_px[near], off_mm[near], due)


def lit_places(maps: ProjectorMaps, size_px: tuple[int, int]) -> Floats:
    """Where each projector pixel lights the surface, (h, w, 2) metres."""
    if maps.surface_from_projector is not None:
        return np.asarray(maps.surface_from_projector.xy, np.float32)
    width, height = size_px
    grid = np.stack(np.meshgrid(np.arange(width), np.arange(height)), axis=-1).reshape(-1, 2)
    places = maps.projector_from_surface.inverse().apply(grid.astype(np.float64))
    return places.reshape(height, width, 2).astype(np.float32)


def suiting_square_m(maps: ProjectorMaps, surface: Surface) -> float:
    """The side of a square that has about 64 projector pixels in the middle of the surface."""
    middle = np.array([surface.width_m / 2, surface.height_m / 2])
    cross = maps.projector_from_surface.apply(middle + np.array([[0, 0], [0.01, 0], [0, 0.01]]))
    px_per_m = float(np.linalg.norm(cross[1:] - cross[0], axis=1).mean()) / 0.01
    side = SQUARE_PX / px_per_m
    return min(side, surface.width_m / 6, surface.height_m / 6)


def _due(maps: ProjectorMaps, places_m: FloatArray, size_px: tuple[int, int]) -> np.ndarray:
    px = maps.projector_from_surface.apply(places_m)
    return np.asarray(((px > 3) & (px < np.array(size_px) - 4)).all(axis=1))


def merged(parts: Sequence[Verified]) -> Verified:
    """Several measurements of one surface as one, each corner counted once for each time it was seen."""
    if len(parts) == 1:
        return parts[0]
    counts = [len(part.places_m) for part in parts]
    due = sum(count / max(part.seen_share, 1e-6) for count, part in zip(counts, parts, strict=True))
    return _summed(
        np.concatenate([part.places_m for part in parts]),
        np.concatenate([part.off_mm for part in parts]),
        sum(counts) / max(due, 1.0),
        max(part.shift_px for part in parts),
    )


def _verified(
    view: SurfaceView, camera_px: FloatArray, places_m: FloatArray, off_mm: FloatArray, due: int
) -> Verified:
    slopes = _mm_per_px(view, camera_px)
    shift_px = float(np.linalg.norm(np.median(off_mm / slopes[:, None], axis=0)))
    return _summed(places_m, off_mm, len(off_mm) / max(len(off_mm), due), shift_px)


def _summed(places_m: FloatArray, off_mm: FloatArray, seen_share: float, shift_px: float) -> Verified:
    far_mm = np.sort(np.linalg.norm(off_mm, axis=1))
    count = len(far_mm)
    around = (_rank(count, 0.5, share) for share in ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
    low, high = (far_mm[min(k, count - 1)] for k in around)
    return Verified(
        places_m,
        off_mm,
        float(np.median(far_mm)),
        (float(low), float(high)),
        upper_percentile(far_mm, 0.95),
        seen_share,
        shift_px,
    )


def upper_percentile(sorted_values: FloatArray, share: float, confidence: float = CONFIDENCE) -> float:
    """An upper bound of a percentile from a sorted sample, by order statistics.

    The k-th smallest of n values lies above the percentile with the probability that fewer than k of n lie
    below it. A sample too small for that gives its largest value and a half more.
    """
    count = len(sorted_values)
    rank = _rank(count, share, confidence)
    if rank >= count:
        return float(1.5 * sorted_values[-1])
    return float(sorted_values[rank])


def _rank(count: int, share: float, confidence: float) -> int:
    """The smallest k with at most k of `count` values below a percentile at this confidence (binomial)."""
    return int(np.searchsorted(bdtr(np.arange(count + 1), count, share), confidence))


def _mm_per_px(view: SurfaceView, camera_px: FloatArray) -> FloatArray:
    right = view.surface_points(camera_px + np.array([1.0, 0.0])) - view.surface_points(camera_px)
    return np.asarray(1000 * np.linalg.norm(right, axis=1))
