"""One window over several displays: a process has one window, and a rig may have more projectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
        left_px: where it begins on the desktop; its upper edge is the desktop's.
        size_px: (width, height).
        parts: by display, where it lies in the window.
    """

    left_px: int
    size_px: tuple[int, int]
    parts: dict[int, Rect]


def spanning(there: Sequence[Display], wanted: Sequence[int]) -> Span:
    """The window over the displays `wanted`.

    SDL tells sizes and no places: the displays are taken to stand in a row from left to right, tops level,
    as the system's settings have to say.

    Raises:
        ProjectError: there is no such display, or another one lies between them.
    """
    numbers = sorted(set(wanted))
    known = [display.index for display in there]
    if not set(numbers) <= set(known):
        raise ProjectError(f"no displays {numbers}; there are: {known}. Choose among these in rig.toml.")
    if numbers != list(range(numbers[0], numbers[-1] + 1)):
        raise ProjectError(
            f"the projectors' displays {numbers} have another one between them; "
            "put them side by side in the system's settings and in rig.toml"
        )
    left_px = sum(display.size_px[0] for display in there if display.index < numbers[0])
    parts, x_px = {}, 0
    for display in (each for each in there if each.index in numbers):
        parts[display.index] = Rect(x_px, 0, *display.size_px)
        x_px += display.size_px[0]
    return Span(left_px, (x_px, max(part.height_px for part in parts.values())), parts)
