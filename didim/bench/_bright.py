"""What a bright, fast game on the floor and on people costs, with a camera's exposure locked and unlocked."""

from __future__ import annotations

import logging
from contextlib import closing
from dataclasses import dataclass, field

import cv2
import numpy as np
from msgspec.structs import replace

from didim.bench._films import Film, Picture
from didim.bench._followed import MOST_PEOPLE
from didim.bench._found import Tally
from didim.bench._halls import SETTLED
from didim.bench._report import Figure
from didim.bench.following import FeetErrors
from didim.pose import floor_tiles, ground_of, open_engine
from didim.sim.venue import AutoExposure, Venue, open_venue
from didim.track import FloorTracker

PICTURES, SEED = 240, 68
HEIGHTS_M = (1.2, 1.5)
SWEEP_A_S, CHANGES_HZ = 0.5, 2.0
"""Picture widths a second; and new grounds: a flash guard lets three flashes through."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BrightFilm(Film):
    """People under broad bands of light that sweep over them while the ground changes its colour."""

    def _light(self, number: int) -> list[Picture | None]:
        if not self.lit:
            return [None] * len(self.venue.projector)
        return [sweeping(each.size_px, self.seed, number / self.fps) for each in self.venue.projector]


def sweeping(size_px: tuple[int, int], seed: int, t_s: float) -> Picture:
    """Slanted bands of full colour over a ground of any brightness, RGB."""
    width, height = size_px
    ground_rgb = np.random.default_rng([seed, int(t_s * CHANGES_HZ)]).integers(0, 256, 3)
    light = np.full((height, width, 3), ground_rgb, np.uint8)
    bands_rgb = np.random.default_rng([seed, 12]).integers(40, 256, (6, 3))
    slant = np.array([[0.0, 0.0], [0.08, 0.0], [0.02, 1.0], [-0.06, 1.0]])
    for band, rgb in enumerate(bands_rgb):
        across = (band / len(bands_rgb) + SWEEP_A_S * t_s) % 1.2 - 0.1
        corners = (slant + np.array([across, 0.0])) * size_px
        cv2.fillPoly(light, [np.rint(corners).astype(np.int32)], rgb.tolist(), cv2.LINE_AA)
    return light


def bright_films() -> dict[str, Film]:
    """The same people by what shines on them: nothing, and the game before a camera of either kind."""
    hall = open_venue("bright-game")
    (camera,) = hall.camera
    adapting = replace(hall, camera=(replace(camera, auto_exposure=AutoExposure()),))
    return {
        "dark": _film(hall, "dark", lit=False),
        "locked": _film(hall, "locked"),
        "unlocked": _film(adapting, "unlocked"),
    }


def _film(venue: Venue, name: str, *, lit: bool = True) -> Film:
    named = replace(venue, name=f"{venue.name}-{name}")  # a film is kept by its venue
    return BrightFilm(named, HEIGHTS_M, SEED, PICTURES, lit=lit)


@dataclass(slots=True)
class _Cost:
    tally: Tally = field(default_factory=Tally)
    feet: FeetErrors = field(default_factory=FeetErrors)


def light_figures() -> dict[str, Figure]:
    """People found and where their feet are, by what shines on them."""
    figures = {}
    for name, film in bright_films().items():
        cost = _watched(film)
        note = {
            "dark": "lamps alone",
            "locked": "a bright game sweeps over floor and people, the exposure is locked",
            "unlocked": "the same, and the camera sets its exposure by itself",
        }[name]
        figures[f"light_found_{name}"] = Figure(cost.tally.share, "share", "higher", note=note)
        for percent in (50, 95):
            value = float(np.percentile(cost.feet.standing_cm, percent))
            key = "median" if percent == 50 else f"p{percent}"
            figures[f"light_foot_{key}_cm_{name}"] = Figure(value, "cm", "lower", note=note)
    return figures


def _watched(film: Film) -> _Cost:
    cost, tracker = _Cost(), FloorTracker(film.view, film.surface)
    tiles, ground = floor_tiles(film.view, film.surface, film.size_px), ground_of(film.view, film.surface)
    with closing(open_engine("auto", max_people=MOST_PEOPLE, tiles=tiles, ground=ground)) as engine:
        for number, (picture, truth) in enumerate(zip(film.read(_LOG.info), film.truth(), strict=True)):
            captured_ns = round(number / film.fps * 1e9)
            bodies = engine.find(picture, captured_ns)
            players = tracker.follow(bodies, captured_ns, picture)
            if number < SETTLED:
                continue
            cost.tally.add(film.shown(truth), bodies)
            for pose in truth:
                cost.feet.add(pose, players, number / film.fps)
    return cost
