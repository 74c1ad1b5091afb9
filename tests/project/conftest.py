"""Drawing on a square surface and reading what came of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from didim.geometry import Surface
from didim.project import Stage, SurfaceCanvas, Window, straight_projector
from didim.rig import Projector

Picture = NDArray[np.uint8]
Drawing = Callable[[SurfaceCanvas], None]
Painter = Callable[..., Picture]

SQUARE = Surface("floor", 2.0, 2.0)


@pytest.fixture(scope="module")
def painted(window: Window) -> Painter:
    """Draw on a surface of 2 x 2 m at 100 px/m (or for the projector given) and read the frame."""

    def paint(draw: Drawing, *, t_s: float = 0.0, projector: Projector | None = None) -> Picture:
        with Stage(window, SQUARE, projector or straight_projector(SQUARE, (200, 200)), 1.0) as stage:
            draw(stage.canvas(t_s))
            stage.present()
            return stage.read_frame()

    return paint
