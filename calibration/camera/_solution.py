"""A calibrated camera with its accuracy, as a value."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from calibration.camera._adjust import Adjusted
from calibration.camera._lens import Lens
from calibration.camera._model import HEIGHT, LENS_TERMS, SCALE
from calibration.camera._place import SheetPlace
from didim.geometry import FloatArray, PinholeCamera, RigidPose

INFLATION = 1.5
"""The covariance of a fit knows its own model only; over simulated rigs errors were this much larger."""
_SAMPLES = 60


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How far off points are expected to be, after the surface's own frame is taken as given.

    Attributes:
        median_m, p95_m: over the points asked for, on the surface, by a sheet of known size.
        above_median_m, above_p95_m: the same for points `above_m` over the surface.
        scale: how far a length may be off, as a share, one standard deviation, by a sheet of known size.
        print_scale: the same by the print alone: what the ruler's reading leaves open.
    """

    median_m: float
    p95_m: float
    above_median_m: float
    above_p95_m: float
    scale: float
    print_scale: float
    above_m: float = 1.0


@dataclass(frozen=True, slots=True)
class SolvedCamera:
    """A camera over its surface.

    The surface's origin is the first sheet's middle, its x follows the picture's right, its z looks towards
    the camera: on a floor y leads away from the camera, on a wall y leads up.

    Attributes:
        camera: over the surface, metres; size_px: (width, height) that it holds for.
        places: where each sheet lay.
        misfits: each sheet's residual against what its pixels promised; about 1 where all is well.
        off_plane_m: how far each sheet seems to lie above or below the plane; of one that leans, its middle.
    """

    camera: PinholeCamera
    size_px: tuple[int, int]
    places: tuple[SheetPlace, ...]
    misfits: FloatArray
    off_plane_m: FloatArray
    adjusted: Adjusted

    @property
    def lens(self) -> Lens:
        return Lens(self.camera.matrix, self.camera.distortion)

    @property
    def lean_rad(self) -> float | None:
        """How far the flattest of the sheets leans that were to lean; None where none was."""
        terms = self.adjusted.terms[LENS_TERMS + 4 :].reshape(-1, 6)
        tilts = [
            float(np.hypot(*own[4:6]))
            for own, leans in zip(terms, self.adjusted.model.leaning, strict=True)
            if leans
        ]
        return min(tilts, default=None)

    def region_px(self, *, reach: float = 3.0) -> FloatArray:
        """(n, 2) picture points, evenly spread, that look at the surface within `reach` camera heights."""
        width, height = self.size_px
        grid = np.stack(np.meshgrid(np.linspace(0.04, 0.96, 15), np.linspace(0.04, 0.96, 11)), -1)
        px = grid.reshape(-1, 2) * [width - 1, height - 1]
        origin = self.camera.surface_from_camera.translation_m
        away = np.linalg.norm(self.camera.surface_points(px) - origin[:2], axis=1)
        return np.asarray(px[np.nan_to_num(away, nan=np.inf) <= reach * origin[2]])

    def accuracy(self, px: FloatArray | None = None, *, above_m: float = 1.0) -> Accuracy:
        """What to expect where (n, 2) pixels look, or over the whole view."""
        px = self.region_px() if px is None else px
        on, above, scales = self._errors(px, above_m)
        return Accuracy(
            float(np.median(on)),
            float(np.percentile(on, 95)),
            float(np.median(above)),
            float(np.percentile(above, 95)),
            float(np.std(scales)),
            max(sheet.scale_sigma for sheet in self.adjusted.model.sheets),
            above_m,
        )

    def _errors(self, px: FloatArray, above_m: float) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Errors of sampled cameras at the points, on the surface and above it, and their scales."""
        adjusted = self.adjusted
        rng = np.random.default_rng(len(px))
        values, axes = np.linalg.eigh(_with_known_print(adjusted.covariance))
        spread = INFLATION * axes * np.sqrt(np.maximum(values, 0))
        mean = adjusted.model.camera(adjusted.terms)
        ground = mean.surface_points(px)
        aloft = mean.surface_points(px, np.full(len(px), above_m))
        seen = np.isfinite(ground).all(axis=1) & np.isfinite(aloft).all(axis=1)
        on, above, scales = [], [], []
        for _ in range(_SAMPLES):
            terms = adjusted.terms + spread @ rng.standard_normal(len(values))
            terms[HEIGHT] = max(terms[HEIGHT], 0.05)
            camera = adjusted.model.camera(terms)
            drawn = camera.surface_points(px)
            good = seen & np.isfinite(drawn).all(axis=1)
            if good.sum() < 3:
                continue
            align = aligned(drawn[good], ground[good])
            on.append(np.linalg.norm(align(drawn[good]) - ground[good], axis=1))
            high = camera.surface_points(px[good], np.full(int(good.sum()), above_m))
            miss = np.linalg.norm(align(high) - aloft[good], axis=1)
            above.append(miss[np.isfinite(miss)])
            scales.append(align.scale)
        return np.concatenate(on), np.concatenate(above), np.array(scales)


def solved_camera(adjusted: Adjusted, size_px: tuple[int, int]) -> SolvedCamera:
    """Name the surface's frame by the first sheet."""
    model, terms = adjusted.model, adjusted.terms
    camera = model.camera(terms)
    places = [model.place(terms, index) for index in range(len(model.sheets))]
    first = places[0]
    moved = RigidPose(np.eye(3), np.array([-first.x_m, -first.y_m, 0.0]))
    return SolvedCamera(
        camera=PinholeCamera(camera.matrix, moved.after(camera.surface_from_camera), camera.distortion),
        size_px=size_px,
        places=tuple(replace(p, x_m=p.x_m - first.x_m, y_m=p.y_m - first.y_m) for p in places),
        misfits=adjusted.misfits,
        off_plane_m=terms[LENS_TERMS + 4 :].reshape(-1, 6)[:, 3].copy(),
        adjusted=adjusted,
    )


def _with_known_print(covariance: FloatArray) -> FloatArray:
    """The covariance if the print's size were known exactly: more places cannot tell it."""
    with_print = covariance[:, SCALE]
    return np.asarray(covariance - np.outer(with_print, with_print) / max(covariance[SCALE, SCALE], 1e-12))


@dataclass(frozen=True, slots=True)
class Alignment:
    """A rigid motion of the surface: `target = axes.T @ (source - source_m) + target_m`.

    Attributes:
        scale: by how much the source is larger than the target; the motion leaves that as it is.
    """

    source_m: FloatArray
    target_m: FloatArray
    axes: FloatArray
    scale: float

    def __call__(self, points: FloatArray) -> FloatArray:
        return np.asarray((points - self.source_m) @ self.axes + self.target_m)


def aligned(source: FloatArray, target: FloatArray) -> Alignment:
    """The rigid motion that brings (n, 2) points nearest to others, by least squares."""
    one, other = source - source.mean(axis=0), target - target.mean(axis=0)
    sine = (one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]).sum()
    cosine = (one * other).sum()
    angle = np.arctan2(sine, cosine)
    axes = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return Alignment(
        source.mean(axis=0), target.mean(axis=0), axes, float((one * one).sum() / np.hypot(sine, cosine))
    )
