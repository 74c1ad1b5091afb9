"""The referee counts what is plainly so."""

from __future__ import annotations

import numpy as np
import pytest

from didim.geometry import Point
from didim.people import JOINT_COUNT, Event, Foot, JointPlace, Player, Side
from didim.sim import Contact, Pose3D
from didim.sim.referee import Referee

JOINTS = tuple(JointPlace(0.0, 0.0, 0.0, 1.0) for _ in range(JOINT_COUNT))


def truth(t_s: float, at: Point, *, left_down: bool = True, since_s: float = 0.0) -> Pose3D:
    left = Contact(left_down, since_s, at.moved(-0.1, 0.0), 0.0)
    right = Contact(down=True, since_s=-5.0, place=at.moved(0.1, 0.0), heading_rad=0.0)
    return Pose3D(1, t_s, np.zeros((JOINT_COUNT, 3)), left, right, 0, 0)


def belief(at: Point, *, left_down: bool = True, number: int = 1) -> Player:
    left = Foot(at.moved(-0.1, 0.0), 0.0, left_down, 1.0)
    right = Foot(at.moved(0.1, 0.0), 0.0, down=True, score=1.0)
    return Player(number, at, left, right, JOINTS, (0.0, 0.0), 0)


def test_a_constant_error_is_read_back() -> None:
    referee = Referee()
    for tick in range(30):
        t_s = 1.0 + tick / 30
        referee.judge(t_s, [truth(t_s, Point(1.0, 1.0))], [belief(Point(1.03, 1.0))])
    verdict = referee.verdict()
    assert verdict.foot_error_cm == pytest.approx((3.0, 3.0))
    assert (verdict.found, verdict.phantoms) == (1.0, 0.0)


def test_who_is_missed_and_who_is_nobody() -> None:
    referee = Referee()
    here, there = Point(1.0, 1.0), Point(3.0, 2.0)
    referee.judge(1.0, [truth(1.0, here)], [belief(there)])
    referee.judge(1.1, [truth(1.1, here)], [belief(here), belief(there, number=2)])
    verdict = referee.verdict()
    assert verdict.found == 0.5
    assert verdict.phantoms == 1.0


@pytest.mark.parametrize("late", [0, 2, 5])
def test_a_landing_felt_late_is_told_by_how_much(late: int) -> None:
    referee, here, landed_s = Referee(), Point(1.0, 1.0), 1.0
    for tick in range(-10, 20):
        t_s = landed_s + tick / 30
        down = tick >= 0
        pose = truth(t_s, here, left_down=down, since_s=landed_s if down else 0.5)
        referee.judge(t_s, [pose], [belief(here, left_down=tick >= late)])
    verdict = referee.verdict()
    assert (verdict.landings, verdict.landings_felt) == (1, 1)
    assert verdict.contact_delay_ms == pytest.approx((1000 * late / 30,) * 2, abs=0.01)


@pytest.mark.parametrize(
    ("told_s", "player", "side", "felt"),
    [(1.02, 1, "left", 1), (0.4, 1, "left", 0), (1.02, 2, "left", 0), (1.02, 1, "right", 0)],
)
def test_a_landing_is_felt_by_being_told(told_s: float, player: int, side: Side, felt: int) -> None:
    referee, here, landed_s = Referee(), Point(1.0, 1.0), 1.0
    for tick in range(-10, 20):
        t_s = landed_s + tick / 30
        pose = truth(t_s, here, left_down=tick >= 0, since_s=landed_s if tick >= 0 else 0.5)
        told = [Event(1, "down", player, told_s, here, side)] if tick == 6 else []
        referee.judge(t_s, [pose], [belief(here)], told)
    verdict = referee.verdict()
    assert (verdict.landings, verdict.landings_felt) == (1, felt)
    assert verdict.contact_delay_ms == (pytest.approx((200.0, 200.0)) if felt else None)


def test_nothing_to_compare_is_said_as_such() -> None:
    verdict = Referee().verdict()
    assert verdict.foot_error_cm is None
    assert verdict.contact_delay_ms is None
