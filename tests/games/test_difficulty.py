"""Adaptive difficulty: every game finds the level at which each player mostly succeeds."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

import pytest

from didim.play import SKILLS, GamePack, Player, Target, Try, robots
from tests.games.test_every_game import COARSE_HZ, every_game, new_course, play, surface_of

LEVELS = {"good": 3, "fair": 2, "poor": 1}
ROUNDS_S = (180.0, 600.0, 600.0)
TRIES_LEAST = 40
SUCCESS = (0.65, 0.90)
ALWAYS = {("shuttle_run", "good")}
"""At its limit: no lane is longer than the floor."""


@every_game
@pytest.mark.parametrize("skill", LEVELS)
def test_difficulty_finds_each_player(pack: GamePack, skill: str) -> None:
    """In the second half of a long round players succeed about as often, whatever they can do.

    They overlook nothing: who never goes for a target succeeds no oftener for having more time. Of a game
    with few tries longer rounds count, too.
    """
    hits: list[bool] = []
    longest_s = pack.settings["round_s"].max if "round_s" in pack.settings else max(ROUNDS_S)
    for seed, seconds in enumerate(ROUNDS_S, 1):
        hits += second_half(pack, skill, seed, min(seconds, longest_s))
        if not hits:
            pytest.skip("nothing can be missed in it")
        if len(hits) >= TRIES_LEAST:
            break
    share = statistics.mean(hits)
    if (pack.slug, skill) in ALWAYS:
        assert share > SUCCESS[1], "no longer at the limit: say so no more"
    else:
        chance = 2 * math.sqrt(share * (1 - share) / len(hits))  # two standard errors of so few tries
        assert SUCCESS[0] - chance <= share <= SUCCESS[1] + chance, (share, len(hits))


def second_half(pack: GamePack, skill: str, seed: int, seconds: float) -> list[bool]:
    """Which tries hit, of one player in the second half of a round."""
    surface = surface_of(pack)
    awake = {name: each._replace(lapse=0.0) for name, each in SKILLS.items()}
    game = new_course(pack, surface, seed=seed, round_s=seconds, lobby=False, level=LEVELS[skill])
    people = robots(surface, [skill], seed=seed, of=awake)

    def crowd(index: int, targets: Sequence[Target]) -> list[Player]:
        return [person.step(targets, index / COARSE_HZ, 1 / COARSE_HZ) for person in people]

    log = play(game, crowd, seconds + 20, tick_hz=COARSE_HZ)
    return [cue.hit for index, cue in log if isinstance(cue, Try) and index >= seconds / 2 * COARSE_HZ]
