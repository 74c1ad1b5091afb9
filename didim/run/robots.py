"""Robots in the place of vision: they see what is asked of players and do it, with no camera to see them."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

import msgspec

from didim.people import Event, Player
from didim.play import Target, robots
from didim.run.jobs import RobotsJob, VisionSummary
from didim.run.link import Link
from didim.run.messages import Codec, People
from didim.run.processes import PEOPLE, SCENE
from didim.run.timing import Pacer
from didim.run.told import Recent

HZ = 30.0

_PEOPLE = Codec(People)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of players; times are of the clock of `t_s`. It goes over the scene channel."""

    t_s: float
    targets: tuple[Target, ...]

    def pack(self) -> bytes:
        return _ENCODER.encode(self)

    @classmethod
    def unpack(cls, packed: bytes) -> Asked:
        """The message again; raises msgspec.ValidationError."""
        return _DECODER.decode(packed)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Asked)


def _swaying(player: Player, now_s: float) -> Player:
    """Nobody's head is quite still: joints that are to the bit where they were are taken for not seen."""
    nose, *others = player.joints
    return replace(player, joints=(nose._replace(z_m=nose.z_m + 0.003 * math.sin(5 * now_s)), *others))


def main(link: Link, job: RobotsJob) -> VisionSummary:
    """Run until told to stop."""
    scene, people = link.attach(SCENE), link.attach(PEOPLE)
    crew = Crew(job)
    recent, pacer = Recent(), Pacer(HZ)
    link.started()
    pictures = 0
    while not link.stopped():
        pacer.wait()
        newest = scene.newest()
        asked = Asked.unpack(newest[1]) if newest else Asked(0.0, ())
        at_ns = time.monotonic_ns()
        players, fresh = crew.step(asked, at_ns * 1e-9)
        told = People(pictures, at_ns, at_ns, players, recent.add(fresh, at_ns * 1e-9))
        people.publish(_PEOPLE.pack(told))
        pictures += 1
    return VisionSummary(pictures, pictures, 0, len(job.skills), crew.steps, {})


class Crew:
    """A group of robots and the steps that they take.

    Attributes:
        steps: feet put down so far.
    """

    def __init__(self, job: RobotsJob) -> None:
        surface = job.rig.surfaces[job.rig.projector().surface]
        self._robots = robots(surface, job.skills, seed=job.seed)
        self._down: dict[tuple[int, str], bool] = {}
        self.steps = 0

    def step(self, asked: Asked, now_s: float) -> tuple[tuple[Player, ...], list[Event]]:
        """Everyone after one step, and the feet that were put down in it, told at `now_s`."""
        walked = [robot.step(asked.targets, asked.t_s, 1 / HZ) for robot in self._robots]
        players = tuple(_swaying(player, now_s) for player in walked)
        return players, [event for player in players for event in self._landings(player, now_s)]

    def _landings(self, player: Player, now_s: float) -> list[Event]:
        landed = []
        for side, foot in (("left", player.left), ("right", player.right)):
            was_down = self._down.get((player.id, side), True)
            self._down[player.id, side] = foot.down
            if foot.down and not was_down:
                self.steps += 1
                landed.append(
                    Event(
                        self.steps,
                        "down",
                        player.id,
                        now_s,
                        foot.place,
                        "left" if side == "left" else "right",
                        heading_rad=foot.heading_rad,
                    )
                )
        return landed
