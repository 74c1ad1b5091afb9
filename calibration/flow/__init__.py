"""A calibration from the first light to a rig, step by step, with no face of its own."""

from calibration.flow._desk import Desk, LiveDesk
from calibration.flow._frame import Framed, framed
from calibration.flow._limits import check_outcome
from calibration.flow._outcome import Outcome
from calibration.flow._session import Session, Setup
from calibration.flow._steps import Step, StepKind

__all__ = [
    "Desk",
    "Framed",
    "LiveDesk",
    "Outcome",
    "Session",
    "Setup",
    "Step",
    "StepKind",
    "check_outcome",
    "framed",
]
