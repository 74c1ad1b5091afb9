"""Recorded pictures come at their own times, or each in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from numpy.typing import NDArray

from didim.capture import CameraError, CameraFrame
from didim.capture._playback import Picture, Playback

if TYPE_CHECKING:
    from tests.capture.conftest import MovedClock, Numbers

Lap = Callable[[], Iterator[Picture]]


@pytest.fixture
def lap(numbers: Numbers) -> Lap:
    """Five pictures, ten a second."""

    def play() -> Iterator[Picture]:
        for number in range(5):
            yield Picture(number / 10, number / 10 + 0.1, partial(numbers.picture, number))

    return play


def frame(playback: Playback, timeout_s: float = 1.0) -> CameraFrame:
    read = playback.read(timeout_s=timeout_s)
    assert read is not None
    return read


def test_at_real_pace_a_quick_reader_waits_for_each_picture(lap: Lap, clock: MovedClock) -> None:
    playback = Playback("film", lap, pace="real", loop=False)
    began_ns = clock.now_ns
    frames = [frame(playback) for _ in range(5)]
    assert [each.seq for each in frames] == [0, 1, 2, 3, 4]
    assert [each.captured_ns - began_ns for each in frames] == [n * 100_000_000 for n in range(5)]
    assert clock.now_ns == frames[-1].captured_ns


def test_at_real_pace_a_slow_reader_gets_the_newest_and_a_gap(
    lap: Lap, clock: MovedClock, numbers: Numbers
) -> None:
    playback = Playback("film", lap, pace="real", loop=False)
    first = frame(playback)
    clock.sleep(0.35)
    late = frame(playback)
    assert (first.seq, late.seq) == (0, 3)
    assert numbers.read(late.bgr) == 3
    assert clock.now_ns - late.captured_ns == 50_000_000


def test_at_real_pace_skipped_pictures_are_never_made(clock: MovedClock) -> None:
    made = []

    def pixels(number: int) -> NDArray[np.uint8]:
        made.append(number)
        return np.zeros((2, 2, 3), np.uint8)

    def lap() -> Iterator[Picture]:
        for n in range(5):
            yield Picture(n / 10, n / 10 + 0.1, partial(pixels, n))

    playback = Playback("film", lap, pace="real", loop=False)
    frame(playback)
    clock.sleep(0.35)
    frame(playback)
    assert made == [0, 3]


def test_a_computer_too_slow_to_skip_slows_the_recording_down_instead_of_falling_behind(
    clock: MovedClock, numbers: Numbers
) -> None:
    def lap() -> Iterator[Picture]:
        for n in range(1000):
            clock.sleep(0.012)  # decoding costs more than the 10 ms that a picture lasts
            yield Picture(n / 100, n / 100 + 0.01, partial(numbers.picture, n % 250))

    playback = Playback("film", lap, pace="real", loop=False)
    ages_ms = []
    for _ in range(40):
        ages_ms.append((-frame(playback).captured_ns + clock.now_ns) / 1e6)
        clock.sleep(0.03)
    assert max(ages_ms) < 100
    assert max(ages_ms[20:]) <= max(ages_ms[:20])


def test_at_real_pace_time_starts_with_the_first_read(lap: Lap, clock: MovedClock) -> None:
    playback = Playback("film", lap, pace="real", loop=False)
    clock.sleep(10.0)
    assert frame(playback).seq == 0


def test_at_real_pace_a_picture_that_is_far_off_is_an_error_and_comes_later(
    lap: Lap, clock: MovedClock
) -> None:
    playback = Playback("film", lap, pace="real", loop=False)
    frame(playback)
    with pytest.raises(CameraError, match=r"film: its next picture comes in 0\.1 s only"):
        frame(playback, timeout_s=0.03)
    assert frame(playback, timeout_s=0.08).seq == 1


def test_at_fast_pace_every_picture_comes_without_waiting(
    lap: Lap, clock: MovedClock, numbers: Numbers
) -> None:
    playback = Playback("film", lap, pace="fast", loop=False)
    began_ns = clock.now_ns
    frames = [frame(playback, timeout_s=0.0) for _ in range(5)]
    assert clock.now_ns == began_ns
    assert [numbers.read(each.bgr) for each in frames] == [0, 1, 2, 3, 4]
    assert [each.captured_ns - began_ns for each in frames] == [n * 100_000_000 for n in range(5)]


@pytest.mark.parametrize("pace", ["real", "fast"])
def test_the_end_stays_the_end(lap: Lap, clock: MovedClock, pace: str) -> None:
    playback = Playback("film", lap, pace=pace, loop=False)
    for _ in range(5):
        frame(playback)
    assert playback.read(timeout_s=1.0) is None
    assert playback.read(timeout_s=1.0) is None


@pytest.mark.parametrize("pace", ["real", "fast"])
def test_a_loop_starts_over_and_time_and_numbers_go_on(
    lap: Lap, clock: MovedClock, numbers: Numbers, pace: str
) -> None:
    playback = Playback("film", lap, pace=pace, loop=True)
    frames = [frame(playback) for _ in range(12)]
    assert [each.seq for each in frames] == list(range(12))
    assert [numbers.read(each.bgr) for each in frames] == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1]
    assert {b.captured_ns - a.captured_ns for a, b in pairwise(frames)} == {100_000_000}


def test_a_picture_that_fails_is_told_and_the_next_one_comes(clock: MovedClock, numbers: Numbers) -> None:
    def broken() -> NDArray[np.uint8]:
        raise CameraError("picture 1 is broken")

    def lap() -> Iterator[Picture]:
        yield Picture(0.0, 0.1, partial(numbers.picture, 0))
        yield Picture(0.1, 0.2, broken)
        yield Picture(0.2, 0.3, partial(numbers.picture, 2))

    playback = Playback("film", lap, pace="fast", loop=False)
    frame(playback)
    with pytest.raises(CameraError, match="picture 1 is broken"):
        frame(playback)
    assert frame(playback).seq == 2


def test_after_closing_there_is_nothing(lap: Lap, clock: MovedClock) -> None:
    playback = Playback("film", lap, pace="fast", loop=True)
    frame(playback)
    playback.close()
    assert playback.read(timeout_s=1.0) is None


def test_an_unknown_pace_is_refused(lap: Lap) -> None:
    with pytest.raises(CameraError, match="pace 'slow' is not one of real, fast"):
        Playback("film", lap, pace="slow", loop=False)
