"""Where most games begin: the kit's things at hand, and what the newest tick showed."""

from __future__ import annotations

from didim.geometry import Surface
from didim.people import Player
from didim.play._challenge import Challenge
from didim.play._chance import Rng
from didim.play._effects import Floaters, Marks
from didim.play._game import Settings, Tick
from didim.play._palette import Seats
from didim.play._signs import Signs
from didim.play._target import Places


class KitGame:
    """A `Game` takes this as its base to have the kit's things, each made for its surface and settings.

    They are `_surface`, `_rng`, `_settings`, `_places`, `_challenge`, `_signs`, `_floaters` and `_marks`;
    after `_see` there are `_t_s`, `_players` and `_seats` of the tick.
    """

    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        self._surface = surface
        self._rng = rng
        self._settings = settings
        self._places = Places(surface, spacing_m=settings["spacing_m"], reach_m=settings["reach_m"])
        self._challenge = Challenge(settings)
        self._signs = Signs(surface, settings.words)
        self._floaters = Floaters(surface, settings.words)
        self._marks = Marks(surface)
        self._players: tuple[Player, ...] = ()
        self._seats = Seats()
        self._t_s = 0.0

    def _see(self, tick: Tick) -> None:
        """Take note of a tick: the first thing in `update`."""
        self._t_s, self._players, self._seats = tick.t_s, tick.players, tick.seats
        self._marks.update(tick.players, tick.seats, tick.t_s)
