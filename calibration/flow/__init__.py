"""A calibration from the first light to a rig, step by step, with no face of its own."""

from calibration.flow._desk import Desk, LiveDesk
from calibration.flow._devices import CameraName
from calibration.flow._frame import Framed, Lit, framed
from calibration.flow._light import Link
from calibration.flow._limits import check_outcome
from calibration.flow._outcome import Outcome
from calibration.flow._session import Session, Setup
from calibration.flow._steps import Step, StepKind

__all__ = [
    "CameraName",
    "Desk",
    "Framed",
    "Link",
    "Lit",
    "LiveDesk",
    "Outcome",
    "Session",
    "Setup",
    "Step",
    "StepKind",
    "check_outcome",
    "framed",
]
