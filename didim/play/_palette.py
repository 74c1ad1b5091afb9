"""How players are told apart: a color and, since no rule may hang on color alone, a number and a sign."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import NamedTuple

from didim.drawing import Color, Symbol
from didim.people import Player


class NamedColor(NamedTuple):
    """A player's color with the name to call it by."""

    name: str
    color: Color


PLAYER_COLORS = (
    NamedColor("cyan", Color(0.02, 0.60, 1.00)),
    NamedColor("magenta", Color(0.88, 0.00, 0.45)),
    NamedColor("orange", Color(0.85, 0.39, 0.00)),
    NamedColor("lime", Color(0.48, 1.00, 0.07)),
    NamedColor("blue", Color(0.04, 0.23, 1.00)),
    NamedColor("rose", Color(1.00, 0.64, 0.60)),
)
"""Apart for every eye: by 0.1 in Oklab, full color vision deficiencies included."""

PLAYER_SYMBOLS: tuple[Symbol, ...] = (
    "circle",
    "star",
    "square",
    "heart",
    "triangle",
    "drop",
    "moon",
    "cross",
)
"""The sign of each seat, 1 to 8; color and sign together first repeat with seat 49."""

SEATS_MOST = len(PLAYER_COLORS) * len(PLAYER_SYMBOLS)
"""So many seats look different from one another."""

HOLD_S = 3.0
"""How long a seat waits for a player who is out of sight."""


class Seat(NamedTuple):
    """A player's place in the game: number 1, 2, 3, … and the color and sign that go with it."""

    number: int
    color: Color
    symbol: Symbol


class Seats:
    """Gives each player the lowest free seat and keeps it while they are in view, and `HOLD_S` longer.

    Who comes back as a stranger, or comes in somebody's place, sits down on the free seat; a game that
    counts by seat lets them go on from there. A reserved seat belongs to somebody who is known: a stranger
    gets it only where one person and one such seat miss each other; else nobody could tell whose it is.

    Attributes:
        reserved: seats that strangers leave free.
    """

    def __init__(self, reserved: Collection[int] = ()) -> None:
        self.reserved = frozenset(reserved)
        self._number_of: dict[int, int] = {}
        self._seen_s: dict[int, float] = {}
        self._held: set[int] = set()

    def update(self, players: Sequence[Player], t_s: float) -> None:
        """Seat the players of this tick."""
        for player in players:
            self._seen_s[player.id] = t_s
        for gone in [i for i, seen_s in self._seen_s.items() if t_s - seen_s > HOLD_S]:
            del self._seen_s[gone]
            self._number_of.pop(gone, None)
        strangers = [player.id for player in players if player.id not in self._number_of]
        missed = sorted((self.reserved & self._held) - set(self._number_of.values()))
        if len(strangers) == len(missed) == 1:
            self._number_of[strangers.pop()] = missed[0]
        for player_id in strangers:
            taken = self.reserved.union(self._number_of.values())
            free = next(n for n in range(1, len(taken) + 2) if n not in taken)
            self._number_of[player_id] = free
        self._held.update(self._number_of.values())

    def choose(self, player_id: int, number: int) -> bool:
        """Seat a player at the seat of their choice; whether it was free."""
        if number in (n for i, n in self._number_of.items() if i != player_id):
            return False
        self._number_of[player_id] = number
        self._held.add(number)
        return True

    def leave(self, player_id: int) -> None:
        """Take the seat from a player, who may choose another."""
        self._number_of.pop(player_id, None)

    def holder(self, number: int) -> int | None:
        """The player who has that seat; None: nobody."""
        return next((i for i, n in self._number_of.items() if n == number), None)

    def __contains__(self, player_id: int) -> bool:
        return player_id in self._number_of

    def __getitem__(self, player_id: int) -> Seat:
        return seat(self._number_of[player_id])


def seat(number: int) -> Seat:
    """The seat of that number; past the last color they begin anew, from 25 on one color further."""
    index = number - 1
    turns = index // math.lcm(len(PLAYER_COLORS), len(PLAYER_SYMBOLS))
    return Seat(
        number,
        PLAYER_COLORS[(index + turns) % len(PLAYER_COLORS)].color,
        PLAYER_SYMBOLS[index % len(PLAYER_SYMBOLS)],
    )
