"""Networks from files of one's own: each layout that can be fed and read, in one table."""

from didim.pose.layouts._body import COCO
from didim.pose.layouts._boxes import BoxDetector
from didim.pose.layouts._check import Checked, check
from didim.pose.layouts._layout import Layout, MismatchError, Port, match_input, match_outputs
from didim.pose.layouts._open import as_detector, as_landmarker, as_whole
from didim.pose.layouts._table import LAYOUTS
from didim.pose.layouts._topdown import TopDown
from didim.pose.layouts._whole import OneStage

__all__ = [
    "COCO",
    "LAYOUTS",
    "BoxDetector",
    "Checked",
    "Layout",
    "MismatchError",
    "OneStage",
    "Port",
    "TopDown",
    "as_detector",
    "as_landmarker",
    "as_whole",
    "check",
    "match_input",
    "match_outputs",
]
