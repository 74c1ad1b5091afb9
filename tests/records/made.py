"""Made-up results for summaries and reports."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from didim.records import EMBLEMS, Marks, Player, Result, Round
from tests.records.conftest import START

WHOLE: dict[str, Any] = {
    "points": 120,
    "hits": 12,
    "misses": 3,
    "present_s": 100.0,
    "tracked_share": 0.9,
    "measured_s": 90.0,
    "active_s": 60.0,
    "light_s": 30.0,
    "moderate_s": 20.0,
    "vigorous_s": 10.0,
    "met_minutes": 4.0,
    "steps": 150,
    "jumps": 4,
    "distance_m": 55.0,
    "jump_height_m": 0.15,
    "jump_height_sd_m": 0.03,
    "reactions": 10,
    "reaction_s": 0.45,
    "reaction_sd_s": 0.012,
    "response_s": 1.1,
}


def somebody(number: int = 1, **more: Any) -> Player:
    return Player(number, EMBLEMS[(number - 1) % len(EMBLEMS)], START, **more)


def result(
    at: datetime = START, *, game: str = "lily_pads", age: Any = "6-9", player_id: int = 1, **changed: Any
) -> Result:
    """A round that was measured whole, but for what is changed."""
    over = at + timedelta(seconds=100)
    number = round(at.timestamp())
    own = Round(number, f"k{number}", game, "floor", age, "finished", at, over, over, 0, {}, None, None, 0)
    return Result(own, Marks(1, player_id, **(WHOLE | changed)))


UNMEASURED: dict[str, Any] = {name: None for name in WHOLE if name != "present_s"}
UNDER_SIX: dict[str, Any] = dict.fromkeys(("light_s", "moderate_s", "vigorous_s", "met_minutes"))
