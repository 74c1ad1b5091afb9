"""Light: what a game drew in metres becomes the projector's pixels."""

from didim.project._canvas import SurfaceCanvas
from didim.project._error import DisplayLost, ProjectError
from didim.project._flash import FlashCounter, FlashGuard, Flashing
from didim.project._governor import QUALITIES
from didim.project._hands import Hands, Touch
from didim.project._identify import identification
from didim.project._label import label
from didim.project._record import FrameSink, open_sink
from didim.project._rect import Rect
from didim.project._span import Display
from didim.project._stage import Stage
from didim.project._straight import straight_projector
from didim.project._stripes import Stripes, StripeWatch, stripes
from didim.project._trial import Trial, trial
from didim.project._window import Window, displays

__all__ = [
    "QUALITIES",
    "Display",
    "DisplayLost",
    "FlashCounter",
    "FlashGuard",
    "Flashing",
    "FrameSink",
    "Hands",
    "ProjectError",
    "Rect",
    "Stage",
    "StripeWatch",
    "Stripes",
    "SurfaceCanvas",
    "Touch",
    "Trial",
    "Window",
    "displays",
    "identification",
    "label",
    "open_sink",
    "straight_projector",
    "stripes",
    "trial",
]
