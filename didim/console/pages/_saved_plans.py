"""Plans that were saved: opened again, begun, put on a timetable, deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from didim.console.pages._parts import Text, box, button, card, chip, sheet, text_input
from didim.console.pages._visit import Visit
from didim.play import Plan
from didim.records import SavedPlan

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class SavedPlans:
    """The list; `opened` gets a plan that somebody chose."""

    def __init__(self, visit: Visit, opened: Callable[[Plan], None]) -> None:
        self._visit, self._opened = visit, opened
        with card(title=visit.words("saved.title")):
            self._place = box("list")
        self.refresh()

    def refresh(self) -> None:
        """Show what is kept now."""
        found = self._visit.ask(self._visit.service.plans.listed) or ()
        self._place.clear()
        with self._place:
            for saved in found:
                self._row(saved)
            if not found:
                Text("p", self._visit.words("saved.none"), "muted")

    def _row(self, saved: SavedPlan) -> None:
        words = self._visit.words
        with box("row between"):
            with box("stack close grow"):
                Text("h3", saved.name)
                if saved.schedule:
                    chip(spoken_schedule(self._visit, saved.schedule), "gold", "schedule")
            button(
                words("saved.open", name=saved.name),
                lambda: self._open(saved),
                symbol="edit",
                kind="ghost",
                quiet=True,
                mark=f"open:{saved.id}",
            )
            button(
                words("saved.when", name=saved.name),
                lambda: self._when(saved),
                symbol="schedule",
                kind="ghost",
                quiet=True,
                mark=f"when:{saved.id}",
            )
            button(
                words("saved.delete", name=saved.name),
                lambda: self._delete(saved),
                symbol="delete",
                kind="ghost",
                quiet=True,
                mark=f"delete:{saved.id}",
            )

    def _open(self, saved: SavedPlan) -> None:
        self._opened(msgspec.convert(saved.document, Plan))

    def _delete(self, saved: SavedPlan) -> None:
        if self._visit.do(lambda actor: self._visit.service.plans.remove(actor, saved.id), "saved.deleted"):
            self.refresh()

    def _when(self, saved: SavedPlan) -> None:
        words = self._visit.words
        kept: dict[str, Any] = dict(saved.schedule or {})
        chosen: set[str] = set(kept.get("days", ()))
        with sheet(words("saved.when", name=saved.name), words("close"), slim=True) as dialog:
            Text("p", words("saved.when_sub"), "muted")
            with box("row wrap").props('role="group"'):
                for day in DAYS:
                    _day(self._visit, day, chosen)
            at = text_input(words("saved.time"), kept.get("at", "09:00"), kind="time", mark="schedule-time")

            def keep(schedule: dict[str, Any] | None) -> None:
                plan = msgspec.convert(saved.document, Plan)
                if self._visit.do(
                    lambda actor: self._visit.service.plans.save(actor, saved.name, plan, schedule=schedule),
                    "saved.kept",
                ):
                    dialog.close()
                    self.refresh()

            with box("row end wrap"):
                button(words("saved.never"), lambda: keep(None), kind="ghost", mark="schedule-never")
                button(
                    words("save"),
                    lambda: keep({"days": [day for day in DAYS if day in chosen], "at": at.value}),
                    kind="go",
                    symbol="check",
                    mark="schedule-save",
                )


def _day(visit: Visit, day: str, chosen: set[str]) -> None:
    made = box("btn", "button").props(f'type=button aria-pressed="{"true" if day in chosen else "false"}"')
    made.classes("on" if day in chosen else "").mark(f"day:{day}")
    with made:
        Text("span", visit.words(f"day.{day}"))

    def flip() -> None:
        chosen.symmetric_difference_update({day})
        on = day in chosen
        made.classes(add="on" if on else "", remove="" if on else "on")
        made.props(f'aria-pressed="{"true" if on else "false"}"')

    made.on("click", flip)


def open_save(visit: Visit, plan: Plan | None, saved: Callable[[], None]) -> None:
    """Ask for a name and keep the plan under it."""
    if plan is None:
        return
    words = visit.words
    with sheet(words("sessions.save"), words("close"), slim=True) as dialog:
        name = text_input(words("saved.name"), plan.title or words(f"goal.{plan.goal}"), mark="plan-name")

        def keep() -> None:
            title = name.value.strip()
            if title and visit.do(
                lambda actor: visit.service.plans.save(actor, title, plan.titled(title)), "saved.kept"
            ):
                dialog.close()
                saved()

        name.on("keydown.enter", keep)
        with box("row end"):
            button(words("save"), keep, kind="go", symbol="check", mark="keep-plan")


def spoken_schedule(visit: Visit, schedule: dict[str, Any]) -> str:
    """On which days and at what time."""
    days = " ".join(visit.words(f"day.{day}") for day in schedule.get("days", ()) if day in DAYS)
    days = days or visit.words("day.every")
    return f"{days} {schedule.get('at', '')}".strip()
