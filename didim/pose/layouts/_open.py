"""An opened network becomes a detector, a landmark net or a whole engine, as its layout says."""

from __future__ import annotations

import importlib
from typing import Any

from didim.pose._net import Net
from didim.pose._seams import Detector, Landmarker
from didim.pose.blazepose import BlazeLandmarker
from didim.pose.layouts._boxes import BoxDetector
from didim.pose.layouts._table import LAYOUTS
from didim.pose.layouts._topdown import TopDown
from didim.pose.layouts._whole import WholeNet


def reader(layout: str, net: Net) -> Any:
    """What reads a network of a layout of the table; the net gives the layout's outputs in their order."""
    module, _, attribute = LAYOUTS[layout].net.partition(":")
    return getattr(importlib.import_module(module), attribute)(net)


def as_detector(layout: str, net: Net) -> Detector:
    return BoxDetector(reader(layout, net))


def as_landmarker(layout: str, net: Net) -> Landmarker:
    read = reader(layout, net)
    return read if isinstance(read, BlazeLandmarker) else TopDown(read)


def as_whole(layout: str, net: Net) -> WholeNet:
    read: WholeNet = reader(layout, net)
    return read
