"""Simulated people as an imperfect engine sees them: noise, gaps, hidden bodies, clothes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from didim.geometry import PinholeCamera, Surface
from didim.people import Joint
from didim.pose import Skeleton
from didim.sim import Body, Crowd, Person, Pose3D, Wanderer, skeletons

SIZE_PX = (640, 480)
HIDDEN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Flaws:
    """How far the engine is from perfect.

    Attributes:
        noise_px: standard deviation of a joint's place.
        missed: share of bodies that are not found, in gaps of `gap_pictures`.
        merges: of two bodies that overlap in the picture only the nearer is found, twice at times.
        light: how far a projector's light changes each colour of a body from picture to picture, as a factor.
    """

    noise_px: float = 1.0
    missed: float = 0.0
    gap_pictures: int = 6
    merges: bool = True
    light: float = 0.0


@dataclass(frozen=True, slots=True)
class Moment:
    """One picture: what was found in it, and the truth."""

    t_s: float
    skeletons: tuple[Skeleton, ...]
    bgr: NDArray[np.uint8]
    truth: tuple[Pose3D, ...]


def watch(
    camera: PinholeCamera,
    surface: Surface,
    heights_m: Sequence[float],
    *,
    seconds: float,
    seed: int,
    fps: float = 30.0,
    flaws: Flaws | None = None,
) -> Iterator[Moment]:
    """People of those heights who wander about and come as near as they can, seen with flaws."""
    flaws, rng = flaws or Flaws(), np.random.default_rng([seed, 41])
    people = [
        Person(Body.of(height_m, 10 * seed + number), Wanderer(surface, 10 * seed + number))
        for number, height_m in enumerate(heights_m)
    ]
    crowd = Crowd(surface, people, seed, collides=True)
    gaps = np.zeros(len(people), int)
    for index in range(round(seconds * fps)):
        t_s = index / fps
        truth = crowd.advance(t_s)
        bodies = [skeletons([pose], camera, rng, noise_px=flaws.noise_px, size_px=SIZE_PX) for pose in truth]
        starts = rng.random(len(people)) < flaws.missed / flaws.gap_pictures
        gaps = np.where((gaps == 0) & starts, flaws.gap_pictures, np.maximum(gaps - 1, 0))
        shown = [number for number, found in enumerate(bodies) if found and gaps[number] == 0]
        if flaws.merges:
            shown = _not_hidden(shown, camera, truth, bodies)
        found = [bodies[number][0] for number in shown]
        rng.shuffle(found)
        yield Moment(t_s, tuple(found), _painted(people, camera, truth, bodies, flaws, rng), truth)


def _not_hidden(
    shown: list[int],
    camera: PinholeCamera,
    truth: Sequence[Pose3D],
    bodies: Sequence[tuple[Skeleton, ...]],
) -> list[int]:
    """Leave out whose trunk lies behind the body of somebody nearer."""
    near_first = sorted(shown, key=lambda number: _away_m(camera, truth[number]))
    kept: list[int] = []
    for number in near_first:
        trunk = _trunk_px(bodies[number][0])
        boxes = [(bodies[k][0].points_px.min(axis=0), bodies[k][0].points_px.max(axis=0)) for k in kept]
        covered = [((trunk > low) & (trunk < high)).all(axis=1).mean() for low, high in boxes]
        if max(covered, default=0.0) < HIDDEN_SHARE:
            kept.append(number)
    return kept


def _painted(
    people: Sequence[Person],
    camera: PinholeCamera,
    truth: Sequence[Pose3D],
    bodies: Sequence[tuple[Skeleton, ...]],
    flaws: Flaws,
    rng: np.random.Generator,
) -> NDArray[np.uint8]:
    """Shirts and trousers as plain boxes, the nearest in front."""
    bgr = np.full((SIZE_PX[1], SIZE_PX[0], 3), 90, np.uint8)
    for number in sorted(range(len(people)), key=lambda k: -_away_m(camera, truth[k])):
        if not bodies[number]:
            continue
        points, colours = bodies[number][0].points_px, people[number].body.colours
        hips_y = points[[Joint.LEFT_HIP, Joint.RIGHT_HIP], 1].mean()
        low, high = points.min(axis=0), points.max(axis=0)
        factor = np.exp(rng.normal(0.0, flaws.light, 3))
        for top, bottom, tone in ((low[1], hips_y, colours.shirt), (hips_y, high[1], colours.trousers)):
            rows = slice(max(int(top), 0), max(int(bottom), 0))
            columns = slice(max(int(low[0]), 0), max(int(high[0]), 0))
            bgr[rows, columns] = np.clip(np.array(tone[::-1]) * factor * 200.0, 0, 255)
    return bgr


def _trunk_px(skeleton: Skeleton) -> NDArray[np.float64]:
    return skeleton.points_px[
        [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP, Joint.NOSE]
    ]


def _away_m(camera: PinholeCamera, pose: Pose3D) -> float:
    return float(np.linalg.norm(pose.joints_m.mean(axis=0) - camera.surface_from_camera.translation_m))
