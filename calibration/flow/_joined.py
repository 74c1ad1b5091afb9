"""Cameras that were solved each for itself, brought into one frame of the surface."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from calibration.camera._solution import aligned
from calibration.flow._frame import Lit, moved
from calibration.projector import camera_from_projector
from calibration.projector.failures import NotEnoughOverlap
from didim.geometry import FloatArray, PinholeCamera, RigidPose

GRID = 24
SHARED_LEAST = 12
OUTLIER = 3.0


def joined(
    views: Sequence[PinholeCamera], cameras_px: Sequence[tuple[int, int]], lit: Sequence[Lit]
) -> tuple[PinholeCamera, ...]:
    """All cameras in the frame of the first, by what two of them see of the same projector's light.

    Every pixel of a projector is a place that both cameras see, hundreds of them; a rigid motion of the
    surface brings them together.

    Raises:
        NotEnoughOverlap: a camera shares no projector's light with the others.
    """
    found: dict[int, PinholeCamera] = {0: views[0]}
    while len(found) < len(views):
        pairs = [
            (len(here), known, new, here, there)
            for known in found
            for new in range(len(views))
            if new not in found
            for here, there in [_shared(known, new, found[known], views[new], cameras_px, lit)]
        ]
        count, _, new, here, there = max(pairs, key=lambda pair: pair[0])
        if count < SHARED_LEAST:
            raise NotEnoughOverlap(
                f"camera {new + 1} sees no light that another camera sees, too: turn it until both see some "
                "of the same projector's picture"
            )
        found[new] = moved(views[new], _motion(there, here))
    return tuple(found[camera] for camera in range(len(views)))


def _shared(
    known: int,
    new: int,
    known_view: PinholeCamera,
    new_view: PinholeCamera,
    cameras_px: Sequence[tuple[int, int]],
    lit: Sequence[Lit],
) -> tuple[FloatArray, FloatArray]:
    """(n, 2) places that both cameras see lit, each in its own frame."""
    both: list[tuple[FloatArray, FloatArray]] = []
    for each in lit:
        if known not in each.warps or new not in each.warps:
            continue
        width, height = each.size_px
        grid = np.meshgrid(np.linspace(0, width - 1, GRID), np.linspace(0, height - 1, GRID))
        px = np.stack(grid, axis=-1).reshape(-1, 2)
        seen = np.ones(len(px), bool)
        places = []
        for camera, view in ((known, known_view), (new, new_view)):
            camera_px, sure = camera_from_projector(each.warps[camera], px)
            inside = ((camera_px >= 0) & (camera_px <= np.array(cameras_px[camera]) - 1)).all(axis=1)
            place = view.surface_points(camera_px)
            seen &= sure & inside & np.isfinite(place).all(axis=1)
            places.append(place)
        both.append((places[0][seen], places[1][seen]))
    if not both:
        return np.zeros((0, 2)), np.zeros((0, 2))
    return np.concatenate([here for here, _ in both]), np.concatenate([there for _, there in both])


def _motion(source: FloatArray, target: FloatArray) -> RigidPose:
    """The motion of the surface that brings (n, 2) places onto others; those far off are left out."""
    keep = np.ones(len(source), bool)
    for _ in range(3):
        align = aligned(source[keep], target[keep])
        miss = np.linalg.norm(align(source) - target, axis=1)
        keep = miss <= OUTLIER * max(float(np.median(miss)), 1e-4)
    turn = np.eye(3)
    turn[:2, :2] = align.axes.T
    return RigidPose(turn, np.append(align(np.zeros((1, 2)))[0], 0.0))
