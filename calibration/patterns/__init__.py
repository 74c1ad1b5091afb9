"""What the projector shows so that the camera can tell its pixels apart, and how pictures of it are read."""

from calibration.patterns._board import BoardPattern, evened, find_corners, middle_of
from calibration.patterns._flashes import Flashes, random_flashes
from calibration.patterns._gray import GrayPattern, read_stripes, stripes
from calibration.patterns._levels import Contrast, LevelsPattern, contrast, fine_checkers, level
from calibration.patterns._matches import DenseMatches, Matches, Pattern
from calibration.patterns._phase import PhasePattern, in_light

__all__ = [
    "BoardPattern",
    "Contrast",
    "DenseMatches",
    "Flashes",
    "GrayPattern",
    "LevelsPattern",
    "Matches",
    "Pattern",
    "PhasePattern",
    "contrast",
    "evened",
    "find_corners",
    "fine_checkers",
    "in_light",
    "level",
    "middle_of",
    "random_flashes",
    "read_stripes",
    "stripes",
]
