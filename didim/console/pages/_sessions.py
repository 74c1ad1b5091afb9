"""Sessions: from a wish to a plan; edited by hand, saved, shared, scheduled, begun."""

from __future__ import annotations

import html
import secrets

from nicegui import ui
from nicegui.events import UploadEventArguments

from didim.console.pages._dock import dock
from didim.console.pages._frame import frame, head
from didim.console.pages._parts import Choice, Count, Text, box, button, card, field, note, select, svg
from didim.console.pages._plan_list import PlanList
from didim.console.pages._saved_plans import SavedPlans, open_save
from didim.console.pages._signs import MARK
from didim.console.pages._visit import Visit
from didim.play import (
    AGE_BANDS,
    PLAN_GOALS,
    AgeBand,
    Plan,
    PlanError,
    PlanGoal,
    plan,
    plan_from,
    plan_text,
    suited,
)
from didim.problem import Problem

GOAL_SYMBOLS = {
    "warm-up": "wb_sunny",
    "agility": "bolt",
    "balance": "self_improvement",
    "rhythm": "music_note",
    "team": "diversity_3",
    "calm": "spa",
}
MINUTES_STEP = 5
SEEDS = 1_000_000


def sessions_page(visit: Visit) -> None:
    """Build the page."""
    words = visit.words
    with frame(visit, "sessions"):
        with head(words("sessions.title"), words("sessions.sub")):
            pass
        _Builder(visit)


class _Builder:
    """The wish at the left, the plan at the right, and what was saved below."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        live = visit.ask(visit.service.floor.live)
        self._age: AgeBand = "6-9"
        self._goal: PlanGoal = "agility"
        self._headcount, self._minutes, self._seed = 6, 30, 1
        self._surface = live.surface.kind if live and live.surface.width_m else "floor"
        self._plan: Plan | None = None
        self._group: int | None = None
        with box("grid two turned"):
            with card(title=visit.words("sessions.plan")) as self._place:
                self._inside = box("stack wide")
            with box("stack wide"):
                self._wish()
                self._saved = SavedPlans(visit, self._show)
        self._dock = dock(visit.words("sessions.plan"))
        self._make()

    def _wish(self) -> None:
        words = self._visit.words
        with card(title=words("sessions.wish")) as self._wish_card:
            with field(words("sessions.goal")):
                names = {key: words(f"goal.{key}") for key in PLAN_GOALS}
                Choice(
                    words("sessions.goal"),
                    names,
                    self._goal,
                    lambda key: self._set(goal=key),
                    symbols=GOAL_SYMBOLS,
                    classes="goals",
                    item="goal",
                    mark="goal",
                )
            with field(words("sessions.age")):
                ages = {key: words(f"age.{key}") for key in AGE_BANDS}
                Choice(
                    words("sessions.age"),
                    ages,
                    self._age,
                    lambda key: self._set(age=key),
                    classes="seg wrap fit",
                    mark="age",
                )
            self._counts()
            with field(words("sessions.surface")):
                Choice(
                    words("sessions.surface"),
                    {"floor": words("surface.floor"), "wall": words("surface.wall")},
                    self._surface,
                    lambda key: self._set(surface=key),
                    mark="plan-surface",
                )
            button(words("sessions.another"), self._another, symbol="casino", classes="wide", mark="another")

        self._groups()

    def _counts(self) -> None:
        words = self._visit.words
        with box("row wrap between"):
            with field(words("sessions.headcount")):
                Count(
                    words("sessions.headcount"),
                    self._headcount,
                    1,
                    40,
                    lambda value: self._set(headcount=value),
                    mark="headcount",
                )
            with field(words("sessions.minutes")):
                Count(
                    words("sessions.minutes"),
                    self._minutes,
                    5,
                    120,
                    lambda value: self._set(minutes=value),
                    step=MINUTES_STEP,
                    unit=words("unit.min"),
                    mark="minutes",
                )

    def _groups(self) -> None:
        """Whose session it is, for their records; nobody's where nobody is chosen."""
        words, groups = self._visit.words, self._visit.ask(self._visit.service.players.groups) or ()
        if groups:
            options: dict[int | None, str] = {None: words("sessions.no_group")}
            options |= {group.id: group.name for group in groups}
            with self._wish_card:
                made = select(words("sessions.group"), options, None, mark="for-group")
            made.on_value_change(lambda event: self._take_group(event.value))

    def _take_group(self, group_id: int | None) -> None:
        self._group = group_id

    def _set(
        self,
        *,
        goal: PlanGoal | None = None,
        age: AgeBand | None = None,
        headcount: int | None = None,
        minutes: int | None = None,
        surface: str | None = None,
    ) -> None:
        self._goal, self._age = goal or self._goal, age or self._age
        self._headcount, self._minutes = headcount or self._headcount, minutes or self._minutes
        self._surface = surface or self._surface  # type: ignore[assignment]
        self._make()

    def _another(self) -> None:
        self._seed = secrets.randbelow(SEEDS)
        self._make()

    def _make(self) -> None:
        catalog = {pack.slug: pack for pack in self._visit.ask(self._visit.service.games.listed) or ()}
        try:
            made = plan(
                self._age, self._headcount, self._minutes, self._goal, self._surface, self._seed, catalog
            )
        except PlanError:
            pool, groups = suited(catalog, self._age, self._headcount, self._surface, self._goal)
            self._none("sessions.too_short" if pool else "sessions.none_suits", groups)
            return
        self._show(made)

    def _none(self, why: str, groups: int) -> None:
        self._plan = None
        self._dock.set_visibility(False)
        self._inside.clear()
        with self._inside:
            with box("empty"):
                svg(MARK)
                Text("p", self._visit.words("sessions.none"))
            note(self._visit.words(why, groups=groups), "warn", "lightbulb")

    def _show(self, found: Plan) -> None:
        self._plan = found
        self._inside.clear()
        with self._inside:
            _effort(self._visit, found)
            PlanList(self._visit, found, self._show)
            self._end()
        self._dock.clear()
        self._dock.set_visibility(True)
        with self._dock:
            self._total(found)

    def _total(self, found: Plan) -> None:
        """How long it is, and the button that begins it: in sight however long the plan."""
        words = self._visit.words
        took, wanted = found.seconds, 60 * found.minutes
        with box("row between grow"):
            with box("stack close"):
                with box("row").style("align-items:baseline;gap:8px"):
                    Text("span", length(took), "clock num").mark("plan-length")
                    Text("span", words("sessions.of_minutes", minutes=found.minutes), "muted")
                if took != wanted:
                    key = "sessions.over" if took > wanted else "sessions.under"
                    Text("span", words(key, time=length(abs(took - wanted))), "warn small")
                elif found.groups > 1:
                    Text("span", words("sessions.groups", groups=found.groups), "small muted")
            button(
                words("sessions.begin"),
                self._begin,
                symbol="play_arrow",
                kind="go",
                classes="big",
                mark="begin",
            )

    def _begin(self) -> None:
        assert self._plan is not None
        chosen = self._plan
        if self._visit.do(lambda actor: self._visit.service.plans.start(actor, chosen, group_id=self._group)):
            ui.navigate.to("/")

    def _end(self) -> None:
        words = self._visit.words
        with box("row wrap"):
            button(
                words("sessions.save"),
                lambda: open_save(self._visit, self._plan, self._saved.refresh),
                symbol="bookmark_add",
                mark="save",
            )
            button(words("sessions.share"), self._share, symbol="ios_share", mark="share")
            hidden = ui.upload(on_upload=self._opened, auto_upload=True, max_file_size=200_000).props(
                'accept=".toml"'
            )
            hidden.style("display:none").mark("open-file")
            button(words("sessions.open"), lambda: hidden.run_method("pickFiles"), symbol="folder_open")

    def _share(self) -> None:
        assert self._plan is not None
        name = self._plan.title or self._visit.words(f"goal.{self._plan.goal}")
        kept = "".join(each if each.isalnum() else "-" for each in name)
        ui.download(plan_text(self._plan).encode(), f"{kept}.didim.toml", "application/toml")

    async def _opened(self, event: UploadEventArguments) -> None:
        catalog = {pack.slug: pack for pack in self._visit.ask(self._visit.service.games.listed) or ()}
        try:
            text = (await event.file.read()).decode("utf-8")
            self._show(plan_from(text, catalog, source=event.file.name))
        except (UnicodeDecodeError, Problem) as cause:
            self._visit.say(self._visit.words("sessions.no_plan", cause=cause), "bad")


def _effort(visit: Visit, found: Plan) -> None:
    """How hard the session is over its time: wide as it lasts, high as it strains."""
    high = {"light": 42, "moderate": 66, "vigorous": 100}
    words = visit.words("sessions.effort")
    with box("effort").props(f'role="img" aria-label="{html.escape(words)}"'):
        for item in found.items:
            pack = visit.pack(item.game) if item.game else None
            share = 14 if pack is None else high[pack.intensity] * (0.72 if item.settings.get("calm") else 1)
            box(item.part, "i").style(f"flex:{item.seconds} 1 0;height:{share:.0f}%")


def length(seconds: float) -> str:
    """Minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
