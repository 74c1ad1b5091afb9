"""People by how well they play: a table of skills, each of which makes a mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from didim.geometry import Point, RigidPose, Surface
from didim.sim._minds import Mind, Mover, PadSeeker, Wanderer
from didim.sim._walker import Free
from didim.sim._wall_player import WallPlayer


@dataclass(frozen=True, slots=True)
class Skill:
    """How well somebody plays.

    Attributes:
        aim: 0 to 1, how exactly and briskly targets are stepped on or touched, see PadSeeker and WallPlayer.
        reaction_s: how long after it appeared a target is acted on.
        attention: share of the time given to the game, 0 to 1; in the rest the person wanders.
        joy: how likely a hit on the floor is celebrated, 0 to 1.
        stumbles: how likely a stop on the wander ends in a fall, 0 to 1.
    """

    aim: float
    reaction_s: float
    attention: float = 1.0
    joy: float = 0.1
    stumbles: float = 0.0

    def mind(self, surface: Surface, seed: int, surface_from_wall: RigidPose | None = None) -> Mind:
        """Somebody who plays like that; the seed chooses what the skill leaves open.

        Args:
            surface: the floor to walk on.
            surface_from_wall: where the wall is that the game is on; None for one on the floor.
        """
        player: Mind
        if surface_from_wall is None:
            player = PadSeeker(surface, seed, skill=self.aim, reaction_s=self.reaction_s, joy=self.joy)
        else:
            player = WallPlayer(surface, surface_from_wall, seed, skill=self.aim, reaction_s=self.reaction_s)
        if self.attention == 1.0:
            return player
        wanderer = Wanderer(surface, seed, liveliness=0.6, stumbles=self.stumbles)
        return Dabbler(player, wanderer, seed, attention=self.attention)


SKILLS: dict[str, Skill] = {
    "perfect": Skill(aim=1.0, reaction_s=0.15, joy=0.0),
    "good": Skill(aim=0.8, reaction_s=0.30),
    "beginner": Skill(aim=0.4, reaction_s=0.60, attention=0.8),
    "toddler": Skill(aim=0.1, reaction_s=0.90, attention=0.25, joy=0.4, stumbles=0.25),
}
"""The skills by name, best first."""


class Dabbler:
    """Plays for a spell, wanders for a spell; `attention` is the share of spells given to the game."""

    def __init__(self, player: Mind, wanderer: Mind, seed: int, *, attention: float) -> None:
        self._player, self._wanderer = player, wanderer
        self._attention = attention
        self._rng = np.random.default_rng([seed, 9])
        self._now_s = 0.0
        self._until_s = 0.0
        self._mind = player

    def watch(self, t_s: float, targets: Sequence[Point]) -> None:
        self._now_s = t_s
        self._player.watch(t_s, targets)
        self._wanderer.watch(t_s, targets)

    def act(self, mover: Mover, free: Free) -> None:
        if self._now_s >= self._until_s:
            self._until_s = self._now_s + float(self._rng.uniform(2.0, 6.0))
            plays = self._rng.random() < self._attention
            self._mind = self._player if plays else self._wanderer
        self._mind.act(mover, free)
