"""Picture to skeletons: detection and landmarks, by an engine from the table."""

from didim.pose._engine import ENGINES, PoseEngine, PoseError, open_engine
from didim.pose._skeleton import Skeleton
from didim.pose._tiles import Tile, floor_tiles

__all__ = ["ENGINES", "PoseEngine", "PoseError", "Skeleton", "Tile", "floor_tiles", "open_engine"]
