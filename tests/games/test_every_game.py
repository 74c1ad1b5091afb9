"""Every game keeps the contract; a new folder under games/ gets these tests by lying there.

Each game has a golden log of its cues, `golden/<slug>.jsonl`. A change that is meant is written with
`DIDIM_WRITE_GOLDEN=1` for that game alone and read in the diff; docs/writing-a-game.md has the command.
"""

from __future__ import annotations

import difflib
import json
import math
import os
import re
import statistics
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from itertools import combinations
from pathlib import Path

import pytest

from didim.play import (
    SKILLS,
    Course,
    Cue,
    Finish,
    Foot,
    GamePack,
    JointPlace,
    PackError,
    Player,
    Plays,
    Point,
    RecordingCanvas,
    Rng,
    Round,
    Say,
    Score,
    Surface,
    Target,
    Tick,
    Try,
    checked_settings,
    create,
    discover,
    robots,
    settings_of,
    words_of,
)
from didim.play._signs import CAP_LEAST_M
from didim.project._font import advance_px, open_font

GAMES = Path(__file__).parents[2] / "games"
GOLDEN = Path(__file__).parent / "golden"
FRESH = Path(tempfile.mkdtemp(prefix="didim-new-game-"))
create("just_made", FRESH)  # what `didim new-game` makes passes as it is; the guide's reader calls theirs hop
PACKS = discover([GAMES, FRESH])

GOLDEN_SEED, GOLDEN_SKILLS = 1, ("good", "fair")

TICK_HZ = 60
COARSE_HZ = 30
"""Of long rounds that count how often something succeeds: at half the rate that is the same."""
LOOKS_HZ = 10
ROUND_S = 25.0  # of the many rounds that need no whole one
SURFACES = {
    "floor": [Surface("floor", 4.0, 3.0), Surface("floor", 1.5, 1.0), Surface("floor", 8.0, 5.0)],
    "wall": [Surface("wall", 3.0, 2.0), Surface("wall", 1.6, 1.4), Surface("wall", 6.0, 2.4)],
}
RIM_M = 0.35  # how far outside the surface a game may draw: that is where a player's foot may stand
GROUP_RADIUS_M = 0.4

every_game = pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
every_size = pytest.mark.parametrize("size", [0, 1, 2], ids=["usual", "small", "large"])


def surface_of(pack: GamePack, size: int = 0) -> Surface:
    return SURFACES[pack.surfaces[0]][size]


def standing(player_id: int, place: Point) -> Player:
    left, right = Foot(place.moved(-0.09, 0), 1.57, True, 0.9), Foot(place.moved(0.09, 0), 1.57, True, 0.9)
    joints = (JointPlace(place.x_m, place.y_m, 1.0, 0.9),) * 33
    return Player(player_id, place, left, right, joints, (0.0, 0.0), 0)


Crowd = Callable[[int, Sequence[Target]], Sequence[Player]]
"""Who is there at a tick, given what the game draws them to."""


def crew(
    surface: Surface, skills: Sequence[str], *, seed: int = 5, seated: bool = False, tick_hz: int = TICK_HZ
) -> Crowd:
    """Players of the kit who play to the end."""
    people = robots(surface, skills, seed=seed, seated=seated)
    return lambda index, targets: [person.step(targets, index / tick_hz, 1 / tick_hz) for person in people]


def coming_and_going(surface: Surface, most: int) -> Crowd:
    """Everyone, nobody, newcomers with new ids: another number of people every four seconds."""

    def crowd(index: int, targets: Sequence[Target]) -> list[Player]:
        part = index // (4 * COARSE_HZ)
        present = (part * 3 + 1) % (most + 1)
        room_m = surface.width_m / (present + 1)
        return [standing(100 * part + i, Point(room_m * (i + 1), 0.3)) for i in range(present)]

    return crowd


def new_course(pack: GamePack, surface: Surface, *, seed: int = 7, **settings: float | bool | str) -> Course:
    return Course(pack, surface, Rng(seed), checked_settings(pack, settings))


def play(
    game: Course,
    crowd: Crowd,
    seconds: float,
    look: Callable[[RecordingCanvas], None] | None = None,
    *,
    tick_hz: int = TICK_HZ,
) -> list[tuple[int, Cue]]:
    """Run a course to its end or for some seconds; `look`, if there is one, sees it ten times a second."""
    canvas = RecordingCanvas()
    log: list[tuple[int, Cue]] = []
    for index in range(round(seconds * tick_hz)):
        if look and index % (tick_hz // LOOKS_HZ) == 0:
            game.draw(canvas)
            look(canvas)
        players = tuple(crowd(index, game.targets()))
        log += [(index, cue) for cue in game.update(Tick(index, index / tick_hz, 1 / tick_hz, players))]
        if log and isinstance(log[-1][1], Finish):
            break
    return log


def check_drawn(pack: GamePack, surface: Surface) -> Callable[[RecordingCanvas], None]:
    """Holds everything drawn to the surface, to finite numbers and to the catalogue."""
    known = [text for language in ("ko", "en") for text in words_of(pack, language).values()]
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
                assert sayings.fullmatch(drawn.details["words"]), f"not in the catalogue: {drawn}"

    return check


def lowest_text(sizes_m: dict[str, float]) -> Callable[[RecordingCanvas], None]:
    """Keeps how high each text came to be: while it pops in it is lower."""

    def look(canvas: RecordingCanvas) -> None:
        for drawn in canvas.drawn:
            if drawn.word == "text":
                words = drawn.details["words"]
                sizes_m[words] = max(sizes_m.get(words, 0.0), drawn.size_m)

    return look


def template(message: str) -> str:
    """A message as a pattern: its places hold a number."""
    return r"-?\d+".join(re.escape(part) for part in re.split(r"\{\w+\}", message))


@every_game
def test_importing_it_runs_nothing(pack: GamePack) -> None:
    assert (pack.folder / "__init__.py").read_text("utf-8") == "", "a game's __init__.py is empty"


@every_game
def test_every_word_can_be_written(pack: GamePack) -> None:
    font = open_font(32)
    words = {text for language in ("ko", "en") for text in words_of(pack, language).values()}
    for letter in {letter for text in words for letter in text}:
        advance_px(font, letter)  # raises where the font has no such letter


@every_game
def test_its_files_are_short(pack: GamePack) -> None:
    for path in pack.folder.glob("*.py"):
        assert path.read_text("utf-8").count("\n") <= 150, f"{path.name}: a file of a game is one noun"


@every_game
@every_size
def test_the_whole_round_is_drawn_well_and_ends_in_time(pack: GamePack, size: int) -> None:
    surface = surface_of(pack, size)
    game = new_course(pack, surface, round_s=ROUND_S) if size == 2 else new_course(pack, surface)
    count = (max(2, pack.min_players), 1, min(pack.max_players, 8))[size]
    sizes_m: dict[str, float] = {}
    check, measure = check_drawn(pack, surface), lowest_text(sizes_m)

    def look(canvas: RecordingCanvas) -> None:
        check(canvas)
        measure(canvas)

    log = play(game, crew(surface, ["good"] * count), 60 * pack.minutes, look)
    cues = [cue for _, cue in log]
    if surface.kind == "floor" and size != 1:
        small = {words: size_m for words, size_m in sizes_m.items() if size_m < CAP_LEAST_M - 1e-6}
        assert not small, "who stands cannot read these"
    assert isinstance(cues[-1], Finish), f"still going after the {pack.minutes:g} minutes that it promises"
    assert len(game.points) == count
    if size != 1:
        assert min(game.points.values()) > 0, f"somebody could do nothing: {game.points}"
    assert all(surface.contains(cue.at, margin_m=-RIM_M) for cue in cues if isinstance(cue, Score))
    assert {cue.message for cue in cues if isinstance(cue, Say)} <= set(words_of(pack, "ko"))


@every_game
@pytest.mark.parametrize("count", [1, 2, 3, 5, 8])
def test_nobody_is_pulled_into_anybody(pack: GamePack, count: int) -> None:
    """Targets lie on the surface, and those of different players at least the set distance apart."""
    surface = surface_of(pack)
    game = new_course(pack, surface, round_s=ROUND_S)
    spacing_m = checked_settings(pack)["spacing_m"]
    crowd = crew(surface, (["good", "fair"] * 4)[:count])

    def check(wanted: list[Target]) -> None:
        for target in wanted:
            assert surface.contains(target.place), target
            assert target.player_id is not None or target.radius_m >= GROUP_RADIUS_M, target
            apart = count == 1 or pack.scoring == "together" or target.player_id is not None
            assert apart, "where everybody plays for themselves, everybody has a place of their own"
        for one, other in combinations(wanted, 2):
            if None not in (one.player_id, other.player_id) and one.player_id != other.player_id:
                assert one.place.distance_m(other.place) >= spacing_m - 1e-9, (one, other)

    def watched(index: int, targets: Sequence[Target]) -> Sequence[Player]:
        if game.phase == "play" and index % (TICK_HZ // LOOKS_HZ) == 0:
            check([target for target in targets if target.kind == "reach"])
        return crowd(index, targets)

    play(game, watched, ROUND_S + 25)


@every_game
@pytest.mark.parametrize("who", ["a chair that the camera sees", "a setting"])
def test_from_a_chair_one_can_play(pack: GamePack, who: str) -> None:
    """Who rolls, and holds a hand out, scores, and more than a poor player on foot: nothing asks for feet."""
    surface = surface_of(pack)
    game = new_course(pack, surface, round_s=ROUND_S, seated=who == "a setting")
    stay = crew(surface, ["good", "good"], seated=True)
    as_seen: Plays = "standing" if who == "a setting" else "seated"

    def crowd(index: int, targets: Sequence[Target]) -> list[Player]:
        return [replace(player, plays=as_seen) for player in stay(index, targets)]

    log = play(game, crowd, ROUND_S + 30, check_drawn(pack, surface))
    scored = {cue.player_id for _, cue in log if isinstance(cue, Score)}
    assert scored == {1, 2}
    on_foot = new_course(pack, surface, round_s=ROUND_S)
    play(on_foot, crew(surface, ["poor", "poor"]), ROUND_S + 30)
    assert sum(game.points.values()) > sum(on_foot.points.values()), (game.points, on_foot.points)


@every_game
def test_a_game_that_left_or_right_means_something_to_says_so(pack: GamePack) -> None:
    """What a game does not ask for it does not offer, and what it offers it asks for."""
    code = "".join(path.read_text("utf-8") for path in pack.folder.glob("*.py"))
    assert pack.sided == ("side" in settings_of(pack)) == ('settings["side"]' in code)
    if not pack.sided:
        with pytest.raises(PackError, match="no setting 'side'"):
            checked_settings(pack, {"side": "left"})


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("slug", ["lily_pads", "mole_stomp"])
def test_only_the_foot_that_is_asked_for_counts(slug: str, side: str) -> None:
    surface = surface_of(PACKS[slug])
    game = new_course(PACKS[slug], surface, round_s=ROUND_S, side=side, lobby=False)
    stay = crew(surface, ["good"])

    def on_the_right_foot(index: int, targets: Sequence[Target]) -> list[Player]:
        return [replace(p, left=replace(p.left, down=False)) for p in stay(index, targets)]

    play(game, on_the_right_foot, ROUND_S + 20)
    assert (sum(game.points.values()) > 0) == (side == "right")


@every_game
def test_it_lays_out_for_those_who_are_expected(pack: GamePack) -> None:
    """Whoever comes a little later finds everything where it was."""
    surface = surface_of(pack)
    count = min(pack.max_players, 4)
    game = new_course(pack, surface, round_s=ROUND_S, players=count, adaptive=False)
    everybody = crew(surface, ["good"] * count)
    phases: dict[int, str] = {}

    def crowd(index: int, targets: Sequence[Target]) -> Sequence[Player]:
        phases[index // TICK_HZ] = game.phase
        return everybody(index, targets)[: count if index >= 15 * TICK_HZ else 1]

    play(game, crowd, ROUND_S + 50)
    assert {phase for second, phase in phases.items() if second < 15} == {"lobby"}
    assert len(game.points) == count


@every_game
def test_skill_shows(pack: GamePack) -> None:
    """Good players do clearly better than fair ones, and those than poor ones, each alone; and where tries
    are told, no fewer of theirs hit."""

    def played(skill: str) -> tuple[float, float | None]:
        points: list[int] = []
        hits: list[bool] = []
        for seed in range(1, 5):
            game = new_course(pack, surface_of(pack), seed=seed, round_s=60.0, adaptive=False)
            several = [skill] * max(1, pack.min_players)
            people = crew(surface_of(pack), several, seed=seed, tick_hz=COARSE_HZ)
            log = play(game, people, 110, tick_hz=COARSE_HZ)
            points.append(sum(game.points.values()))
            hits += [cue.hit for _, cue in log if isinstance(cue, Try)]
        return statistics.mean(points), statistics.mean(hits) if hits else None

    (good, most), (fair, _), (poor, least) = (played(skill) for skill in SKILLS)
    assert good > 1.15 * fair > 1.15 * 1.15 * poor, (good, fair, poor)
    assert (most is None) == (least is None)
    if most is not None and least is not None:
        assert most >= least, (most, least)


def test_nearly_every_game_tells_tries() -> None:
    """Where one cannot miss, as on a floor that is painted, hits are 'not measured'."""

    def tells(pack: GamePack) -> bool:
        log = play(new_course(pack, surface_of(pack)), crew(surface_of(pack), ["good", "poor"]), 30)
        return any(isinstance(cue, Try) for _, cue in log)

    assert {slug for slug, pack in PACKS.items() if not tells(pack)} == {"paint_floor"}


@every_game
def test_players_come_and_go(pack: GamePack) -> None:
    surface = surface_of(pack)
    crowd = coming_and_going(surface, pack.max_players)
    game = new_course(pack, surface, round_s=40.0)
    log = play(game, crowd, 120, check_drawn(pack, surface), tick_hz=COARSE_HZ)
    assert isinstance(log[-1][1], Finish)


@every_game
def test_an_empty_room_invites(pack: GamePack) -> None:
    looks: list[int] = []

    def look(canvas: RecordingCanvas) -> None:
        check_drawn(pack, surface_of(pack))(canvas)
        looks.append(len([drawn for drawn in canvas.drawn if drawn.word == "text"]))

    log = play(new_course(pack, surface_of(pack)), lambda index, targets: [], 20, look)
    assert not [cue for _, cue in log if isinstance(cue, Score)]
    assert min(looks[1:]) > 0, "an empty floor tells passers-by what it is"


@every_game
def test_left_alone_it_ends(pack: GamePack) -> None:
    surface = surface_of(pack)
    stay = crew(surface, ["good"] * max(1, pack.min_players))
    log = play(
        new_course(pack, surface, round_s=300.0),
        lambda index, targets: stay(index, targets) if index < 20 * TICK_HZ else [],
        60,
        check_drawn(pack, surface),
    )
    assert isinstance(log[-1][1], Finish)


@every_game
def test_same_seed_and_players_give_the_same_cues(pack: GamePack) -> None:
    surface = surface_of(pack)

    def log(seed: int = 7) -> list[tuple[int, Cue]]:
        return play(new_course(pack, surface, seed=seed), crew(surface, ["good", "fair"]), 25)

    first = log()
    assert first == log()
    assert first != log(seed=8), "the seed changes nothing"


@every_game
def test_drawing_changes_nothing(pack: GamePack) -> None:
    surface = surface_of(pack)
    drawn, undrawn = new_course(pack, surface), new_course(pack, surface)
    stage, again = RecordingCanvas(), RecordingCanvas()
    crowd = crew(surface, ["good", "good"])
    for index in range(20 * TICK_HZ):
        players = tuple(crowd(index, drawn.targets()))
        tick = Tick(index, index / TICK_HZ, 1 / TICK_HZ, players)
        assert drawn.update(tick) == undrawn.update(tick)
        if index % (TICK_HZ // LOOKS_HZ) == 0:
            drawn.draw(stage)
            drawn.draw(again)
            assert again.drawn == stage.drawn
            assert drawn.targets() == drawn.targets()
    undrawn.draw(again)
    drawn.draw(stage)
    assert again.drawn == stage.drawn


@every_game
def test_the_pace_of_the_host_does_not_matter(pack: GamePack) -> None:
    surface = surface_of(pack)
    people = [standing(1, Point(1.3, 1.4)), standing(2, Point(2.6, 1.6))]

    def cues(calls_hz: float) -> list[Cue]:
        game = Round(new_course(pack, surface), surface, tick_hz=TICK_HZ)
        calls = range(int(20 * calls_hz) + 1)
        return [cue for call in calls for cue in game.advance(call / calls_hz, people)]

    assert cues(60) == cues(144) == cues(7)


@every_game
def test_the_golden_log(pack: GamePack) -> None:
    surface = surface_of(pack)
    log = play(new_course(pack, surface, seed=GOLDEN_SEED), crew(surface, GOLDEN_SKILLS), 40)
    lines = [as_line(index, cue) for index, cue in log]
    path = GOLDEN / f"{pack.slug}.jsonl"
    if os.environ.get("DIDIM_WRITE_GOLDEN"):
        path.write_text("".join(lines), "utf-8")
    write = f"DIDIM_WRITE_GOLDEN=1 pytest 'tests/games/test_every_game.py::test_the_golden_log[{pack.slug}]'"
    assert path.is_file(), f"no golden log yet: {write}"
    golden = path.read_text("utf-8").splitlines(keepends=True)
    difference = "".join(difflib.unified_diff(golden, lines, str(path), "played now", n=2))
    assert not difference, f"{difference}\nIf this is meant: {write}"


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
