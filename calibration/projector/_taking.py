"""Showing frames and taking a clean picture of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from calibration.devices import Bytes, Eye, Light
from calibration.patterns._matches import Floats
from calibration.projector.failures import PatternTorn

BLOCK_PX = 4
"""Pictures are compared in blocks of so many pixels, of every second: noise averages out, stripes do not."""
CHANGE_LEAST, NOISE_SIGMAS = 6.0, 2.0
BANDS = 12
TORN_SHARE = 0.3
"""A band of rows is torn when so many of its blocks changed: who walks through changes fewer."""
TRIES = 8
TORN_MOST = 0.4
SLACK_NS = 10_000_000
HELD_PICTURES = 4
"""A frame is held for so many pictures: one or two mix it with its neighbours, two are clean."""
CLEAR_SHARE = 0.8
"""Of a picture's length from a change of the light: what is taken nearer to it may be mixed."""


@dataclass(frozen=True, slots=True)
class Delay:
    """From handing a frame over to the picture in hand.

    Attributes:
        delay_ns: to the picture whose exposure the new frame fills by half.
        sure: correlation of what was shown with what was seen, 0 to 1.
        sd_ns: the standard deviation of `delay_ns` as measured; 0 where it was not measured but known.
    """

    delay_ns: int
    sure: float
    sd_ns: float = 0.0


UNKNOWN_DELAY = Delay(250_000_000, 0.0)


@dataclass(frozen=True, slots=True)
class Taken:
    """Pictures of a pattern.

    Attributes:
        pictures: (h, w) float32 grey, 0 to 255, one for each frame.
        retaken: pictures thrown away because they differed from the next one.
        torn: frames of which no two pictures agreed.
    """

    pictures: list[Floats]
    retaken: int
    torn: int

    @property
    def torn_share(self) -> float:
        return self.torn / max(1, len(self.pictures))


class Taker:
    """Shows frames on one display and takes them with one camera.

    A frame counts when two pictures in a row agree, after the delay has passed; their mean is kept. So a
    late frame, a torn one or one that mixes two frames is taken again.

    Args:
        repeats: pictures averaged for each frame, at least 2.
    """

    def __init__(self, light: Light, eye: Eye, delay: Delay, display: int = 0, repeats: int = 2) -> None:
        self._light, self._eye, self._delay = light, eye, delay
        self._display, self._repeats = display, max(2, repeats)

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height) of the display."""
        return self._light.sizes_px[self._display]

    @property
    def camera_px(self) -> tuple[int, int]:
        return self._eye.size_px

    def with_repeats(self, repeats: int) -> Taker:
        return Taker(self._light, self._eye, self._delay, self._display, repeats)

    def take(self, frames: Sequence[Bytes]) -> Taken:
        """Show each frame and take it.

        Frames follow each other before the first has arrived; those that were not seen whole are shown
        again one by one.

        Raises:
            PatternTorn: too many frames were never seen whole.
            CameraError: the camera gives no pictures.
        """
        streamed = self._stream(frames)
        pictures, retaken, torn = [], 0, 0
        for frame, found in zip(frames, streamed, strict=True):
            if found is not None:
                pictures.append(found)
                continue
            picture, again, whole = self._one(frame)
            pictures.append(picture)
            retaken += 1 + again
            torn += not whole
        if len(frames) > 3 and torn > TORN_MOST * len(frames):
            raise PatternTorn(
                f"{torn} of {len(frames)} patterns were never seen whole: the pictures show parts of "
                "two frames, or keep changing. Close other programs that draw on this display, "
                "turn motion smoothing off at the projector, and let nobody walk through the whole picture."
            )
        return Taken(pictures, retaken, torn)

    def _stream(self, frames: Sequence[Bytes]) -> list[Floats | None]:
        """Show all frames in a row, each for a fixed time; a frame without two like pictures gives None."""
        period_ns, delay_ns = self._eye.period_ns, self._delay.delay_ns
        hold_ns = (HELD_PICTURES + self._repeats - 2) * period_ns
        shown_ns = [self._light.show(frames[0], self._display)]
        groups: list[list[Floats]] = [[] for _ in frames]
        while True:
            picture = self._eye.next()
            arrived_ns = picture.captured_ns
            if len(shown_ns) < len(frames) and arrived_ns + period_ns // 2 >= shown_ns[-1] + hold_ns:
                shown_ns.append(
                    self._light.show(frames[len(shown_ns)], self._display, after_ns=shown_ns[-1] + hold_ns)
                )
            index = (
                int(np.searchsorted(shown_ns, arrived_ns - delay_ns - CLEAR_SHARE * period_ns, "right")) - 1
            )
            if index < 0:
                continue
            ends_ns = shown_ns[index + 1] if index + 1 < len(shown_ns) else 1 << 62
            if arrived_ns - delay_ns < ends_ns - CLEAR_SHARE * period_ns:
                groups[index].append(grey(picture.bgr))
            if index == len(frames) - 1 and len(groups[index]) >= self._repeats:
                return [_agreed(group) for group in groups]

    def _one(self, frame: Bytes) -> tuple[Floats, int, bool]:
        shown_ns = self._light.show(frame, self._display)
        settled_ns = shown_ns + self._delay.delay_ns + self._eye.period_ns + SLACK_NS
        last = self._picture(settled_ns)
        for tried in range(TRIES):
            again = self._picture(0)
            if not is_torn(last, again):
                return self._averaged([last, again]), tried, True
            last = again
        return last, TRIES, False

    def _averaged(self, pictures: list[Floats]) -> Floats:
        more = [self._picture(0) for _ in range(self._repeats - len(pictures))]
        return np.asarray(sum([*pictures, *more]) / (len(pictures) + len(more)), np.float32)

    def _picture(self, after_ns: int) -> Floats:
        return grey(self._eye.next(after_ns).bgr)


def _agreed(pictures: list[Floats]) -> Floats | None:
    """The mean of pictures that agree; None where there are no two."""
    for k in range(len(pictures) - 1, 0, -1):
        if not is_torn(pictures[k - 1], pictures[k]):
            like = [p for p in pictures[: k - 1] if not is_torn(p, pictures[k])] if k > 1 else []
            chosen = [*like, pictures[k - 1], pictures[k]]
            return np.asarray(sum(chosen) / len(chosen), np.float32)
    return None


def grey(bgr: Bytes) -> Floats:
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY), np.float32)


def is_torn(first: Floats, second: Floats) -> bool:
    """Whether a whole band of rows changed between two pictures of what should be one frame."""
    change = second[::2, ::2] - first[::2, ::2]
    height, width = change.shape
    small = (width // BLOCK_PX, height // BLOCK_PX)
    mean = cv2.resize(change, small, interpolation=cv2.INTER_AREA)
    square = cv2.resize(change * change, small, interpolation=cv2.INTER_AREA)
    noise = float(np.median(np.sqrt(np.maximum(square - mean * mean, 0))))
    changed = np.abs(mean) > max(CHANGE_LEAST, NOISE_SIGMAS * noise)
    shares = [band.mean() for band in np.array_split(changed, BANDS)]
    return bool(max(shares) > TORN_SHARE)
