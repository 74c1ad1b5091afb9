"""What a rig adds to a reaction time, and how sure that is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from didim.geometry import PlaneMap
from didim.project import straight_projector
from didim.rig import Camera
from didim.run.account import delay_of
from didim.run.console import SIM_FLOOR


@pytest.mark.parametrize(
    ("latency_s", "sd_s", "told_s"), [(0.06, 0.003, 0.003), (0.06, 0.0, 0.01), (0.0, 0.0, 0.05)]
)
def test_the_measured_uncertainty_is_told_where_there_is_one(
    latency_s: float, sd_s: float, told_s: float
) -> None:
    view = PlaneMap(np.eye(3))
    camera = Camera("c", "floor", (640, 480), view, latency_s=latency_s, latency_sd_s=sd_s)
    projector = replace(straight_projector(SIM_FLOOR, (160, 90)), latency_s=latency_s / 2)
    delay = delay_of(camera, projector)
    assert (delay.to_light_s, delay.sd_s) == (latency_s / 2, told_s)
