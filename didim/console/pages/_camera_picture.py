"""The camera's picture on the installer's page: a JPEG in memory, shown and let go."""

from __future__ import annotations

import base64
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.survey import Picture, Seen

WIDE_PX = 960
QUALITY = 72


def data_url(picture: Picture, *, rgb: bool = False) -> str:
    """A picture, (h, w, 3) uint8, as a browser takes it inline: it never becomes a file."""
    bgr: NDArray[Any] = picture[..., ::-1] if rgb else picture
    height, width = bgr.shape[:2]
    if width > WIDE_PX:
        bgr = cv2.resize(bgr, (WIDE_PX, round(height * WIDE_PX / width)), interpolation=cv2.INTER_AREA)
    found, packed = cv2.imencode(".jpg", np.ascontiguousarray(bgr), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    if not found:
        raise ValueError(f"expected a picture of (h, w, 3) uint8, got {picture.shape} {picture.dtype}")
    return "data:image/jpeg;base64," + base64.b64encode(packed.tobytes()).decode()


def outlined(seen: Seen) -> Picture:
    """The picture with the sheets measured so far, and the rim of the play area once it is known."""
    drawn: NDArray[np.uint8] = np.ascontiguousarray(seen.picture).copy()
    for sheet_px in seen.sheets_px:
        _outline(drawn, sheet_px, (123, 200, 55))
    if seen.area_px is not None:
        _outline(drawn, seen.area_px, (63, 210, 255))
    return drawn


def _outline(picture: NDArray[np.uint8], corners_px: FloatArray, bgr: tuple[int, int, int]) -> None:
    whole = np.rint(np.asarray(corners_px).reshape(-1, 1, 2)).astype(np.int32)
    width = max(2, picture.shape[1] // 320)
    cv2.polylines(picture, [whole], isClosed=True, color=bgr, thickness=width, lineType=cv2.LINE_AA)
