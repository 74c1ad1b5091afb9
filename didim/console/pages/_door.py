"""The pages before the others: signing in, and the first set-up. Plain forms, sent to the entrance."""

from __future__ import annotations

import html
from collections.abc import Mapping
from types import MappingProxyType

from fastapi import Request
from nicegui import ui

from didim.console._secrets import LEAST
from didim.console.pages._frame import LANGUAGE_NAMES, dress
from didim.console.pages._parts import Text, box, icon, link, note, svg
from didim.console.pages._signs import MARK
from didim.console.pages._visit import language_of, page_words, theme_of
from didim.console.web import entry_problem, typed_before


def sign_in_page(request: Request) -> None:
    """Name and PIN."""
    words = page_words(language_of(request))
    with _door(request, words("door.sign_in"), words("door.sign_in_sub"), "/sign-in"):
        _input(words("door.name"), "name", complete="username")
        _input(words("door.secret"), "secret", kind="password", complete="current-password")
        _hidden("next", request.query_params.get("next", "/"))
        _submit(words("door.enter"), "login")


def new_secret_page(request: Request) -> None:
    """For whose PIN is too short for what they may do now."""
    words = page_words(language_of(request))
    with _door(request, words("door.renew"), words("door.renew_sub"), "/new-secret"):
        _input(words("door.name"), "name", complete="username")
        _input(words("door.old_secret"), "secret", kind="password", complete="current-password")
        _input(words("door.chosen_secret"), "new", kind="password", complete="new-password")
        _hidden("next", request.query_params.get("next", "/"))
        _submit(words("door.enter"), "login")


def set_up_page(request: Request) -> None:
    """The first admin, who reads the code at the rig."""
    words, typed = page_words(language_of(request)), typed_before(request)
    rule = words("door.secret_rule", least=LEAST["admin"])
    with _door(request, words("door.set_up"), words("door.set_up_sub"), "/set-up"):
        _input(words("door.code"), "code", typed, hint="1234-5678", complete="one-time-code")
        _input(words("door.your_name"), "name", typed, complete="username")
        _input(words("door.new_secret"), "secret", kind="password", complete="new-password", rule=rule)
        _submit(words("door.begin"), "arrow_forward")


def _door(request: Request, title: str, sub: str, action: str) -> ui.element:
    language = language_of(request)
    dress(language, theme_of(request))
    ui.page_title(f"{title} – didim")
    with box("door"):
        card = box("card")
    with card:
        svg(MARK, "mark")
        with box("stack close").style("text-align:center"):
            Text("h1", title)
            Text("p", sub, "muted")
        problem = entry_problem(request.query_params, language)
        if problem:
            note(problem, "bad", "error")
    with card:
        form = box("stack wide", "form").props(f'method="post" action="{action}" accept-charset="utf-8"')
    other = "en" if language == "ko" else "ko"
    with card, box("row").style("justify-content:center"):
        here = request.url.path
        link(
            LANGUAGE_NAMES["en" if other == "en" else "ko"],
            f"/look/language/{other}?back={here}",
            symbol="translate",
            classes="ghost",
        )
    return form


def _input(
    name: str,
    key: str,
    typed: Mapping[str, str] = MappingProxyType({}),
    *,
    kind: str = "text",
    hint: str = "",
    complete: str = "off",
    rule: str = "",
) -> None:
    """A line of the form with what was typed there before, and below it the rule that it has to keep."""
    with box("field", "label"):
        Text("span", name, "name")
        made = box("inp", "input").props(f'name="{key}" type="{kind}" required autocomplete="{complete}"')
        made.props["placeholder"], made.props["value"] = hint, typed.get(key, "")
        if rule:
            Text("span", rule, "tiny")


def _hidden(key: str, value: str) -> None:
    box(tag="input").props(f'type="hidden" name="{key}" value="{html.escape(value)}"')


def _submit(words: str, symbol: str) -> None:
    with box("btn go big wide", "button").props("type=submit"):
        icon(symbol)
        Text("span", words)
