"""An emblem on a tablet, in the records and under one's feet is the same."""

from __future__ import annotations

from didim.play import PLAYER_COLORS, SEATS_MOST, seat
from didim.records import EMBLEMS


def test_every_emblem_is_the_seat_of_its_number() -> None:
    name_of = {named.color: named.name for named in PLAYER_COLORS}
    assert len(EMBLEMS) == SEATS_MOST
    for number, emblem in enumerate(EMBLEMS, start=1):
        assert (seat(number).symbol, name_of[seat(number).color]) == (emblem.sign, emblem.color)
