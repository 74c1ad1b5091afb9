"""Flashes are counted as WCAG defines them, on both sides of each limit, and damped where too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from didim.project import FlashCounter, FlashGuard, Flashing
from tests.project import definition

FPS = 60
WHITE, RED, BLUE = (1.0, 1.0, 1.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)
Rgb = tuple[float, float, float]
RATES_HZ = (4.1, 8.3, 15.7, 31.3)  # none at which changes lie a whole second apart: there rounding decides


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


def flashes(count: int, over_s: float, low: Rgb, high: Rgb) -> Iterator[tuple[float, Rgb]]:
    """Evenly spaced flashes, each up and down again, then nothing."""
    for index in range(round((over_s + 1.5) * FPS)):
        t_s = index / FPS
        phase = t_s * count / over_s
        yield t_s, high if phase < count and phase % 1 >= 0.5 else low


@pytest.mark.parametrize(("high", "kind"), [(WHITE, "general"), ((0.4, 0.0, 0.0), "red")])
def test_three_flashes_in_a_second_pass_and_four_do_not(high: Rgb, kind: str) -> None:
    low = grey(0.0) if kind == "general" else grey(0.085)  # of the red's own luminance
    assert not kinds(flashes(3, 0.98, low, high))
    assert kinds(flashes(4, 0.98, low, high)) == {kind}
    assert not kinds(flashes(4, 1.3, low, high)), "four that take longer than a second"


def test_ten_flashes_pass_if_they_take_longer_than_five_seconds() -> None:
    """Ten flashes, from the first change to the last: a window of five seconds holds them or does not."""
    for over_s, found in ((5.0, {"general for long"}), (5.4, set())):
        assert kinds(flashes(10, over_s, grey(0.0), WHITE)) == found
    assert not kinds(flashes(9, 4.9, grey(0.0), WHITE))


@pytest.mark.parametrize(("seconds", "found"), [(4.9, set()), (5.1, {"general for long"})])
def test_two_a_second_pass_for_less_than_five_seconds(seconds: float, found: set[str]) -> None:
    assert kinds(flicker(2.0, seconds, grey(0.0), WHITE)) == found


def red(share: float, light: float = 0.3) -> Rgb:
    """Light of which so much is red and the rest green and blue in equal parts."""
    return light * share, light * (1 - share) / 2, light * (1 - share) / 2


@pytest.mark.parametrize(("share", "found"), [(0.79, set()), (0.81, {"red"})])
def test_a_red_is_saturated_from_four_fifths_on(share: float, found: set[str]) -> None:
    """Against a blue-green of the same luminance."""
    high = red(share)
    low_light = (0.2126 * high[0] + 0.7152 * high[1] + 0.0722 * high[2]) / (0.7152 + 0.0722)
    low = (0.0, low_light, low_light)
    assert kinds(flicker(5.0, 1.5, low, high)) == found


@pytest.mark.parametrize(("apart", "found"), [(0.19, set()), (0.21, {"red"})])
def test_colours_are_apart_from_a_fifth_on(apart: float, found: set[str]) -> None:
    """Pure red against itself with green, as much of it as moves u', v' so far; luminance is kept."""
    pure = np.array([1.0, 0.0, 0.0])
    mixes = [np.array([1.0 - part, part, part]) for part in np.linspace(0, 0.5, 2001)]
    far = [float(np.linalg.norm(definition.chroma(mix) - definition.chroma(pure))) for mix in mixes]
    other = mixes[int(np.argmin(np.abs(np.array(far) - apart)))]
    low, high = (0.05 * rgb / (rgb @ (0.2126, 0.7152, 0.0722)) for rgb in (other, pure))
    assert kinds(flicker(5.0, 1.5, tuple(low), tuple(high))) == found


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0.0, 1.0), min_size=2, max_size=60), st.sampled_from(RATES_HZ))
def test_general_flashes_are_those_of_the_definition(levels: list[float], hz: float) -> None:
    times_s = [index / hz for index in range(len(levels))]
    counter = FlashCounter(1)
    got = {
        found.kind
        for value, t_s in zip(levels, times_s, strict=True)
        for found in counter.add(np.array([grey(value)]), t_s)
        if found.kind.startswith("general")
    }
    expected = definition.too_many(definition.swing_times(levels, times_s))
    assert got == {{"often": "general", "long": "general for long"}[each] for each in expected}


PAINTS = (WHITE, (0.9, 0.02, 0.02), (0.5, 0.05, 0.02), (0.02, 0.4, 0.05), (0.02, 0.05, 0.9), (0.5, 0.3, 0.05))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PAINTS), min_size=2, max_size=60), st.sampled_from(RATES_HZ))
def test_red_flashes_are_those_of_the_definition(colors: list[Rgb], hz: float) -> None:
    times_s = [index / hz for index in range(len(colors))]
    counter = FlashCounter(1)
    got = {
        found.kind
        for rgb, t_s in zip(colors, times_s, strict=True)
        for found in counter.add(np.array([rgb]), t_s)
        if found.kind.startswith("red")
    }
    expected = definition.too_many(definition.red_times(colors, times_s))
    assert got == {{"often": "red", "long": "red for long"}[each] for each in expected}


def test_each_cell_counts_for_itself() -> None:
    counter = FlashCounter(4)
    found: list[Flashing] = []
    for t_s, rgb in flicker(5.0, 1.5, grey(0.0), WHITE):
        cells = np.zeros((4, 3))
        cells[2] = rgb
        found = counter.add(cells, t_s) or found
    assert [flashing.share for flashing in found] == [0.25]


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
    guard, counter = FlashGuard(1, None), FlashCounter(1)
    out: np.ndarray | None = None
    levels = []
    for t_s, rgb in shown():
        new = np.array([rgb])
        share = guard.admit(new, t_s)
        out = new if out is None or share is None else out + share[:, None] * (new - out)
        levels.append(float(out.mean()))
        assert not counter.add(out, t_s)
    assert guard.damped > 0
    assert max(levels[-60:]) > 0.0, "it is never blacked out"


def test_a_calm_game_passes_untouched() -> None:
    guard = FlashGuard(4, None)
    for index in range(300):
        value = 0.3 + 0.2 * np.sin(index / FPS)
        assert guard.admit(np.full((4, 3), value), index / FPS) is None
    assert guard.damped == 0


def test_only_the_cells_that_flash_are_held_back() -> None:
    """And it is told what was too much, and in how much of the picture."""
    guard = FlashGuard(4, None)
    told: set[tuple[str, float]] = set()
    for t_s, rgb in flicker(6.0, 2.0, grey(0.0), WHITE):
        cells = np.full((4, 3), 0.5 + 0.02 * t_s)
        cells[1] = rgb
        shares = guard.admit(cells, t_s)
        told |= {(flashing.kind, flashing.share) for flashing in guard.told}
        assert shares is None or (shares[[0, 2, 3]] == 1.0).all()
    assert guard.damped > 0
    assert told == {("general", 0.25)}
