"""Venues made by dice: the same seed, the same place."""

from __future__ import annotations

import math

import numpy as np

from didim.sim.venue._description import (
    Ambient,
    Box,
    Distortion,
    Finish,
    Lamp,
    Material,
    Pair,
    People,
    PlaySurface,
    Poster,
    Room,
    Triple,
    Venue,
    VenueCamera,
    VenueProjector,
    Window,
)

_FLOORS: tuple[tuple[Material, Triple], ...] = (
    ("wood", (0.62, 0.47, 0.32)),
    ("wood", (0.45, 0.31, 0.2)),
    ("carpet", (0.33, 0.36, 0.42)),
    ("tiles", (0.72, 0.7, 0.66)),
    ("plain", (0.55, 0.57, 0.58)),
)


def generated(seed: int) -> Venue:
    """A floor venue with room, light, camera, projector and people drawn from `seed`."""
    rng = np.random.default_rng([seed, 7])
    width_m, depth_m = round(rng.uniform(2.5, 5.5), 2), round(rng.uniform(2.2, 4.0), 2)
    x_m = (-round(rng.uniform(0.4, 1.5), 2), width_m + round(rng.uniform(0.4, 1.5), 2))
    y_m = (-round(rng.uniform(1.6, 2.4), 2), depth_m + round(rng.uniform(0.4, 2.0), 2))
    height_m = round(rng.uniform(2.6, 3.4), 2)
    material, colour = _FLOORS[int(rng.integers(len(_FLOORS)))]
    wall_tone = rng.uniform(0.55, 0.9) + rng.uniform(-0.04, 0.04, 3)
    return Venue(
        name=f"generated-{seed}",
        title="made by dice",
        seed=seed,
        room=Room(x_m=x_m, y_m=y_m, height_m=height_m),
        floor=Finish(material=material, colour=colour, sheen=round(rng.uniform(0.0, 0.5), 2)),
        walls=Finish(colour=_triple(wall_tone), kick_plate_m=0.1),
        surface=PlaySurface(width_m=width_m, height_m=depth_m),
        ambient=Ambient(lux=round(rng.uniform(25, 180))),
        lamp=_lamps(rng, width_m, depth_m, height_m),
        window=_windows(rng),
        box=_boxes(rng, x_m, y_m),
        poster=_posters(rng),
        camera=(_camera(rng, width_m, depth_m, height_m, y_m),),
        projector=(_projector(rng, width_m, depth_m, height_m),),
        people=_people(rng),
    )


def _people(rng: np.random.Generator) -> People:
    count, heights_m = int(rng.integers(1, 6)), tuple(rng.uniform(0.95, 1.8, 5).round(2).tolist())
    return People(count=count, heights_m=heights_m, wheelchairs=int(rng.random() < 0.15))


def _triple(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Triple:
    x, y, z = np.round(values, 3).tolist()
    return (x, y, z)


def _lamps(rng: np.random.Generator, width_m: float, depth_m: float, height_m: float) -> tuple[Lamp, ...]:
    lumen = round(rng.uniform(200, 1600))
    return tuple(
        Lamp(
            at_m=(round(width_m * share, 2), round(depth_m * rng.uniform(0.1, 0.9), 2), height_m - 0.1),
            lumen=lumen,
        )
        for share in (0.25, 0.75)
    )


def _windows(rng: np.random.Generator) -> tuple[Window, ...]:
    if rng.random() < 0.5:
        return ()
    return (
        Window(wall="left", at_m=(1.0, 1.0), size_m=(1.4, 1.2), daylight_lux=round(rng.uniform(50, 500))),
    )


def _boxes(rng: np.random.Generator, x_m: Pair, y_m: Pair) -> tuple[Box, ...]:
    return tuple(
        Box(
            at_m=(round(rng.uniform(*x_m), 2), y_m[1] - 0.25, 0.0),
            size_m=_triple(rng.uniform((0.4, 0.3, 0.4), (1.2, 0.4, 1.3))),
            colour=_triple(rng.uniform(0.15, 0.8, 3)),
        )
        for _ in range(int(rng.integers(0, 3)))
    )


def _posters(rng: np.random.Generator) -> tuple[Poster, ...]:
    return (Poster(at_m=(round(rng.uniform(0.3, 2.5), 2), 0.8)),) if rng.random() < 0.4 else ()


def _camera(
    rng: np.random.Generator, width_m: float, depth_m: float, height_m: float, y_m: Pair
) -> VenueCamera:
    """Behind the front edge, 30 to 50 degrees down on the middle, wide enough for the surface and heads."""
    up_m = round(rng.uniform(2.3, height_m - 0.1), 2)
    tilt = math.radians(rng.uniform(30.0, 46.0))
    look_m = (0.5 * width_m, 0.45 * depth_m, 0.0)
    back_m = max(look_m[1] - up_m / math.tan(tilt), y_m[0] + 0.1)
    k1 = rng.uniform(-0.2, 0.02)
    distortion: Distortion = (round(k1, 3), round(-0.15 * k1, 3), 0.0, 0.0, 0.0)
    return VenueCamera(
        at_m=(round(look_m[0] + rng.uniform(-0.5, 0.5), 2), round(back_m, 2), up_m),
        look_at_m=look_m,
        hfov_deg=round(rng.uniform(74.0, 92.0), 1),
        distortion=distortion,
        gain=round(rng.uniform(1.5, 3.5), 2),
        noise=round(rng.uniform(0.0005, 0.003), 4),
        latency_ms=round(rng.uniform(20, 70)),
    )


def _projector(rng: np.random.Generator, width_m: float, depth_m: float, height_m: float) -> VenueProjector:
    up_m = height_m - 0.05
    reach_m = max(width_m, 1.6 * depth_m) * 1.22
    return VenueProjector(
        at_m=(
            round(0.5 * width_m + rng.uniform(-0.2, 0.2), 2),
            round(depth_m * rng.uniform(0.1, 0.5), 2),
            up_m,
        ),
        look_at_m=(0.5 * width_m, 0.5 * depth_m, 0.0),
        hfov_deg=round(math.degrees(2.0 * math.atan(0.5 * reach_m / up_m)), 1),
        lumen=round(rng.uniform(2500, 6000)),
        gamma=round(rng.uniform(1.9, 2.5), 2),
        defocus_px=round(rng.uniform(0.4, 1.4), 2),
        latency_ms=round(rng.uniform(16, 60)),
    )
