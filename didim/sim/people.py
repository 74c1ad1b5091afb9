"""Who comes into a venue."""

from __future__ import annotations

import numpy as np

from didim.sim._body import Body
from didim.sim._crowd import Person
from didim.sim._minds import Mind, PadSeeker
from didim.sim._wall_player import WallPlayer
from didim.sim.venue import Venue, ground_of


def people_of(venue: Venue, seed: int) -> tuple[Person, ...]:
    """The venue's people, of its heights, who play what floor or wall shows with different skill."""
    ground = ground_of(venue)
    rng = np.random.default_rng([seed, 6])
    people = []
    for number in range(venue.people.count):
        body = Body.of(venue.people.height_m(number), seed * 100 + number)
        skill, reaction_s = float(rng.uniform(0.6, 0.95)), float(rng.uniform(0.25, 0.5))
        mind: Mind
        if venue.surface.kind == "floor":
            mind = PadSeeker(ground.surface, seed * 100 + number, skill=skill, reaction_s=reaction_s)
        else:
            ground_from_wall = ground.surface_from_ground.inverse()
            mind = WallPlayer(
                ground.surface, ground_from_wall, seed * 100 + number, skill=skill, reaction_s=reaction_s
            )
        sits = number >= venue.people.count - venue.people.wheelchairs
        people.append(Person(body, mind, wheelchair=sits))
    return tuple(people)
