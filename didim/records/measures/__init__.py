"""What a player did, from where they were and what they did: pure, without a database.

A `Meter` for each seat takes sights and events as they come; `docs/measures.md` has every formula.
"""

from didim.records.measures._effort import BAND_YEARS, Effort, Thresholds, thresholds
from didim.records.measures._energy import Energy, WhyNoEnergy, basal_kcal_a_day, energy
from didim.records.measures._meter import Meter
from didim.records.measures._reaction import Delay, Prompts

__all__ = [
    "BAND_YEARS",
    "Delay",
    "Effort",
    "Energy",
    "Meter",
    "Prompts",
    "Thresholds",
    "WhyNoEnergy",
    "basal_kcal_a_day",
    "energy",
    "thresholds",
]
