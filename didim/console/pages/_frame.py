"""The frame around every page: where to go, who is here, and the red stop, always in the same place."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from nicegui import ui

from didim.console import Actor, Role
from didim.console.pages._parts import Choice, Text, box, button, field, icon, link, sheet, svg
from didim.console.pages._signs import MARK
from didim.console.pages._visit import THEMES, Visit
from didim.words import Language

TEACHING: tuple[Role, ...] = ("instructor", "admin")
TECHNICAL: tuple[Role, ...] = ("installer", "admin")
EVERYONE: tuple[Role, ...] = ("instructor", "installer", "admin")

TABS: tuple[tuple[str, str, str, tuple[Role, ...]], ...] = (
    ("now", "/", "sports_esports", EVERYONE),
    ("games", "/games", "grid_view", EVERYONE),
    ("sessions", "/sessions", "playlist_play", TEACHING),
    ("players", "/players", "groups", TEACHING),
    ("records", "/records", "insights", TEACHING),
    ("installer", "/installer", "straighten", TECHNICAL),
    ("settings", "/settings", "tune", EVERYONE),
)
"""Every page: its words, its path, its symbol and who sees it."""
AT_THE_BOTTOM = 4
"""So many fit beside the stop on a phone; the others stand behind "more"."""

LANGUAGE_NAMES: dict[Language, str] = {"ko": "한국어", "en": "English"}


def dress(language: Language, theme: str) -> None:
    """The look, the language and the theme, before anything is painted."""
    ui.add_head_html('<link rel="stylesheet" href="/assets/look.css">')
    ui.add_head_html(
        f'<script>document.documentElement.lang="{language}";{{const t="{theme}";'
        'if(t==="day"||(t==="auto"&&matchMedia("(prefers-color-scheme: light)").matches))'
        'document.documentElement.classList.add("day")}</script>'
        '<meta name="theme-color" content="#050c13">'
    )


@contextmanager
def frame(visit: Visit, current: str) -> Iterator[ui.element]:
    """A page within the frame, to be filled."""
    words = visit.words
    dress(visit.language, visit.theme)
    ui.page_title(f"{words(f'tab.{current}')} – didim")
    tabs = [each for each in TABS if visit.actor.role in each[3]]
    with box("frame"):
        with box("btn skip", "a").props('href="#page"'):
            Text("span", words("frame.skip"))
        with box("rail", "nav").props(f'aria-label="{html.escape(words("frame.pages"))}"'):
            svg(MARK, "mark")
            for name, path, symbol, _ in tabs:
                _tab(words(f"tab.{name}"), path, symbol, here=name == current)
            box("grow")
            if current != "now":
                _stop(visit)
            box("grow")
            _me(visit)
        with box("page").props('id="page" tabindex="-1"') as main:
            yield main
        with box("bar", "nav").props(f'aria-label="{html.escape(words("frame.pages"))}"'):
            for name, path, symbol, _ in tabs[:AT_THE_BOTTOM]:
                _tab(words(f"tab.{name}"), path, symbol, here=name == current)
            _stop(visit)
            more = (
                box("tab", "button")
                .props("type=button")
                .style("border:0;background:none;font-family:inherit")
            )
            with more:
                icon("menu")
                Text("span", words("frame.more"))
            more.on("click", lambda: _open_more(visit, tabs[AT_THE_BOTTOM:]))


def head(title: str, sub: str = "") -> ui.element:
    """The page's title; what is added stands at its right."""
    made = box("head")
    with made, box("stack close"):
        Text("h1", title)
        if sub:
            Text("p", sub, "sub")
    with made:
        box("grow")
    return made


def _tab(words: str, path: str, symbol: str, *, here: bool) -> None:
    made = box("tab", "a").props(f'href="{path}"')
    if here:
        made.props('aria-current="page"')
    with made:
        icon(symbol)
        Text("span", words)


def _stop(visit: Visit) -> None:
    words = visit.words
    made = box("panic-dot", "button").props(f'type=button aria-label="{html.escape(words("now.safe_long"))}"')
    with made:
        Text("span", words("now.safe"))
    made.on("click", visit.stop_safely).mark("safe-everywhere")


def _me(visit: Visit) -> None:
    words = visit.words
    made = box("tab", "button").props("type=button").style("border:0;background:none;font-family:inherit")
    with made:
        icon("account_circle")
        Text("span", visit.actor.name or words(f"role.{visit.actor.role}"))
    made.on("click", lambda: _open_me(visit)).mark("me")


def _open_more(visit: Visit, tabs: list[tuple[str, str, str, tuple[Role, ...]]]) -> None:
    with sheet(visit.words("frame.more"), visit.words("close"), slim=True):
        for name, path, symbol, _ in tabs:
            link(visit.words(f"tab.{name}"), path, symbol=symbol, classes="wide big")
        _choices(visit)


def _open_me(visit: Visit) -> None:
    name = visit.actor.name or visit.words(f"role.{visit.actor.role}")
    with sheet(name, visit.words("close"), slim=True):
        Text("p", visit.words(f"role.{visit.actor.role}"), "muted")
        _choices(visit)


def _choices(visit: Visit) -> None:
    """Language and light, and the way out."""
    words = visit.words
    look_choices(visit)
    form = box(tag="form").props('method="post" action="/sign-out"')
    with form, box("btn wide", "button").props("type=submit"):
        icon("logout")
        Text("span", words("frame.sign_out"))


def look_choices(visit: Visit) -> None:
    """Language and light of whoever is signed in, on every tablet."""
    words, users, here = visit.words, visit.service.users, visit.request.url.path

    def chosen(change: Callable[[Actor], None]) -> None:
        if visit.do(change):
            ui.navigate.to(here)  # every page is built in one language and light

    with field(words("frame.language")):
        Choice(
            words("frame.language"),
            LANGUAGE_NAMES,
            visit.language,
            lambda key: chosen(lambda actor: users.set_look(actor, language=key)),
            classes="seg wrap",
            mark="language",
        )
    with field(words("frame.theme")):
        Choice(
            words("frame.theme"),
            {key: words(f"frame.theme_{key}") for key in THEMES},
            visit.theme,
            lambda key: chosen(lambda actor: users.set_look(actor, theme=key)),
            classes="seg wrap",
            mark="theme",
        )


def back_button(words: str, target: str) -> None:
    """To the page before."""
    button(words, lambda: ui.navigate.to(target), symbol="arrow_back", kind="ghost", quiet=True)
