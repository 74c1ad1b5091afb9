"""A venue whose people can be led, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec

from didim.geometry import FloatArray, Point
from didim.sim import Mind, Mover, Steered, WallPlayer
from didim.sim.people import people_of
from didim.sim.render import PersonPose
from didim.sim.venue import Venue, ground_of
from didim.sim.world import World


class LedPeople:
    """A world in which one person does as told and the others play.

    Attributes:
        world: at least one person is in it.
        led: who is led, counted from 0; count: how many there are.
    """

    def __init__(self, venue: Venue, seed: int) -> None:
        if venue.people.count == 0:
            venue = msgspec.structs.replace(venue, people=msgspec.structs.replace(venue.people, count=1))
        people = people_of(venue, seed)
        ground = ground_of(venue)
        self._minds = [
            Steered(ground.surface, person.mind, seed + number, _deed_of(person.mind))
            for number, person in enumerate(people)
        ]
        led = [replace(person, mind=mind) for person, mind in zip(people, self._minds, strict=True)]
        self.world = World(venue, led, seed)
        self.count = len(people)
        self.led = 0
        self._minds[0].taken = True
        self._ground_from_room = ground.room_from_ground.inverse()

    def take_next(self) -> None:
        """Let the person who was led play, and lead the next one."""
        self._minds[self.led].taken = False
        self.led = (self.led + 1) % self.count
        self._minds[self.led].taken = True

    def steer(self, way: FloatArray) -> None:
        """Lead along `way`, (3,) in the room; all 0 stops."""
        x, y, _ = (self._ground_from_room.rotation @ way).tolist()
        self._minds[self.led].steer((x, y))

    def jump(self) -> None:
        """Jump; before a wall, touch it."""
        self._minds[self.led].jump()

    def advance(self, t_s: float, targets: Sequence[Point]) -> list[PersonPose]:
        """Live on to `t_s`, with `targets` lit since the call before.

        Returns everyone over an exposure of the first camera, in the room.
        """
        self.world.advance(t_s, targets)
        return self.world.poses(0, t_s)


def _deed_of(mind: Mind) -> Callable[[Mover], None] | None:
    return mind.touch_nearest if isinstance(mind, WallPlayer) else None
