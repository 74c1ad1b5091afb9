"""The rig of a venue as a perfect installer would have measured it."""

from __future__ import annotations

import numpy as np

from didim.geometry import DenseMap, FloatArray, PinholeCamera, PlaneMap, Surface
from didim.rig import Camera, Projector, Rig
from didim.sim.venue._description import Venue, VenueCamera, VenueProjector
from didim.sim.venue._optics import camera_in_room, projector_in_room, surface_from_room


def true_rig(venue: Venue, t_s: float = 0.0) -> Rig:
    """Exact poses, lenses and maps of all cameras and projectors at a time, on the venue's play surface.

    The rig's surface is named "play". A projector with lens distortion also gets its map pixel by pixel.
    """
    surface = venue.surface
    above_floor_m = surface.origin_m[2] if surface.kind == "wall" else None
    return Rig(
        name=venue.name,
        surfaces={"play": Surface(surface.kind, surface.width_m, surface.height_m, above_floor_m)},
        cameras=tuple(_camera(venue, camera) for camera in venue.camera),
        projectors=tuple(_projector(venue, projector, t_s) for projector in venue.projector),
    )


def _on_surface(venue: Venue, device: PinholeCamera) -> PinholeCamera:
    pose = surface_from_room(venue).after(device.surface_from_camera)
    return PinholeCamera(device.matrix, pose, device.distortion)


def _camera(venue: Venue, camera: VenueCamera) -> Camera:
    return Camera(
        name=camera.name,
        surface="play",
        size_px=camera.size_px,
        view=_on_surface(venue, camera_in_room(camera)),
        latency_s=camera.latency_ms / 1000.0,
    )


def _projector(venue: Venue, projector: VenueProjector, t_s: float) -> Projector:
    device = _on_surface(venue, projector_in_room(projector, t_s))
    seen = device.surface_from_camera.inverse()
    matrix = device.matrix @ np.column_stack([seen.rotation[:, :2], seen.translation_m])
    return Projector(
        name=projector.name,
        surface="play",
        size_px=projector.size_px,
        projector_from_surface=PlaneMap(matrix / matrix[2, 2]),
        surface_from_projector=_dense(device, projector.size_px) if any(projector.distortion) else None,
        latency_s=projector.latency_ms / 1000.0,
    )


def _dense(device: PinholeCamera, size_px: tuple[int, int]) -> DenseMap:
    width, height = size_px
    rows = [_row(device, width, y) for y in range(height)]
    return DenseMap(np.stack(rows).astype(np.float32))


def _row(device: PinholeCamera, width: int, y_px: int) -> FloatArray:
    return device.surface_points(np.column_stack([np.arange(width), np.full(width, y_px)]).astype(np.float64))
