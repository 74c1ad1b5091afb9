"""What a calibration came to: the rig, its measured error, and what to say of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration.camera import Accuracy
from calibration.devices import Bytes
from calibration.flow._frame import Framed
from calibration.projector import Delay, ProjectorMeasure, Registration, Verified
from didim.geometry import PinholeCamera
from didim.rig import Rig


@dataclass(frozen=True, slots=True)
class Outcome:
    """A calibration that may be saved.

    Attributes:
        rig: with one surface and all its cameras and projectors.
        measure: of the first projector; verified: the held-out error of what all projectors draw.
        camera: what the metric floor is expected to be off, of the worst camera; None where it was known.
        delay: of the first projector and the camera `camera_index`, which sees it best; picture: that
            camera's view of the lit surface, (h, w) uint8 grey.
        apart: how far the light of several projectors lies apart; None for one.
        limits: keys of the messages that say what limits the accuracy, the strongest first.
    """

    rig: Rig
    framed: Framed
    measure: ProjectorMeasure
    verified: Verified
    camera: Accuracy | None
    delay: Delay
    picture: Bytes
    limits: tuple[str, ...]
    camera_index: int = 0
    apart: Registration | None = None

    @property
    def view(self) -> PinholeCamera:
        """The camera whose picture it is."""
        return self.framed.views[self.camera_index]

    @property
    def mm_per_px(self) -> float:
        """How much of the surface one camera pixel spans at the middle, millimetres."""
        surface, view = self.framed.surface, self.view
        px = view.project(np.array([[surface.width_m / 2, surface.height_m / 2, 0.0]]))
        step = view.surface_points(px + np.array([1.0, 0.0])) - view.surface_points(px)
        return float(1000 * np.linalg.norm(step))

    @property
    def coverage(self) -> float:
        """The share of the play area that camera and projector reach, 0 to 1."""
        return float(self.framed.area.usable.mean())
