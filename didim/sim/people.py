"""Who comes into a venue."""

from __future__ import annotations

import numpy as np

from didim.sim._body import Body
from didim.sim._crowd import Person
from didim.sim._skills import SKILLS, Skill
from didim.sim.venue import Venue, VenueError, ground_of

MIXED = "mixed"
JOY = 0.15


def people_of(venue: Venue, seed: int) -> tuple[Person, ...]:
    """The venue's people, of its heights, who play what floor or wall shows as well as it says.

    Raises:
        VenueError: there is no such skill.
    """
    named = venue.people.skill
    if named != MIXED and named not in SKILLS:
        raise VenueError(f"people: skill {named!r} is not one of {', '.join((MIXED, *SKILLS))}")
    ground = ground_of(venue)
    wall = None if venue.surface.kind == "floor" else ground.surface_from_ground.inverse()
    rng = np.random.default_rng([seed, 6])
    people = []
    for number in range(venue.people.count):
        body = Body.of(venue.people.height_m(number), seed * 100 + number)
        own = Skill(aim=float(rng.uniform(0.6, 0.95)), reaction_s=float(rng.uniform(0.25, 0.5)), joy=JOY)
        mind = SKILLS.get(named, own).mind(ground.surface, seed * 100 + number, wall)
        sits = number >= venue.people.count - venue.people.wheelchairs
        people.append(Person(body, mind, wheelchair=sits))
    return tuple(people)
