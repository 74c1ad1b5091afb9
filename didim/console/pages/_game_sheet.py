"""One game: what it is, how it is set, and playing it now."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from nicegui import ui

from didim.console import Actor
from didim.console.pages._parts import Choice, Switch, Text, box, button, chip, field, sheet
from didim.console.pages._pictures import picture_of
from didim.console.pages._visit import Visit
from didim.play import GamePack, Setting

FIRST = ("age", "level", "round_s", "calm", "seated")
"""Settings that nearly every class asks for; the others stand behind them."""


def open_game(visit: Visit, pack: GamePack) -> None:
    """Open the game's sheet."""
    words = visit.words
    with sheet(visit.text(pack.title), words("close")) as dialog:
        _about(visit, pack)
        values = settings_form(visit, pack)
        live = visit.ask(visit.service.floor.live)
        fits = live is not None and (not live.surface.width_m or live.surface.kind in pack.surfaces)
        if not fits:
            Text("p", words("games.other_surface"), "warn")

        floor = visit.service.floor

        def begin(play: Callable[[Actor, str, dict[str, Any]], int]) -> None:
            if visit.do(lambda actor: play(actor, pack.slug, changed(visit, pack, values))):
                dialog.close()
                ui.navigate.to("/")

        Text("p", words("games.try_sub"), "tiny")
        with box("row end wrap foot"):
            tried = button(
                words("games.try"), lambda: begin(floor.try_game), symbol="science", classes="big", mark="try"
            )
            go = button(
                words("games.play_now"),
                lambda: begin(floor.start_game),
                symbol="play_arrow",
                kind="go",
                classes="big",
                mark="play-now",
            )
            if not fits:
                tried.props("disabled")
                go.props("disabled")


def _about(visit: Visit, pack: GamePack) -> None:
    with box("about"):
        picture_of(pack, "pic wide")
        with box("stack"):
            Text("p", visit.text(pack.summary))
            with box("row wrap").style("gap:8px"):
                chip(visit.text(pack.goal), "gold", "flag").style("white-space:normal")
                for skill in pack.skills:
                    chip(visit.words(f"skill.{skill}"))


def settings_form(visit: Visit, pack: GamePack) -> dict[str, Any]:
    """Every setting of a game with a control that suits it; the returned values follow what is chosen."""
    known = visit.ask(lambda actor: visit.service.games.settings(actor, pack.slug)) or {}
    values: dict[str, Any] = {name: setting.default for name, setting in known.items()}
    with box("grid halves"):
        for name in FIRST:
            if name in known:
                _control(visit, name, known[name], values)
    others = [name for name in known if name not in FIRST]
    with box("stack") as more, box("grid halves"):
        for name in others:
            _control(visit, name, known[name], values)
    more.set_visibility(False)
    button(
        visit.words("games.all_settings"),
        lambda: more.set_visibility(not more.visible),
        symbol="tune",
        kind="ghost",
        mark="all-settings",
    )
    return values


def changed(visit: Visit, pack: GamePack, values: dict[str, Any]) -> dict[str, Any]:
    """Those that differ from what the game would take anyway."""
    known = visit.ask(lambda actor: visit.service.games.settings(actor, pack.slug)) or {}
    return {name: value for name, value in values.items() if name in known and value != known[name].default}


def _control(visit: Visit, name: str, setting: Setting, values: dict[str, Any]) -> None:
    title = visit.text(setting.title)

    def keep(value: Any) -> None:
        values[name] = value

    if setting.type == "bool":
        Switch(title, bool(setting.default), keep, mark=f"set:{name}")
        return
    with field(title):
        if setting.type == "choice":
            spoken = {key: _spoken(visit, name, key) for key in setting.choices}
            if len(spoken) <= 3:
                Choice(title, spoken, str(setting.default), keep, classes="seg wrap", mark=f"set:{name}")
            else:
                made = ui.select(spoken, value=setting.default, on_change=lambda event: keep(event.value))
                made.classes("ctl").props(f'outlined aria-label="{html.escape(title)}"').mark(f"set:{name}")
            return
        whole = setting.type == "int"
        with box("row"):
            step = 1 if whole else _step(setting)
            made_slider = ui.slider(min=setting.min, max=setting.max, step=step, value=float(setting.default))
            made_slider.props(f'aria-label="{html.escape(title)}"').classes("grow").mark(f"set:{name}")
            told = Text("span", f"{setting.default:g}", "num")
            told.style("min-width:3em;text-align:right;font-weight:800")

        def slide() -> None:
            value = int(made_slider.value) if whole else round(float(made_slider.value), 3)
            told.set_text(f"{value:g}")
            keep(value)

        made_slider.on_value_change(slide)


def _step(setting: Setting) -> float:
    """About a hundred steps over the range, of a round size."""
    wide = setting.max - setting.min
    return next(step for step in (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 50) if wide / step <= 120 or step == 50)


def _spoken(visit: Visit, name: str, key: str) -> str:
    table = f"{name}.{key}"
    return visit.words(table) if table in visit.words else key
