"""One window over several displays: a process has one window, and a rig may have more projectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from didim.project._error import ProjectError
from didim.project._rect import Rect


@dataclass(frozen=True, slots=True)
class Display:
    """One screen or projector of this computer.

    Attributes:
        index: as `Window` and the rig file's `display` count, from 0.
        size_px: (width, height).
        hz: its refresh rate.
    """

    index: int
    size_px: tuple[int, int]
    hz: int


@dataclass(frozen=True, slots=True)
class Span:
    """The window over some displays.

    Attributes:
        left_px, top_px: where its upper left corner lies on the desktop.
        size_px: (width, height).
        parts: by display, where it lies in the window.
    """

    left_px: int
    top_px: int
    size_px: tuple[int, int]
    parts: dict[int, Rect]


def spanning(
    there: Sequence[Display], wanted: Sequence[int], corners_px: Mapping[int, tuple[int, int]] | None = None
) -> Span:
    """The smallest window over the displays `wanted`.

    Args:
        corners_px: each display's upper left corner on the desktop. Where the system tells none, they are
            taken to stand in a row from left to right, tops level, as its settings have to say.

    Raises:
        ProjectError: there is no such display, or the window would cover another one.
    """
    numbers = sorted(set(wanted))
    known = [display.index for display in there]
    if not set(numbers) <= set(known):
        raise ProjectError(f"no displays {numbers}; there are: {known}. Choose among these in rig.toml.")
    areas = {
        each.index: Rect(*at, *each.size_px)
        for each, at in zip(there, _corners(there, corners_px), strict=True)
    }
    left, top = min(areas[n].x_px for n in numbers), min(areas[n].y_px for n in numbers)
    right = max(areas[n].x_px + areas[n].width_px for n in numbers)
    bottom = max(areas[n].y_px + areas[n].height_px for n in numbers)
    window = Rect(left, top, right - left, bottom - top)
    covered = [number for number in known if number not in numbers and _meet(areas[number], window)]
    if covered:
        raise ProjectError(
            f"the projectors' displays {numbers} have another one between them, {covered}; "
            "put them side by side in the system's settings and in rig.toml"
        )
    parts = {
        n: Rect(areas[n].x_px - left, areas[n].y_px - top, areas[n].width_px, areas[n].height_px)
        for n in numbers
    }
    return Span(left, top, (window.width_px, window.height_px), parts)


def _corners(
    there: Sequence[Display], corners_px: Mapping[int, tuple[int, int]] | None
) -> list[tuple[int, int]]:
    """Upper left corners in the order of `there`; a system that does not tell has two at one place."""
    told = [(corners_px or {}).get(each.index, (0, 0)) for each in there]
    if len(set(told)) == len(there):
        return told
    return [(x, 0) for x in accumulate((each.size_px[0] for each in there[:-1]), initial=0)]


def _meet(one: Rect, other: Rect) -> bool:
    return (
        one.x_px < other.x_px + other.width_px
        and other.x_px < one.x_px + one.width_px
        and one.y_px < other.y_px + other.height_px
        and other.y_px < one.y_px + one.height_px
    )
