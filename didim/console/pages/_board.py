"""The board: the round or rest that runs; at rest, what could begin."""

from __future__ import annotations

import html

from didim.console.pages._floor_view import is_known
from didim.console.pages._parts import Text, box, button, card, link, note
from didim.console.pages._pictures import picture_of
from didim.console.pages._visit import Visit
from didim.play import GamePack
from didim.run.live import Live

QUICK_GAMES = 2


class Board:
    """The round or rest that runs and its time; at rest, what could begin."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._key: tuple[object, ...] | None = None
        self._clock: Text | None = None
        self._place = card()
        self._place.props(f'aria-label="{html.escape(visit.words("now.running"))}"')

    def show(self, live: Live) -> None:
        key = (
            live.phase, live.held, live.game, live.title, live.part, live.parts,
            live.expected, live.trial,
        )  # fmt: skip
        if key != self._key:
            self._key, self._clock = key, None
            self._place.clear()
            with self._place:
                self._at_rest(live) if live.phase in ("idle", "starting") else self._running(live)
        if self._clock is not None:
            self._clock.set_text(clock_text(live))

    def _at_rest(self, live: Live) -> None:
        words = self._visit.words
        if not is_known(live):
            Text("h2", words("now.starting"))
            Text("p", words("now.starting_sub"), "muted")
            return
        if live.held == "safe":
            self._safe(live)
            return
        Text("h2", words("now.idle"))
        Text("p", words("now.idle_sub"), "muted")
        if self._visit.may("instructor", "admin"):
            link(words("now.build"), "/sessions", symbol="playlist_play", classes="go big wide")
        link(words("now.choose"), "/games", symbol="grid_view", classes="big wide")
        games = self._visit.ask(self._visit.service.games.listed) or ()
        fit = [pack for pack in games if live.surface.kind in pack.surfaces][:QUICK_GAMES]
        with box("stack"):
            for pack in fit:
                self._quick(pack)

    def _quick(self, pack: GamePack) -> None:
        """A game that begins with one tap."""
        title = self._visit.text(pack.title)
        with box("row"):
            picture_of(pack, "thumb")
            with box("stack close grow"):
                Text("h3", title)
                Text("span", self._visit.text(pack.goal), "tiny")
            button(
                self._visit.words("now.start_game", game=title),
                lambda: self._visit.do(lambda actor: self._visit.service.floor.start_game(actor, pack.slug)),
                symbol="play_arrow",
                quiet=True,
                mark=f"quick:{pack.slug}",
            )

    def _running(self, live: Live) -> None:
        words, pack = self._visit.words, self._visit.pack(live.game)
        with box("row top"):
            if pack:
                picture_of(pack, "thumb")
            with box("stack close grow"):
                phase = words(f"phase.{live.phase}")
                title = self._visit.title(live.game) if live.game else live.title or phase
                Text("h2", title)
                Text("p", self._told(live, "" if title == phase else phase), "muted")
            self._clock = Text("div", clock_text(live), "clock num")
            self._clock.props(f'role="timer" aria-label="{html.escape(words("now.left"))}"')
        if live.trial:
            note(words("now.trial"), symbol="science")
        if live.parts > 1:
            with box("steps").props(
                f'role="img" aria-label="{html.escape(words("now.part", part=live.part, parts=live.parts))}"'
            ):
                for number in range(1, live.parts + 1):
                    box("done" if number < live.part else "now" if number == live.part else "", "i")
            Text("p", words("now.part", part=live.part, parts=live.parts), "tiny")
        self._safe(live)

    def _told(self, live: Live, phase: str) -> str:
        """How it stands, below the title."""
        words = self._visit.words
        if live.held:
            return words(f"held.{live.held}")
        if live.phase == "check_in":
            return words("now.stand", count=len(live.seats) - len(live.expected), of=len(live.seats))
        return phase

    def _safe(self, live: Live) -> None:
        if live.held == "safe":
            note(self._visit.words("now.is_safe"), "warn", "wb_sunny")


def clock_text(live: Live) -> str:
    """Minutes and seconds left, or since the phase began where nothing ends it."""
    seconds = live.phase_s if live.left_s is None else live.left_s
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
