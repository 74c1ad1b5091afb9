"""What a surface shows between the games: never dark, readable from every side, and calm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from didim.play import (
    Canvas,
    CheckIn,
    Idle,
    Player,
    RecordingCanvas,
    Rest,
    Surface,
    checked_settings,
    discover,
    host_words,
    robots,
    seat,
)

PACK = discover([Path(__file__).parents[2] / "games"])["lily_pads"]
SURFACES = (Surface("floor", 4.0, 2.25), Surface("wall", 3.2, 1.8))
WORDS = host_words("ko", "en", title="Sunshine")


def drawn(draw: Callable[[Canvas], None]) -> RecordingCanvas:
    canvas = RecordingCanvas()
    draw(canvas)
    assert canvas.background is not None, "never dark"
    return canvas


def texts(canvas: RecordingCanvas) -> set[str]:
    return {word.details["words"] for word in canvas.drawn if word.word == "text"}


@pytest.mark.parametrize("surface", SURFACES, ids=["floor", "wall"])
def test_the_resting_picture_tells_the_place_and_the_time_and_moves(surface: Surface) -> None:
    idle = Idle(surface, WORDS)
    first = drawn(lambda canvas: idle.draw(canvas, 1.0, "14:05"))
    assert {"Sunshine", "14:05"} <= texts(first)
    later = drawn(lambda canvas: idle.draw(canvas, 2.0, "14:05"))
    before, after = ([w.places[0] for w in shown.drawn if w.word == "koi"] for shown in (first, later))
    for was, goes in zip(before, after, strict=True):
        assert 0 < was.distance_m(goes) < 0.6, "they swim, and do not jump"
    assert all(surface.contains(place, margin_m=-0.2) for word in first.drawn for place in word.places)


@pytest.mark.parametrize("surface", SURFACES, ids=["floor", "wall"])
def test_a_rest_counts_down_and_says_what_comes_next(surface: Surface) -> None:
    rest = Rest(surface, WORDS, 75.0, checked_settings(PACK).words)
    assert {"1:15", "잠깐 쉬어요", "Have a rest"} <= texts(drawn(lambda canvas: rest.draw(canvas, 0.0)))
    end = texts(drawn(lambda canvas: rest.draw(canvas, 70.0)))
    assert {"0:05", "다음 놀이: 연잎 밟기", "Next: Lily Pads"} <= end
    last = Rest(surface, WORDS, 75.0)
    assert "Have a rest" in texts(drawn(lambda canvas: last.draw(canvas, 70.0)))


@pytest.mark.parametrize("surface", SURFACES, ids=["floor", "wall"])
def test_everybody_who_stands_on_their_emblem_is_checked_in(surface: Surface) -> None:
    numbers, people = (2, 9, 30), robots(surface, ("good",) * 3, seed=1)
    check_in, t_s, players = CheckIn(surface, WORDS, numbers, 60.0), 0.0, tuple[Player, ...]()
    while not check_in.over and t_s < 60:
        t_s += 1 / 30
        players = tuple(robot.step(check_in.targets(), t_s, 1 / 30) for robot in people)
        check_in.update(players, t_s)
        shown = {word.details["name"] for word in drawn(check_in.draw).drawn if word.word == "symbol"}
        assert {seat(number).symbol for number in numbers} <= shown
    assert check_in.found == set(numbers)
    assert t_s < 20, "it ends once everybody stands"
    assert {check_in.seats[player.id].number for player in players} == set(numbers)


def test_a_check_in_ends_without_those_who_do_not_come() -> None:
    check_in = CheckIn(SURFACES[0], WORDS, tuple(range(1, 31)), 5.0)
    places = [target.place for target in CheckIn(SURFACES[0], WORDS, tuple(range(1, 31)), 5.0).targets()]
    check_in.update((), 4.9)
    assert not check_in.over
    assert "Stand on your own sign!" not in texts(drawn(check_in.draw)), "nobody is there to read it"
    check_in.update((), 5.1)
    assert check_in.over
    assert check_in.found == frozenset()
    assert places == []
