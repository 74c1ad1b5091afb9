"""The games there are, and those that suit a class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from didim.console._actor import Actor
from didim.console._door import Door
from didim.console._permissions import Area, guarded
from didim.console._problems import NotFound
from didim.play import GamePack, Setting, settings_of
from didim.records import Book

Intensity = Literal["light", "moderate", "vigorous"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a game has to suit; what is None suits any.

    Attributes:
        age: years of the youngest.
        headcount: how many play at once.
        minutes: the longest that a round may take.
        skill: one that it trains, as game.toml names them.
    """

    age: int | None = None
    headcount: int | None = None
    minutes: float | None = None
    surface: Literal["floor", "wall"] | None = None
    skill: str | None = None
    intensity: Intensity | None = None

    def suits(self, pack: GamePack) -> bool:
        return (
            (self.age is None or pack.min_age <= self.age <= pack.max_age)
            and (self.headcount is None or pack.min_players <= self.headcount <= pack.max_players)
            and (self.minutes is None or pack.minutes <= self.minutes)
            and (self.surface is None or self.surface in pack.surfaces)
            and (self.skill is None or self.skill in pack.skills)
            and (self.intensity is None or self.intensity == pack.intensity)
        )


ANY = Wish()


@guarded("games")
class Games(Area):
    """The catalog."""

    def __init__(self, door: Door, book: Book, catalog: Mapping[str, GamePack]) -> None:
        super().__init__(door)
        self._book, self._catalog = book, catalog

    def listed(self, actor: Actor, wish: Wish = ANY) -> tuple[GamePack, ...]:
        """The games that suit, by their names."""
        return tuple(pack for _, pack in sorted(self._catalog.items()) if wish.suits(pack))

    def one(self, actor: Actor, slug: str) -> GamePack:
        """One game; raises NotFound."""
        if slug not in self._catalog:
            raise NotFound("no_game", game=slug)
        return self._catalog[slug]

    def favourites(self, actor: Actor) -> list[str]:
        """The games that whoever asks likes, by slug; a client or the rig itself likes none."""
        return self._book.users.favourites(actor.user_id) if actor.user_id is not None else []

    def set_favourite(self, actor: Actor, slug: str, liked: bool) -> None:
        """Put a game among one's favourites, or take it out.

        Raises:
            NotFound: there is no such game, or no person asks.
        """
        self.one(actor, slug)
        if actor.user_id is None:
            raise NotFound("no_user")
        self._book.users.set_favourite(actor.user_id, slug, liked)

    def settings(self, actor: Actor, slug: str) -> dict[str, Setting]:
        """What may be set for a game, its own and those that every game has; raises NotFound."""
        return settings_of(self.one(actor, slug))
