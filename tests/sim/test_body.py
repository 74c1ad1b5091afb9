"""Bodies of every size."""

from __future__ import annotations

import pytest

from didim.sim import Body, step_length_m


@pytest.mark.parametrize("height_m", [0.9, 1.15, 1.4, 1.75, 2.0])
def test_segments_add_up_to_the_stature(height_m: float) -> None:
    body = Body.of(height_m, 3)
    shoulder_m = body.ankle_height_m + body.leg_m + body.loin_m + body.chest_m
    assert shoulder_m + body.neck_m + 0.5 * body.head_m == pytest.approx(height_m)
    assert 0.40 < body.leg_m / height_m < 0.52


def test_children_have_shorter_legs_and_larger_heads_for_their_height() -> None:
    child, adult = Body.of(1.0, 0), Body.of(1.75, 0)
    assert child.leg_m / 1.0 < 0.93 * adult.leg_m / 1.75
    assert child.head_m / 1.0 > 1.2 * adult.head_m / 1.75


def test_the_seed_chooses_build_and_clothes() -> None:
    assert Body.of(1.2, 5) == Body.of(1.2, 5)
    assert len({Body.of(1.2, seed).colours for seed in range(8)}) > 3


def test_a_height_no_person_has_is_refused() -> None:
    with pytest.raises(ValueError, match=r"between 0\.9 and 2\.0"):
        Body.of(0.6, 0)


def test_an_adult_takes_steps_of_the_length_people_take() -> None:
    assert step_length_m(Body.of(1.75, 0), 1.3) == pytest.approx(0.65, abs=0.06)
