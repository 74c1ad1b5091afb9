"""Recorded pictures played as a camera: at their own times, or each as soon as it is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from didim.capture._camera import CameraError, CameraFrame

PACES = ("real", "fast")

SKIPPING_MOST_NS = 50_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """One recorded picture.

    Attributes:
        begins_s, ends_s: when it is shown, from the recording's start.
        bgr: makes its pixels, (height, width, 3) uint8; only called for a picture that is read.
    """

    begins_s: float
    ends_s: float
    bgr: Callable[[], NDArray[np.uint8]]


class Playback:
    """Plays a recording from the first `read` on.

    Args:
        device: what messages call it.
        lap: the recording's pictures from its start to its end; called once a lap.
        pace: "real" or "fast", as `FileCamera` says.
        loop: start over at the end.

    Raises:
        CameraError: there is no such pace.
    """

    def __init__(self, device: str, lap: Callable[[], Iterator[Picture]], *, pace: str, loop: bool) -> None:
        if pace not in PACES:
            raise CameraError(
                f'{device}: pace {pace!r} is not one of {", ".join(PACES)}; write pace = "real"'
            )
        self._device = device
        self._real = pace == "real"
        self._pictures = _laps(lap) if loop else lap()
        self._ahead: Picture | None = None
        self._start_ns: int | None = None
        self._seq = -1

    def read(self, *, timeout_s: float) -> CameraFrame | None:
        """Return the next picture ("fast") or the newest that is due ("real"); None from the end on.

        Raises:
            CameraError: the next picture is due after more than `timeout_s`, or it cannot be read.
        """
        if self._start_ns is None:
            self._start_ns = time.monotonic_ns()
        if self._peek() is None:
            return None
        if self._real:
            self._wait(timeout_s)
        picture = self._take()
        if self._real:
            picture = self._newest_due(picture)
        return CameraFrame(self._seq, self._due_ns(picture), picture.bgr())

    def close(self) -> None:
        self._ahead = None
        self._pictures = iter(())

    def _peek(self) -> Picture | None:
        if self._ahead is None:
            self._ahead = next(self._pictures, None)
        return self._ahead

    def _take(self) -> Picture:
        picture, self._ahead = self._ahead, None
        assert picture is not None
        self._seq += 1
        return picture

    def _newest_due(self, picture: Picture) -> Picture:
        """Skip to the newest picture that is due now.

        Skipping has to decode. A computer too slow for that would fall behind for ever: it gets a recording
        that runs slower instead of pictures that grow older.
        """
        now_ns = time.monotonic_ns()
        while (ahead := self._peek()) is not None and self._due_ns(ahead) <= now_ns:
            picture = self._take()
        skipping_ns = time.monotonic_ns() - now_ns
        if skipping_ns > SKIPPING_MOST_NS:
            self._start_ns = (self._start_ns or 0) + skipping_ns
        return picture

    def _due_ns(self, picture: Picture) -> int:
        assert self._start_ns is not None
        return self._start_ns + round(picture.begins_s * 1e9)

    def _wait(self, timeout_s: float) -> None:
        assert self._ahead is not None
        wait_s = (self._due_ns(self._ahead) - time.monotonic_ns()) / 1e9
        time.sleep(max(0.0, min(wait_s, timeout_s)))
        if wait_s > timeout_s:
            raise CameraError(
                f"{self._device}: its next picture comes in {wait_s - timeout_s:.1f} s only. "
                "Read on, or play it with the pace fast."
            )


def _laps(lap: Callable[[], Iterator[Picture]]) -> Iterator[Picture]:
    """One lap after another on one line of time."""
    start_s = 0.0
    while True:
        end_s = start_s
        for picture in lap():
            end_s = start_s + picture.ends_s
            yield Picture(start_s + picture.begins_s, end_s, picture.bgr)
        start_s = end_s
