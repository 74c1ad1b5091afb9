"""What kind of place a made-up rig stands in, drawn from a seed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from calibration.synthetic._floor import Cover

Hard = Literal["dark", "sunny", "glossy", "carpet", "walkers", "tearing"]
HARD: tuple[Hard, ...] = ("dark", "sunny", "glossy", "carpet", "walkers", "tearing")


@dataclass(frozen=True, slots=True)
class Conditions:
    """A place, its devices and its light.

    Light is relative: 1 lights a white floor, where the projector is strongest, to the camera's full scale
    at its usual exposure.

    Attributes:
        oblique_deg, projector_oblique_deg: from straight down.
        bump_m: the highest swell of the floor.
        lens: how strongly the projector's lens bends, standard deviation of k1.
        ambient, light: of the room and of the projector.
        sun: a bright stripe of daylight, on top of `ambient`.
        gloss: strength of the projector's mirror image in the floor.
        walkers: people who walk through.
        lamp_flicker: steps of the room's light while patterns run, a share of `ambient`.
        read_noise: of the camera, a share of full scale.
        late: share of shown frames that reach the light one to three refreshes late.
        two_projectors: side by side, overlapping in the middle.
    """

    camera_px: tuple[int, int] = (1920, 1080)
    projector_px: tuple[int, int] = (1920, 1080)
    oblique_deg: float = 45.0
    projector_oblique_deg: float = 35.0
    bump_m: float = 0.0
    lens: float = 0.01
    cover: Cover = "wood"
    ambient: float = 0.05
    light: float = 0.75
    sun: float = 0.0
    gloss: float = 0.0
    walkers: int = 0
    lamp_flicker: float = 0.0
    read_noise: float = 0.002
    camera_gamma: float = 2.2
    projector_gamma: float = 2.2
    late: float = 0.0
    two_projectors: bool = False


def random_conditions(seed: int) -> Conditions:
    """A usual hall: 720p or 1080p, 30–60°, three floors, up to 8 mm uneven, people in four of ten."""
    rng = np.random.default_rng(7 * seed + 1)
    ambient = rng.uniform(0.03, 0.4)
    covers: tuple[Cover, ...] = ("wood", "tiles", "carpet")
    cover = covers[rng.integers(3)]
    return Conditions(
        camera_px=((1920, 1080), (1280, 720))[rng.integers(2)],
        projector_px=((1920, 1080), (1280, 800))[rng.integers(2)],
        oblique_deg=rng.uniform(30, 60),
        projector_oblique_deg=rng.uniform(25, 40),
        bump_m=(0.0, 0.003, 0.008)[rng.integers(3)],
        lens=(0.005, 0.02)[rng.integers(2)],
        cover=cover,
        ambient=ambient,
        light=rng.uniform(0.15, 0.7) * (1 - ambient),
        walkers=int(rng.random() < 0.4),
        lamp_flicker=rng.uniform(0.0, 0.05),
        camera_gamma=rng.uniform(1.8, 2.4),
        projector_gamma=rng.uniform(1.8, 2.4),
    )


def hard_conditions(kind: Hard, seed: int) -> Conditions:
    """A hall that is hard in one way."""
    usual = random_conditions(seed)
    changes: dict[Hard, Conditions] = {
        "dark": replace(usual, ambient=0.004, light=0.05, read_noise=0.004),
        "sunny": replace(usual, ambient=0.35, light=0.15, sun=0.6),
        "glossy": replace(usual, cover="tiles", gloss=1.5),
        "carpet": replace(usual, cover="carpet", bump_m=0.008),
        "walkers": replace(usual, walkers=3, lamp_flicker=0.15),
        "tearing": replace(usual, late=0.25),
    }
    return changes[kind]
