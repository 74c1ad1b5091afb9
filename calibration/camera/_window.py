"""The part of a picture that holds a sheet, and the sheet drawn as the camera would see it there."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from calibration.camera._find import Grey
from calibration.camera._lens import Lens
from calibration.camera._sheet import Sheet
from calibration.camera._template import Template, template_of
from didim.geometry import FloatArray

Floats = NDArray[np.float32]

_RAYS = 3


@dataclass(frozen=True)
class Window:
    """The part of the picture that holds the sheet.

    Attributes:
        pixels: (h, w) float32, 0 to 1, as the camera encoded them.
        straight: (h rays, w rays, 2) float32, straightened place of each ray.
        middles: (h, w, 2) of each pixel.
        at: (h, w, 2) each pixel's place in the window, -1 to 1.
    """

    sheet: Sheet
    template: Template
    pixels: Floats
    straight: Floats
    middles: FloatArray
    at: Floats

    @classmethod
    def around(cls, grey: Grey, corners_px: FloatArray, sheet: Sheet, lens: Lens) -> Window | None:
        bent = lens.bend(corners_px)
        size = np.array(grey.shape[::-1])
        low = np.maximum(np.floor(bent.min(axis=0)) - 4, 0).astype(int)
        high = np.minimum(np.ceil(bent.max(axis=0)) + 4, size - 1).astype(int)
        if not np.isfinite(bent).all() or (high - low < 8).any():
            return None
        pixels = (grey[low[1] : high[1] + 1, low[0] : high[0] + 1] / np.float32(255)).astype(np.float32)
        offsets = (np.arange(_RAYS) + 0.5) / _RAYS - 0.5
        us, vs = ((np.arange(low[k], high[k] + 1)[:, None] + offsets).ravel() for k in (0, 1))
        straight = lens.straighten_grid(us, vs)
        height, width = pixels.shape
        at = np.stack(np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height)), -1)
        finest_px = np.linalg.norm(corners_px - np.roll(corners_px, 1, axis=0), axis=1).max()
        fine = float(np.clip(_RAYS * finest_px / min(sheet.size_mm), 0.15, 2.0))
        template = template_of(sheet.paper, round(fine * 20) / 20)
        middle = _RAYS // 2
        return cls(
            sheet, template, pixels, straight.astype(np.float32),
            straight[middle::_RAYS, middle::_RAYS], at.astype(np.float32),
        )  # fmt: skip


def rendered(
    window: Window, sheet_from_picture: FloatArray, blur_px2: FloatArray, extra_blur: float
) -> tuple[FloatArray, FloatArray]:
    """The sheet's whiteness at each pixel, and how much of the pixel's surroundings is sheet to be heard."""
    onto = (window.template.template_from_sheet @ sheet_from_picture).astype(np.float32)
    texels = cv2.perspectiveTransform(window.straight.reshape(1, -1, 2), onto).reshape(window.straight.shape)
    x, y = np.ascontiguousarray(texels[..., 0]), np.ascontiguousarray(texels[..., 1])
    white = cv2.remap(window.template.white, x, y, cv2.INTER_LINEAR, borderValue=1.0)
    heard = cv2.remap(window.template.heard, x, y, cv2.INTER_NEAREST, borderValue=0.0)
    kernel = _kernel(blur_px2 + extra_blur**2 * np.array([1.0, 0.0, 1.0]))
    size = window.pixels.shape[::-1]
    white = cv2.resize(
        cv2.filter2D(white, -1, kernel, borderType=cv2.BORDER_REPLICATE), size, interpolation=cv2.INTER_AREA
    )
    heard = cv2.resize(heard, size, interpolation=cv2.INTER_AREA)
    heard = cv2.erode((heard > 0.98).astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=0)
    return np.asarray(white, np.float64), np.asarray(heard)


def _kernel(blur_px2: FloatArray) -> Floats:
    """A Gaussian of this covariance on the grid of rays."""
    xx, xy, yy = blur_px2 * _RAYS**2
    half = int(np.ceil(3 * np.sqrt(max(xx, yy)))) + 1
    at = np.arange(-half, half + 1.0)
    x, y = np.meshgrid(at, at)
    inverse = np.linalg.inv([[xx, xy], [xy, yy]])
    kernel = np.exp(-0.5 * (inverse[0, 0] * x * x + 2 * inverse[0, 1] * x * y + inverse[1, 1] * y * y))
    return np.asarray(kernel / kernel.sum(), np.float32)


def moves_with(
    window: Window, corners_px: FloatArray, sheet_from_picture: FloatArray, used: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Where used pixels lie on the sheet, mm, and (n, 8) how each moves in x and in y with the corners."""
    places = window.middles[used]
    on_sheet = mapped(sheet_from_picture, places)
    rim, tiny = rim_mm(window.sheet), 1e-2
    picture_from_sheet = homography(rim, corners_px)
    slopes = np.empty((3, 3, 8))
    for k in range(8):
        moved = corners_px.copy()
        moved.reshape(-1)[k] += tiny
        slopes[..., k] = (homography(rim, moved) - picture_from_sheet) / tiny
    whole = np.c_[on_sheet, np.ones(len(on_sheet))]
    whole /= (whole @ picture_from_sheet[2])[:, None]
    deeper = whole @ slopes[2]
    return on_sheet, whole @ slopes[0] - places[:, :1] * deeper, whole @ slopes[1] - places[:, 1:] * deeper


def rim_mm(sheet: Sheet) -> FloatArray:
    """(4, 2) corners of the paper in designed millimetres: what the homography is told by."""
    return 1000 * sheet.corners_m()


def homography(source: FloatArray, target: FloatArray) -> FloatArray:
    """(3, 3) float64 that maps four points to four: its eight equations solved."""
    rows = []
    for (x, y), (u, v) in zip(source.tolist(), target.tolist(), strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    solved = np.linalg.solve(np.array(rows), target.ravel())
    return np.append(solved, 1.0).reshape(3, 3)


def mapped(matrix: FloatArray, points: FloatArray) -> FloatArray:
    mapped = points @ matrix[:, :2].T + matrix[:, 2]
    return np.asarray(mapped[:, :2] / mapped[:, 2:])
