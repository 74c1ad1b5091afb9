"""The projector over a surface: camera set-up, delay, patterns, the map and its honest error."""

from calibration.projector._area import PlayArea, play_area
from calibration.projector._blend import LitProjector, Registration, blends, overlap, registration
from calibration.projector._delay import find_delay, measure_delay
from calibration.projector._exposure import Exposure, set_exposure
from calibration.projector._gamma import Response, measure_response
from calibration.projector._measure import PatternSet, ProjectorMeasure, measure_projector
from calibration.projector._surface_map import (
    Look,
    ProjectorMaps,
    camera_from_projector,
    joined_maps,
    lit_by,
    surface_maps,
)
from calibration.projector._taking import UNKNOWN_DELAY, Delay, Taken, Taker
from calibration.projector._verify import Verified, merged, suiting_square_m, verify

__all__ = [
    "UNKNOWN_DELAY",
    "Delay",
    "Exposure",
    "LitProjector",
    "Look",
    "PatternSet",
    "PlayArea",
    "ProjectorMaps",
    "ProjectorMeasure",
    "Registration",
    "Response",
    "Taken",
    "Taker",
    "Verified",
    "blends",
    "camera_from_projector",
    "find_delay",
    "joined_maps",
    "lit_by",
    "measure_delay",
    "measure_projector",
    "measure_response",
    "merged",
    "overlap",
    "play_area",
    "registration",
    "set_exposure",
    "suiting_square_m",
    "surface_maps",
    "verify",
]
