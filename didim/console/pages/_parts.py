"""What pages are made of: plain HTML elements in the console's own look, each with a name for all."""

from __future__ import annotations

import html
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Generic, Literal, TypeVar

from nicegui import ui
from nicegui.elements.mixins.sortable_element import SortableElement
from nicegui.elements.mixins.text_element import TextElement

from didim.console.pages._signs import COLORS, sign_svg

Handler = Callable[[], Any] | Callable[[], Awaitable[Any]]
Key = TypeVar("Key", bound=str)
ButtonKind = Literal["", "go", "ghost", "danger"]


class Text(TextElement):
    """An element that holds words: `Text("h1", "Games")`."""

    def __init__(self, tag: str, words: str, classes: str = "") -> None:
        super().__init__(tag=tag, text=words)
        if classes:
            self.classes(classes)


class Stack(SortableElement):
    """A container whose children can be put in another order by hand."""

    def __init__(self, classes: str) -> None:
        super().__init__("div")
        self.classes(classes)


def box(classes: str = "", tag: str = "div") -> ui.element:
    """A container."""
    return ui.element(tag).classes(classes)


def card(classes: str = "", *, title: str = "", tag: str = "section") -> ui.element:
    """A card; its title also names it for who hears the page."""
    made = box(f"card {classes}", tag)
    if title:
        made.props(f'aria-label="{html.escape(title)}"')
        with made:
            Text("h2", title)
    return made


def icon(name: str, classes: str = "") -> ui.icon:
    """A picture beside words that say the same."""
    drawn = ui.icon(f"r_{name}").classes(f"icon {classes}")
    drawn.props('aria-hidden="true"')
    return drawn


def svg(drawing: str, classes: str = "") -> ui.html:
    """A drawing of ours."""
    return ui.html(drawing, sanitize=False).classes(classes)


def sign(name: str, color: str, size_px: int = 40, number: str = "") -> ui.html:
    """An emblem, without its name; with the number of its seat where one is given."""
    return svg(sign_svg(name, COLORS.get(color, color), number), "sign").style(
        f"width:{size_px}px;height:{size_px}px"
    )


def button(
    words: str,
    on_click: Handler | None = None,
    *,
    symbol: str = "",
    kind: ButtonKind = "",
    classes: str = "",
    mark: str = "",
    quiet: bool = False,
) -> ui.element:
    """A button; `quiet` shows its symbol alone and keeps the words for who hears the page."""
    made = box(f"btn {kind} {classes} {'round' if quiet else ''}", "button").props("type=button")
    with made:
        if symbol:
            icon(symbol)
        if not quiet:
            Text("span", words)
    if quiet:
        made.props(f'aria-label="{html.escape(words)}" title="{html.escape(words)}"')
    if on_click is not None:
        made.on("click", on_click)
    if mark:
        made.mark(mark)
    return made


def link(
    words: str, target: str, *, symbol: str = "", classes: str = "", download: bool = False
) -> ui.element:
    """A link that looks like a button."""
    made = box(f"btn {classes}", "a").props(f'href="{html.escape(target)}"{" download" if download else ""}')
    with made:
        if symbol:
            icon(symbol)
        Text("span", words)
    return made


def enabled(element: ui.element, yes: bool) -> None:
    """Let a button be pressed, or not."""
    element.props(remove="disabled") if yes else element.props("disabled")


class Choice(Generic[Key]):
    """One of a few, all of them in sight.

    Attributes:
        value: which; "" for none.
    """

    def __init__(
        self,
        name: str,
        options: Mapping[Key, str],
        value: Key | None = None,
        on_change: Callable[[Key], Any] | None = None,
        *,
        symbols: Mapping[str, str] | None = None,
        classes: str = "seg",
        item: str = "",
        mark: str = "",
    ) -> None:
        self.value = value
        self._on_change = on_change
        self._buttons: dict[Key, ui.element] = {}
        group = box(classes).props(f'role="group" aria-label="{html.escape(name)}"')
        with group:
            for key, words in options.items():
                made = box(item, "button").props("type=button")
                with made:
                    if symbols and key in symbols:
                        icon(symbols[key])
                    Text("span", words)
                made.on("click", lambda key=key: self.choose(key)).mark(f"{mark or name}:{key}")
                self._buttons[key] = made
        self._show()

    def choose(self, key: Key) -> None:
        """As if it were pressed."""
        self.value = key
        self._show()
        if self._on_change is not None:
            self._on_change(key)

    def show(self, key: Key) -> None:
        """Show another value without telling anybody."""
        if key != self.value:
            self.value = key
            self._show()

    def _show(self) -> None:
        for key, made in self._buttons.items():
            made.props(f'aria-pressed="{"true" if key == self.value else "false"}"')


class Count:
    """A number that thumbs change: minus, the number, plus.

    Attributes:
        value: between `low` and `high`, in steps of `step`.
    """

    def __init__(
        self,
        name: str,
        value: int,
        low: int,
        high: int,
        on_change: Callable[[int], Any] | None = None,
        *,
        step: int = 1,
        unit: str = "",
        labels: tuple[str, str] = ("−", "+"),
        mark: str = "",
    ) -> None:
        self.value, self._low, self._high, self._step = value, low, high, step
        self._on_change = on_change
        with box("count").props(f'role="group" aria-label="{html.escape(name)}"'):
            less = button(labels[0], lambda: self._move(-1), symbol="remove", quiet=True)
            with box("num", "output").props('aria-live="polite"'):
                self._shown = Text("span", str(value))
                if unit:
                    Text("small", f" {unit}")
            more = button(labels[1], lambda: self._move(1), symbol="add", quiet=True)
        for each, way in ((less, "less"), (more, "more")):
            each.props(f'aria-label="{html.escape(name)} {"−" if way == "less" else "+"}{step}"')
            each.mark(f"{mark or name}:{way}")

    def _move(self, way: int) -> None:
        value = self.value + way * self._step
        if self._low <= value <= self._high:
            self.value = value
            self._shown.set_text(str(value))
            if self._on_change is not None:
                self._on_change(value)


class Switch:
    """Yes or no."""

    def __init__(
        self, words: str, value: bool, on_change: Callable[[bool], Any] | None = None, *, mark: str = ""
    ) -> None:
        self.value, self._on_change = value, on_change
        self._made = box("switch", "button").props('type=button role="switch"').on("click", self._flip)
        with self._made:
            Text("span", words)
            box("knob", "span").props('aria-hidden="true"')
        self._made.mark(mark or words)
        self._show()

    def _flip(self) -> None:
        self.value = not self.value
        self._show()
        if self._on_change is not None:
            self._on_change(self.value)

    def _show(self) -> None:
        self._made.props(f'aria-checked="{"true" if self.value else "false"}"')


def field(name: str, classes: str = "") -> ui.element:
    """A named part of a form, to be filled."""
    made = box(f"field {classes}")
    with made:
        Text("span", name, "name")
    return made


def text_input(
    name: str, value: str = "", *, kind: str = "text", hint: str = "", classes: str = "", mark: str = ""
) -> ui.input:
    """A line to type in, with its name above it."""
    with box("field", "label"):
        Text("span", name, "name")
        made = ui.input(value=value, placeholder=hint).classes(f"ctl {classes}")
        made.props(f'outlined type={kind} aria-label="{html.escape(name)}"')
        made.mark(mark or name)
    return made


def number_input(
    name: str, value: float | None, low: float, high: float, *, step: float = 1, mark: str = ""
) -> ui.number:
    """A number to type in."""
    with box("field", "label"):
        Text("span", name, "name")
        made = ui.number(value=value, min=low, max=high, step=step).classes("ctl")
        made.props(f'outlined aria-label="{html.escape(name)}"').mark(mark or name)
    return made


def select(
    name: str, options: Mapping[Any, str], value: Any, on_change: Any = None, mark: str = ""
) -> ui.select:
    """One of many."""
    with field(name):
        made = ui.select(dict(options), value=value, on_change=on_change).classes("ctl")
        made.props(f'outlined aria-label="{html.escape(name)}" popup-content-class="q-menu"')
        made.mark(mark or name)
    return made


def note(words: str, kind: Literal["", "warn", "bad", "good"] = "", symbol: str = "info") -> ui.element:
    """A sentence that stands out; warnings are read out when they come."""
    made = box(f"note {kind}").props(f'role="{"alert" if kind in ("warn", "bad") else "note"}"')
    with made:
        icon(symbol)
        Text("span", words)
    return made


def chip(words: str, kind: str = "", symbol: str = "") -> ui.element:
    """A word in a pill."""
    made = box(f"chip {kind}", "span")
    with made:
        if symbol:
            icon(symbol)
        Text("span", words)
    return made


def figure(name: str, value: str, unit: str = "", *, missing: str = "", small: str = "") -> None:
    """A measure; what was not measured says so and is no zero."""
    with box("figure"):
        Text("div", name, "k")
        with box(f"v num {'none' if missing else ''}"):
            Text("span", missing or value)
            if unit and not missing:
                Text("small", unit)
        if small:
            Text("div", small, "tiny")


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Words and numbers in columns; those of `right` are set to the right."""
    with box("scroll-x"), box("plain", "table"):
        with box(tag="thead"), box(tag="tr"):
            for column, words in enumerate(head):
                Text("th", words, "r" if column in right else "").props('scope="col"')
        with box(tag="tbody"):
            for row in rows:
                with box(tag="tr"):
                    for column, words in enumerate(row):
                        Text("td", words, "r num" if column in right else "")


@contextmanager
def sheet(name: str, close: str, *, slim: bool = False) -> Iterator[ui.dialog]:
    """A sheet over the page, opened at once; closed by its cross, Escape or a tap beside it, then gone."""
    dialog = ui.dialog().props(f'aria-label="{html.escape(name)}"')
    dialog.on("hide", dialog.delete)
    with dialog, box(f"sheet {'slim' if slim else ''}"):
        with box("row between"):
            Text("h2", name)
            button(close, dialog.close, symbol="close", kind="ghost", quiet=True, mark="close")
        yield dialog
    dialog.open()


def download_name(words: str, ending: str) -> str:
    """A file's name of somebody's words."""
    kept = "".join(letter if letter.isalnum() else "-" for letter in words.strip()).strip("-")
    return f"{kept or 'didim'}.{ending}"
