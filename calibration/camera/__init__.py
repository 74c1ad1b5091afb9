"""The camera over a surface: the printed sheet, its places, boards, and points above the surface."""

from calibration.camera._sheet import PAPERS, Paper, Sheet
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
    "CameraFailure",
    "MirrorImage",
    "NotEnough",
    "Paper",
    "PoorFit",
    "Sheet",
    "SheetBent",
    "SheetMoved",
    "SheetNotSeen",
    "TooBright",
    "TooDark",
    "WrongSize",
]
