"""The dock: what must be in reach at any time, at the lower edge of the screen wherever the page stands."""

from __future__ import annotations

import html
from collections.abc import Callable

from nicegui import ui

from didim.console import Actor
from didim.console.pages._parts import ButtonKind, Text, box, button
from didim.console.pages._visit import Visit
from didim.run.live import Live


def dock(name: str) -> ui.element:
    """An empty dock, called `name` for who hears the page; the last thing on it."""
    return box("dock").props(f'role="group" aria-label="{html.escape(name)}"')


class Controls:
    """The dock of what runs: pause, next and end, or go on; and the red stop, whatever happens.

    On a phone the stop stands in the bar below it.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._told: tuple[bool, str] | None = None
        with dock(visit.words("now.controls")):
            self._place = box("acts")
            _panic(visit)

    def show(self, live: Live) -> None:
        running = live.phase not in ("idle", "starting")
        if (running, live.held) == self._told:
            return
        self._told = running, live.held
        self._place.clear()
        self._place.set_visibility(running or live.held == "safe")
        with self._place:
            if live.held:
                self._held()
            elif running:
                self._running()

    def _running(self) -> None:
        floor, words = self._visit.service.floor, self._visit.words
        self._act(words("now.pause"), "pause", floor.pause, mark="pause")
        self._act(words("now.skip"), "skip_next", floor.skip, mark="skip")
        self._act(words("now.end"), "stop", floor.stop, mark="end")

    def _held(self) -> None:
        floor, words = self._visit.service.floor, self._visit.words
        self._act(words("now.go_on"), "play_arrow", floor.resume, kind="go", mark="resume")
        self._act(words("now.end"), "stop", floor.stop, mark="end")

    def _act(
        self,
        label: str,
        symbol: str,
        action: Callable[[Actor], object],
        *,
        kind: ButtonKind = "",
        mark: str,
    ) -> None:
        button(
            label,
            lambda: self._visit.do(action),
            symbol=symbol,
            kind=kind,
            classes="stacked",
            mark=mark,
        )


def _panic(visit: Visit) -> None:
    words = visit.words
    made = box("panic hide-s", "button").props(
        f'type=button aria-label="{html.escape(words("now.safe_long"))}"'
    )
    with made:
        Text("span", words("now.safe"))
        Text("small", words("now.safe_sub"))
    made.on("click", visit.stop_safely).mark("safe")
