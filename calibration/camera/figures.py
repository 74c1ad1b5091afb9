"""What the camera half promises, measured on simulated rigs: for `didim bench` and for tests."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from calibration.camera._measure import see_sheet, solve_camera
from calibration.camera._place import SheetPlace
from calibration.camera._sheet import Sheet
from calibration.camera._solution import Accuracy, SolvedCamera, aligned
from calibration.camera.synthetic import Laid, Look, Scene, picture_of, random_scene
from didim.geometry import FloatArray

_SPOTS = ((-1, -1), (1, -1), (0, 0), (-1, 1), (1, 1))
CASES = (
    ((1920, 1080), 45.0, "floor"),
    ((1280, 720), 45.0, "floor"),
    ((1920, 1080), 30.0, "floor"),
    ((1280, 720), 60.0, "floor"),
    ((1920, 1080), 60.0, "floor"),
    ((1280, 720), 30.0, "floor"),
    ((1920, 1080), 45.0, "wall"),
    ((1280, 720), 40.0, "wall"),
)
"""Size of the picture, degrees off the surface's normal, and kind of surface, in turn."""


@dataclass(frozen=True, slots=True)
class MetricFigures:
    """Errors of one calibrated camera against the truth, after a rigid alignment on the surface.

    Attributes:
        on_m, above_m: over a grid of the play area, on it and 1 m above it as far as the camera sees.
            Infinite where the measured lens bends no ray to a point.
        scale: measured length over true length, less 1.
        said: what the solution itself expected.
        kind: of the surface, "floor" or "wall".
    """

    on_m: FloatArray
    above_m: FloatArray
    scale: float
    said: Accuracy
    kind: str = "floor"

    @property
    def on_covered(self) -> bool:
        """Whether the true p95 on the surface is within the shown one."""
        return bool(np.percentile(self.on_m, 95) <= self.said.p95_m)

    @property
    def above_covered(self) -> bool:
        return bool(np.percentile(self.above_m, 95) <= self.said.above_p95_m)


def metric_figures(seed: int, *, case: int | None = None, look: Look | None = None) -> MetricFigures:
    """One random rig with five places of an A3 sheet, on a floor leaning at the last.

    The case follows from the seed where none is named.
    """
    size_px, oblique_deg, kind = CASES[(seed if case is None else case) % len(CASES)]
    rng = np.random.default_rng([seed, 5])
    scene = random_scene(rng, size_px=size_px, oblique_deg=oblique_deg, kind=kind)
    sheet = Sheet().read(Sheet().ruler_mm)
    seen = []
    places = places_to_bench(scene, rng, sheet) if kind == "floor" else five_places(scene, rng)
    for place in places:
        picture = picture_of(scene, [Laid(sheet, place)], look=look, rng=rng)
        seen.append(see_sheet(picture, sheet=sheet, leaning=place.lean_rad > 0))
    return replace(against_truth(solve_camera(seen), scene), kind=kind)


def five_places(scene: Scene, rng: np.random.Generator) -> list[SheetPlace]:
    """Near the corners of the area and in its middle, laid by a person: 10 cm and 30 degrees off."""
    left, near, right, far = scene.area_m
    middle, half = ((left + right) / 2, (near + far) / 2), (0.375 * (right - left), 0.365 * (far - near))
    return [
        SheetPlace(
            middle[0] + half[0] * across + rng.uniform(-0.1, 0.1),
            middle[1] + half[1] * along + rng.uniform(-0.1, 0.1),
            rng.uniform(-0.5, 0.5),
        )
        for across, along in _SPOTS
    ]


def places_to_bench(scene: Scene, rng: np.random.Generator, sheet: Sheet) -> list[SheetPlace]:
    """Five places of which one at a corner, any of the four, is leant at: 60 to 85 degrees steep."""
    lying = five_places(scene, rng)
    stood = lying.pop(int(rng.choice([k for k, spot in enumerate(_SPOTS) if any(spot)])))
    lean_rad, above_m = math.radians(rng.uniform(60, 85)), rng.uniform(0.0, 0.05)
    return [*lying, SheetPlace.leaning(sheet, stood.x_m, stood.y_m, stood.turn_rad, lean_rad, above_m)]


def against_truth(solved: SolvedCamera, scene: Scene) -> MetricFigures:
    """Compare a solution with the camera that drew the pictures."""
    left, near, right, far = scene.area_m
    grid = np.stack(np.meshgrid(np.linspace(left, right, 25), np.linspace(near, far, 19)), -1).reshape(-1, 2)
    level = np.ones(len(grid))
    px, px_above = (scene.camera.project(np.c_[grid, height * level]) for height in (0.0, 1.0))
    seen = ((px_above >= 0) & (px_above <= np.array(scene.size_px) - 1)).all(axis=1)
    found = solved.camera.surface_points(px)
    align = aligned(found, grid)
    above = align(solved.camera.surface_points(px_above[seen], level[seen]))
    return MetricFigures(
        np.linalg.norm(align(found) - grid, axis=1),
        np.nan_to_num(np.linalg.norm(above - grid[seen], axis=1), nan=np.inf),
        align.scale - 1,
        solved.accuracy(px),
    )
