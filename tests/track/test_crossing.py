"""Four people who cross and hide one another keep their ids."""

from __future__ import annotations

import pytest

from didim.bench.identity import IdentityCount, IdentityScore
from didim.geometry import Surface
from didim.sim import camera_over
from didim.track import FloorTracker
from tests.track.seeing import SIZE_PX, Flaws, watch

FLOOR = Surface("floor", 4.0, 3.0)
CAMERA = camera_over((2.0, -1.4, 2.5), (2.0, 1.5, 0.0), hfov_deg=76.0, size_px=SIZE_PX)
HEIGHTS_M = (1.1, 1.25, 1.4, 1.7)


def _score(seed: int, flaws: Flaws, *, seconds: float, sees_clothes: bool = True) -> IdentityScore:
    tracker, count = FloorTracker(CAMERA, FLOOR), IdentityCount()
    for moment in watch(CAMERA, FLOOR, HEIGHTS_M, seconds=seconds, seed=seed, fps=15.0, flaws=flaws):
        bgr = moment.bgr if sees_clothes else None
        players = tracker.follow(moment.skeletons, round(moment.t_s * 1e9), bgr)
        if moment.t_s > 0.5:
            count.add_poses(moment.truth, players)
    return count.score()


@pytest.mark.parametrize("seed", [1, 2])
def test_four_who_cross_keep_their_ids_though_one_hides_another(seed: int) -> None:
    score = _score(seed, Flaws(), seconds=20.0)
    assert score.idf1 >= 0.97
    assert score.switches <= 2
    assert score.false_players < 0.1


def test_without_a_picture_place_size_and_motion_must_do() -> None:
    score = _score(2, Flaws(merges=False, missed=0.05), seconds=15.0, sees_clothes=False)
    assert score.idf1 > 0.9
