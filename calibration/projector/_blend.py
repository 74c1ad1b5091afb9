"""Several projectors on one surface: how well they meet, and how their light is shared where they overlap."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from calibration.patterns import Contrast, in_light
from calibration.patterns._matches import Floats
from calibration.projector._surface_map import ProjectorMaps
from calibration.projector._verify import Verified, lit_places
from calibration.projector.failures import NotEnoughOverlap
from didim.geometry import FloatArray, Surface, SurfaceView
from didim.rig import Blend

GRID_M = 0.02
OVERLAP_LEAST_M2 = 0.02
GAIN_SMOOTH_M = 0.4
BLACK_SHARE_MOST = 0.2


@dataclass(frozen=True, slots=True)
class Registration:
    """How far two projectors' light lies apart where both shine.

    Attributes:
        apart_mm: (n,) distances of corners that both drew.
    """

    apart_mm: FloatArray

    @property
    def median_mm(self) -> float:
        return float(np.median(self.apart_mm))

    @property
    def p95_mm(self) -> float:
        return float(np.percentile(self.apart_mm, 95))


@dataclass(frozen=True, slots=True)
class LitProjector:
    """A projector as the blend needs it.

    Attributes:
        maps, gamma: as measured; seen: its black and white in the camera's picture.
    """

    maps: ProjectorMaps
    size_px: tuple[int, int]
    seen: Contrast
    gamma: float


def overlap(
    first: ProjectorMaps, second: ProjectorMaps, sizes_px: list[tuple[int, int]], surface: Surface
) -> float:
    """The area that two projectors both light, square metres.

    Raises:
        NotEnoughOverlap: they do not meet.
    """
    grid = _grid(surface).reshape(-1, 2)
    inside = [_rim_px(maps, grid, size) > 0 for maps, size in zip((first, second), sizes_px, strict=True)]
    area_m2 = float((inside[0] & inside[1]).sum() * GRID_M**2)
    if area_m2 < OVERLAP_LEAST_M2:
        raise NotEnoughOverlap(
            f"two projectors share {area_m2:.2f} m² of the surface. Turn them until their pictures overlap "
            "by a hand's width at least, so that the seam can be blended."
        )
    return area_m2


def registration(first: Verified, second: Verified) -> Registration:
    """How far two projectors' drawings of the same corners lie apart, from one `verify` each.

    Both have to be verified with the same `square_m` on the same surface.

    Raises:
        NotEnoughOverlap: fewer than six corners were seen of both.
    """
    places = {tuple(np.round(place, 6)): k for k, place in enumerate(second.places_m)}
    pairs = [(k, places.get(tuple(np.round(place, 6)))) for k, place in enumerate(first.places_m)]
    common = np.array([pair for pair in pairs if pair[1] is not None], int).reshape(-1, 2)
    if len(common) < 6:
        raise NotEnoughOverlap(
            f"two projectors share {len(common)} corners of the test pattern, six are needed. Turn them "
            "until their pictures overlap by a hand's width at least, so that the seam can be blended."
        )
    apart = first.off_mm[common[:, 0]] - second.off_mm[common[:, 1]]
    return Registration(np.linalg.norm(apart, axis=1))


def blends(projectors: list[LitProjector], view: SurfaceView, surface: Surface) -> list[Blend]:
    """Weights that add up to the same light everywhere.

    Each place takes from every projector in proportion to its distance from that projector's rim, smoothed;
    then everything is brought to the light of the weakest, place by place and smooth.
    """
    grid = _grid(surface)
    shape = grid.shape[:2]
    flat = grid.reshape(-1, 2)
    rims = np.stack([_rim_px(p.maps, flat, p.size_px).reshape(shape) for p in projectors])
    eased = np.clip(rims, 0, None)
    shares = eased / np.maximum(eased.sum(axis=0), 1e-6)
    shares = shares * shares * (3 - 2 * shares)
    shares = shares / np.maximum(shares.sum(axis=0), 1e-6)
    gains = _gains(projectors, view, surface, rims > 0)
    lifts = _lifts(projectors, rims > 0)
    made = []
    for projector, share, gain, lift in zip(projectors, shares, gains, lifts, strict=True):
        places = lit_places(projector.maps, projector.size_px)
        weight = np.clip(_at(share * gain, places), 0, 1)
        made.append(Blend(weight.astype(np.float16), np.clip(_at(lift, places), 0, 1).astype(np.float16)))
    return made


def white_light(projector: LitProjector, view: SurfaceView, surface: Surface) -> Floats:
    """The light of a projector's white over the surface's grid, as the camera sees it; nan where unseen."""
    light = in_light(projector.seen.white) - in_light(projector.seen.black)
    light = np.asarray(cv2.GaussianBlur(light, (0, 0), 2.0), np.float32)
    rows, columns = np.nonzero(projector.seen.lit[::4, ::4])
    rows, columns = 4 * rows, 4 * columns
    places = view.surface_points(np.column_stack([columns, rows]).astype(np.float64))
    shape = _grid(surface).shape[:2]
    cells = np.floor(places / GRID_M)
    good = (
        np.isfinite(cells).all(axis=1) & (cells >= 0).all(axis=1) & (cells < [shape[1], shape[0]]).all(axis=1)
    )
    index = (cells[good, 1] * shape[1] + cells[good, 0]).astype(int)
    count = np.bincount(index, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float32)
    total = (
        np.bincount(index, light[rows, columns][good], shape[0] * shape[1]).reshape(shape).astype(np.float32)
    )
    sigma = GAIN_SMOOTH_M / GRID_M / 3
    top, bottom = cv2.GaussianBlur(total, (0, 0), sigma), cv2.GaussianBlur(count, (0, 0), sigma)
    return np.asarray(np.where(bottom > 0.02, top / np.maximum(bottom, 1e-6), np.nan), np.float32)


def _gains(
    projectors: list[LitProjector], view: SurfaceView, surface: Surface, inside: np.ndarray
) -> list[float]:
    """For each projector the factor, at most 1, that makes all of them equally bright where they overlap.

    The floor is the same for all, so that the ratio of what the camera sees is the ratio of their light. One
    number for each: what is left goes over smoothly with the weights, where a factor for every place would
    draw each projector's fall-off into the others.
    """
    whites = [white_light(projector, view, surface) for projector in projectors]
    both = inside.sum(axis=0) > 1
    where = both & np.isfinite(np.stack(whites)).all(axis=0)
    if not where.any():
        return [1.0 for _ in projectors]
    levels = [float(np.median(white[where])) for white in whites]
    return [min(levels) / level for level in levels]


def _lifts(projectors: list[LitProjector], inside: np.ndarray) -> list[Floats]:
    """Light that makes black outside the overlap as bright as the two blacks together in it.

    A projector's black is some of its white; how much is not seen through the room's light, so that the
    usual 0.3 % is taken for each further projector.
    """
    several = inside.sum(axis=0)
    missing = np.clip(several.max() - several, 0, None) * 0.003
    smooth = cv2.GaussianBlur(missing.astype(np.float32), (0, 0), 0.05 / GRID_M)
    return [np.where(mine, np.clip(smooth, 0, BLACK_SHARE_MOST), 0).astype(np.float32) for mine in inside]


def _grid(surface: Surface) -> FloatArray:
    """Middles of 2 cm cells: (rows, columns, 2) metres."""
    x = (np.arange(round(surface.width_m / GRID_M)) + 0.5) * GRID_M
    y = (np.arange(round(surface.height_m / GRID_M)) + 0.5) * GRID_M
    return np.stack(np.meshgrid(x, y), axis=-1)


def _rim_px(maps: ProjectorMaps, places_m: FloatArray, size_px: tuple[int, int]) -> FloatArray:
    """Distance of places from the rim of a projector's frame, pixels, below 0 outside."""
    px = maps.projector_from_surface.apply(places_m)
    width, height = size_px
    return np.asarray(np.min([px[:, 0], px[:, 1], width - 1 - px[:, 0], height - 1 - px[:, 1]], axis=0))


def _at(values: Floats | FloatArray, places_m: Floats) -> Floats:
    """Grid values at each projector pixel's place."""
    x = places_m[..., 0] / np.float32(GRID_M) - np.float32(0.5)
    y = places_m[..., 1] / np.float32(GRID_M) - np.float32(0.5)
    seen = cv2.remap(values.astype(np.float32), x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.float32)
