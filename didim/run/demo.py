"""A rig for who has none: the picture of a webcam taken as the floor."""

from __future__ import annotations

import numpy as np

from didim.geometry import PlaneMap, Surface
from didim.project import straight_projector
from didim.rig import Camera, Rig

PICTURE_PX = (640, 480)
LIGHT_PX = (1280, 960)
WIDTH_M = 3.0


def picture_aligned_rig() -> Rig:
    """A floor of 3 x 2.25 m that is the mirrored picture: its lower edge is near, its left is your right."""
    width_px, height_px = PICTURE_PX
    m_per_px = WIDTH_M / width_px
    surface = Surface("floor", WIDTH_M, height_px * m_per_px)
    surface_from_picture = PlaneMap(
        np.array([[-m_per_px, 0.0, WIDTH_M], [0.0, -m_per_px, surface.height_m], [0.0, 0.0, 1.0]])
    )
    return Rig(
        name="picture as floor",
        surfaces={"floor": surface},
        cameras=(Camera("webcam", "floor", PICTURE_PX, surface_from_picture),),
        projectors=(straight_projector(surface, LIGHT_PX),),
    )
