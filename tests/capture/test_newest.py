"""Who asks gets the newest picture, and a lost device is found again."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray

from didim.capture import CameraError
from didim.capture._newest import NewestReader, pauses_s

if TYPE_CHECKING:
    from tests.capture.conftest import Numbers

LONG_S = 10.0


class Device:
    """A device in the test's hand: it gives what it is told to, and can be unplugged."""

    def __init__(self) -> None:
        self.plugged = True
        self.attempts = 0
        self.closed = 0
        self._coming: queue.Queue[NDArray[np.uint8] | None] = queue.Queue()
        self._drained = threading.Event()

    def connect(self) -> Device:
        self.attempts += 1
        if not self.plugged:
            raise CameraError("toy is not there.")
        return self

    def next(self) -> NDArray[np.uint8]:
        if self._coming.empty():
            self._drained.set()
        picture = self._coming.get()
        if picture is None:
            raise CameraError("toy was unplugged.")
        return picture

    def close(self) -> None:
        self.closed += 1

    def give(self, *pictures: NDArray[np.uint8]) -> None:
        """Return when the reader has taken them all and waits for more."""
        assert self._drained.wait(LONG_S)
        self._drained.clear()
        for picture in pictures:
            self._coming.put(picture)
        assert self._drained.wait(LONG_S)

    def unplug(self) -> None:
        self.plugged = False
        self._drained.clear()
        self._coming.put(None)

    def plug(self) -> None:
        self.plugged = True


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Device:
    monkeypatch.setattr("didim.capture._newest.FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr("didim.capture._newest.MOST_PAUSE_S", 0.004)
    return Device()


@pytest.fixture
def reader(device: Device) -> Iterator[NewestReader]:
    reader = NewestReader("toy", "Wind it up.", device.connect)
    yield reader
    device.unplug()
    reader.close()


def test_a_slow_reader_never_sees_an_old_picture(
    device: Device, reader: NewestReader, numbers: Numbers
) -> None:
    device.give(*(numbers.picture(number) for number in range(5)))
    frame = reader.read(timeout_s=LONG_S)
    assert numbers.read(frame.bgr) == 4
    assert frame.seq == 4


def test_a_picture_is_returned_once(device: Device, reader: NewestReader, numbers: Numbers) -> None:
    device.give(numbers.picture(0))
    reader.read(timeout_s=LONG_S)
    with pytest.raises(CameraError, match=r"toy: no picture in 0\.001 s\. Wind it up\."):
        reader.read(timeout_s=0.001)


def test_pictures_carry_rising_times(device: Device, reader: NewestReader, numbers: Numbers) -> None:
    device.give(numbers.picture(0))
    first = reader.read(timeout_s=LONG_S)
    device.give(numbers.picture(1))
    assert reader.read(timeout_s=LONG_S).captured_ns > first.captured_ns


def test_while_it_is_gone_reading_says_why(device: Device, reader: NewestReader) -> None:
    device.unplug()
    while device.attempts < 3:
        with pytest.raises(CameraError, match="toy"):
            reader.read(timeout_s=0.002)
    with pytest.raises(CameraError, match=r"toy is not there\. It is tried again until it is back\."):
        reader.read(timeout_s=0.001)


def test_once_it_is_back_reading_goes_on_and_so_do_the_numbers(
    device: Device, reader: NewestReader, numbers: Numbers
) -> None:
    device.give(numbers.picture(0))
    assert reader.read(timeout_s=LONG_S).seq == 0
    device.unplug()
    with pytest.raises(CameraError):
        reader.read(timeout_s=0.002)
    device.plug()
    device.give(numbers.picture(7))
    frame = reader.read(timeout_s=LONG_S)
    assert (frame.seq, numbers.read(frame.bgr)) == (1, 7)
    assert device.closed == 1


def test_a_device_that_is_not_there_at_first_is_an_error_at_once(device: Device) -> None:
    device.plugged = False
    with pytest.raises(CameraError, match="toy is not there"):
        NewestReader("toy", "Wind it up.", device.connect)


def test_closing_ends_the_attempts(device: Device) -> None:
    reader = NewestReader("toy", "Wind it up.", device.connect)
    device.unplug()
    reader.close()
    assert device.closed == 1
    assert "reads toy" not in {thread.name for thread in threading.enumerate()}


def test_pauses_double_up_to_eight_seconds() -> None:
    assert list(islice(pauses_s(), 7)) == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]
