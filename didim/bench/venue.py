"""The virtual venue: what a picture costs, how fast the closed loop runs, what a pose engine sees in it."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from didim.bench._report import Figure, Report
from didim.geometry import FloatArray, PinholeCamera, Surface
from didim.people import Player
from didim.pose import Skeleton, open_engine
from didim.run.lockstep import open_lockstep
from didim.sim import Body, Person, Pose3D, Wanderer
from didim.sim.people import people_of
from didim.sim.render import VenueRenderer
from didim.sim.venue import People, PlaySurface, Venue, open_venue
from didim.sim.world import World
from didim.track import FloorTracker

SIZES = {(640, 480): {1: 25.0, 4: 46.0}, (1280, 720): {1: 52.0, 4: 122.0}}
"""CPU milliseconds a picture that may pass, by picture size and people."""

PICTURES, WARM_UP = 60, 10
FPS = 30.0
LOOP_SECONDS, LOOP_LEAD_IN_S = 9.0, 6.0
LOOP_LEAST_HZ = 8.0

FOUND_LEAST = 0.95
FOOT_MEDIAN_CM = 3.0
HEIGHTS_M = (1.1, 1.25, 1.4, 1.7)
PICTURES_A_PERSON = 45
SEEN_AFTER_S = 0.2
"""A detector that rests between looks has looked by then."""
SETTLED_S = 0.1
"""A foot that has just landed is not judged."""
MATCH = 0.15
"""A skeleton is the person's when its median joint is off by less than this share of the height in pixels."""


class View(NamedTuple):
    """A camera before the middle of the floor: how high, how far down it looks, and how wide."""

    name: str
    up_m: float
    tilt_deg: float
    hfov_deg: float


VIEWS = (
    View("eye_level", 1.2, 4.0, 55.0),
    View("30_deg", 2.5, 30.0, 52.0),
    View("40_deg", 2.5, 40.0, 64.0),
    View("50_deg", 2.5, 50.0, 76.0),
)
DISTANCE_M = 3.9
"""From the lens at eye level to the middle of the floor; the others hang where their height and tilt say."""


@dataclass(slots=True)
class Seen:
    """What an engine and the tracker made of single people in one view, over several films."""

    pictures: int = 0
    found: int = 0
    heights_px: list[float] = field(default_factory=list)
    foot_errors_cm: list[float] = field(default_factory=list)

    def add(
        self, truth: Pose3D, points_px: FloatArray, bodies: Sequence[Skeleton], players: Sequence[Player]
    ) -> None:
        """Take one picture; `points_px` is where the joints of `truth` are in it."""
        height_px = float(np.ptp(points_px[:, 1]))
        off_px = [float(np.median(np.hypot(*(body.points_px - points_px).T))) for body in bodies]
        self.pictures += 1
        self.found += min(off_px, default=math.inf) < MATCH * height_px
        self.heights_px.append(height_px)
        if not players:
            return
        player = min(players, key=lambda player: player.feet.distance_m(truth.left.place))
        self.foot_errors_cm += [
            100.0 * contact.place.distance_m(foot.place)
            for contact, foot in ((truth.left, player.left), (truth.right, player.right))
            if contact.down and truth.t_s - contact.since_s > SETTLED_S
        ]


def run(data: Path) -> Report:
    """Measure; no recording is needed."""
    return Report("venue", {**_drawing(), **_loop(), **_perception()})


def _drawing() -> dict[str, Figure]:
    figures = {}
    for (width, height), bounds in SIZES.items():
        hall = open_venue("small-hall")
        hall = replace(hall, camera=(replace(hall.camera[0], size_px=(width, height)),))
        renderer = VenueRenderer(hall)
        for people, bound_ms in bounds.items():
            key = f"picture_cpu_ms_{width}x{height}_{people}"
            crowd = replace(hall, people=People(count=people, heights_m=(1.1, 1.25, 1.4)))
            note = f"small-hall, {people} in view, the projector's frame changes each time"
            figures[key] = Figure(_picture_cpu_ms(crowd, renderer), "ms", "lower", bound_ms, note=note)
    return figures


def _picture_cpu_ms(venue: Venue, renderer: VenueRenderer) -> float:
    """The median CPU time of a picture; the projector shows a new frame in each."""
    world = World(venue, people_of(venue, 0), 0, renderer)
    width, height = venue.projector[0].size_px
    frames = list(np.random.default_rng(0).integers(0, 256, (2, height, width, 3), np.uint8))
    cpu_ms = []
    for number in range(WARM_UP + PICTURES):
        world.advance(number / FPS)
        start = time.process_time()
        world.picture(0, number / FPS, [frames[number % 2]])
        cpu_ms.append((time.process_time() - start) * 1e3)
    return float(np.median(cpu_ms[WARM_UP:]))


def _loop() -> dict[str, Figure]:
    """The whole road in lock-step: venue, pose, tracking, lily_pads, OpenGL."""
    wall_s, cpu_s = [], []
    with open_lockstep(open_venue("small-hall"), "lily_pads") as step:
        before_s, before_cpu_s = time.perf_counter(), time.process_time()
        for moment in step.moments(LOOP_SECONDS):
            now_s, now_cpu_s = time.perf_counter(), time.process_time()
            if moment.t_s > LOOP_LEAD_IN_S:
                wall_s.append(now_s - before_s)
                cpu_s.append(now_cpu_s - before_cpu_s)
            before_s, before_cpu_s = now_s, now_cpu_s
    note = "640x480, 3 people who play lily_pads, venue, pose, game and OpenGL; by the clock"
    return {
        "loop_pictures_per_s": Figure(
            1.0 / float(np.median(wall_s)), "1/s", "higher", LOOP_LEAST_HZ, note=note
        ),
        "loop_cpu_ms": Figure(
            1e3 * float(np.median(cpu_s)), "ms", "lower", note="CPU time a picture of the same, all threads"
        ),
    }


def _perception() -> dict[str, Figure]:
    figures = {}
    for view in VIEWS:
        seen = watch_single_people(view)
        tall = f"single walkers, {np.median(seen.heights_px):.0f} px tall, {seen.pictures} pictures"
        share, error_cm = seen.found / seen.pictures, float(np.median(seen.foot_errors_cm or [math.inf]))
        bound_cm = FOOT_MEDIAN_CM if view.name == "40_deg" else None
        figures[f"found_{view.name}"] = Figure(share, "share", "higher", FOUND_LEAST, note=tall)
        figures[f"foot_median_cm_{view.name}"] = Figure(
            error_cm, "cm", "lower", bound_cm, note="standing feet as the tracker places them"
        )
    return figures


def watch_single_people(view: View, *, pictures: int = PICTURES_A_PERSON) -> Seen:
    """Film one walker after another with the default engine and hold what it finds against the truth."""
    venue = seen_from(view)
    renderer, seen = VenueRenderer(venue), Seen()
    surface = Surface("floor", venue.surface.width_m, venue.surface.height_m)
    for number, height_m in enumerate(HEIGHTS_M):
        walker = Person(Body.of(height_m, number), Wanderer(surface, number))
        _watch(World(venue, [walker], number, renderer), pictures, seen)
    return seen


def seen_from(view: View) -> Venue:
    """A bare, lit small hall with a small floor to walk on, seen from there."""
    hall = open_venue("small-hall")
    surface = PlaySurface(width_m=1.8, height_m=1.4, origin_m=(1.1, 0.8, 0.0))
    middle = (2.0, 1.5, 0.7)  # of people: half their height over the middle of the floor
    level = view.name == "eye_level"
    back_m = DISTANCE_M if level else (view.up_m - middle[2]) / math.tan(math.radians(view.tilt_deg))
    camera = replace(
        hall.camera[0],
        at_m=(2.0, 1.5 - back_m, view.up_m),
        look_at_m=middle,
        hfov_deg=view.hfov_deg,
        distortion=(0.0,) * 5,
    )
    room = replace(hall.room, y_m=(-3.0, 4.1))
    return replace(
        hall, room=room, surface=surface, camera=(camera,), projector=(), poster=(), box=(), window=()
    )


def _watch(world: World, pictures: int, seen: Seen) -> None:
    camera = world.rig.cameras[0]
    assert isinstance(camera.view, PinholeCamera)
    tracker = FloorTracker(camera.view, world.rig.surfaces[camera.surface])
    with closing(open_engine(max_people=2)) as engine:
        for number in range(pictures):
            t_s, taken_ns = number / FPS, round(number / FPS * 1e9)
            world.advance(t_s)
            bgr = world.picture(0, t_s, ())
            bodies = engine.find(bgr, taken_ns)
            players = tracker.follow(bodies, taken_ns, bgr)
            (truth,) = world.truth(t_s)
            if t_s >= SEEN_AFTER_S:
                seen.add(truth, camera.view.project(truth.joints_m), bodies, players)
