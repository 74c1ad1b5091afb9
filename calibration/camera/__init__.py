"""The camera over a surface: the printed sheet, its places, boards, and points above the surface."""

from calibration.camera._lens import Lens
from calibration.camera._measure import SeenSheet, see_sheet, see_sheets, solve_camera
from calibration.camera._model import Prior
from calibration.camera._place import SheetPlace
from calibration.camera._sheet import PAPERS, Paper, Sheet
from calibration.camera._solution import Accuracy, SolvedCamera
from calibration.camera._template import sheet_picture
from calibration.camera.failures import (
    CameraFailure,
    MirrorImage,
    NotEnough,
    PoorFit,
    SheetBent,
    SheetMoved,
    SheetNotSeen,
    TooBright,
    TooDark,
    WrongSize,
)

__all__ = [
    "PAPERS",
    "Accuracy",
    "CameraFailure",
    "Lens",
    "MirrorImage",
    "NotEnough",
    "Paper",
    "PoorFit",
    "Prior",
    "SeenSheet",
    "Sheet",
    "SheetBent",
    "SheetMoved",
    "SheetNotSeen",
    "SheetPlace",
    "SolvedCamera",
    "TooBright",
    "TooDark",
    "WrongSize",
    "see_sheet",
    "see_sheets",
    "sheet_picture",
    "solve_camera",
]
