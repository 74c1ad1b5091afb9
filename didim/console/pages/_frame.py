"""The frame around every page: where to go, who is here, and the red stop, always in the same place."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui

from didim.console import Role
from didim.console.pages._parts import Text, box, button, icon, link, sheet, svg
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
    """Language and light of this tablet, and the way out. Links, so that they work on any page at once."""
    words, here = visit.words, visit.request.url.path
    look_links(
        words("frame.language"),
        {key: LANGUAGE_NAMES[key] for key in ("ko", "en")},
        "language",
        here,
        visit.language,
    )
    look_links(
        words("frame.theme"), {key: words(f"frame.theme_{key}") for key in THEMES}, "theme", here, visit.theme
    )
    form = box(tag="form").props('method="post" action="/sign-out"')
    with form, box("btn wide", "button").props("type=submit"):
        icon("logout")
        Text("span", words("frame.sign_out"))


def look_links(name: str, options: dict[str, str], kind: str, here: str, current: str) -> None:
    """A choice that is kept on the tablet, by links."""
    with box("field"):
        Text("span", name, "name")
        with box("row wrap").props(f'role="group" aria-label="{html.escape(name)}"'):
            for key, words in options.items():
                made = link(words, f"/look/{kind}/{key}?back={here}", classes="on" if key == current else "")
                if key == current:
                    made.props('aria-current="true"')


def back_button(words: str, target: str) -> None:
    """To the page before."""
    button(words, lambda: ui.navigate.to(target), symbol="arrow_back", kind="ghost", quiet=True)
