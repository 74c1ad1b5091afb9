"""The kit: lobby to results, difficulty, places for targets, and robots to try it all."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from didim.play import (
    SKILLS,
    Burst,
    Challenge,
    Color,
    Course,
    Cue,
    Finish,
    Floaters,
    Foot,
    Joint,
    JointPlace,
    Marks,
    Messages,
    Places,
    Player,
    Point,
    RecordingCanvas,
    Rng,
    Round,
    Say,
    Score,
    Seats,
    Settings,
    Sound,
    Surface,
    Target,
    Tick,
    Words,
    bounced,
    checked_settings,
    discover,
    eased,
    footing,
    hands,
    popped,
    robots,
    touching,
)
from didim.play._calm import softened
from didim.play._passing import SoftCanvas

PACKS = discover([Path(__file__).parents[2] / "games"])
PACK = PACKS["lily_pads"]
FLOOR = Surface("floor", 4.0, 3.0)
TICK_HZ = 60


def standing(player_id: int, x_m: float, y_m: float, *, heading_rad: float = 1.57) -> Player:
    foot = Foot(Point(x_m, y_m), heading_rad, True, 0.9)
    return Player(player_id, Point(x_m, y_m), foot, foot, (), (0.0, 0.0), 0, heading_rad=heading_rad)


def settings(**values: float | bool | str) -> Settings:
    return checked_settings(PACK, values)


class Hall:
    """A course that runs on, with whoever is there."""

    def __init__(self, **values: float | bool | str) -> None:
        self.course = Course(PACK, FLOOR, Rng(1), settings(**values))
        self.index = 0

    def wait(self, seconds: float, *players: Player) -> list[Cue]:
        cues: list[Cue] = []
        for _ in range(round(seconds * TICK_HZ)):
            cues += self.course.update(Tick(self.index, self.index / TICK_HZ, 1 / TICK_HZ, players))
            self.index += 1
        return cues

    def phase(self) -> str:
        return self.course.phase

    def texts(self) -> set[str]:
        canvas = RecordingCanvas()
        self.course.draw(canvas)
        return {drawn.details["words"] for drawn in canvas.drawn if drawn.word == "text"}


def test_the_lobby_waits_for_everybody_to_choose_and_then_counts_down() -> None:
    hall = Hall()
    assert hall.wait(30) == []
    assert {"연잎 밟기", "Lily Pads", "Come in!"} <= hall.texts()
    me, other = standing(1, 2.0, 1.5), standing(2, 2.2, 1.5)
    assert hall.wait(0.1, me, other) == [Say("choose")]
    spots = {target.player_id: target.place for target in hall.course.targets()}
    assert set(spots) == {1, 2}
    chosen = standing(1, *spots[1])
    hall.wait(4, chosen, other)
    assert hall.phase() == "lobby", "one has not chosen yet"
    hall.wait(3.5, chosen, standing(2, *spots[2]))
    assert hall.phase() == "countdown"
    hall.wait(3.1, me, other)
    assert hall.phase() == "play"


def test_who_does_not_choose_is_given_a_color() -> None:
    hall = Hall()
    hall.wait(9.1, standing(1, 2.0, 1.5))
    assert hall.phase() == "countdown"


def test_without_a_lobby_the_first_player_starts_the_countdown() -> None:
    hall = Hall(lobby=False)
    hall.wait(5)
    assert hall.phase() == "lobby"
    cues = hall.wait(3.1, standing(1, 2.0, 1.5))
    assert [cue.name for cue in cues if isinstance(cue, Sound)] == ["tick", "tick", "tick", "go"]
    assert hall.phase() == "play"


def test_who_leaves_before_the_start_leaves_a_waiting_lobby() -> None:
    hall = Hall()
    hall.wait(3, standing(1, 2.0, 1.5))
    hall.wait(20)
    assert hall.phase() == "lobby"
    assert hall.wait(0.1, standing(1, 2.0, 1.5)) == [Say("choose")]


def test_the_last_seconds_are_told_unless_it_is_calm() -> None:
    for calm in (False, True):
        hall = Hall(round_s=20, calm=calm)
        hall.wait(9.1 + 3 + 12, standing(1, 2.0, 1.5))
        assert any("seconds left" in text for text in hall.texts()) is not calm


def test_everybody_ends_with_a_result() -> None:
    hall = Hall(round_s=20)
    cues = hall.wait(9.1 + 3 + 20.2, standing(1, 2.0, 1.5), standing(2, 3.0, 1.5))
    assert Say("well_done") in cues
    assert hall.phase() == "results"
    assert set(hall.course.points) == {1, 2}
    assert hall.wait(10)[-1] == Finish()


def test_a_pause_takes_no_time_from_the_players() -> None:
    round_ = Round.start(PACK, FLOOR, seed=1, settings=settings(round_s=20))
    me = [standing(1, 2.0, 1.5)]
    round_.advance(5.0, me)
    before_s = round_.t_s
    for call in range(100):
        round_.pause(5.0 + 0.1 * call)
    canvas = RecordingCanvas()
    round_.draw(canvas)
    assert "Just a moment" in {d.details["words"] for d in canvas.drawn if d.word == "text"}
    round_.advance(15.0, me)
    assert round_.t_s - before_s < 0.2
    assert not round_.paused


@pytest.mark.parametrize("ability", [0.2, 0.5, 0.8])
def test_difficulty_settles_where_seven_to_eight_in_ten_succeed(ability: float) -> None:
    """A player succeeds with a chance that falls as it gets harder than they are able."""
    challenge, rng, tries = Challenge(settings()), random.Random(4), []
    for _ in range(600):
        chance = 1 / (1 + 10 ** (4 * (challenge[1] - ability)))
        success = rng.random() < min(1.0, 0.5 * chance + 0.5 * (challenge[1] < ability + 0.3))
        challenge.tell(1, success=success)
        tries.append(success)
    assert 0.70 <= sum(tries[100:]) / 500 <= 0.85
    assert challenge[2] == challenge.start, "each player is on their own level"


def test_fixed_difficulty_stays() -> None:
    challenge = Challenge(settings(adaptive=False, level=5))
    challenge.tell(1, success=False)
    assert challenge[1] == 1.0
    assert challenge.between(1, 10.0, 2.0) == 2.0


@pytest.mark.parametrize("seed", range(4))
def test_places_keep_players_apart(seed: int) -> None:
    places, rng = Places(FLOOR, spacing_m=1.2, reach_m=1.6), Rng(seed)
    players = [standing(i + 1, 0.8 + 0.8 * i, 1.5) for i in range(4)]
    taken: list[Target] = []
    for player in players * 3:
        place = places.find(player, players, taken, 0.25, rng)
        if place is None:
            continue
        assert FLOOR.contains(place, margin_m=0.25)
        assert place.distance_m(player.feet) <= 1.6
        assert min(players, key=lambda p: place.distance_m(p.feet)) is player
        for other in taken:
            apart_m = place.distance_m(other.place)
            assert apart_m >= (1.2 if other.player_id != player.id else 0.5)
        taken.append(Target(place, 0.25, player.id))
    assert taken


@pytest.mark.parametrize("kind", ["floor", "wall"])
def test_a_good_robot_is_there_sooner_and_nearer(kind: str) -> None:
    surface = Surface("floor", 4.0, 3.0) if kind == "floor" else Surface("wall", 3.0, 2.0)
    goal = Point(2.6, 1.2)
    reached = {}
    for skill in SKILLS:
        times = []
        for seed in range(8):
            (robot,) = robots(surface, [skill], seed=seed)
            for tick in range(60 * 12):
                player = robot.step([Target(goal, 0.2)], tick / 60, 1 / 60)
                points = (
                    [player.right.place]
                    if kind == "floor"
                    else [Point(player.joints[20].x_m, player.joints[20].y_m)]
                )
                if any(point.distance_m(goal) < 0.12 for point in points):
                    times.append(tick / 60)
                    break
            else:
                times.append(12.0)
        reached[skill] = sum(times) / len(times)
    assert reached["good"] < reached["fair"] < reached["poor"]


def test_easing_begins_at_nothing_and_ends_at_one() -> None:
    for ease in (eased, popped, bounced):
        assert ease(-1.0) == pytest.approx(ease(0.0), abs=1e-9)
        assert ease(0.0) == pytest.approx(0.0, abs=1e-6)
        assert ease(1.0) == pytest.approx(1.0)
        assert ease(2.0) == pytest.approx(1.0)
    assert max(popped(i / 50) for i in range(51)) > 1.05


def test_results_wait_until_they_are_kept() -> None:
    course = Course(PACK, FLOOR, Rng(1), settings(round_s=20, lobby=False), keeps=True)
    me, cues = standing(1, 2.0, 1.5), []
    for index in range(40 * TICK_HZ):
        cues += course.update(Tick(index, index / TICK_HZ, 1 / TICK_HZ, (me,)))
    before = course.phase
    assert Say("well_done") not in cues
    course.kept()
    cues = course.update(Tick(40 * TICK_HZ, 40.0, 1 / TICK_HZ, (me,)))
    assert Say("well_done") in cues
    assert (before, course.phase) == ("keeping", "results")


def test_who_is_known_and_there_needs_no_lobby() -> None:
    seats = Seats({3, 5})
    assert seats.choose(1, 3)
    assert seats.choose(2, 5)
    me, other = standing(1, 2.0, 1.5), standing(2, 3.0, 1.5)
    course = Course(PACK, FLOOR, Rng(1), settings(), seats=seats)
    course.update(Tick(0, 0.0, 1 / TICK_HZ, (me,)))
    before = course.phase
    course.update(Tick(1, 1 / TICK_HZ, 1 / TICK_HZ, (me, other)))
    assert (before, course.phase) == ("lobby", "countdown"), "first the other was not there yet"


def test_a_color_waits_a_moment_for_who_is_out_of_sight_and_is_free_then() -> None:
    hall = Hall()
    me, other = standing(1, 2.0, 1.5), standing(2, 2.2, 1.5)
    hall.wait(0.1, me, other)
    spot = next(target.place for target in hall.course.targets() if target.player_id == 1)
    hall.wait(1.0, standing(1, *spot), other)
    hall.wait(1.0, other)
    assert 1 in hall.course.seats
    hall.wait(4.0, standing(2, *spot))
    assert hall.course.seats[2].number == 1


@pytest.mark.parametrize(("heading_rad", "language"), [(1.2, "+3 ko"), (-1.2, "+3 en")])
def test_a_floater_is_turned_to_who_earned_it_and_stays_on_the_surface(
    heading_rad: float, language: str
) -> None:
    texts = {"ko": {"won": "+{points} ko"}, "en": {"won": "+{points} en"}}
    floaters = Floaters(FLOOR, Words(Messages("ko", texts["ko"]), Messages("en", texts["en"])))
    corner = Point(FLOOR.width_m - 0.05, FLOOR.height_m - 0.05)
    floaters.add("won", corner, 1.0, reader=standing(1, *corner, heading_rad=heading_rad), points=3)
    for t_s in (1.05, 1.5, 2.3):
        canvas = RecordingCanvas()
        floaters.draw(canvas, t_s)
        (text,) = canvas.drawn
        assert text.details["words"] == language
        assert text.details["facing"] == pytest.approx(heading_rad)
        out_m = text.details["arc_radius_m"]
        middle = text.places[0].moved(out_m * math.cos(heading_rad), out_m * math.sin(heading_rad))
        assert FLOOR.contains(middle, margin_m=0.05)
    both = RecordingCanvas()
    floaters.add("won", corner, 3.0, points=3)
    floaters.draw(both, 3.1)
    assert {drawn.details["words"] for drawn in both.drawn} == {"+3 ko", "+3 en"}


@pytest.mark.parametrize("room_m", [0.5, 9.0])
def test_on_a_wall_a_floater_is_straight_and_fits_its_room(room_m: float) -> None:
    wall, long = Surface("wall", 3.2, 1.8), "정말로 똑같아요! +{points}"
    words = Words(Messages("ko", {"won": long}), Messages("en", {"won": long}))
    floaters = Floaters(wall, words)
    floaters.add("won", Point(1.6, 0.9), 1.0, reader=standing(1, 1.6, -0.5), room_m=room_m, points=10)
    heights = []
    for t_s in (1.4, 2.3):
        canvas = RecordingCanvas()
        floaters.draw(canvas, t_s)
        (text,) = canvas.drawn
        assert text.details["arc_radius_m"] is None
        heights.append((text.places[0].y_m, text.size_m))
    assert heights[1][0] > heights[0][0] > 0.9, "it drifts up"
    wide_m = (7 * 1.3 + 6 * 0.8) * heights[1][1]
    assert wide_m <= 1.05 * room_m
    assert (heights[1][1] < 0.05) == (room_m < 1)


def test_long_words_on_a_floor_do_not_curl_until_they_stand_on_their_heads() -> None:
    words = Words(*(Messages(language, {"won": "A little late, again"}) for language in ("ko", "en")))
    floaters = Floaters(FLOOR, words)
    floaters.add("won", Point(2.0, 1.5), 1.0, reader=standing(1, 2.0, 1.5))
    canvas = RecordingCanvas()
    floaters.draw(canvas, 1.5)
    (text,) = canvas.drawn
    curl_rad = 20 * 0.8 * text.size_m / text.details["arc_radius_m"]
    assert curl_rad < math.radians(100)


@pytest.mark.parametrize("height_m", [1.4, 1.8, 2.4])
def test_no_line_of_a_walls_lobby_lies_over_another(height_m: float) -> None:
    wall, pack = Surface("wall", 1.8 * height_m, height_m), PACKS["balloon_pop"]
    course = Course(pack, wall, Rng(1), checked_settings(pack))
    course.update(Tick(0, 0.0, 1 / TICK_HZ, (standing(1, 1.0, -0.4),)))
    canvas = RecordingCanvas()
    course.draw(canvas)
    lines = sorted((text.places[0].y_m, text.size_m) for text in canvas.drawn if text.word == "text")
    assert len(lines) == 4
    for (low_m, low_cap_m), (high_m, high_cap_m) in pairwise(lines):
        assert high_m - low_m > 0.62 * (low_cap_m + high_cap_m), "letters reach below their line"


def test_a_walls_countdown_stands_in_its_ring_and_a_pause_veils_the_game() -> None:
    wall, pack = Surface("wall", 3.2, 1.8), PACKS["balloon_pop"]
    course = Course(pack, wall, Rng(1), checked_settings(pack, {"lobby": False}))
    canvas = RecordingCanvas()
    for index in range(40):
        course.update(Tick(index, index / TICK_HZ, 1 / TICK_HZ, (standing(1, 1.0, -0.4),)))
    assert course.phase == "countdown"
    course.draw(canvas)
    (number,) = [each for each in canvas.drawn if each.word == "text" and each.details["words"].isdigit()]
    (ring,) = [each for each in canvas.drawn if each.word == "ring" and each.details["progress"] < 1]
    assert number.places == ring.places
    assert 0.5 * ring.size_m < number.size_m < ring.size_m
    course.draw_pause(canvas)
    veil = max((each for each in canvas.drawn if each.word == "disc"), key=lambda each: each.size_m)
    assert veil.size_m > wall.width_m
    assert veil.opacity > 0.4
    assert [each.word for each in canvas.drawn[canvas.drawn.index(veil) :]].count("line") == 2


@pytest.mark.parametrize("height_m", [1.8, 2.4])
def test_on_a_wall_places_keep_clear_of_the_words_and_the_points(height_m: float) -> None:
    wall, rng = Surface("wall", 3.2, height_m), Rng(2)
    places, radius_m, reader = Places(wall, spacing_m=1.2, reach_m=3.0), 0.15, standing(1, 1.6, -0.5)
    found = [places.find(reader, [reader], [], radius_m, rng) for _ in range(300)]
    heights = [place.y_m for place in found if place is not None]
    cap_m = min(0.24, 0.055 * height_m)
    assert len(heights) > 250
    assert max(heights) + radius_m < height_m - 3.3 * cap_m
    assert min(heights) - radius_m > 2.0 * cap_m
    assert max(heights) - min(heights) > 0.4 * height_m, "what is left is used"


def test_the_side_that_plays_is_the_one_that_counts() -> None:
    left, right = Foot(Point(1.0, 1.0), 0.0, True, 0.9), Foot(Point(1.2, 1.0), 0.0, True, 0.9)
    joints = tuple(JointPlace(0.1 * joint, 1.0, 0.2, 0.9) for joint in Joint)
    player = Player(1, Point(1.1, 1.0), left, right, joints, (0.0, 0.0), 0)
    wall = Surface("wall", 3.0, 2.0)
    assert touching(player, FLOOR) == [left.place, right.place]
    assert touching(player, FLOOR, side="left") == [left.place]
    assert touching(player, FLOOR, side="right") == [right.place]
    hand = player.joint(Joint.RIGHT_INDEX)
    assert touching(player, wall, side="right") == [Point(hand.x_m, hand.y_m)]
    assert len(touching(player, wall)) == 2
    away = replace(player, joints=tuple(joint._replace(z_m=0.5) for joint in joints))
    assert touching(away, wall) == []
    assert len(hands(away)) == 2


def in_a_chair(hand: tuple[float, float, float], *, heading_rad: float = 0.0) -> Player:
    """At (1, 1), the right hand held out to `hand`, the left one in the lap."""
    place = Point(1.0, 1.0)
    joints = [JointPlace(*place, 0.6, 0.9)] * len(Joint)
    joints[Joint.RIGHT_INDEX] = JointPlace(*hand, 0.9)
    foot = Foot(place, heading_rad, True, 0.9)
    return Player(1, place, foot, foot, tuple(joints), (0.0, 0.0), 0, plays="seated")


@pytest.mark.parametrize(
    ("hand", "counts"),
    [((1.5, 1.0, 0.4), True), ((1.2, 1.0, 0.4), False), ((1.5, 1.0, 1.2), False)],
    ids=["held out", "in the lap", "raised"],
)
def test_from_a_chair_the_chair_and_a_hand_held_out_count(
    hand: tuple[float, float, float], counts: bool
) -> None:
    player = in_a_chair(hand)
    out = [Point(*hand[:2])] if counts else []
    assert touching(player, FLOOR) == [player.feet, *out]
    assert touching(player, FLOOR, side="right") == [player.feet, *out]
    assert touching(player, FLOOR, side="left") == [player.feet]
    assert footing(player) == [player.feet], "a beam carries the chair, not the hand"


def test_targets_of_who_sits_lie_where_a_chair_and_an_arm_reach() -> None:
    rng, wall = Rng(3), Surface("wall", 4.0, 3.0)
    sitting = in_a_chair((1.0, 1.0, 0.4))
    standing_up = replace(sitting, plays="standing")

    def found(surface: Surface, player: Player) -> list[Point]:
        places = Places(surface, spacing_m=1.2, reach_m=2.0)
        drawn = [places.find(player, [player], [], 0.1, rng) for _ in range(150)]
        return [place for place in drawn if place is not None]

    heights_m = [place.y_m for place in found(wall, sitting)]
    assert 0.5 <= min(heights_m) < max(heights_m) <= 1.45
    assert max(place.y_m for place in found(wall, standing_up)) > 2.0
    nearest_m = min(place.distance_m(sitting.feet) for place in found(FLOOR, sitting))
    assert nearest_m >= 0.55 > min(place.distance_m(sitting.feet) for place in found(FLOOR, standing_up))


def test_who_sits_sees_the_wheels_in_the_light() -> None:
    marks, canvas, seats = Marks(FLOOR), RecordingCanvas(), Seats()
    player = in_a_chair((1.5, 1.0, 0.4))
    seats.update([player], 0.0)
    marks.update([player], seats, 0.0)
    marks.draw(canvas, 0.0)
    words = [drawn.word for drawn in canvas.drawn]
    assert "footprint" not in words
    assert words.count("line") == 2
    assert Point(1.5, 1.0) in [drawn.places[0] for drawn in canvas.drawn if drawn.word == "ring"]


def test_the_lobby_waits_for_those_who_are_expected_but_not_for_ever() -> None:
    hall = Hall(players=3)
    hall.wait(0.1, standing(1, 2.0, 1.5), standing(2, 2.2, 1.5))
    here = [standing(target.player_id or 0, *target.place) for target in hall.course.targets()]
    hall.wait(25.0, *here)
    assert hall.phase() == "lobby"
    assert "2 of 3 are here!" in hall.texts()
    hall.wait(10.0, *here)
    assert hall.phase() != "lobby"
    full = Hall(players=2)
    full.wait(15.0, *here)
    assert full.phase() != "lobby"


def test_calm_cues_and_drawing_are_soft_and_words_stay_bright() -> None:
    red = Color(2.0, 0.1, 0.1)
    burst = softened(Burst(Point(1, 1), red, count=60))
    assert isinstance(burst, Burst)
    assert burst.count == 21
    assert burst.color.grey < red.grey
    assert burst.color.r - burst.color.g < 0.6 * (red.r - red.g), "paler"
    score = Score(1, 3, Point(1, 1))
    assert softened(score) is score
    seen = RecordingCanvas()
    calm = SoftCanvas(seen)
    calm.fill("pond")
    calm.text("Go!", Point(1, 1), 0.1, red)
    calm.glow(Point(1, 1), 0.4, red, opacity=0.8)
    text, glow = seen.drawn
    assert seen.background == "pond"
    assert text.color == red
    assert glow.opacity == pytest.approx(0.4)
    assert glow.color.grey < red.grey


def test_nothing_runs_out_in_calm_play() -> None:
    assert settings(calm=True).lasting_s(5.0) == math.inf
    assert settings(age="3-5").lasting_s(7.0) == pytest.approx(10.0)


def test_one_line_at_a_time_stands_at_an_edge() -> None:
    hall, me = Hall(lobby=False), standing(1, 2.0, 1.5)
    hall.wait(1.0, me)
    assert hall.phase() == "countdown"
    assert {"준비!", "Get ready!"} <= hall.texts()
    assert not {"연잎을 밟아요!", "Step on the leaf!"} & hall.texts()
    hall.wait(3.0, me)
    assert "연잎을 밟아요!" in hall.texts()
    canvas = RecordingCanvas()
    hall.course.draw_pause(canvas)
    shown = {drawn.details["words"] for drawn in canvas.drawn if drawn.word == "text"}
    assert shown == {"잠깐 멈췄어요", "Just a moment"}
