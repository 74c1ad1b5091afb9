"""docs/virtual-venue.md names every key and every ready venue, and its example runs."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from didim.sim.venue import (
    Ambient,
    AutoExposure,
    Box,
    Bump,
    Finish,
    Lamp,
    PaperSheet,
    People,
    PlaySurface,
    Poster,
    Room,
    Venue,
    VenueCamera,
    VenueProjector,
    Window,
    ready_venues,
)

PAGE = (Path(__file__).parents[3] / "docs" / "virtual-venue.md").read_text("utf-8")
TABLES = (
    *(Room, Finish, PlaySurface, Ambient, Lamp, Window, Box, Poster, PaperSheet, VenueCamera, AutoExposure),
    *(VenueProjector, Bump, People, Venue),
)


@pytest.mark.parametrize("table", TABLES)
def test_every_key_is_explained(table: type[msgspec.Struct]) -> None:
    missing = [key for key in table.__struct_fields__ if f"`{key}`" not in PAGE and f"{key}]" not in PAGE]
    assert missing == []


def test_every_ready_venue_is_named() -> None:
    assert all(f"`{name}`" in PAGE for name in ready_venues())


def test_the_example_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, object] = {}
    exec(example, names)
    assert getattr(names["bgr"], "shape", None) == (480, 640, 3)
