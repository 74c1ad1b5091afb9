"""Now: what runs on the surface, and everything that can be done about it at once."""

from __future__ import annotations

import html
from collections.abc import Callable

from nicegui import ui

from didim.console.pages._board import Board
from didim.console.pages._dock import Controls
from didim.console.pages._floor_view import FloorView
from didim.console.pages._frame import frame
from didim.console.pages._parts import (
    Choice,
    Text,
    box,
    button,
    card,
    chip,
    icon,
    note,
    sign,
)
from didim.console.pages._visit import Visit
from didim.run.live import Live, LiveSeat
from didim.words import Language

LOOK_EVERY_S = 0.5
SEEN_WELL, SEEN_FAIRLY = 0.85, 0.6
VOLUME_STEP = 0.05
EDGES: dict[str, tuple[Language, Language]] = {"both": ("ko", "en"), "ko": ("ko", "ko"), "en": ("en", "en")}
"""What the words on the surface are read in: at the near and at the far edge."""


def now_page(visit: Visit) -> None:
    """Build the page; it looks again twice a second and changes what has changed."""
    live = visit.ask(visit.service.floor.live) or Live()
    with frame(visit, "now") as page, box("grid two now"):
        with box("stack wide"):
            _floor(visit, live)
            scores = _Scores(visit)
            side = _Notices(visit)
        with box("stack wide"):
            board = Board(visit)
            sound = _Sound(visit, live)
    with page:
        controls = Controls(visit)
    shown: list[Callable[[Live], None]] = [
        board.show,
        scores.show,
        side.show,
        sound.show,
        controls.show,
    ]

    def look() -> None:
        newest = visit.service.floor.live(visit.actor)
        for show in shown:
            show(newest)

    for show in shown:
        show(live)
    ui.timer(LOOK_EVERY_S, look)


def _floor(visit: Visit, live: Live) -> None:
    words = visit.words
    with card("tight").props(f'aria-label="{html.escape(words("now.floor"))}"'):
        view = FloorView(words("now.floor_long"), words("now.waiting"), words("now.lost"))
        with box("row between wrap"):
            Choice(
                words("now.view"),
                {"plan": words("now.plan"), "twin": words("now.twin")},
                "plan",
                lambda key: view.show(key, (visit.ask(visit.service.floor.live) or live).surface),
                symbols={"plan": "map", "twin": "view_in_ar"},
                mark="view",
            )
            _Seeing(visit, live)


class _Seeing:
    """How well everybody is seen, in one word."""

    def __init__(self, visit: Visit, live: Live) -> None:
        self._visit = visit
        self._place = box("row wrap")
        self._told: tuple[int, str] | None = None
        self.show(live)
        ui.timer(2.0, lambda: self.show(visit.service.floor.live(visit.actor)))

    def show(self, live: Live) -> None:
        words, share = self._visit.words, live.tracking.good_share
        how = (
            "none"
            if share is None
            else "well"
            if share >= SEEN_WELL
            else "fair"
            if share >= SEEN_FAIRLY
            else "poor"
        )
        told = len(live.players), how
        if told == self._told:
            return
        self._told = told
        self._place.clear()
        with self._place:
            chip(words("now.people", count=len(live.players)), symbol="directions_walk")
            if how != "none":
                kind = {"well": "good", "fair": "warn", "poor": "bad"}[how]
                chip(words(f"now.seen_{how}"), kind, "visibility")


class _Scores:
    """Everybody with a seat: emblem, name and points; in a check-in, who is there."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._names: dict[int, str] = {}
        self._told: object = None
        self._place = box("scores").props(
            f'role="list" aria-label="{html.escape(visit.words("now.scores"))}"'
        )

    def show(self, live: Live) -> None:
        told = live.phase == "check_in", live.seats
        if told == self._told:
            return
        self._told = told
        self._place.clear()
        with self._place:
            for seat in live.seats:
                with box(f"score {'' if seat.here else 'away'}").props('role="listitem"'):
                    sign(seat.symbol, seat.color, 44, str(seat.number))
                    Text("b", self._name(seat))
                    if live.phase != "check_in":
                        Text("span", self._visit.words("now.points", points=seat.points), "num")
                    elif seat.here:
                        icon("check_circle", "good")

    def _name(self, seat: LiveSeat) -> str:
        player_id = seat.player_id
        if player_id is None:
            return self._visit.words("now.guest", number=seat.number)
        if not self._visit.may("instructor", "admin"):
            return ""
        if player_id not in self._names:
            found = self._visit.ask(lambda actor: self._visit.service.players.one(actor, player_id))
            self._names[player_id] = found.called(self._visit.language) if found else ""
        return self._names[player_id]


class _Notices:
    """What whoever runs the session should know."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._told: tuple[tuple[str, str], ...] = ()
        self._place = box("stack").props('aria-live="polite"')

    def show(self, live: Live) -> None:
        told = tuple((each.kind, each.text) for each in live.notices)
        if told == self._told:
            return
        self._told = told
        self._place.clear()
        with self._place:
            for kind, text in told:
                with note(self._visit.words(f"notice.{kind}"), "warn", "warning"):
                    if kind in ("refused", "game_failed") and self._visit.language == "en":
                        Text("span", text, "tiny")
                if kind == "round_lost" and live.broken:
                    self._offer(live.broken)

    def _offer(self, slug: str) -> None:
        """The round that broke off may be played again, or left at that."""
        visit, floor = self._visit, self._visit.service.floor
        with box("row wrap"):
            button(
                visit.words("now.play_again", game=visit.title(slug)),
                lambda: visit.do(lambda actor: floor.replay(actor)),
                symbol="replay",
                kind="go",
                mark="replay",
            )
            button(
                visit.words("now.leave_it"),
                lambda: visit.do(lambda actor: floor.replay(actor, play=False)),
                symbol="check",
                kind="ghost",
                mark="leave-it",
            )


class _Sound:
    """Volume, and the languages on the surface."""

    def __init__(self, visit: Visit, live: Live) -> None:
        words, floor = visit.words, visit.service.floor
        with card("tight sound"):
            with box("row"):
                icon("volume_up")
                self._volume = ui.slider(min=0, max=1, step=VOLUME_STEP, value=live.volume)
                self._volume.props(f'aria-label="{html.escape(words("now.volume"))}"').classes("grow").mark(
                    "volume"
                )
                self._volume.on(
                    "change", lambda: visit.do(lambda actor: floor.volume(actor, self._volume.value))
                )
                self._told = Text("span", "", "num")
                self._told.style("min-width:3.2em;text-align:right")
            self._silent = Text("p", "", "tiny")
            self._languages = Choice(
                words("now.surface_language"),
                {"both": words("now.both_languages"), "ko": "한국어", "en": "English"},
                None,
                lambda key: visit.do(lambda actor: floor.language(actor, *EDGES[key])),
                classes="seg",
                mark="surface-language",
            )
        self._level: float | None = None
        self._words = words

    def show(self, live: Live) -> None:
        if live.volume != self._level:
            self._level = live.volume
            self._volume.set_value(live.volume)
            self._told.set_text(f"{round(100 * live.volume)} %")
        self._silent.set_text(self._words(f"silent.{live.silent_because}") if live.silent_because else "")
        near, far = live.languages
        self._languages.show("both" if near != far else near)
