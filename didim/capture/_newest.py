"""A live device read in a thread of its own: whoever asks gets its newest picture, and never an old one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from didim.capture._camera import CameraError, CameraFrame

FIRST_PAUSE_S = 0.5
MOST_PAUSE_S = 8.0

# A thread that waits inside a driver may take longer to come back; it is then left to end by itself.
FAREWELL_S = 2.0


class Feed(Protocol):
    """One connection to a device, from the moment it answers until it is lost."""

    def next(self) -> NDArray[np.uint8]:
        """Wait for the next picture, (height, width, 3) uint8.

        Raises:
            CameraError: the device gives none; this connection is over.
        """
        ...

    def close(self) -> None: ...


def pauses_s() -> Iterator[float]:
    """How long to wait before each new attempt to reach a lost device."""
    pause_s = FIRST_PAUSE_S
    while True:
        yield pause_s
        pause_s = min(2.0 * pause_s, MOST_PAUSE_S)


class NewestReader:
    """Keeps a device's newest picture, and reaches for the device again when it is lost.

    Args:
        device: what messages call it.
        remedy: what to try when it stays silent.
        connect: opens the device; called again, from the reader's thread, each time it is lost.

    Raises:
        CameraError: from the first `connect`.
    """

    def __init__(self, device: str, remedy: str, connect: Callable[[], Feed]) -> None:
        self._device = device
        self._remedy = remedy
        self._connect = connect
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._newest: CameraFrame | None = None
        self._seq = -1
        self._lost: str | None = None
        self._pauses_s = pauses_s()
        feed = connect()
        self._thread = threading.Thread(target=self._run, args=(feed,), name=f"reads {device}", daemon=True)
        self._thread.start()

    def read(self, *, timeout_s: float) -> CameraFrame:
        """Return the newest picture not yet returned, waiting up to `timeout_s`.

        Raises:
            CameraError: none came in time; the message says whether the device is silent or gone.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None, timeout_s)
            frame, self._newest = self._newest, None
            if frame is not None:
                return frame
            if self._lost is not None:
                raise CameraError(f"{self._lost} It is tried again until it is back.")
            raise CameraError(f"{self._device}: no picture in {timeout_s:g} s. {self._remedy}")

    def close(self) -> None:
        self._stopping.set()
        self._thread.join(FAREWELL_S)

    def _run(self, feed: Feed | None) -> None:
        while feed is not None:
            self._follow(feed)
            feed = self._reach()

    def _follow(self, feed: Feed) -> None:
        try:
            while not self._stopping.is_set():
                self._keep(feed.next())
        except CameraError as error:
            self._lose(error)
        finally:
            feed.close()

    def _reach(self) -> Feed | None:
        while not self._stopping.wait(next(self._pauses_s)):
            try:
                return self._connect()
            except CameraError as error:
                self._lose(error)
        return None

    def _keep(self, bgr: NDArray[np.uint8]) -> None:
        captured_ns = time.monotonic_ns()
        self._pauses_s = pauses_s()
        with self._changed:
            self._seq += 1
            self._newest = CameraFrame(self._seq, captured_ns, bgr)
            self._lost = None
            self._changed.notify()

    def _lose(self, error: CameraError) -> None:
        with self._changed:
            self._lost = str(error)
