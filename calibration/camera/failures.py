"""Why a camera could not be calibrated: each cause is a type of its own, told in plain words."""

from __future__ import annotations

from didim.problem import Problem


class CameraFailure(Problem):
    """The camera cannot be calibrated from these pictures; the message says why and what to do."""

    exit_code = 3


class SheetNotSeen(CameraFailure):
    """No sheet in the picture."""


class TooDark(SheetNotSeen):
    """The picture is too dark to see a sheet."""


class TooBright(SheetNotSeen):
    """The picture is burnt out where the sheet may be."""


class MirrorImage(SheetNotSeen):
    """The camera's picture is mirrored."""


class SheetMoved(CameraFailure):
    """The sheet moved while the picture was taken, or between two pictures of one place."""


class SheetBent(CameraFailure):
    """The sheet does not lie flat."""


class WrongSize(CameraFailure):
    """The sheet was not printed at its true size.

    Attributes:
        scale: printed length over designed length, as far as it is known.
    """

    def __init__(self, message: str, *, scale: float) -> None:
        super().__init__(message)
        self.scale = scale


class NotEnough(CameraFailure):
    """The places seen so far do not fix the camera."""


class PoorFit(CameraFailure):
    """The pictures contradict each other: no camera explains them."""
