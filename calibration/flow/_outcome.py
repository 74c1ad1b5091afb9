"""What a calibration came to: the rig, its measured error, and what to say of it."""

from __future__ import annotations

from dataclasses import dataclass

from calibration.camera import Accuracy
from calibration.devices import Bytes
from calibration.flow._frame import Framed
from calibration.projector import Delay, ProjectorMeasure, Verified
from didim.rig import Rig


@dataclass(frozen=True, slots=True)
class Outcome:
    """A calibration that may be saved.

    Attributes:
        rig: with one surface, one camera and one projector.
        verified: the held-out error of what the projector draws.
        camera: what the metric floor is expected to be off, or None where the camera was known before.
        picture: the camera's view of the lit surface, (h, w) uint8 grey.
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
