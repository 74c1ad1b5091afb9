"""Hands on a wall, as the product feels them in the drawn wall venue, against the truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

import cv2
import numpy as np
from msgspec.structs import replace

from didim.bench._report import Figure
from didim.geometry import Point
from didim.people import Event
from didim.pose import floor_tiles, ground_of, open_engine
from didim.rig import Projector
from didim.sim import Touch
from didim.sim.people import people_of
from didim.sim.venue import open_venue
from didim.sim.world import World
from didim.track import FloorTracker

HEIGHTS_M, SECONDS, FPS, SEED = (1.05, 1.25, 1.5), 20.0, 30.0, 21
RINGS, EVERY_S, RADIUS_M = 4, 1.5, 0.14
LOW_M, HIGH_M = 0.35, 0.95
FROM_S = 1.0
SAME_S, SAME_M = 0.45, 0.3
"""A touch that is told so much earlier or later, or so far away, is another one."""


@dataclass(slots=True)
class _Felt:
    """What was told of touches, and those there were: person, hand and when it came to rest."""

    there: dict[tuple[int, str, float], Touch] = field(default_factory=dict)
    told: list[Event] = field(default_factory=list)


def touch_figures() -> dict[str, Figure]:
    """How many touches are felt, how many more are told, and how far off their times and places are."""
    felt = _felt()
    there = [(since_s, touch.place) for (_, _, since_s), touch in felt.there.items() if since_s >= FROM_S]
    left = [event for event in felt.told if event.t_s >= FROM_S]
    late_ms, off_cm = [], []
    for since_s, place in there:
        near = [
            event
            for event in left
            if abs(event.t_s - since_s) < SAME_S and event.place.distance_m(place) < SAME_M
        ]
        if near:
            event = min(near, key=lambda each: abs(each.t_s - since_s))
            left.remove(event)
            late_ms.append(1000.0 * abs(event.t_s - since_s))
            off_cm.append(100.0 * event.place.distance_m(place))
    note = f"{len(there)} touches of {len(HEIGHTS_M)} people in {SECONDS:.0f} s, seen from behind, 640x480"
    return {
        "touches_felt": Figure(len(off_cm) / max(1, len(there)), "share", "higher", note=note),
        "touches_false": Figure(60.0 * len(left) / SECONDS, "1/min", "lower", note="told, and nobody's"),
        "touch_error_ms": Figure(float(np.median(late_ms or [np.inf])), "ms", "lower", note="median"),
        "touch_place_cm": Figure(
            float(np.median(off_cm or [np.inf])), "cm", "lower", note="median, from the tip of the finger"
        ),
    }


def _felt() -> _Felt:
    hall = open_venue("wall")
    people = replace(hall.people, count=len(HEIGHTS_M), heights_m=HEIGHTS_M)
    venue = replace(hall, people=people)
    world = World(venue, people_of(venue, SEED), SEED)
    camera, surface = world.rig.cameras[0], world.rig.surfaces["play"]
    tracker, felt = FloorTracker(camera.view, surface), _Felt()
    tiles, ground = floor_tiles(camera.view, surface, camera.size_px), ground_of(camera.view, surface)
    with closing(open_engine("auto", tiles=tiles, ground=ground)) as engine:
        for number, rings in enumerate(_rings(surface.width_m)):
            t_s = number / FPS
            world.advance(t_s, rings)
            bgr = world.picture(0, t_s, [_shown(world.rig.projectors[0], rings)])
            tracker.follow(engine.find(bgr, round(t_s * 1e9)), round(t_s * 1e9), bgr)
            felt.told += [event for event in tracker.events if event.kind == "touch"]
            for pose in world.truth(t_s):
                for touch in pose.touches:
                    felt.there.setdefault((pose.person, touch.side.name, round(touch.since_s, 3)), touch)
    return felt


def _rings(width_m: float) -> Iterator[list[Point]]:
    """For each picture, where there is something to touch: the oldest goes as another comes."""
    rng, rings = np.random.default_rng([SEED, 3]), list[Point]()
    for number in range(round(SECONDS * FPS)):
        if number % round(EVERY_S * FPS) == 0:
            place = Point(rng.uniform(0.25, width_m - 0.25), rng.uniform(LOW_M, HIGH_M))
            rings = [*rings, place][-RINGS:]
        yield rings


def _shown(projector: Projector, rings: Sequence[Point]) -> np.ndarray:
    """Bright discs on a dark ground, (h, w, 3) uint8 RGB."""
    width, height = projector.size_px
    rgb = np.full((height, width, 3), (10, 10, 40), np.uint8)
    angles = np.linspace(0.0, 2.0 * np.pi, 40)
    round_m = RADIUS_M * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    for ring in rings:
        px = projector.projector_from_surface.apply(np.array(ring) + round_m)
        cv2.fillPoly(rgb, [np.rint(px).astype(np.int32)], (250, 190, 60))
    return rgb
