"""Where the projector asks for the sheet."""

from __future__ import annotations

import cv2
import numpy as np

from calibration.devices import Bytes

SPOTS = ((0.5, 0.5), (0.2, 0.24), (0.8, 0.24), (0.8, 0.76), (0.2, 0.76))
"""Middle of each place as shares of the projector's picture: three suffice, five measure well."""
OUTLINE_SHARE = (0.17, 0.19)
"""Size of an outline: about an A3 sheet with a hand's width around it, on a floor of 4 m."""
NEARER = 0.55
"""Where a sheet is too far away to be read, its place is drawn in by this much."""
DIM, BRIGHT = 70, 255


def spot_px(number: int, size_px: tuple[int, int], nearer: int = 0) -> tuple[float, float]:
    """The middle of the place counted from 1, projector pixels; `nearer` times drawn to the middle."""
    across, down = (0.5 + (share - 0.5) * NEARER**nearer for share in SPOTS[(number - 1) % len(SPOTS)])
    return across * (size_px[0] - 1), down * (size_px[1] - 1)


def outline(number: int, size_px: tuple[int, int], nearer: int = 0) -> Bytes:
    """A frame, (height, width) uint8, with the place outlined and its corners marked; grey around it."""
    width, height = size_px
    frame = np.full((height, width), DIM, np.uint8)
    half = np.array(OUTLINE_SHARE) * size_px / 2
    left, top = np.round(np.array(spot_px(number, size_px, nearer)) - half).astype(int).tolist()
    right, bottom = np.round(np.array(spot_px(number, size_px, nearer)) + half).astype(int).tolist()
    stroke = max(2, width // 320)
    cv2.rectangle(frame, (left, top), (right, bottom), BRIGHT, stroke, cv2.LINE_AA)
    arm = round(0.25 * half[1])
    for x, inward in ((left, 1), (right, -1)):
        for y, down in ((top, 1), (bottom, -1)):
            cv2.line(frame, (x, y), (x + inward * arm, y), BRIGHT, 3 * stroke)
            cv2.line(frame, (x, y), (x, y + down * arm), BRIGHT, 3 * stroke)
    return frame
