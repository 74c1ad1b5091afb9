"""Who is followed, and when the detector works."""

import numpy as np

from didim.people import JOINT_COUNT
from didim.pose import Skeleton
from didim.pose.blazepose import Region, Sighting
from didim.pose.blazepose._following import (
    REST_PICTURES,
    SEARCH_PICTURES,
    DetectorSchedule,
    distinct,
    newcomers,
)


def looks(schedule: DetectorSchedule, counts: list[int]) -> list[bool]:
    """Whether the detector looked at each of the pictures after which so many people were followed."""
    looked = []
    for count in counts:
        due = schedule.due()
        schedule.picture_done(count, detected=due)
        looked.append(due)
    return looked


def test_the_detector_works_while_nobody_is_there() -> None:
    assert all(looks(DetectorSchedule(6), [0] * 40))


def test_it_looks_on_for_the_rest_of_a_group_then_rests_and_looks_now_and_then() -> None:
    looked = looks(DetectorSchedule(6), [1] * (1 + SEARCH_PICTURES + 3 * (REST_PICTURES + 1)))
    assert all(looked[: 1 + SEARCH_PICTURES])
    settled = looked[1 + SEARCH_PICTURES :]
    assert settled == ([False] * REST_PICTURES + [True]) * 3


def test_it_searches_for_who_was_lost() -> None:
    schedule = DetectorSchedule(6)
    looks(schedule, [2] * (SEARCH_PICTURES + 5))
    looked = looks(schedule, [1] * (SEARCH_PICTURES + 3))
    assert looked[0] is False  # nobody knew yet
    assert looked[1:] == [True] * SEARCH_PICTURES + [False, False]


def test_it_never_works_while_the_most_people_are_followed() -> None:
    schedule = DetectorSchedule(2)
    looks(schedule, [2])
    assert not any(looks(schedule, [2] * 100))


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


def test_of_two_sightings_of_one_body_the_first_stays() -> None:
    first, again, neighbour = sighting(100), sighting(110), sighting(160)
    assert distinct([first, again, neighbour]) == [first, neighbour]


def test_bodies_that_share_a_place_but_not_a_posture_both_stay() -> None:
    upright, bent = sighting(100), sighting(115, bend_px=80)
    assert distinct([upright, bent]) == [upright, bent]


def test_who_is_no_person_is_dropped_and_hides_nobody() -> None:
    ghost, person = sighting(100, score=0.4), sighting(100)
    assert distinct([ghost, person]) == [person]
