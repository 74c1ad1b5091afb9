"""Players: emblems to tap; whoever is chosen is called to their emblem on the floor."""

from __future__ import annotations

import html

from nicegui import ui

from didim.console.pages._frame import frame, head
from didim.console.pages._parts import Choice, Text, box, button, icon, select, sheet, sign, svg, text_input
from didim.console.pages._player_sheet import open_new_player, open_player
from didim.console.pages._signs import MARK
from didim.console.pages._visit import Visit
from didim.play import AGE_BANDS
from didim.records import EMBLEMS, Group, Player
from didim.run.commands import Expected

EVERYBODY = "all"
NEWEST = 60
"""Of everybody, so many are shown: thousands fit on no tablet, and a class is in its group."""


def players_page(visit: Visit) -> None:
    """Build the page."""
    with frame(visit, "players"):
        _Roll(visit)


class _Roll:
    """One group's emblems, and who of them is here today."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._group: int | None = None
        self._here: set[int] = set()
        self._editing = False
        self._players: list[Player] = []
        words = visit.words
        with head(words("players.title"), words("players.sub")):
            button(
                words("players.add"),
                lambda: open_new_player(visit, self._group, self.refresh),
                symbol="person_add",
                mark="add-player",
            )
        with box("row between wrap"):
            self._tabs = box("row wrap")
            self._edit = button(
                words("players.edit"), self._toggle, symbol="edit", kind="ghost", mark="edit-players"
            )
        self._place = box("emblems")
        self._bar = box("card tight over-bar").style("position:sticky;bottom:16px;z-index:5")
        self._groups()
        self.refresh()

    def refresh(self) -> None:
        """Show who is kept now."""
        visit, group = self._visit, self._group
        most = NEWEST if group is None else None
        found = visit.ask(lambda actor: visit.service.players.listed(actor, group, newest=most))
        self._players = list(found or ())
        self._here &= {player.id for player in self._players}
        self._place.clear()
        with self._place:
            for player in self._players:
                self._tile(player)
            if len(self._players) == most:
                Text("p", visit.words("players.newest", count=NEWEST), "tiny").style("grid-column:1/-1")
        if not self._players:
            with self._place, box("empty").style("grid-column:1/-1"):
                svg(MARK)
                Text("p", visit.words("players.none"))
        self._count()

    def _groups(self) -> None:
        visit = self._visit
        groups: list[Group] = list(visit.ask(visit.service.players.groups) or ())
        self._tabs.clear()
        with self._tabs:
            options = {
                EVERYBODY: visit.words("players.all"),
                **{str(group.id): group.name for group in groups},
            }
            Choice(
                visit.words("players.group"),
                options,
                EVERYBODY if self._group is None else str(self._group),
                self._choose,
                classes="seg wrap",
                mark="group",
            )
            button(
                visit.words("players.add_group"),
                self._add_group,
                symbol="group_add",
                kind="ghost",
                quiet=True,
                mark="add-group",
            )

    def _choose(self, key: str) -> None:
        self._group = None if key == EVERYBODY else int(key)
        self._here.clear()
        self.refresh()

    def _toggle(self) -> None:
        self._editing = not self._editing
        self._edit.classes(add="on" if self._editing else "", remove="" if self._editing else "on")

    def _tile(self, player: Player) -> None:
        name = player.called(self._visit.language)
        tile = box("emblem", "button").props("type=button")
        with tile:
            sign(player.emblem.sign, player.emblem.color, 62)
            Text("span", name)
            with box("tick", "span"):
                icon("check")
        self._dress(tile, player, name)
        tile.on("click", lambda: self._tap(tile, player, name)).mark(f"player:{player.id}")

    def _dress(self, tile: ui.element, player: Player, name: str) -> None:
        here = player.id in self._here
        tile.props(f'aria-pressed="{"true" if here else "false"}" aria-label="{html.escape(name)}"')

    def _tap(self, tile: ui.element, player: Player, name: str) -> None:
        if self._editing:
            open_player(self._visit, player.id, self.refresh)
            return
        self._here ^= {player.id}
        self._dress(tile, player, name)
        self._count()

    def _count(self) -> None:
        words = self._visit.words
        self._bar.clear()
        with self._bar, box("row between wrap"):
            Text("span", words("players.here", count=len(self._here)), "small").props('role="status"')
            with box("row"):
                if len(self._here) < len(self._players):
                    button(words("players.everybody"), self._everybody, kind="ghost", mark="everybody")
                go = button(
                    words("players.check_in"),
                    self._check_in,
                    symbol="where_to_vote",
                    kind="go",
                    mark="check-in",
                )
                if not self._here:
                    go.props("disabled")

    def _everybody(self) -> None:
        self._here = {player.id for player in self._players}
        self.refresh()

    def _check_in(self) -> None:
        expected = tuple(self._expected(player) for player in self._players if player.id in self._here)
        if self._visit.do(lambda actor: self._visit.service.floor.check_in(actor, expected)):
            ui.navigate.to("/")

    def _expected(self, player: Player) -> Expected:
        return Expected(player.id, EMBLEMS.index(player.emblem) + 1)

    def _add_group(self) -> None:
        words, visit = self._visit.words, self._visit
        with sheet(words("players.add_group"), words("close"), slim=True) as dialog:
            name = text_input(words("players.group_name"), mark="group-name")
            age = select(
                words("sessions.age"),
                {key: words(f"age.{key}") for key in AGE_BANDS},
                "6-9",
                mark="group-age",
            )

            def keep() -> None:
                if name.value.strip() and visit.do(
                    lambda actor: visit.service.players.add_group(actor, name.value.strip(), age.value),
                    "saved.kept",
                ):
                    dialog.close()
                    self._groups()

            with box("row end"):
                button(words("save"), keep, kind="go", symbol="check", mark="keep-group")
