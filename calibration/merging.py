"""A rig that was measured now, with what the rig file before says beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from calibration.camera._solution import aligned
from didim.geometry import DenseMap, FloatArray, PinholeCamera, PlaneMap, RigidPose, Surface
from didim.rig import Area, Camera, Projector, Rig

STILL_M = 0.02
"""A camera whose old and new places agree this well, after a rigid motion, hangs where it hung."""
GRID = 9


def merged_rig(new: Rig, before: Rig, name: str | None = None) -> tuple[Rig, tuple[str, ...]]:
    """The new rig with the engine, the sound and the other devices of the one before.

    Devices of other surfaces stay as they are. Those of the same surface that were not measured now are moved
    into its new frame, by a camera that was measured both times and hangs where it hung.

    Returns the rig, and the names of devices for which there is no such camera: they are left out.
    """
    (surface,) = new.surfaces
    motion = _motion(new, before, surface)
    seen = {camera.name for camera in new.cameras}
    lit = {projector.display for projector in new.projectors} | {each.name for each in new.projectors}
    cameras, lost = _carried(before.cameras, surface, lambda each: each.name in seen, _camera_moved, motion)
    projectors, dark = _carried(
        before.projectors,
        surface,
        lambda each: each.name in lit or each.display in lit,
        _projector_moved,
        motion,
    )
    kept = {camera.name: camera for camera in before.cameras}
    return replace(
        new,
        name=name or before.name,
        engine=before.engine,
        loudness=before.loudness,
        surfaces=before.surfaces | {surface: _hung(new, before, surface, motion)},
        cameras=tuple(_still_plays(camera, kept) for camera in (*new.cameras, *cameras)),
        projectors=(*new.projectors, *projectors),
        areas=before.areas | {surface: _area(new, before, surface, motion)},
    ), (*lost, *dark)


_Device = TypeVar("_Device", Camera, Projector)


def _carried(
    devices: Sequence[_Device],
    surface: str,
    is_measured: Callable[[_Device], bool],
    moved: Callable[[_Device, RigidPose], _Device],
    motion: RigidPose | None,
) -> tuple[list[_Device], list[str]]:
    """Those devices of before that stay, and the names of those whose place is lost."""
    kept, lost = [], []
    for each in devices:
        if each.surface != surface:
            kept.append(each)
        elif is_measured(each):
            continue
        elif motion is None:
            lost.append(each.name)
        else:
            kept.append(moved(each, motion))
    return kept, lost


def _still_plays(camera: Camera, before: Mapping[str, Camera]) -> Camera:
    known = before.get(camera.name)
    return camera if known is None else replace(camera, plays=known.plays)


def _area(new: Rig, before: Rig, surface: str, motion: RigidPose | None) -> Area:
    """The new usable part; what was drawn by hand moves with the frame."""
    drawn = before.area(surface).keep_out
    if motion is None or not drawn:
        return new.area(surface)
    kept = tuple(tuple((float(x), float(y)) for x, y in _flat(motion, np.array(part))) for part in drawn)
    return Area(new.area(surface).usable, kept)


def _hung(new: Rig, before: Rig, surface: str, motion: RigidPose | None) -> Surface:
    """The new surface, as high above the floor as the one before says; not known where nothing tells."""
    old = before.surfaces.get(surface)
    if motion is None or old is None or old.above_floor_m is None or new.surfaces[surface].kind != "wall":
        return new.surfaces[surface]
    floor_m = _flat(motion, np.array([[0.0, -old.above_floor_m]]))[0, 1]
    return replace(new.surfaces[surface], above_floor_m=max(0.0, round(-float(floor_m), 3)))


def _motion(new: Rig, before: Rig, surface: str) -> RigidPose | None:
    """`new_from_old` of the surface's frame; None where no camera tells."""
    known = {camera.name: camera for camera in before.cameras if camera.surface == surface}
    for camera in new.cameras:
        old = known.get(camera.name)
        if old is not None and old.size_px == camera.size_px:
            found = _between(old, camera)
            if found is not None:
                return found
    return None


def _between(old: Camera, new: Camera) -> RigidPose | None:
    """The motion that brings what a camera saw to what it sees; None where it was moved meanwhile."""
    width, height = new.size_px
    grid = np.meshgrid(np.linspace(0.1, 0.9, GRID) * width, np.linspace(0.3, 0.9, GRID) * height)
    px = np.stack(grid, axis=-1).reshape(-1, 2)
    here, there = old.view.surface_points(px), new.view.surface_points(px)
    seen = np.isfinite(here).all(axis=1) & np.isfinite(there).all(axis=1)
    if seen.sum() < 12:
        return None
    align = aligned(here[seen], there[seen])
    miss = np.linalg.norm(align(here[seen]) - there[seen], axis=1)
    if float(np.median(miss)) > STILL_M:
        return None
    turn = np.eye(3)
    turn[:2, :2] = align.axes.T
    return RigidPose(turn, np.append(align(np.zeros((1, 2)))[0], 0.0))


def _flat(motion: RigidPose, places_m: FloatArray) -> FloatArray:
    return np.asarray(places_m @ motion.rotation[:2, :2].T + motion.translation_m[:2])


def _plane(motion: RigidPose) -> PlaneMap:
    matrix = np.eye(3)
    matrix[:2, :2], matrix[:2, 2] = motion.rotation[:2, :2], motion.translation_m[:2]
    return PlaneMap(matrix)


def _camera_moved(camera: Camera, motion: RigidPose) -> Camera:
    view = camera.view
    if isinstance(view, PlaneMap):
        return replace(camera, view=_plane(motion).after(view))
    pose = motion.after(view.surface_from_camera)
    return replace(camera, view=PinholeCamera(view.matrix, pose, view.distortion))


def _projector_moved(projector: Projector, motion: RigidPose) -> Projector:
    dense = projector.surface_from_projector
    if dense is not None:
        dense = DenseMap(
            _flat(motion, dense.xy.reshape(-1, 2).astype(np.float64))
            .reshape(dense.xy.shape)
            .astype(np.float32)
        )
    plane = projector.projector_from_surface.after(_plane(motion).inverse())
    return replace(projector, projector_from_surface=plane, surface_from_projector=dense)
