"""Made-up rigs with the truth beside them: what tests and benchmarks calibrate."""

from calibration.synthetic._conditions import HARD, Conditions, Hard, hard_conditions, random_conditions
from calibration.synthetic._rig import AREA, SyntheticRig, Truth
from calibration.synthetic._stage import SyntheticStage, Timing

__all__ = [
    "AREA",
    "HARD",
    "Conditions",
    "Hard",
    "SyntheticRig",
    "SyntheticStage",
    "Timing",
    "Truth",
    "hard_conditions",
    "random_conditions",
]
