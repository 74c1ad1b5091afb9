"""Finding the sheet's tag in a picture, and saying why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from calibration.camera._sheet import Sheet, sheet_of_tag
from calibration.camera.failures import MirrorImage, SheetNotSeen, TooBright, TooDark
from didim.geometry import FloatArray

Grey = NDArray[np.uint8]

_DARK, _BURNT = 45, 252
_BURNT_SHARE = 0.25
_LEAST_SIDE_PX = 12.0


@dataclass(frozen=True, slots=True)
class FoundTag:
    """A sheet's tag: (4, 2) corners of its black square in pixels, from its own top left clockwise."""

    sheet: Sheet
    corners_px: FloatArray


def find_tags(grey: Grey) -> tuple[FoundTag, ...]:
    """Every sheet's tag in the picture, the largest first.

    Raises:
        SheetNotSeen: there is none; its kinds `TooDark`, `TooBright`, `MirrorImage` say why where that is
            known.
    """
    for picture, shrunk in _attempts(grey):
        found = _detect(picture, shrunk)
        if found:
            return found
    raise _why_not(grey)


def _attempts(grey: Grey) -> Iterator[tuple[Grey, float]]:
    """The picture, then with its contrast lifted place by place, sharpened, coarser and finer."""
    yield grey, 1.0
    lifted = np.asarray(cv2.createCLAHE(4.0, (8, 8)).apply(grey), np.uint8)
    yield lifted, 1.0
    sharp = cv2.addWeighted(grey, 4.0, cv2.GaussianBlur(grey, (0, 0), 3.0), -3.0, 0.0)
    yield np.asarray(sharp, np.uint8), 1.0
    yield np.asarray(cv2.resize(cv2.GaussianBlur(grey, (0, 0), 1.0), None, fx=0.5, fy=0.5), np.uint8), 0.5
    yield np.asarray(cv2.resize(lifted, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8), 2.0


def _detect(picture: Grey, shrunk: float) -> tuple[FoundTag, ...]:
    """Detect tags in a picture that is `shrunk` times the size of the camera's."""
    parameters = cv2.aruco.DetectorParameters()
    parameters.adaptiveThreshWinSizeMin, parameters.adaptiveThreshWinSizeMax = 5, 45
    parameters.adaptiveThreshWinSizeStep = 10
    parameters.minMarkerPerimeterRate = 0.01
    parameters.perspectiveRemovePixelPerCell = 6
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    parameters.cornerRefinementWinSize = 3
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36H11)
    corners, ids, _ = cv2.aruco.ArucoDetector(dictionary, parameters).detectMarkers(picture)
    found = []
    for square, tag_id in zip(corners, np.ravel(ids if ids is not None else []).tolist(), strict=True):
        sheet = sheet_of_tag(int(tag_id))
        places = (np.reshape(square, (4, 2)).astype(np.float64) + 0.5) / shrunk - 0.5
        if sheet is not None and _sides(places).min() >= _LEAST_SIDE_PX:
            found.append(FoundTag(sheet, places))
    return tuple(sorted(found, key=lambda tag: -_sides(tag.corners_px).min()))


def _sides(corners: FloatArray) -> FloatArray:
    return np.asarray(np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1))


def _why_not(grey: Grey) -> SheetNotSeen:
    mirrored = np.ascontiguousarray(grey[:, ::-1])
    if any(_detect(picture, shrunk) for picture, shrunk in _attempts(mirrored)):
        return MirrorImage(
            "the camera's picture is mirrored: switch off 'mirror' or 'flip' in the camera's own settings"
        )
    bright = float(np.percentile(grey, 99))
    if bright < _DARK:
        return TooDark(
            f"the picture is too dark: its brightest parts reach {bright:.0f} of 255. Lengthen the exposure "
            "or switch a light on"
        )
    burnt = float(np.mean(grey >= _BURNT))
    if burnt > _BURNT_SHARE:
        return TooBright(
            f"{burnt:.0%} of the picture is burnt out: shorten the exposure, or keep sun and lamps off "
            "the surface"
        )
    return SheetNotSeen(
        "no calibration sheet is seen: lay it inside the outline with its print up, the whole sheet in view "
        "and nobody standing on it; if it lies there, come nearer with it or use a larger one"
    )
