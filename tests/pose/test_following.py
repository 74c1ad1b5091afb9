"""Who is followed, where they are between passes, and whose turn it is."""

from dataclasses import replace

import numpy as np
import pytest

from didim.people import JOINT_COUNT, Joint
from didim.pose import Region, Sighting, Skeleton
from didim.pose._following import (
    LIMBS_BELIEVED,
    MAX_LEAP,
    MAX_WAIT_PICTURES,
    TRUNK_BELIEVED,
    Followed,
    chosen,
    distinct,
    newcomers,
)


def test_a_region_that_somebody_is_followed_in_is_no_newcomer() -> None:
    followed = [Region(100, 100, 100)]
    beside, same = Region(160, 100, 100), Region(105, 98, 105)
    assert newcomers([same, beside], followed) == [beside]
    assert newcomers([same], []) == [same]


def sighting(x_px: float, *, score: float = 0.9, bend_px: float = 0.0) -> Sighting:
    """A body 200 px high; `bend_px` moves all above the knees aside."""
    y_px = np.linspace(-100, 100, JOINT_COUNT)
    points = np.stack((x_px + np.where(y_px < 40, bend_px, 0.0), y_px), axis=1)
    skeleton = Skeleton(points, np.ones(JOINT_COUNT), np.zeros((JOINT_COUNT, 3)), score)
    return Sighting(skeleton, Region(x_px, 0.0, 250.0))


def seen(x_px: float, *, step_px: float = 0.0, score: float = 0.9, bend_px: float = 0.0) -> Followed:
    step = np.zeros((JOINT_COUNT, 2))
    step[:, 0] = step_px
    return Followed(sighting(x_px, score=score, bend_px=bend_px), step)


def test_of_two_sightings_of_one_body_the_first_stays() -> None:
    first, again, neighbour = seen(100), seen(110), seen(160)
    assert distinct([first, again, neighbour]) == [first, neighbour]


def test_bodies_that_share_a_place_but_not_a_posture_both_stay() -> None:
    upright, bent = seen(100), seen(115, bend_px=80)
    assert distinct([upright, bent]) == [upright, bent]


def test_who_is_no_person_is_dropped_and_hides_nobody() -> None:
    ghost, person = seen(100, score=0.4), seen(100)
    assert distinct([ghost, person]) == [person]


def test_a_first_sight_has_to_be_surer_and_upright() -> None:
    assert Followed(sighting(100)).is_person
    assert seen(100, score=0.6).is_person
    assert not Followed(sighting(100, score=0.6)).is_person
    upside_down, lying = sighting(100), sighting(100)
    upside_down = upside_down._replace(skeleton=_moved(upside_down.skeleton, np.array([1.0, -1.0])))
    lying = lying._replace(skeleton=_moved(lying.skeleton, np.array([1.0, 0.3])))
    assert not Followed(upside_down).is_person
    assert not Followed(lying).is_person


def _moved(skeleton: Skeleton, scale: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Skeleton:
    return Skeleton(skeleton.points_px * scale, skeleton.scores, skeleton.points_m, skeleton.score)


def test_velocity_carries_on_for_the_pictures_without_a_pass() -> None:
    moving = seen(100).seen_again(sighting(104)).unseen().seen_again(sighting(116))
    assert moving.now == moving.seen
    later = moving.unseen().unseen().now
    gone_px = 2 * 6 * TRUNK_BELIEVED
    assert later.skeleton.points_px[:, 0] == pytest.approx(116 + gone_px)
    assert later.next_region.x_px == pytest.approx(116 + gone_px)
    assert later.skeleton.score < moving.seen.skeleton.score
    assert (later.skeleton.scores < moving.seen.skeleton.scores).all()


def test_a_limb_swings_on_less_than_the_trunk_moves() -> None:
    step_px = np.zeros((JOINT_COUNT, 2))
    step_px[:, 0] = 4.0
    step_px[Joint.LEFT_WRIST, 0] = 14.0
    later = Followed(sighting(100), step_px).unseen().now
    gone_px = later.skeleton.points_px[:, 0] - 100
    assert gone_px[Joint.LEFT_ANKLE] == pytest.approx(4.0 * TRUNK_BELIEVED)
    assert gone_px[Joint.LEFT_WRIST] == pytest.approx(4.0 * TRUNK_BELIEVED + 10.0 * LIMBS_BELIEVED)


def test_no_joint_leaps_farther_than_a_share_of_the_body() -> None:
    wild = seen(100, step_px=90.0).unseen().now
    assert wild.skeleton.points_px[:, 0] == pytest.approx(100 + MAX_LEAP * 250)


def test_a_first_sight_tells_no_velocity() -> None:
    again = Followed(sighting(80)).seen_again(sighting(100))
    assert again.unseen().now.skeleton.points_px[:, 0] == pytest.approx(100)


def test_the_fast_and_those_who_waited_go_first() -> None:
    still, slow, fast = seen(0), seen(300, step_px=1.0), seen(600, step_px=12.0)
    assert chosen([still, slow, fast], 1) == {2}
    assert chosen([still, slow, fast], 2) == {1, 2}
    assert chosen([still.unseen().unseen(), slow, fast], 2) == {0, 2}


@pytest.mark.parametrize(("people", "passes"), [(8, 3), (4, 1), (12, 3), (9, 1)])
def test_nobody_waits_beyond_the_longest_wait_and_passes_never_pile_up(people: int, passes: int) -> None:
    crowd = [seen(300.0 * place, step_px=10.0 * (place % 3)) for place in range(people)]
    spent = set()
    for _ in range(40):
        turn = chosen(crowd, passes)
        spent.add(len(turn))
        crowd = [
            seen(300.0 * place, step_px=10.0 * (place % 3)) if place in turn else one.unseen()
            for place, one in enumerate(crowd)
        ]
        assert max(one.waited for one in crowd) <= MAX_WAIT_PICTURES
    assert spent == {max(passes, -(-people // (MAX_WAIT_PICTURES + 1)))}


def test_newcomers_are_confirmed_at_once() -> None:
    assert chosen([seen(0, step_px=50.0), Followed(sighting(300))], 1) == {1}


def test_who_leapt_into_a_body_leaves_it_to_whom_it_is() -> None:
    leapt = replace(seen(100), leap=0.3)
    stayed = replace(seen(100), leap=0.02)
    assert distinct([leapt, stayed]) == [stayed]
    assert distinct([stayed, leapt]) == [stayed]
