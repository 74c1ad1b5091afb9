"""Every game keeps the contract; a new folder under games/ gets these tests by lying there.

Each game has a golden log of its cues, `golden/<slug>.jsonl`. A change that is meant is written with
`DIDIM_WRITE_GOLDEN=1 pytest tests/games` and read in the diff.
"""

from __future__ import annotations

import difflib
import json
import math
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from didim.play import (
    Cue,
    Drawn,
    Finish,
    Foot,
    Game,
    GamePack,
    JointPlace,
    Player,
    Point,
    RecordingCanvas,
    Rng,
    Round,
    Say,
    Score,
    Surface,
    Tick,
    checked_settings,
    discover,
    load,
)

GAMES = Path(__file__).parents[2] / "games"
GOLDEN = Path(__file__).parent / "golden"
PACKS = discover([GAMES])

TICK_HZ = 60
LOOK_EVERY = 6
WALK_M_S = 0.9
FLOOR = Surface("floor", 4.0, 3.0)
SURFACES = [FLOOR, Surface("floor", 1.5, 1.0), Surface("floor", 8.0, 5.0)]
RIM_M = 0.35  # how far outside the surface a game may draw: that is where a player's foot may stand

every_game = pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)


@dataclass
class Walker:
    """A player who looks at the floor and walks to the nearest thing with a ring around it."""

    id: int
    place: Point
    heading_rad: float = 0.0
    stride_s: float = 0.0

    def step(self, shown: Sequence[Drawn], surface: Surface, t_s: float) -> Player:
        rings = [d.places[0] for d in shown if d.word == "ring" and d.details["progress"] < 1]
        target = min(rings, key=self.place.distance_m, default=self._stroll(surface, t_s))
        away_m = self.place.distance_m(target)
        walking = away_m > 0.05
        if walking:
            self.heading_rad = math.atan2(target.y_m - self.place.y_m, target.x_m - self.place.x_m)
            step_m = min(away_m, (WALK_M_S + 0.2 * self.id % 0.7) / TICK_HZ)
            self.place = self.place.moved(
                step_m * math.cos(self.heading_rad), step_m * math.sin(self.heading_rad)
            )
            self.stride_s += 1 / TICK_HZ
        return standing(
            self.id, self.place, self.heading_rad, lifted=int(self.stride_s / 0.3) % 2 + 1 if walking else 0
        )

    def _stroll(self, surface: Surface, t_s: float) -> Point:
        return Point(
            surface.width_m * (0.5 + 0.4 * math.cos(0.3 * t_s + self.id)),
            surface.height_m * (0.5 + 0.4 * math.sin(0.4 * t_s + 2 * self.id)),
        )


def standing(player_id: int, place: Point, heading_rad: float = math.pi / 2, *, lifted: int = 0) -> Player:
    """A player at a place; `lifted` is 1 for the left foot off the floor, 2 for the right."""
    across = Point(-0.09 * math.sin(heading_rad), 0.09 * math.cos(heading_rad))
    left = Foot(place.moved(*across), heading_rad, lifted != 1, 0.9)
    right = Foot(place.moved(-across.x_m, -across.y_m), heading_rad, lifted != 2, 0.9)
    joints = (JointPlace(place.x_m, place.y_m, 1.0, 0.9),) * 33
    return Player(player_id, place, left, right, joints, (0.0, 0.0), 0)


Crowd = Callable[[int, Sequence[Drawn]], Sequence[Player]]
"""Who is there at a tick, given what the floor shows."""


def walkers(surface: Surface, count: int) -> Crowd:
    people = [
        Walker(i + 1, Point(surface.width_m * (i + 1) / (count + 1), surface.height_m / 2))
        for i in range(count)
    ]
    return lambda index, shown: [person.step(shown, surface, index / TICK_HZ) for person in people]


def coming_and_going(surface: Surface, most: int) -> Crowd:
    """Everyone, nobody, newcomers with new ids: another number of people every four seconds."""

    def crowd(index: int, shown: Sequence[Drawn]) -> list[Player]:
        part = index // (4 * TICK_HZ)
        present = (part * 3 + 1) % (most + 1)
        return [
            Walker(100 * part + i, Point(surface.width_m * (i + 1) / (present + 1), 0.0)).step(
                shown, surface, index / TICK_HZ
            )
            for i in range(present)
        ]

    return crowd


def new_game(pack: GamePack, surface: Surface = FLOOR, *, seed: int = 7) -> Game:
    return load(pack)(surface, Rng(seed), checked_settings(pack))


def play(
    game: Game, crowd: Crowd, seconds: float, look: Callable[[RecordingCanvas], None] = lambda canvas: None
) -> list[tuple[int, Cue]]:
    """Run a game to its end or for some seconds; the crowd and `look` see the floor ten times a second."""
    canvas = RecordingCanvas()
    log: list[tuple[int, Cue]] = []
    for index in range(round(seconds * TICK_HZ)):
        if index % LOOK_EVERY == 0:
            game.draw(canvas)
            look(canvas)
        players = tuple(crowd(index, canvas.drawn))
        log += [(index, cue) for cue in game.update(Tick(index, index / TICK_HZ, 1 / TICK_HZ, players))]
        if log and isinstance(log[-1][1], Finish):
            break
    return log


def check_drawn(pack: GamePack, surface: Surface) -> Callable[[RecordingCanvas], None]:
    """Holds everything drawn to the surface, to finite numbers and to the catalogue."""
    known = [message for messages in pack.words.values() for message in messages.values()]
    sayings = re.compile("|".join([r"\d+", *(template(message) for message in known)]))

    def check(canvas: RecordingCanvas) -> None:
        assert canvas.background is not None, "a game covers the whole surface first"
        for drawn in canvas.drawn:
            for place in drawn.places:
                assert surface.contains(place, margin_m=-RIM_M), drawn
            numbers = [v for v in drawn.details.values() if isinstance(v, float)]
            assert all(math.isfinite(v) for v in (drawn.size_m, *drawn.color, *numbers)), drawn
            assert drawn.size_m > 0, drawn
            assert 0.0 <= drawn.opacity <= 1.0, drawn
            assert min(drawn.color) >= 0.0, drawn
            assert 0.0 <= drawn.details.get("progress", 1.0) <= 1.0, drawn
            if drawn.word == "text":
                assert sayings.fullmatch(drawn.details["words"]), f"not in game.toml's words: {drawn}"

    return check


def template(message: str) -> str:
    """A message as a pattern: its places hold a number."""
    return r"\d+".join(re.escape(part) for part in re.split(r"\{\w+\}", message))


@every_game
def test_importing_it_runs_nothing(pack: GamePack) -> None:
    assert (pack.folder / "__init__.py").read_text("utf-8") == "", "a game's __init__.py is empty"


@every_game
@pytest.mark.parametrize("surface", SURFACES, ids=lambda s: f"{s.width_m:g}x{s.height_m:g}")
def test_the_whole_round_is_drawn_well_and_ends_in_time(pack: GamePack, surface: Surface) -> None:
    game = new_game(pack, surface)
    count = {1.5: 1, 4.0: 2, 8.0: pack.max_players}[surface.width_m]
    log = play(game, walkers(surface, count), 60 * pack.minutes, check_drawn(pack, surface))
    cues = [cue for _, cue in log]
    assert isinstance(cues[-1], Finish), f"still going after the {pack.minutes:g} minutes that it promises"
    assert {cue.player_id for cue in cues if isinstance(cue, Score)} == set(range(1, count + 1))
    assert all(surface.contains(cue.at) for cue in cues if isinstance(cue, Score))
    assert {cue.message for cue in cues if isinstance(cue, Say)} <= set(pack.words["ko"])


@every_game
def test_players_come_and_go(pack: GamePack) -> None:
    crowd = coming_and_going(FLOOR, pack.max_players)
    log = play(new_game(pack), crowd, 60 * pack.minutes, check_drawn(pack, FLOOR))
    assert isinstance(log[-1][1], Finish)


@every_game
def test_an_empty_room_invites(pack: GamePack) -> None:
    looks: list[int] = []

    def look(canvas: RecordingCanvas) -> None:
        check_drawn(pack, FLOOR)(canvas)
        looks.append(len([drawn for drawn in canvas.drawn if drawn.word == "text"]))

    log = play(new_game(pack), lambda index, shown: [], 20, look)
    assert not [cue for _, cue in log if isinstance(cue, Score)]
    assert min(looks[1:]) > 0, "an empty floor tells passers-by what it is"


@every_game
def test_same_seed_and_players_give_the_same_cues(pack: GamePack) -> None:
    first, second = (play(new_game(pack), walkers(FLOOR, 2), 25) for _ in range(2))
    assert first == second
    assert first != play(new_game(pack, seed=8), walkers(FLOOR, 2), 25), "the seed changes nothing"


@every_game
def test_drawing_changes_nothing(pack: GamePack) -> None:
    drawn, undrawn = new_game(pack), new_game(pack)
    stage = RecordingCanvas()
    crowd = walkers(FLOOR, 2)
    for index in range(20 * TICK_HZ):
        players = tuple(crowd(index, stage.drawn))
        tick = Tick(index, index / TICK_HZ, 1 / TICK_HZ, players)
        assert drawn.update(tick) == undrawn.update(tick)
        if index % LOOK_EVERY == 0:
            drawn.draw(stage)
            again = RecordingCanvas()
            drawn.draw(again)
            assert again.drawn == stage.drawn
    undrawn.draw(again)
    drawn.draw(stage)
    assert again.drawn == stage.drawn


@every_game
def test_the_pace_of_the_host_does_not_matter(pack: GamePack) -> None:
    people = [standing(1, Point(1.3, 1.4)), standing(2, Point(2.6, 1.6))]

    def cues(calls_hz: float) -> list[Cue]:
        game = Round(new_game(pack), FLOOR, tick_hz=TICK_HZ)
        calls = range(int(15 * calls_hz) + 1)
        return [cue for call in calls for cue in game.advance(call / calls_hz, people)]

    assert cues(60) == cues(144) == cues(7)


@every_game
def test_the_golden_log(pack: GamePack) -> None:
    log = play(new_game(pack, seed=1), walkers(FLOOR, 2), 40)
    lines = [as_line(index, cue) for index, cue in log]
    path = GOLDEN / f"{pack.slug}.jsonl"
    if os.environ.get("DIDIM_WRITE_GOLDEN"):
        path.write_text("".join(lines), "utf-8")
    assert path.is_file(), "no golden log yet: DIDIM_WRITE_GOLDEN=1 pytest tests/games"
    golden = path.read_text("utf-8").splitlines(keepends=True)
    difference = "".join(difflib.unified_diff(golden, lines, str(path), "played now", n=2))
    assert not difference, f"{difference}\nIf this is meant: DIDIM_WRITE_GOLDEN=1 pytest tests/games"


def as_line(index: int, cue: Cue) -> str:
    fields = {"tick": index, "cue": type(cue).__name__, **asdict(cue)}
    return json.dumps(rounded(fields), ensure_ascii=False) + "\n"


def rounded(value: object) -> object:
    """Three decimals: a log outlives the last bits of a machine's sine."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return [rounded(item) for item in value] if isinstance(value, list | tuple) else value
