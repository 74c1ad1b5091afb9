"""Leaderboards of a group: by effort or by progress, and only where the site wants them at that age."""

from __future__ import annotations

from nicegui import ui

from didim.console.pages._parts import Choice, Text, box, card, sign
from didim.console.pages._visit import Visit
from didim.records import Group
from didim.records.summary import By


def leaders(visit: Visit, group: Group) -> None:
    """The group's leaderboard; where it is off, why."""
    words = visit.words
    with card(title=words("leaders.title")):
        place = box("stack")
        allowed = visit.ask(lambda actor: visit.service.records.leaderboard_allowed(actor, group.id))
        if not allowed:
            with place:
                Text("p", words("leaders.off"), "muted")
            return
        by: dict[By, str] = {"effort": words("leaders.effort"), "progress": words("leaders.progress")}
        with place:
            Choice(
                words("leaders.by"),
                by,
                "effort",
                lambda key: _fill(visit, group, key, rows),
                mark="leaders-by",
            )
            rows = box("list", "ol").style("list-style:none;margin:0;padding:0")
        _fill(visit, group, "effort", rows)


def _fill(visit: Visit, group: Group, by: By, rows: ui.element) -> None:
    found = visit.ask(lambda actor: visit.service.records.leaderboard(actor, group.id, by)) or ()
    rows.clear()
    with rows:
        for place, (player, value) in enumerate(found, start=1):
            with box("row", "li"):
                Text("span", str(place), "clock num").style("min-width:54px;font-size:26px")
                sign(player.emblem.sign, player.emblem.color, 38)
                Text("b", player.called(visit.language), "grow")
                Text(
                    "span",
                    visit.words(
                        f"leaders.value_{by}", value=f"{value:+.0f}" if by == "progress" else f"{value:.0f}"
                    ),
                    "num",
                )
        if not found:
            Text("li", visit.words("records.none"), "muted")
