"""Energy from metabolic equivalents, and why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from didim.records._player import Sex
from didim.records.measures._limits import GROWN_YEARS, SCHOFIELD, YOUNGEST_YEARS

MINUTES_A_DAY = 1440
WhyNoEnergy = Literal["under_six", "no_age", "no_body", "not_measured"]
"""Too young for any equation; no age, or no mass and sex known; or effort was not measured."""


@dataclass(frozen=True, slots=True)
class Energy:
    """Energy used while playing, rest included.

    Attributes:
        kcal: None where it cannot be told.
        why_not: then the reason; the report says it.
    """

    kcal: float | None
    why_not: WhyNoEnergy | None = None


def basal_kcal_a_day(sex: Sex, age_years: float, mass_kg: float) -> float:
    """Basal metabolic rate by Schofield's equations from body mass, 3 to 17 years.

    Raises:
        ValueError: another age.
    """
    if not 3 <= age_years < GROWN_YEARS:
        raise ValueError(f"expected 3 to 17 years, got {age_years:g}")
    slope, base = SCHOFIELD[sex, 10 if age_years >= 10 else 3]
    return slope * mass_kg + base


def energy(
    met_minutes: float | None, *, age_years: float | None, sex: Sex | None, mass_kg: float | None
) -> Energy:
    """Kilocalories of metabolic equivalents times minutes.

    Youth (6 to 17 years): METy x BMR / 1440 x minutes, BMR by Schofield. Adults: 1 MET is 1 kcal/kg/h.
    """
    if age_years is None:
        return Energy(None, "no_age")
    if age_years < YOUNGEST_YEARS:
        return Energy(None, "under_six")
    if met_minutes is None:
        return Energy(None, "not_measured")
    if mass_kg is None:
        return Energy(None, "no_body")
    if age_years >= GROWN_YEARS:
        return Energy(met_minutes * mass_kg / 60.0)
    if sex is None:
        return Energy(None, "no_body")
    return Energy(met_minutes * basal_kcal_a_day(sex, age_years, mass_kg) / MINUTES_A_DAY)
