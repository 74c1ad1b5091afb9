"""How loud a place may be."""

from __future__ import annotations

import re
from dataclasses import dataclass

DAY_MIN = 24 * 60


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a place may be, by day and by night.

    Attributes:
        volume: 0 to 1, the master volume.
        night_volume: 0 to 1, the most at night.
        night: from and to, "HH:MM" by the clock on the wall; the same twice is no night.

    Raises:
        ValueError: a value is out of range or no time of day.
    """

    volume: float = 0.8
    night_volume: float = 0.3
    night: tuple[str, str] = ("21:00", "07:00")

    def __post_init__(self) -> None:
        for name in ("volume", "night_volume"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"[sound] {name} lies between 0 and 1, got {getattr(self, name)}")
        for clock in self.night:
            _minute(clock)

    def at(self, minute_of_day: int) -> float:
        """The volume at that minute of the day."""
        begins, ends = (_minute(clock) for clock in self.night)
        is_night = (minute_of_day - begins) % DAY_MIN < (ends - begins) % DAY_MIN
        return min(self.volume, self.night_volume) if is_night else self.volume


def _minute(clock: str) -> int:
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", clock)
    if found is None:
        raise ValueError(f'[sound] night: expected times of day such as "21:00", got {clock!r}')
    return 60 * int(found[1]) + int(found[2])
