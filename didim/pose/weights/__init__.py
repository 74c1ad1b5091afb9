"""The networks on this computer: fetched, checked and converted on first use, then kept in a cache."""

from didim.pose.weights._cache import cache_folder
from didim.pose.weights._models import ModelState, list_models, net_path, prepare, remove
from didim.pose.weights._problem import WeightsError
from didim.pose.weights._progress import Progress

__all__ = [
    "ModelState",
    "Progress",
    "WeightsError",
    "cache_folder",
    "list_models",
    "net_path",
    "prepare",
    "remove",
]
