"""A plan's items in a row: dragged by hand or moved by key, longer or shorter, replaced, removed."""

from __future__ import annotations

import html
from collections.abc import Callable

from nicegui import ui
from nicegui.events import SortableEventArguments

from didim.console.pages._parts import Stack, Text, box, button, enabled, icon, sheet
from didim.console.pages._pictures import picture_of
from didim.console.pages._visit import Visit
from didim.play import GamePack, Plan, PlanError, PlanItem, round_item, slot_s, suited
from didim.play._plan import REST_S
from didim.problem import Problem

LONGER_S = 15
PARTS = {"warm-up": "wb_sunny", "game": "sports_esports", "rest": "local_cafe", "cool-down": "nights_stay"}
NEW_REST_S, NEW_GAME_S = 60, 150


class PlanList:
    """The list; every edit gives a new plan to `changed`."""

    def __init__(self, visit: Visit, plan: Plan, changed: Callable[[Plan], None]) -> None:
        self._visit, self._plan, self._changed = visit, plan, changed
        with Stack("stack") as rows:
            rows.props('role="list"')
            for index, item in enumerate(plan.items):
                self._row(index, item)
        rows.make_sortable(
            handle=".grip", on_end=self._dropped, ghost_class="ghost", options={"delayOnTouchOnly": True}
        )
        with box("row wrap"):
            words = visit.words
            button(words("plan.add_game"), self._add_game, symbol="add", kind="ghost", mark="add-game")
            button(words("plan.add_rest"), self._add_rest, symbol="local_cafe", kind="ghost", mark="add-rest")

    def _dropped(self, event: SortableEventArguments) -> None:
        self._edit(lambda: self._plan.moved(event.old_index, event.new_index))

    def _edit(self, change: Callable[[], Plan]) -> None:
        try:
            self._plan = change()
        except Problem as problem:
            self._visit.tell(problem)
        self._changed(self._plan)

    def _row(self, index: int, item: PlanItem) -> None:
        words = self._visit.words
        name = self._visit.title(item.game) if item.game else words("part.rest")
        with box(f"item {item.part}").props('role="listitem"').mark(f"item:{index}"):
            with box("grip").props('aria-hidden="true"'):
                icon("drag_indicator")
            pack = self._visit.pack(item.game) if item.game else None
            if pack:
                picture_of(pack, "thumb hide-s")
            with box("what"):
                Text("b", name)
                told = words(f"part.{item.part}")
                if item.group:
                    told += " · " + words("plan.group", group=item.group)
                Text("span", told if item.game else words("plan.drink"), "tiny")
            Text("span", f"{item.seconds // 60}:{item.seconds % 60:02d}", "len num")
            more = button(
                words("plan.edit", name=name),
                lambda: self._open(index),
                symbol="more_horiz",
                kind="ghost",
                quiet=True,
                mark=f"edit:{index}",
            )
            more.props('aria-haspopup="dialog"')

    def _open(self, index: int) -> None:
        words, item = self._visit.words, self._plan.items[index]
        name = self._visit.title(item.game) if item.game else words("part.rest")
        with sheet(name, words("close"), slim=True) as dialog:

            def edit(change: Callable[[], Plan]) -> None:
                dialog.close()
                self._edit(change)

            with box("row between"):
                self._times(index, item, edit)
            self._moves(index, edit)
            button(
                words("plan.replace"),
                lambda: self._choose(
                    dialog, lambda slug: edit(lambda: self._plan.replaced(index, self._catalog()[slug]))
                ),
                symbol="swap_horiz",
                classes="wide",
                mark="replace",
            )
            button(
                words("plan.remove"),
                lambda: edit(lambda: self._plan.removed(index)),
                symbol="delete",
                kind="danger",
                classes="wide",
                mark="remove",
            )

    def _moves(self, index: int, edit: Callable[[Callable[[], Plan]], None]) -> None:
        """Earlier and later, for who does not drag."""
        ways = (("earlier", -1, "arrow_upward"), ("later", 1, "arrow_downward"))
        with box("row"):
            for name, way, symbol in ways:
                to = index + way
                made = button(
                    self._visit.words(f"plan.{name}"),
                    lambda to=to: edit(lambda: self._plan.moved(index, to)),
                    symbol=symbol,
                    classes="grow",
                    mark=name,
                )
                enabled(made, 0 <= to < len(self._plan.items))

    def _times(self, index: int, item: PlanItem, edit: Callable[..., None]) -> None:
        words, now = self._visit.words, [item.seconds]
        shown = [f"{item.seconds // 60}:{item.seconds % 60:02d}"]

        def change(way: int) -> None:
            try:
                self._plan.timed(index, now[0] + way * LONGER_S, self._catalog())
            except PlanError:
                low, high = REST_S if item.part == "rest" else slot_s(self._catalog()[item.game])
                self._visit.say(words("plan.bounds", low=low, high=high), "bad")
                return
            now[0] += way * LONGER_S
            label.set_text(f"{now[0] // 60}:{now[0] % 60:02d}")

        button(words("plan.shorter"), lambda: change(-1), symbol="remove", quiet=True, mark="shorter")
        label = Text("span", shown[0], "clock num")
        button(words("plan.longer"), lambda: change(1), symbol="add", quiet=True, mark="longer")
        button(
            words("plan.set"),
            lambda: edit(lambda: self._plan.timed(index, now[0], self._catalog())),
            symbol="check",
            kind="go",
            mark="set-time",
        )

    def _choose(self, before: ui.dialog | None, chosen: Callable[[str], None]) -> None:
        """Which game, of those that suit the class; the others are not offered."""
        if before is not None:
            before.close()
        plan = self._plan
        games, _ = suited(self._catalog(), plan.age_band, plan.headcount, plan.surface)

        def pick(slug: str) -> None:
            dialog.close()
            chosen(slug)

        with (
            sheet(self._visit.words("plan.which"), self._visit.words("close")) as dialog,
            box("grid tiles duo"),
        ):
            for slug, pack in games.items():
                title = self._visit.text(pack.title)
                with (
                    box("tile", "button")
                    .props(f'type=button aria-label="{html.escape(title)}"')
                    .mark(f"pick:{slug}") as tile
                ):
                    picture_of(pack, "pic")
                    with box("body"):
                        Text("h3", title)
                        Text("span", self._visit.words(f"intensity.{pack.intensity}"), "tiny")
                tile.on("click", lambda slug=slug: pick(slug))

    def _add_game(self) -> None:
        plan, at = self._plan, self._before_the_end()

        def add(slug: str) -> None:
            item = round_item(
                self._catalog()[slug], plan, "game", NEW_GAME_S, seed=plan.seed + len(plan.items)
            )
            self._edit(lambda: plan.added(at, item))

        self._choose(None, add)

    def _add_rest(self) -> None:
        plan, at = self._plan, self._before_the_end()
        self._edit(lambda: plan.added(at, PlanItem(part="rest", seconds=NEW_REST_S)))

    def _before_the_end(self) -> int:
        """Where something new goes: before the cool-down."""
        items = self._plan.items
        return next((index for index, item in enumerate(items) if item.part == "cool-down"), len(items))

    def _catalog(self) -> dict[str, GamePack]:
        return {pack.slug: pack for pack in self._visit.ask(self._visit.service.games.listed) or ()}
