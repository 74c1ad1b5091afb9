"""Feet, steps and identities over time: what is counted, and that the films show it."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from didim.bench import BenchError, run_bench
from didim.bench._films import Film
from didim.bench._halls import CROSSING_S, crossing_film, stepping_films
from didim.bench.following import FeetErrors
from didim.geometry import Point
from didim.people import Foot, JointPlace, Player
from didim.sim import Contact, Motion, Pose3D


@pytest.mark.parametrize("name", ["people:none", "following:none", "floor:none"])
def test_a_part_that_is_none_is_refused_with_those_there_are(name: str, tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="part"):
        run_bench(name, data=tmp_path)


def player(left: Point, right: Point) -> Player:
    feet = Point((left.x_m + right.x_m) / 2, (left.y_m + right.y_m) / 2)
    one, other = (Foot(place, 0.0, True, 0.9) for place in (left, right))
    return Player(1, feet, one, other, (JointPlace(0.0, 0.0, 0.0, 0.0),), (0.0, 0.0), 0)


def pose(left: Contact, right: Contact) -> Pose3D:
    (film, *_) = stepping_films()
    crowd = film.crowd()
    assert crowd is not None
    (one,) = crowd.advance(0.0)
    return replace(one, left=left, right=right)


def stands(x_m: float, since_s: float = 0.0) -> Contact:
    return Contact(True, since_s, Point(x_m, 1.0), 0.0)


def test_feet_that_stand_are_judged_and_those_in_the_air_apart() -> None:
    errors = FeetErrors()
    aloft = Contact(False, 1.9, Point(1.4, 1.0), 0.0)
    errors.add(pose(stands(1.0), aloft), [player(Point(1.02, 1.0), Point(1.5, 1.0))], 2.0)
    assert errors.standing_cm == [pytest.approx(2.0)]
    assert errors.stepping_cm == [pytest.approx(10.0)]


def test_a_foot_that_has_just_landed_and_a_person_without_a_player_are_not_judged() -> None:
    errors = FeetErrors()
    truth = pose(stands(1.0), stands(1.4, since_s=1.95))
    errors.add(truth, [player(Point(3.0, 1.0), Point(3.4, 1.0))], 2.0)
    errors.add(truth, [], 2.0)
    errors.add(
        truth, [player(Point(1.0, 1.0), Point(9.0, 1.0)), player(Point(1.01, 1.0), Point(1.4, 1.0))], 2.0
    )
    assert errors.standing_cm == [pytest.approx(1.0)]
    assert math.isinf(FeetErrors().figures()["foot_p95_cm"].value)


def _everyone(film: Film) -> np.ndarray:
    """(pictures, people, 2) where they are, by the middle between their feet."""
    return np.array(
        [
            [
                np.mean([each.left.place, each.right.place], axis=0)
                for each in sorted(poses, key=lambda p: p.person)
            ]
            for poses in film.truth()
        ]
    )


def test_the_films_of_steps_hold_many_steps_and_some_jumps() -> None:
    for film in stepping_films():
        crowd = film.crowd()
        assert crowd is not None
        for number in range(film.pictures):
            crowd.advance(number / film.fps)
        (motion,) = crowd.motions
        assert isinstance(motion, Motion)
        assert len(motion.flights_s) >= 5
        assert sum(len(feet.stances) for feet in motion.feet.values()) >= 30


def test_the_people_who_cross_do_meet() -> None:
    film = crossing_film()
    assert film.pictures / film.fps == CROSSING_S
    places = _everyone(replace(film, pictures=film.pictures // 4))
    assert places.shape[1] == 4
    apart_m = np.linalg.norm(places[:, :, None] - places[:, None], axis=3)
    near = (apart_m < 0.7)[:, *np.triu_indices(4, 1)].any(axis=0)
    assert np.count_nonzero(near) >= 2
