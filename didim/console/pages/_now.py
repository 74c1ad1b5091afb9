"""Now: what runs on the surface, and everything that can be done about it at once."""

from __future__ import annotations

import html
from collections.abc import Callable

from nicegui import ui

from didim.console import Actor
from didim.console.pages._floor_view import FloorView, is_known
from didim.console.pages._frame import frame
from didim.console.pages._parts import (
    ButtonKind,
    Choice,
    Text,
    box,
    button,
    card,
    chip,
    icon,
    link,
    note,
    sign,
)
from didim.console.pages._pictures import picture_of
from didim.console.pages._visit import Visit
from didim.play import GamePack
from didim.run.live import Live
from didim.words import Language

LOOK_EVERY_S = 0.5
SEEN_WELL, SEEN_FAIRLY = 0.85, 0.6
VOLUME_STEP = 0.05
EDGES: dict[str, tuple[Language, Language]] = {"both": ("ko", "en"), "ko": ("ko", "ko"), "en": ("en", "en")}
"""What the words on the surface are read in: at the near and at the far edge."""


def now_page(visit: Visit) -> None:
    """Build the page; it looks again twice a second and changes what has changed."""
    live = visit.ask(visit.service.floor.live) or Live()
    with frame(visit, "now"), box("grid two now"):
        with box("stack wide"):
            _floor(visit, live)
            scores = _Scores(visit)
            side = _Notices(visit)
        with box("stack wide"):
            board = _Board(visit)
            _panic(visit)
            sound = _Sound(visit, live)
    shown: list[Callable[[Live], None]] = [board.show, scores.show, side.show, sound.show]

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
                    sign(seat.symbol, seat.color, 34)
                    Text("b", self._name(seat.player_id))
                    if live.phase != "check_in":
                        Text("span", str(seat.points), "num")
                    elif seat.here:
                        icon("check_circle", "good")

    def _name(self, player_id: int | None) -> str:
        if player_id is None or not self._visit.may("instructor", "admin"):
            return self._visit.words("now.guest") if player_id is None else ""
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


class _Board:
    """The round or rest that runs, its time, and what can be done with it; at rest, what could begin."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._key: tuple[object, ...] | None = None
        self._clock: Text | None = None
        self._place = card()
        self._place.props(f'aria-label="{html.escape(visit.words("now.running"))}"')

    def show(self, live: Live) -> None:
        key = (
            live.phase, live.held, live.game, live.title, live.part, live.parts,
            live.expected,
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
            self._held(live)
            return
        Text("h2", words("now.idle"))
        Text("p", words("now.idle_sub"), "muted")
        if self._visit.may("instructor", "admin"):
            link(words("now.build"), "/sessions", symbol="playlist_play", classes="go big wide")
        link(words("now.choose"), "/games", symbol="grid_view", classes="big wide")
        games = self._visit.ask(self._visit.service.games.listed) or ()
        fit = [pack for pack in games if live.surface.kind in pack.surfaces][:3]
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
            self._act(
                self._visit.words("now.start_game", game=title),
                "play_arrow",
                lambda actor: self._visit.service.floor.start_game(actor, pack.slug),
                quiet=True,
                mark=f"quick:{pack.slug}",
            )

    def _running(self, live: Live) -> None:
        words, pack = self._visit.words, self._visit.pack(live.game)
        with box("row top"):
            if pack:
                picture_of(pack, "thumb")
            with box("stack close grow"):
                Text(
                    "h2",
                    self._visit.title(live.game) if live.game else live.title or words(f"phase.{live.phase}"),
                )
                Text("p", words(f"held.{live.held}") if live.held else words(f"phase.{live.phase}"), "muted")
            self._clock = Text("div", clock_text(live), "clock num")
            self._clock.props(f'role="timer" aria-label="{html.escape(words("now.left"))}"')
        if live.parts > 1:
            with box("steps").props(
                f'role="img" aria-label="{html.escape(words("now.part", part=live.part, parts=live.parts))}"'
            ):
                for number in range(1, live.parts + 1):
                    box("done" if number < live.part else "now" if number == live.part else "", "i")
            Text("p", words("now.part", part=live.part, parts=live.parts), "tiny")
        self._held(live) if live.held else self._controls(live)

    def _controls(self, live: Live) -> None:
        floor, words = self._visit.service.floor, self._visit.words
        with box("controls"):
            self._act(words("now.pause"), "pause", floor.pause, classes="stacked", mark="pause")
            self._act(words("now.skip"), "skip_next", floor.skip, classes="stacked", mark="skip")
            self._act(words("now.end"), "stop", floor.stop, classes="stacked", mark="end")

    def _held(self, live: Live) -> None:
        floor, words = self._visit.service.floor, self._visit.words
        if live.held == "safe":
            note(words("now.is_safe"), "warn", "wb_sunny")
        with box("row"):
            self._act(
                words("now.go_on"), "play_arrow", floor.resume, kind="go", classes="big grow", mark="resume"
            )
            self._act(words("now.end"), "stop", floor.stop, classes="big", mark="end")

    def _act(
        self,
        label: str,
        symbol: str,
        action: Callable[[Actor], object],
        *,
        kind: ButtonKind = "",
        classes: str = "",
        quiet: bool = False,
        mark: str = "",
    ) -> None:
        button(
            label,
            lambda: self._visit.do(action),
            symbol=symbol,
            kind=kind,
            classes=classes,
            quiet=quiet,
            mark=mark,
        )


def _panic(visit: Visit) -> None:
    words = visit.words
    made = box("panic", "button").props(f'type=button aria-label="{html.escape(words("now.safe_long"))}"')
    with made:
        Text("span", words("now.safe"))
        Text("small", words("now.safe_sub"))
    made.on("click", visit.stop_safely).mark("safe")


class _Sound:
    """Volume, and the languages on the surface."""

    def __init__(self, visit: Visit, live: Live) -> None:
        words, floor = visit.words, visit.service.floor
        with card("tight"):
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
        self._silent.set_text(
            self._words("now.silent", cause=live.silent_because) if live.silent_because else ""
        )
        near, far = live.languages
        self._languages.show("both" if near != far else near)


def clock_text(live: Live) -> str:
    """Minutes and seconds left, or since the phase began where nothing ends it."""
    seconds = live.phase_s if live.left_s is None else live.left_s
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
