"""Picture to skeletons: detection and landmarks, by an engine from the table."""

from didim.pose._engine import ENGINES, PoseEngine, PoseError, open_engine
from didim.pose._skeleton import Skeleton

__all__ = ["ENGINES", "PoseEngine", "PoseError", "Skeleton", "open_engine"]
