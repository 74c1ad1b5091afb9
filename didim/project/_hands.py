"""Who sits at the window: keys and mouse."""

from __future__ import annotations

from dataclasses import dataclass

from didim.project._sdl import pygame


@dataclass(frozen=True, slots=True)
class Touch:
    """What was done since the read before.

    Attributes:
        held: names of the keys that are down or were in between: "a", "left", "space".
        pressed: those that went down.
        dragged_px: how far the mouse went with its left button down: to the right, down.
        wheel: notches turned away from the user.
        leaves: Esc was pressed, or the window closed.
    """

    held: frozenset[str]
    pressed: tuple[str, ...]
    dragged_px: tuple[int, int]
    wheel: int
    leaves: bool


class Hands:
    """Reads the open window's events, in place of `Window.closing`."""

    def __init__(self) -> None:
        self._down: set[str] = set()

    def read(self) -> Touch:
        """Take in all that happened since the call before."""
        pressed: list[str] = []
        right_px = down_px = wheel = 0
        leaves = False
        for event in pygame.event.get():
            if event.type == pygame.KEYDOWN:
                pressed.append(pygame.key.name(event.key))
                self._down.add(pressed[-1])
            elif event.type == pygame.KEYUP:
                self._down.discard(pygame.key.name(event.key))
            elif event.type == pygame.MOUSEMOTION and event.buttons[0]:
                right_px, down_px = right_px + event.rel[0], down_px + event.rel[1]
            elif event.type == pygame.MOUSEWHEEL:
                wheel += event.y
            leaves = leaves or event.type == pygame.QUIT
        held = frozenset(self._down | set(pressed))
        leaves = leaves or "escape" in pressed
        return Touch(held, tuple(pressed), (right_px, down_px), wheel, leaves)
