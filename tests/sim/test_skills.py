"""Skills: who plays better hits more, and a toddler mostly wanders."""

from __future__ import annotations

import numpy as np
import pytest

from didim.geometry import Point, Surface
from didim.sim import SKILLS, Body, Crowd, Motion, Person, Skill

FLOOR = Surface("floor", 4.0, 3.0)
HIT_M = 0.12


def hits(skill: str, seed: int, *, pads: int = 8) -> int:
    """How many pads, lit for four seconds each, one player steps on."""
    crowd = Crowd(FLOOR, [Person(Body.of(1.2, seed), SKILLS[skill].mind(FLOOR, seed))], seed)
    rng = np.random.default_rng(seed)
    found = 0
    for number in range(pads):
        pad = Point(float(rng.uniform(0.5, 3.5)), float(rng.uniform(0.5, 2.5)))
        for t_s in np.arange(4.0 * number, 4.0 * number + 4.0, 0.1):
            crowd.advance(float(t_s), (pad,))
        motion = crowd.motions[0]
        assert isinstance(motion, Motion)
        stances = [stance for track in motion.feet.values() for stance in track.stances]
        lit = [s for s in stances if 4.0 * number <= s.down_s < 4.0 * number + 4.0]
        found += any(s.place.distance_m(pad) < HIT_M for s in lit)
    return found


def test_the_table_runs_from_best_to_least() -> None:
    assert list(SKILLS) == ["perfect", "good", "beginner", "toddler"]
    aims = [skill.aim for skill in SKILLS.values()]
    assert aims == sorted(aims, reverse=True)


def test_who_plays_better_hits_more() -> None:
    score = {skill: sum(hits(skill, seed) for seed in (1, 2, 3)) for skill in SKILLS}
    assert score["perfect"] >= 20  # of 24
    assert score["perfect"] >= score["good"] > score["toddler"]
    assert score["good"] >= score["beginner"] >= score["toddler"]


def test_a_toddler_wanders_about_and_falls_now_and_then() -> None:
    crowd = Crowd(FLOOR, [Person(Body.of(0.92, 3), SKILLS["toddler"].mind(FLOOR, 3))], 3)
    heights_m, places = [], []
    for t_s in np.arange(0.0, 90.0, 0.25):
        crowd.advance(float(t_s))
        hips_m = crowd.motions[0].trunk(float(t_s)).hips_m
        heights_m.append(float(hips_m[2]))
        places.append(hips_m[:2])
    assert min(heights_m) < 0.1
    assert np.median(heights_m) > 0.35
    assert np.ptp(places, axis=0).min() > 1.0


def test_the_seed_chooses_what_the_skill_leaves_open() -> None:
    skill = Skill(aim=0.5, reaction_s=0.3, attention=0.5)

    def end(seed: int) -> object:
        person = Person(Body.of(1.2, 0), skill.mind(FLOOR, seed))
        return Crowd(FLOOR, [person], 0).advance(6.0, (Point(3.0, 2.0),))[0].joints_m.tolist()

    assert end(1) == end(1)
    assert end(1) != end(2)


def test_an_impossible_skill_is_refused() -> None:
    with pytest.raises(ValueError, match="skill must lie between 0 and 1"):
        Skill(aim=1.5, reaction_s=0.2).mind(FLOOR, 0)
