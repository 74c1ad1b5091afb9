"""Average precision on constructed cases whose value is known."""

import math

import numpy as np
import pytest

from didim.bench._precision import SPREADS, GroundTruth, Prediction, average_precision, similarity

JOINTS = np.stack((np.linspace(0, 50, 17), np.linspace(0, 100, 17)), axis=1)
AREA_PX2 = 2500.0


def person(x_px: float = 0.0, *, ignored: bool = False) -> GroundTruth:
    labelled = np.full(17, not ignored)
    box = (x_px, 0.0, 50.0, 100.0)
    return GroundTruth(JOINTS + np.array([x_px, 0.0]), labelled, AREA_PX2, box, ignored)


def body(x_px: float = 0.0, *, score: float = 0.9, similar: float = 1.0) -> Prediction:
    """Somebody each of whose joints is so far off that the similarity is as told."""
    off_px = np.sqrt(-2 * math.log(similar) * AREA_PX2) * 2 * SPREADS
    return Prediction(JOINTS + np.stack((off_px + x_px, np.zeros(17)), axis=1), score)


def test_similarity_is_what_the_distances_make_it() -> None:
    assert similarity(person(), body().points_px) == pytest.approx(1.0)
    assert similarity(person(), body(similar=0.6).points_px) == pytest.approx(0.6)


def test_unlabelled_joints_do_not_count() -> None:
    half = GroundTruth(JOINTS, np.arange(17) < 8, AREA_PX2, (0.0, 0.0, 50.0, 100.0), False)
    far = JOINTS.copy()
    far[8:] += 1000.0
    assert similarity(half, far) == pytest.approx(1.0)


def test_everybody_found_exactly_is_one_and_nobody_zero() -> None:
    truth = [[person(), person(300)], [person()]]
    found = [[body(), body(300)], [body()]]
    assert average_precision(truth, found) == pytest.approx((1.0, 1.0))
    assert average_precision(truth, [[], []]) == (0.0, 0.0)


def test_a_body_counts_up_to_the_threshold_of_its_similarity() -> None:
    # 0.72 passes five of the ten thresholds from 0.5 to 0.95.
    assert average_precision([[person()]], [[body(similar=0.72)]]) == pytest.approx((0.5, 1.0))


def test_who_is_missed_costs_recall_and_a_phantom_costs_precision() -> None:
    # Half of the people: precision 1 at the recalls 0 to 0.5, 51 of 101.
    assert average_precision([[person(), person(300)]], [[body()]]).ap == pytest.approx(51 / 101)
    # A surer phantom: precision 1/2 at every recall.
    phantom = body(700, score=0.95)
    assert average_precision([[person()]], [[body(), phantom]]).ap == pytest.approx(0.5)
    # A phantom less sure than everybody costs nothing.
    assert average_precision([[person()]], [[body(), body(700, score=0.1)]]).ap == pytest.approx(1.0)


def test_the_same_person_found_twice_is_a_phantom() -> None:
    surer_but_less_near = body(score=0.95, similar=0.55)
    precision = average_precision([[person()]], [[body(), surer_but_less_near]])
    assert precision.ap50 == pytest.approx(1.0)
    assert precision.ap == pytest.approx((2 * 1.0 + 8 * 0.5) / 10)  # from 0.6 on the surer one is wrong


def test_who_is_ignored_is_neither_asked_for_nor_held_against_anyone() -> None:
    truth = [[person(), person(400, ignored=True)]]
    assert average_precision(truth, [[body()]]).ap == pytest.approx(1.0)
    assert average_precision(truth, [[body(), body(400, score=0.99)]]).ap == pytest.approx(1.0)
    assert math.isnan(average_precision([[person(ignored=True)]], [[]]).ap)
