"""What clients send."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Body(BaseModel):
    """A JSON object in which nothing unknown passes and no number stands for a text."""

    model_config = ConfigDict(extra="forbid", strict=True)
