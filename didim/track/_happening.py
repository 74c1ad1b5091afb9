"""What a person did, before it has a number and a player."""

from __future__ import annotations

from dataclasses import dataclass

from didim.geometry import Point
from didim.people import Event, EventKind, Side
from didim.track._contact import Touch


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that still lacks its number and its player; the attributes are those of `Event`."""

    kind: EventKind
    t_s: float
    place: Point
    side: Side | None = None
    lasted_s: float = 0.0
    size_m: float = 0.0
    size_sd_m: float = 0.0
    heading_rad: float = 0.0
    score: float = 1.0

    def as_event(self, number: int, player_id: int, shift_s: float) -> Event:
        """The event, `shift_s` later."""
        return Event(
            number=number,
            kind=self.kind,
            player_id=player_id,
            t_s=self.t_s + shift_s,
            place=self.place,
            side=self.side,
            lasted_s=self.lasted_s,
            size_m=self.size_m,
            size_sd_m=self.size_sd_m,
            heading_rad=self.heading_rad,
            score=self.score,
        )


def of_touch(side: Side, touch: Touch) -> Happening:
    kind: EventKind = "down" if touch.down else "up"
    heading_rad = 0.0 if touch.heading_rad is None else touch.heading_rad
    place = Point(*touch.place.tolist())
    return Happening(kind, touch.t_s, place, side, heading_rad=heading_rad, score=touch.score)
