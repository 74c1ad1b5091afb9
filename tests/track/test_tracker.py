from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from didim.geometry import PinholeCamera, PlaneMap, Point, Surface
from didim.people import Joint, Player
from didim.pose import Skeleton
from didim.track import FloorTracker
from tests.track.conftest import joints_m

if TYPE_CHECKING:
    from tests.track.conftest import MakeBody

RATE_HZ = 30
FLOOR = Surface("floor", 4.0, 3.0)

Bodies = Callable[[int], tuple[Skeleton, ...]]


def _follow(tracker: FloorTracker, bodies: Bodies, pictures: range) -> list[tuple[Player, ...]]:
    return [tracker.follow(bodies(index), round(index * 1e9 / RATE_HZ)) for index in pictures]


def _feet_at(x_m: float, y_m: float) -> tuple[tuple[float, float], tuple[float, float]]:
    return (x_m, y_m + 0.1), (x_m, y_m - 0.1)


def _walked(index: int, *, step_s: float = 0.5, stride_m: float = 0.6) -> tuple[float, float, float, float]:
    """The x of both feet and their lifts in a walk along x: one stands while the other swings."""
    phase = index / RATE_HZ / step_s
    count, share = int(phase), phase % 1
    swung = stride_m * (count - 1 + 2 * (0.5 - 0.5 * math.cos(math.pi * share)))
    lift_m = 0.15 * math.sin(math.pi * share)
    stood = stride_m * count
    return (swung, stood, lift_m, 0.0) if count % 2 else (stood, swung, 0.0, lift_m)


def test_a_person_counts_after_three_pictures(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, *_feet_at(2.0, 1.5))
    seen = _follow(FloorTracker(camera, FLOOR), lambda _: (body,), range(4))
    assert [len(players) for players in seen] == [0, 0, 1, 1]
    assert seen[-1][0].id == 1
    assert seen[-1][0].feet == pytest.approx((2.0, 1.5), abs=2e-3)
    assert seen[-1][0].left.down
    assert seen[-1][0].right.down


def test_standing_still_keeps_forever(camera: PinholeCamera, make_body: MakeBody) -> None:
    def bodies(index: int) -> tuple[Skeleton, ...]:
        return (make_body(camera, *_feet_at(2.0, 1.5), noise_px=1.0, seed=index),)

    seen = _follow(FloorTracker(camera, FLOOR, latency_s=0.08), bodies, range(600))
    assert {tuple(player.id for player in players) for players in seen[3:]} == {(1,)}
    assert seen[-1][0].steps == 0
    places = np.array([players[0].feet for players in seen[30:]])
    assert np.hypot(*(places - [2.0, 1.5]).T).max() < 0.02


def test_a_landmark_that_strays_now_and_then_moves_no_standing_foot(
    camera: PinholeCamera, make_body: MakeBody
) -> None:
    def bodies(index: int) -> tuple[Skeleton, ...]:
        left, (right_x_m, right_y_m) = _feet_at(2.0, 1.5)
        strays_m = 0.12 if index % 9 == 4 else 0.0
        return (make_body(camera, left, (right_x_m + strays_m, right_y_m), noise_px=0.5, seed=index),)

    seen = _follow(FloorTracker(camera, FLOOR), bodies, range(150))
    assert seen[-1][0].steps == 0
    off_m = [players[0].right.place.distance_m(Point(*_feet_at(2.0, 1.5)[1])) for players in seen[30:]]
    assert max(off_m) < 0.02


def test_a_hidden_foot_goes_along_with_who_walks_on(camera: PinholeCamera, make_body: MakeBody) -> None:
    def bodies(index: int) -> tuple[Skeleton, ...]:
        left, right = _feet_at(1.0 + max(index - 30, 0) / RATE_HZ, 1.5)
        body = make_body(camera, left, right, noise_px=0.5, seed=index)
        scores = body.scores.copy()
        scores[[Joint.RIGHT_ANKLE, Joint.RIGHT_HEEL, Joint.RIGHT_FOOT_INDEX]] = 0.0
        return (replace(body, scores=scores) if index > 30 else body,)

    seen = _follow(FloorTracker(camera, FLOOR), bodies, range(60))
    assert seen[-1][0].right.place.x_m == pytest.approx(1.0 + 29 / RATE_HZ, abs=0.1)


def test_a_moment_out_of_sight_keeps_the_id(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, *_feet_at(2.0, 1.5))
    seen = _follow(FloorTracker(camera, FLOOR), lambda index: () if 10 <= index < 35 else (body,), range(45))
    assert [player.id for players in seen[2:] for player in players] == [1] * 43


def test_who_comes_back_a_stride_away_is_the_same_and_nobody_is_there_twice(
    camera: PinholeCamera, make_body: MakeBody
) -> None:
    def bodies(index: int) -> tuple[Skeleton, ...]:
        if index < 10:
            return (make_body(camera, *_feet_at(1.0, 1.5)),)
        return (make_body(camera, *_feet_at(1.8, 1.5)),)

    followed = _follow(FloorTracker(camera, FLOOR), bodies, range(30))
    assert {player.id for players in followed for player in players} == {1}
    assert max(len(players) for players in followed) == 1
    assert followed[-1][0].feet.distance_m(Point(1.8, 1.5)) < 0.05


def test_two_bodies_found_in_one_are_one_player(camera: PinholeCamera, make_body: MakeBody) -> None:
    def bodies(index: int) -> tuple[Skeleton, ...]:
        left, right = _feet_at(1.0, 1.5)
        body = make_body(camera, left, right)
        again = make_body(camera, right, left, noise_px=3.0, seed=index)  # its sides taken for each other
        beside = make_body(camera, *_feet_at(1.0, 1.9))
        return (body, again, beside)

    followed = _follow(FloorTracker(camera, FLOOR), bodies, range(60))
    assert {len(players) for players in followed[3:]} == {2}
    assert {player.id for players in followed for player in players} == {1, 2}


def test_one_who_goes_where_a_body_was_wrongly_found_stays_one(
    camera: PinholeCamera, make_body: MakeBody
) -> None:
    """For a third of a second another body is seen farther back, where the only person then goes."""

    def bodies(index: int) -> tuple[Skeleton, ...]:
        y_m = 1.5 + min(max(index - 71, 0) * 0.05, 0.6)
        body = make_body(camera, *_feet_at(2.0, y_m), noise_px=0.5, seed=index)
        wrong = make_body(camera, *_feet_at(2.0, 2.1), noise_px=0.5, seed=index + 999)
        return (body, wrong) if 60 <= index < 70 else (body,)

    seen = _follow(FloorTracker(camera, FLOOR), bodies, range(180))
    assert max(len(players) for players in seen[60:72]) == 2
    assert {tuple(player.id for player in players) for players in seen[105:]} == {(1,)}


def test_who_is_gone_for_longer_is_someone_new(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, *_feet_at(2.0, 1.5))
    seen = _follow(FloorTracker(camera, FLOOR), lambda index: () if 10 <= index < 50 else (body,), range(60))
    assert seen[39]
    assert seen[41] == ()
    assert [player.id for player in seen[-1]] == [2]


@pytest.mark.parametrize(("away_s", "last_id"), [(7.0, 1), (12.0, 2)])
def test_clothes_are_remembered_for_ten_seconds(
    camera: PinholeCamera, make_body: MakeBody, away_s: float, last_id: int
) -> None:
    body = make_body(camera, *_feet_at(2.0, 1.5))
    red = np.full((720, 1280, 3), (40, 40, 200), np.uint8)
    tracker = FloorTracker(camera, FLOOR)
    players: tuple[Player, ...] = ()
    for index in range(30 + round(away_s * RATE_HZ) + 10):
        away = 30 <= index < 30 + away_s * RATE_HZ
        players = tracker.follow(() if away else (body,), round(index * 1e9 / RATE_HZ), red)
    assert [player.id for player in players] == [last_id]


def test_passers_by_outside_are_no_players(camera: PinholeCamera, make_body: MakeBody) -> None:
    near = make_body(camera, *_feet_at(2.0, 3.3))
    far = make_body(camera, *_feet_at(2.0, 3.8))
    assert len(_follow(FloorTracker(camera, FLOOR), lambda _: (near, far), range(5))[-1]) == 1


@pytest.mark.parametrize("order", [1, -1])
def test_two_who_cross_keep_their_ids(camera: PinholeCamera, make_body: MakeBody, order: int) -> None:
    def bodies(index: int) -> tuple[Skeleton, ...]:
        along = 0.5 + 1.2 * index / RATE_HZ
        one = make_body(camera, *_feet_at(along, 1.4), noise_px=1.0, seed=index)
        other = make_body(camera, *_feet_at(4.0 - along, 1.7), noise_px=1.0, seed=index + 1000)
        hidden = abs(along - 2.0) < 0.15
        return ((one,) if hidden else (one, other))[:: order if index % 2 else -order]

    seen = _follow(FloorTracker(camera, FLOOR), bodies, range(75))
    first, last = seen[4], seen[-1]
    assert [player.id for player in first] == [player.id for player in last] == [1, 2]
    walked = {before.id: after.feet.x_m - before.feet.x_m for before, after in zip(first, last, strict=True)}
    rightward = min(first, key=lambda player: player.feet.x_m).id
    assert walked[rightward] > 2.5
    assert walked[3 - rightward] < -2.5


def test_steps_of_a_walk_are_counted(camera: PinholeCamera, make_body: MakeBody) -> None:
    def bodies(index: int) -> tuple[Skeleton, ...]:
        left, right, left_lift_m, right_lift_m = _walked(index)
        return (
            make_body(
                camera,
                (left, 1.6),
                (right, 1.4),
                lift_m=(left_lift_m, right_lift_m),
                noise_px=0.7,
                seed=index,
            ),
        )

    seen = _follow(FloorTracker(camera, FLOOR), bodies, range(12, 98))
    assert seen[-1][0].steps == 6
    headings = [abs(players[0].left.heading_rad) for players in seen[5:]]
    assert max(headings) < 0.4


@pytest.mark.parametrize("latency_s", [0.05, 0.1])
def test_a_stop_does_not_overshoot(camera: PinholeCamera, make_body: MakeBody, latency_s: float) -> None:
    def bodies(index: int) -> tuple[Skeleton, ...]:
        return (
            make_body(
                camera, *_feet_at(min(0.5 + 2.0 * index / RATE_HZ, 2.5), 1.5), noise_px=0.5, seed=index
            ),
        )

    seen = _follow(FloorTracker(camera, FLOOR, latency_s=latency_s), bodies, range(60))
    walking = [players[0].feet.x_m for players in seen[15:29]]
    true_then = [0.5 + 2.0 * (index / RATE_HZ + latency_s) for index in range(15, 29)]
    assert np.abs(np.subtract(walking, true_then)).max() < 0.08
    # until the picture of the stop comes nobody can know of it: only then on it counts
    assert max(players[0].feet.x_m for players in seen[31:]) < 2.5 + 0.08


def test_sides_that_the_engine_swaps_for_a_moment_make_no_steps(
    camera: PinholeCamera, make_body: MakeBody
) -> None:
    left, right = (2.0, 1.8), (2.3, 1.2)

    def bodies(index: int) -> tuple[Skeleton, ...]:
        return (make_body(camera, *((right, left) if 10 <= index < 20 else (left, right))),)

    seen = _follow(FloorTracker(camera, FLOOR), bodies, range(30))
    assert seen[-1][0].steps == 0
    assert all(players[0].left.place == pytest.approx(left, abs=0.01) for players in seen[3:])


def test_an_id_that_a_false_body_took_goes_back_when_that_vanishes(
    camera: PinholeCamera, make_body: MakeBody
) -> None:
    """From picture 10 on a stranger's body draws the walk aside, and the person is seen where they are."""

    def bodies(index: int) -> tuple[Skeleton, ...]:
        here = make_body(camera, *_feet_at(2.0, 1.5))
        if index < 10:
            return (here,)
        aside_m = 2.0 + min(0.08 * (index - 9), 0.7)
        false_body = make_body(camera, *_feet_at(aside_m, 1.2))
        real = make_body(camera, *_feet_at(2.0 - min(0.08 * (index - 9), 0.6), 1.6))
        if index < 14:
            return (false_body,)
        return (false_body, real) if index < 40 else (real,)

    seen = _follow(FloorTracker(camera, FLOOR), bodies, range(90))
    assert [player.id for player in seen[35]] == [1, 2]
    assert [player.id for player in seen[-1]] == [1]


def test_who_walks_out_leaves_nobody_their_id(camera: PinholeCamera, make_body: MakeBody) -> None:
    def bodies(index: int) -> tuple[Skeleton, ...]:
        leaving = make_body(camera, *_feet_at(0.9 - 0.04 * index, 1.5))
        other = make_body(camera, *_feet_at(1.5, 1.5))
        seen = (leaving,) if index < 30 else ()
        return (*seen, other) if index >= 12 else seen

    seen = _follow(FloorTracker(camera, FLOOR), bodies, range(90))
    assert [player.id for player in seen[-1]] == [2]


def test_velocity_is_the_bodys(camera: PinholeCamera, make_body: MakeBody) -> None:
    seen = _follow(
        FloorTracker(camera, FLOOR),
        lambda index: (make_body(camera, *_feet_at(0.5 + 1.5 * index / RATE_HZ, 1.5)),),
        range(40),
    )
    assert seen[-1][0].velocity_m_s == pytest.approx((1.5, 0.0), abs=0.1)


def test_a_plane_map_follows_too(camera: PinholeCamera, make_body: MakeBody) -> None:
    view = PlaneMap(np.array([[4.0 / 1280, 0, 0], [0, -3.0 / 720, 3.0], [0, 0, 1]]))
    body = make_body(camera, *_feet_at(2.0, 1.5))
    (player,) = _follow(FloorTracker(view, FLOOR), lambda _: (body,), range(5))[-1]
    assert FLOOR.contains(player.feet)


def test_the_same_pictures_give_the_same_players(camera: PinholeCamera, make_body: MakeBody) -> None:
    def bodies(index: int) -> tuple[Skeleton, ...]:
        return (make_body(camera, *_feet_at(1.0 + index / RATE_HZ, 1.5), noise_px=1.0, seed=index),)

    once, twice = (_follow(FloorTracker(camera, FLOOR), bodies, range(30)) for _ in range(2))
    assert once == twice


def test_pictures_out_of_order_are_refused(camera: PinholeCamera) -> None:
    tracker = FloorTracker(camera, FLOOR)
    tracker.follow((), 100)
    for captured_ns in (100, 50):
        with pytest.raises(ValueError, match="order of time"):
            tracker.follow((), captured_ns)


def test_ids_come_in_order(camera: PinholeCamera, make_body: MakeBody) -> None:
    bodies = tuple(make_body(camera, *_feet_at(x, 1.5)) for x in (0.6, 1.6, 2.6, 3.4))
    players = _follow(FloorTracker(camera, FLOOR), lambda _: bodies, range(5))[-1]
    assert [player.id for player in players] == [1, 2, 3, 4]
    assert all(a.id < b.id for a, b in pairwise(players))


def test_two_who_hug_stay_two_and_part_as_themselves(camera: PinholeCamera, make_body: MakeBody) -> None:
    def bodies(index: int) -> tuple[Skeleton, ...]:
        gap_m = 0.15 + max(abs(index - 75) - 45, 0) / RATE_HZ
        one = make_body(camera, *_feet_at(2.0 - gap_m, 1.5), noise_px=0.5, seed=index)
        other = make_body(camera, *_feet_at(2.0 + gap_m, 1.5), noise_px=0.5, seed=index + 999)
        return (one,) if 35 < index < 115 else (one, other)

    seen = _follow(FloorTracker(camera, FLOOR), bodies, range(150))
    assert {tuple(player.id for player in players) for players in seen[3:]} == {(1, 2)}
    first, last = seen[3], seen[-1]
    assert all(a.feet.distance_m(b.feet) < 0.1 for a, b in zip(first, last, strict=True))


def test_who_is_found_again_farther_on_is_the_same(camera: PinholeCamera, make_body: MakeBody) -> None:
    def bodies(index: int) -> tuple[Skeleton, ...]:
        if 10 <= index < 34:
            return ()
        return (make_body(camera, *_feet_at(1.0 if index < 10 else 2.6, 1.5)),)

    seen = _follow(FloorTracker(camera, FLOOR), bodies, range(45))
    assert {player.id for players in seen for player in players} == {1}


def test_a_body_of_no_human_size_is_nobody(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, *_feet_at(2.0, 1.5))
    hips_px = body.points_px[[23, 24]].mean(axis=0)
    for factor, count in ((1.0, 1), (0.3, 0)):
        drawn_px = hips_px + factor * (body.points_px - hips_px)
        drawn = (Skeleton(drawn_px, body.scores, body.points_m, body.score),)
        tracker = FloorTracker(camera, FLOOR)
        seen = [tracker.follow(drawn, index * 33_000_000) for index in range(1, 60)]
        assert len(seen[-1]) == count


def test_a_mirror_image_on_the_floor_is_nobody(camera: PinholeCamera, make_body: MakeBody) -> None:
    places = joints_m(*_feet_at(2.0, 2.0))
    mirrored = places * [1.0, 1.0, -1.0]
    hips = mirrored[[23, 24]].mean(axis=0)
    points_m = (mirrored - hips) @ camera.surface_from_camera.rotation
    image = Skeleton(camera.project(mirrored), np.full(33, 0.9), points_m, 0.9)
    body = make_body(camera, *_feet_at(2.0, 2.0))
    assert len(_follow(FloorTracker(camera, FLOOR), lambda _: (body, image), range(30))[-1]) == 1
    assert _follow(FloorTracker(camera, FLOOR), lambda _: (image,), range(30))[-1] == ()


def test_a_poster_in_view_for_a_minute_earns_no_id(camera: PinholeCamera) -> None:
    rng = np.random.default_rng(5)
    drawn = joints_m((2.0, 3.8), (2.2, 3.8)) * [1.0, 0.0, 0.6] + [0.0, 3.8, 0.9]  # flat on the wall
    hips = drawn[[23, 24]].mean(axis=0)
    points_m = (drawn - hips) @ camera.surface_from_camera.rotation / 0.6

    def bodies(index: int) -> tuple[Skeleton, ...]:
        points_px = camera.project(drawn) + rng.normal(0.0, 0.7, (33, 2))
        return (Skeleton(points_px, np.full(33, 0.9), points_m, 0.9),)

    assert not any(_follow(FloorTracker(camera, FLOOR), bodies, range(0, 1800, 3)))


def test_who_stands_still_with_hidden_feet_is_kept(camera: PinholeCamera, make_body: MakeBody) -> None:
    body = make_body(camera, *_feet_at(2.0, 1.5))
    scores = body.scores.copy()
    scores[27:] = 0.1
    hidden = Skeleton(body.points_px, scores, body.points_m, body.score)
    seen = _follow(FloorTracker(camera, FLOOR), lambda index: (hidden if index > 10 else body,), range(120))
    assert [player.id for player in seen[-1]] == [1]
    assert seen[-1][0].feet.distance_m(Point(2.0, 1.5)) < 0.1
