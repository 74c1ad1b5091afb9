"""Picture to skeletons: detection and landmarks, by an engine from the table."""

from didim.pose._choice import DETECTORS, LANDMARKERS, EngineChoice, choose_engine, open_engine
from didim.pose._engine import ENGINES, PoseEngine, PoseError
from didim.pose._ground import Ground, ground_of
from didim.pose._joined import MAX_PASSES, JoinedEngine, passes_in
from didim.pose._net import try_providers
from didim.pose._region import Region
from didim.pose._seams import Detector, Landmarker, Sighting
from didim.pose._skeleton import Skeleton
from didim.pose._tiles import Tile, floor_tiles

__all__ = [
    "DETECTORS",
    "ENGINES",
    "LANDMARKERS",
    "MAX_PASSES",
    "Detector",
    "EngineChoice",
    "Ground",
    "JoinedEngine",
    "Landmarker",
    "PoseEngine",
    "PoseError",
    "Region",
    "Sighting",
    "Skeleton",
    "Tile",
    "choose_engine",
    "floor_tiles",
    "ground_of",
    "open_engine",
    "passes_in",
    "try_providers",
]
