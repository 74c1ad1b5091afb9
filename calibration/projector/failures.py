"""Why a projector could not be calibrated: each cause is a type of its own, told in plain words."""

from __future__ import annotations

from didim.problem import Problem


class ProjectorFailure(Problem):
    """The projector cannot be calibrated from what the camera saw; the message says why and what to do."""

    exit_code = 3


class TooDark(ProjectorFailure):
    """The projector's light hardly reaches the camera."""


class TooBright(ProjectorFailure):
    """The room, or the camera's exposure, drowns the projector's light."""


class PatternTorn(ProjectorFailure):
    """Pictures keep showing two frames at once."""


class CameraMoved(ProjectorFailure):
    """The camera does not hang where it hung when the measurement began.

    Attributes:
        moved_px: how far its picture moved.
    """

    def __init__(self, message: str, *, moved_px: float) -> None:
        super().__init__(message)
        self.moved_px = moved_px


class KeystoneOn(ProjectorFailure):
    """The projector scales its picture: keystone, zoom or another resolution is on."""


class MirrorImage(ProjectorFailure):
    """Right and left change sides on the way from the projector to the camera."""


class WrongDisplay(ProjectorFailure):
    """What this display shows is not what the camera sees."""


class FloorNotFlat(ProjectorFailure):
    """The surface has steps or stands too far from a plane.

    Attributes:
        unevenness_px: how far, in projector pixels.
    """

    def __init__(self, message: str, *, unevenness_px: float) -> None:
        super().__init__(message)
        self.unevenness_px = unevenness_px


class NotEnoughOverlap(ProjectorFailure):
    """Camera and projector, or two projectors, share too little of the surface."""


class PatternNotSeen(ProjectorFailure):
    """There is light, but no pattern can be read in it."""


class PoorFit(ProjectorFailure):
    """The map was solved but does not hold when it is measured again."""
