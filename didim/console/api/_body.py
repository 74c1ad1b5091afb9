"""What clients send, and the parameters that several routes take."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Path, Query
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

LARGEST = 2**31 - 1
YEARS = (2000, 2200)


class Body(BaseModel):
    """A JSON object in which nothing unknown passes and no number stands for a text."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _of_our_time(moment: datetime) -> datetime:
    if not YEARS[0] <= moment.year <= YEARS[1]:
        raise ValueError(f"a year of {YEARS[0]} to {YEARS[1]}")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_of_our_time)]
"""A date and time with its zone."""

Id = Annotated[int, Path(ge=1, le=LARGEST)]
Number = Annotated[int, Field(ge=1, le=LARGEST)]
Since = Annotated[Moment | None, Query(description="Only what began at or after this moment.")]
Until = Annotated[Moment | None, Query(description="Only what began before this moment.")]
Limit = Annotated[int, Query(ge=1, le=1000)]
Words = Annotated[str, Field(min_length=1, max_length=80)]
