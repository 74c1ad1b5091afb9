"""Records: what each player did, over weeks; reports and files to take along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from nicegui import ui

from didim.console.pages._charts import accuracy_chart, effort_chart, last_weeks, reaction_chart
from didim.console.pages._frame import frame, head
from didim.console.pages._leaders import leaders
from didim.console.pages._parts import Choice, Text, box, card, figure, link, note, sign, svg
from didim.console.pages._signs import MARK
from didim.console.pages._visit import Visit
from didim.records import Group, Player, Result
from didim.records.summary import Totals, totals, weeks

PERIODS = {"4": 4, "12": 12, "26": 26}
EVERYBODY = "all"
NEWEST = 40
"""So many players stand in the strip."""


def records_page(visit: Visit) -> None:
    """Build the page."""
    with frame(visit, "records"):
        with head(visit.words("records.title"), visit.words("records.sub")):
            pass
        _Records(visit)


class _Records:
    """Whose records, over how long, and what they say."""

    def __init__(self, visit: Visit) -> None:
        self._visit, words = visit, visit.words
        self._weeks = 12
        self._group: Group | None = None
        self._player: Player | None = None
        self._groups: list[Group] = list(visit.ask(visit.service.players.groups) or ())
        with box("row wrap between"):
            options = {
                EVERYBODY: words("players.all"),
                **{str(group.id): group.name for group in self._groups},
            }
            Choice(
                words("players.group"),
                options,
                EVERYBODY,
                self._choose_group,
                classes="seg wrap",
                mark="group",
            )
            periods = {key: words("records.weeks", count=key) for key in PERIODS}
            Choice(words("records.period"), periods, "12", self._choose_period, mark="period")
        self._strip = box("row").style("overflow-x:auto;gap:12px;padding:4px 2px 8px")
        self._place = box("stack wide")
        self._players: list[Player] = []
        self._fill_strip()
        ui.timer(0, self._show, once=True)

    def _fill_strip(self) -> None:
        group = self._group.id if self._group else None
        self._players = list(
            self._visit.ask(lambda actor: self._visit.service.players.listed(actor, group, newest=NEWEST))
            or ()
        )
        if self._player not in self._players:
            self._player = self._players[0] if self._players else None
        self._strip.clear()
        with self._strip:
            for player in self._players:
                self._tile(player)
            if len(self._players) == NEWEST:
                Text("p", self._visit.words("players.newest", count=NEWEST), "tiny")

    def _tile(self, player: Player) -> None:
        chosen = player == self._player
        made = box("emblem", "button").style("min-width:116px;min-height:118px;padding:12px 6px")
        made.props(f'type=button aria-pressed="{"true" if chosen else "false"}"').mark(f"player:{player.id}")
        with made:
            sign(player.emblem.sign, player.emblem.color, 46)
            Text("span", player.called(self._visit.language))
        made.on("click", lambda: self._choose_player(player))

    async def _choose_player(self, player: Player) -> None:
        self._player = player
        self._fill_strip()
        await self._show()

    async def _choose_group(self, key: str) -> None:
        self._group = next((group for group in self._groups if str(group.id) == key), None)
        self._fill_strip()
        await self._show()

    async def _choose_period(self, key: str) -> None:
        self._weeks = PERIODS[key]
        await self._show()

    async def _show(self) -> None:
        visit, player = self._visit, self._player
        since = datetime.now(UTC) - timedelta(weeks=self._weeks)
        results: Sequence[Result] = ()
        if player is not None:
            results = (
                await visit.ask_slowly(
                    lambda actor: visit.service.records.of_player(actor, player.id, since=since)
                )
                or ()
            )
        self._place.clear()
        with self._place:
            if player is None or not results:
                with box("empty"):
                    svg(MARK)
                    Text("p", visit.words("records.none"))
            else:
                self._one(player, results)
            if self._group is not None:
                leaders(visit, self._group)
                self._class_files(self._group)

    def _one(self, player: Player, results: Sequence[Result]) -> None:
        words = self._visit.words
        whole = totals(results, player)
        by_week = last_weeks(weeks(results, player), datetime.now().astimezone().date(), self._weeks)
        with card():
            with box("row wrap between"):
                with box("row"):
                    sign(player.emblem.sign, player.emblem.color, 52)
                    with box("stack close"):
                        Text("h2", player.called(self._visit.language))
                        Text("span", words("records.rounds", count=whole.rounds), "small muted")
                with box("row wrap"):
                    for language, name in (("ko", "한국어"), ("en", "English")):
                        link(
                            words("records.pdf", language=name),
                            f"/download/player/{player.id}.pdf?language={language}",
                            symbol="picture_as_pdf",
                            download=True,
                        )
                    link(
                        words("records.csv"),
                        f"/download/player/{player.id}.csv",
                        symbol="table_view",
                        download=True,
                    )
            figures(self._visit, whole)
            if whole.seated:
                note(words("records.seated", count=whole.seated), symbol="accessible")
        with box("grid halves"):
            with card():
                effort_chart(self._visit, by_week)
            with card():
                reaction_chart(self._visit, by_week)
            with card():
                accuracy_chart(self._visit, by_week)
            with card(title=words("records.how")):
                Text("p", words("records.how_effort"), "small")
                Text("p", words("records.how_reaction"), "small")
                Text("p", words("records.how_accuracy"), "small")
                Text("p", words("records.how_seen"), "small")

    def _class_files(self, group: Group) -> None:
        words = self._visit.words
        with card(title=words("records.class_files", group=group.name)), box("row wrap"):
            for language, name in (("ko", "한국어"), ("en", "English")):
                link(
                    words("records.pdf", language=name),
                    f"/download/group/{group.id}.pdf?language={language}",
                    symbol="picture_as_pdf",
                    download=True,
                )
            link(words("records.csv"), f"/download/group/{group.id}.csv", symbol="table_view", download=True)


def figures(visit: Visit, whole: Totals) -> None:
    """The measures as figures; those that were not measured say so."""
    words = visit.words
    missing = words("records.not_measured")

    def show(key: str, value: str | None, unit: str = "", small: str = "") -> None:
        named = missing if value is None else ""
        figure(words(f"records.{key}"), value or "", unit, missing=named, small=small)

    with box("figures"):
        show("active", _whole(whole.active_s, 1 / 60), words("unit.min"), _share(whole.active_share))
        for effort in ("light", "moderate", "vigorous"):
            show(effort, _whole(getattr(whole, f"{effort}_share"), 100), "%")
        show("steps", _whole(whole.steps))
        show("jumps", _whole(whole.jumps))
        show("distance", _whole(whole.distance_m), "m")
        sd_ms = _whole(whole.reaction_sd_s, 1000)
        sure = words("records.uncertain", ms=sd_ms) if sd_ms and whole.reaction_s is not None else ""
        show("reaction", _whole(whole.reaction_s, 1000), "ms", sure)
        show("accuracy", _whole(whole.accuracy, 100), "%")
        why = words(f"records.energy_{whole.energy.why_not}") if whole.energy.why_not else ""
        show("energy", _whole(whole.energy.kcal), "kcal", why)
        show("seen", _whole(whole.tracked_share, 100), "%")


def _whole(value: float | None, times: float = 1.0) -> str | None:
    return None if value is None else f"{value * times:,.0f}"


def _share(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f} %"
