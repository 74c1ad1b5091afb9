"""Flashes are counted as WCAG defines them, on both sides of each limit, and damped where too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from didim.project import FlashCounter, FlashGuard, Flashing, StripeWatch

FPS = 60
WHITE, RED, BLUE = (1.0, 1.0, 1.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)
Rgb = tuple[float, float, float]
Picture = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def flicker(hz: float, seconds: float, low: Rgb, high: Rgb) -> Iterator[tuple[float, Rgb]]:
    """A square wave that begins low."""
    for index in range(round(seconds * FPS)):
        t_s = index / FPS
        yield t_s, high if int(2 * hz * t_s + 1e-9) % 2 else low


def kinds(shown: Iterator[tuple[float, Rgb]]) -> set[str]:
    counter = FlashCounter(1)
    return {found.kind for t_s, rgb in shown for found in counter.add(np.array([rgb]), t_s)}


def grey(value: float) -> Rgb:
    return value, value, value


@pytest.mark.parametrize(
    ("hz", "seconds", "low", "high", "found"),
    [
        (3.0, 3.0, grey(0.0), WHITE, set()),
        (5.0, 1.2, grey(0.0), WHITE, {"general"}),
        (5.0, 2.0, grey(0.30), grey(0.39), set()),  # less than a tenth
        (5.0, 2.0, grey(0.30), grey(0.41), {"general"}),
        (5.0, 1.5, grey(0.81), grey(1.0), set()),  # the darker state is bright
        (5.0, 1.5, grey(0.79), grey(1.0), {"general"}),
        (2.5, 7.0, grey(0.0), WHITE, {"general for long"}),
        (2.5, 3.5, grey(0.0), WHITE, set()),
        (1.5, 9.0, grey(0.0), WHITE, set()),
        (5.0, 1.5, (0.3, 0.02, 0.02), (0.02, 0.1, 0.02), {"red"}),  # of one luminance, nearly
        (5.0, 1.5, (0.3, 0.2, 0.02), (0.2, 0.2, 0.15), set()),  # no saturated red
    ],
)
def test_both_sides_of_each_limit(hz: float, seconds: float, low: Rgb, high: Rgb, found: set[str]) -> None:
    got = kinds(flicker(hz, seconds, low, high))
    assert {kind for kind in got if kind in found or not kind.endswith("long")} == found


def independent_flashes(values: list[float], times_s: list[float]) -> int:
    """The most general flashes in any second, from the definition: alternating extremes that differ by 0.1.

    Written for this test alone: all opposing changes of the whole sequence first, then a second slid over
    them, two to a flash.
    """
    swings: list[tuple[float, float]] = []  # the time at which each opposing change is complete, its way
    anchor_high = anchor_low = values[0]
    way = 0
    for value, t_s in zip(values, times_s, strict=True):
        anchor_high, anchor_low = max(anchor_high, value), min(anchor_low, value)
        if way >= 0 and anchor_high - value >= 0.1 and value < 0.8:
            way, anchor_high, anchor_low = -1, value, value
            swings.append((t_s, -1))
        elif way <= 0 and value - anchor_low >= 0.1 and anchor_low < 0.8:
            way, anchor_high, anchor_low = 1, value, value
            swings.append((t_s, 1))
    most = 0
    for first in range(len(swings)):
        inside = [t for t, _ in swings[first:] if t - swings[first][0] < 1.0 - 1e-9]
        most = max(most, len(inside) // 2)
    return most


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0.0, 1.0), min_size=2, max_size=90))
def test_the_counter_agrees_with_the_definition(levels: list[float]) -> None:
    times_s = [index / 30 for index in range(len(levels))]
    counter = FlashCounter(1)
    found = False
    for value, t_s in zip(levels, times_s, strict=True):
        found = found or any(
            flashing.kind == "general" for flashing in counter.add(np.array([grey(value)]), t_s)
        )
    assert found == (independent_flashes(levels, times_s) > 3)


def test_each_cell_counts_for_itself() -> None:
    counter = FlashCounter(4)
    found: list[Flashing] = []
    for t_s, rgb in flicker(5.0, 1.5, grey(0.0), WHITE):
        cells = np.zeros((4, 3))
        cells[2] = rgb
        found = counter.add(cells, t_s) or found
    assert [flashing.share for flashing in found] == [0.25]


def grating(pairs: float, share: float, *, contrast: float = 0.5, turned: bool = False) -> Picture:
    """Stripes over the left part of the picture."""
    x = np.arange(128) / 128
    row = 0.3 + contrast / 2 * np.sign(np.sin(2 * np.pi * pairs * x / share)) * (x < share)
    picture = np.tile(row, (72, 1))
    return np.ascontiguousarray(picture.T[:72, :72].repeat(2, axis=1)[:, :128]) if turned else picture


@pytest.mark.parametrize(
    ("picture", "seconds", "found"),
    [
        (grating(12, 1.0), 0.7, True),
        (grating(12, 1.0), 0.3, False),
        (grating(4, 1.0), 0.7, False),
        (grating(12, 1.0, contrast=0.04), 0.7, False),
        (grating(10, 0.5), 0.7, True),
        (grating(10, 0.12), 0.7, False),
        (grating(14, 1.0, turned=True), 0.7, True),
        (np.random.default_rng(1).random((72, 128)), 0.7, False),
    ],
)
def test_stripes_that_stay_are_told(picture: np.ndarray, seconds: float, found: bool) -> None:
    watch = StripeWatch(72, 128)
    told = [bool(watch.add(picture, index / 30)) for index in range(round(seconds * 30))]
    assert any(told) is found


Sequence_ = Callable[[], Iterator[tuple[float, Rgb]]]


@pytest.mark.parametrize(
    "shown",
    [
        lambda: flicker(5.0, 4.0, grey(0.0), WHITE),
        lambda: flicker(15.0, 4.0, grey(0.1), WHITE),
        lambda: flicker(2.5, 12.0, grey(0.0), WHITE),
        lambda: flicker(6.0, 4.0, RED, BLUE),
    ],
)
def test_what_the_guard_lets_through_never_flashes_too_much(shown: Sequence_) -> None:
    guard, counter = FlashGuard(1, 1), FlashCounter(1)
    out: np.ndarray | None = None
    levels = []
    for t_s, rgb in shown():
        new = np.array([rgb])
        share = guard.admit(new, t_s)
        out = new if out is None else out + share * (new - out)
        levels.append(float(out.mean()))
        assert not counter.add(out, t_s)
    assert guard.damped > 0
    assert max(levels[-60:]) > 0.0, "it is never blacked out"


def test_a_calm_game_passes_untouched() -> None:
    guard = FlashGuard(2, 2)
    for index in range(300):
        value = 0.3 + 0.2 * np.sin(index / FPS)
        assert guard.admit(np.full((4, 3), value), index / FPS) == 1.0
    assert guard.damped == 0
