"""Skeletons over time to players on the surface: identity, smoothing, prediction, foot contact."""

from didim.track._assignment import assign
from didim.track._tracker import FloorTracker

__all__ = ["FloorTracker", "assign"]
