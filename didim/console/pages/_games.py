"""Games: the catalog with pictures, filters that thumbs can reach, and one sheet for each game."""

from __future__ import annotations

import html
from collections.abc import Iterable

from nicegui import ui

from didim.console._games import Wish
from didim.console.pages._frame import frame, head
from didim.console.pages._game_sheet import open_game
from didim.console.pages._parts import Choice, Text, box, button, chip, icon, select, svg
from didim.console.pages._pictures import picture_of
from didim.console.pages._signs import MARK
from didim.console.pages._visit import Visit
from didim.play import GamePack

AGES = {"3-5": 3, "6-9": 6, "10-13": 10, "adult": 18, "senior": 65}
COUNTS = {"1": 1, "2": 2, "4": 4, "6": 6, "8": 8}
MINUTES = {"2": 2.0, "3": 3.0, "5": 5.0}
INTENSITIES = ("light", "moderate", "vigorous")
INTENSITY_SYMBOLS = {"light": "spa", "moderate": "directions_walk", "vigorous": "bolt"}


def games_page(visit: Visit) -> None:
    """Build the page."""
    words = visit.words
    live = visit.ask(visit.service.floor.live)
    here = live.surface.kind if live and live.surface.width_m else "any"
    with frame(visit, "games"):
        with head(words("games.title"), words("games.sub")):
            pass
        _Catalog(visit, here)


class _Catalog:
    """The filters and the games that suit them."""

    def __init__(self, visit: Visit, surface: str) -> None:
        self._visit, self._words = visit, visit.words
        self._liked = set(visit.ask(visit.service.games.favourites) or ())
        self._chosen = {
            "surface": surface,
            "age": "any",
            "count": "any",
            "minutes": "any",
            "skill": "any",
            "intensity": "any",
        }
        self._favourites_only = False
        self._filters()
        self._told = Text("p", "", "muted small")
        self._told.props('role="status"')
        self._place = box("grid tiles")
        self._show()

    def _filters(self) -> None:
        words = self._words
        with box("row wrap"):
            self._choice("surface", {key: words(f"surface.{key}") for key in ("floor", "wall")})
            self._choice("intensity", {key: words(f"intensity.{key}") for key in INTENSITIES})
            button(
                words("games.more_filters"), self._toggle, symbol="tune", kind="ghost", mark="more-filters"
            )
            self._heart = button(
                words("games.favourites"),
                self._toggle_favourites,
                symbol="favorite",
                kind="ghost",
                mark="favourites",
            )
        with box("grid halves") as self._more:
            self._select("age", {key: words(f"age.{key}") for key in AGES})
            self._select("count", {key: words("games.players_at_once", count=key) for key in COUNTS})
            self._select("minutes", {key: words("games.at_most_minutes", minutes=key) for key in MINUTES})
            self._select("skill", {key: words(f"skill.{key}") for key in skill_names()})
        self._more.set_visibility(False)

    def _choice(self, key: str, options: dict[str, str]) -> None:
        Choice(
            self._words(f"games.by_{key}"),
            {"any": self._words("any"), **options},
            self._chosen[key],
            lambda value: self._set(key, value),
            symbols=INTENSITY_SYMBOLS,
            classes="seg wrap",
            mark=key,
        )

    def _select(self, key: str, options: dict[str, str]) -> None:
        every = {"any": self._words("any"), **options}
        made = select(self._words(f"games.by_{key}"), every, self._chosen[key], mark=f"filter:{key}")
        made.on_value_change(lambda event: self._set(key, event.value))

    def _set(self, key: str, value: str) -> None:
        self._chosen[key] = value
        self._show()

    def _toggle(self) -> None:
        self._more.set_visibility(not self._more.visible)

    def _toggle_favourites(self) -> None:
        self._favourites_only = not self._favourites_only
        self._heart.classes(
            add="on" if self._favourites_only else "", remove="" if self._favourites_only else "on"
        )
        self._show()

    def _suited(self) -> Iterable[GamePack]:
        chosen = self._chosen
        wish = Wish(
            age=AGES.get(chosen["age"]),
            headcount=COUNTS.get(chosen["count"]),
            minutes=MINUTES.get(chosen["minutes"]),
            surface=None if chosen["surface"] == "any" else chosen["surface"],  # type: ignore[arg-type]
            skill=None if chosen["skill"] == "any" else chosen["skill"],
            intensity=None if chosen["intensity"] == "any" else chosen["intensity"],  # type: ignore[arg-type]
        )
        found = self._visit.ask(lambda actor: self._visit.service.games.listed(actor, wish)) or ()
        liked = self._liked
        kept = [pack for pack in found if not self._favourites_only or pack.slug in liked]
        return sorted(kept, key=lambda pack: (pack.slug not in liked, self._visit.text(pack.title)))

    def _show(self) -> None:
        games = list(self._suited())
        self._told.set_text(self._words("games.found", count=len(games)))
        self._place.clear()
        with self._place:
            for pack in games:
                self._tile(pack)
            if not games:
                with box("empty").style("grid-column:1/-1"):
                    svg(MARK)
                    Text("p", self._words("games.none"))

    def _tile(self, pack: GamePack) -> None:
        title = self._visit.text(pack.title)
        with box("tile", "article"):
            picture_of(pack, "pic")
            with box("body"):
                with (
                    box("open", "button")
                    .props("type=button")
                    .on("click", lambda: open_game(self._visit, pack))
                    .mark(f"game:{pack.slug}")
                ):
                    Text("h3", title)
                Text("p", self._visit.text(pack.summary), "small muted")
                facts(self._visit, pack)
            heart = button("", quiet=True, classes="heart", mark=f"like:{pack.slug}")
            self._dress(heart, pack.slug, title)
            heart.on("click", lambda: self._like(heart, pack.slug, title))

    def _like(self, heart: ui.element, slug: str, title: str) -> None:
        liked = slug not in self._liked
        if self._visit.do(lambda actor: self._visit.service.games.set_favourite(actor, slug, liked)):
            self._liked ^= {slug}
            self._dress(heart, slug, title)

    def _dress(self, heart: ui.element, slug: str, title: str) -> None:
        liked = slug in self._liked
        heart.clear()
        with heart:
            icon("favorite" if liked else "favorite_border")
        heart.classes(add="on" if liked else "", remove="" if liked else "on")
        name = self._words("games.unlike" if liked else "games.like", game=title)
        heart.props(f'aria-label="{html.escape(name)}" aria-pressed="{"true" if liked else "false"}"')


def facts(visit: Visit, pack: GamePack) -> None:
    """For how many, from which age, how hard."""
    with box("row wrap").style("gap:7px;margin-top:4px"):
        count = (
            f"{pack.min_players}–{pack.max_players}"
            if pack.min_players < pack.max_players
            else f"{pack.max_players}"
        )
        chip(visit.words("games.chip_players", count=count), symbol="group")
        chip(visit.words("games.chip_age", age=pack.min_age), symbol="cake")
        chip(visit.words(f"intensity.{pack.intensity}"), symbol=INTENSITY_SYMBOLS[pack.intensity])


def skill_names() -> tuple[str, ...]:
    """Every skill that a manifest may name."""
    from typing import get_args

    from didim.play._manifest import Skill

    return get_args(Skill)
