"""The default engine."""

from __future__ import annotations

from collections.abc import Sequence

from didim.pose._ground import Ground
from didim.pose._joined import MAX_PASSES, JoinedEngine
from didim.pose._net import CPU, Net
from didim.pose._search import LOOKS_HZ
from didim.pose._tiles import Tile
from didim.pose.blazepose import _detector, _landmarks
from didim.pose.blazepose._detector import BlazeDetector
from didim.pose.blazepose._landmarks import BlazeLandmarker
from didim.pose.weights import net_path

MODEL = "blazepose"
MEND = f"run `didim models remove {MODEL}`, then `didim models prepare {MODEL}`"


class BlazePoseEngine(JoinedEngine):
    """BlazePose's own detector and landmark net; arguments as for `JoinedEngine`.

    Raises:
        PoseError: a network cannot be opened.
        WeightsError: a network cannot be had.
    """

    def __init__(
        self,
        max_people: int = 10,
        tiles: Sequence[Tile] = (),
        *,
        max_passes: int = MAX_PASSES,
        looks_hz: float = LOOKS_HZ,
        provider: str = CPU,
        ground: Ground | None = None,
    ) -> None:
        nets = _net("detector", _detector.OUTPUTS, provider), _net("landmarks", _landmarks.OUTPUTS, provider)
        super().__init__(
            BlazeDetector(nets[0]),
            BlazeLandmarker(nets[1]),
            max_people=max_people,
            tiles=tiles,
            max_passes=max_passes,
            looks_hz=looks_hz,
            ground=ground,
            nets=nets,
        )


def open_detector(nets: list[Net], provider: str = CPU) -> BlazeDetector:
    """Open the detector and note its network in `nets`; raises as `BlazePoseEngine`."""
    nets.append(_net("detector", _detector.OUTPUTS, provider))
    return BlazeDetector(nets[-1])


def open_landmarker(nets: list[Net], provider: str = CPU) -> BlazeLandmarker:
    """Open the landmark net and note its network in `nets`; raises as `BlazePoseEngine`."""
    nets.append(_net("landmarks", _landmarks.OUTPUTS, provider))
    return BlazeLandmarker(nets[-1])


def _net(name: str, outputs: Sequence[str], provider: str) -> Net:
    return Net(net_path(MODEL, name), outputs, provider=provider, mend=MEND)
