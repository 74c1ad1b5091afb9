"""Keys and mouse at a window, from the events that SDL would send."""

from __future__ import annotations

from typing import Any

import pygame

from didim.project import Hands, Window


def send(kind: int, **details: Any) -> None:
    pygame.event.post(pygame.event.Event(kind, **details))


def test_keys_are_held_until_they_come_up(window: Window) -> None:
    hands = Hands()
    hands.read()
    send(pygame.KEYDOWN, key=pygame.K_LEFT)
    send(pygame.KEYDOWN, key=pygame.K_a)
    touch = hands.read()
    assert touch.held == {"left", "a"}
    assert touch.pressed == ("left", "a")
    send(pygame.KEYUP, key=pygame.K_a)
    touch = hands.read()
    assert touch.held == {"left"}
    assert touch.pressed == ()
    assert not touch.leaves


def test_a_tap_between_two_reads_is_not_missed(window: Window) -> None:
    hands = Hands()
    hands.read()
    send(pygame.KEYDOWN, key=pygame.K_SPACE)
    send(pygame.KEYUP, key=pygame.K_SPACE)
    assert hands.read().held == {"space"}
    assert hands.read().held == frozenset()


def test_drags_add_up_and_count_with_the_button_down_only(window: Window) -> None:
    hands = Hands()
    hands.read()
    send(pygame.MOUSEMOTION, pos=(9, 9), rel=(3, 1), buttons=(1, 0, 0))
    send(pygame.MOUSEMOTION, pos=(9, 9), rel=(4, -2), buttons=(1, 0, 0))
    send(pygame.MOUSEMOTION, pos=(9, 9), rel=(50, 50), buttons=(0, 0, 0))
    send(pygame.MOUSEWHEEL, x=0, y=2)
    touch = hands.read()
    assert touch.dragged_px == (7, -1)
    assert touch.wheel == 2


def test_esc_and_the_closed_window_leave(window: Window) -> None:
    hands = Hands()
    hands.read()
    send(pygame.KEYDOWN, key=pygame.K_ESCAPE)
    assert hands.read().leaves
    send(pygame.QUIT)
    assert hands.read().leaves
