"""Session plans: made from a wish, saved, run now or by schedule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from uuid import uuid4

import msgspec

from didim.console._actor import Actor
from didim.console._door import Clock, Door
from didim.console._floor import Floor, refuse_what_cannot_be_kept
from didim.console._kept import kept
from didim.console._permissions import Area, guarded
from didim.console._problems import Invalid
from didim.play import AgeBand, GamePack, Plan, PlanGoal, plan, plan_from, plan_text
from didim.records import Book, SavedPlan, SessionBegan
from didim.run.commands import Seated
from didim.run.desk import Desk
from didim.run.schedule import schedule_from

NAME_MOST = 120


@guarded("plans")
class Plans(Area):
    """Plans that are kept, and the sessions that they become."""

    def __init__(
        self,
        door: Door,
        desk: Desk,
        book: Book,
        catalog: Mapping[str, GamePack],
        floor: Floor,
        clock: Clock,
    ) -> None:
        super().__init__(door)
        self._desk, self._book, self._catalog = desk, book, catalog
        self._floor, self._clock = floor, clock

    def made(
        self,
        actor: Actor,
        *,
        age_band: AgeBand,
        headcount: int,
        minutes: int,
        goal: PlanGoal,
        surface: Literal["floor", "wall"],
        seed: int,
    ) -> Plan:
        """A plan that fits; the same wish and seed give the same one. Raises PlanError."""
        return plan(age_band, headcount, minutes, goal, surface, seed, self._catalog)

    def listed(self, actor: Actor) -> list[SavedPlan]:
        """Every saved plan, by name."""
        return self._book.plans.all()

    def one(self, actor: Actor, plan_id: int) -> SavedPlan:
        """One saved plan; raises NotFound."""
        with kept("no_plan"):
            return self._book.plans.get(plan_id)

    def read(self, actor: Actor, plan_id: int) -> Plan:
        """One saved plan, held against the games that are here; raises NotFound, PlanError."""
        return self._checked(msgspec.convert(self.one(actor, plan_id).document, Plan))

    def from_text(self, actor: Actor, text: str) -> Plan:
        """A plan that came as a file, held against the games that are here; raises PlanError."""
        return plan_from(text, self._catalog)

    def save(
        self, actor: Actor, name: str, plan: Plan, *, schedule: Mapping[str, Any] | None = None
    ) -> SavedPlan:
        """Keep a plan under a name; one of the same name is replaced.

        Raises:
            Invalid: the name is none.
            PlanError: a game is not here, or a number is out of range.
            ScheduleError: the schedule is none.
        """
        if not name.strip() or len(name) > NAME_MOST or not name.isprintable():
            raise Invalid("words", most=NAME_MOST)
        document = msgspec.to_builtins(self._checked(plan))
        if schedule is not None:
            schedule_from(schedule)
        saved = self._book.plans.save(name, document, schedule=dict(schedule) if schedule else None)
        self._book.audit.note("plan.saved", user_id=actor.user_id, subject_id=saved.id)
        return saved

    def remove(self, actor: Actor, plan_id: int) -> None:
        """Delete a saved plan; raises NotFound."""
        self.one(actor, plan_id)
        self._book.plans.remove(plan_id)
        self._book.audit.note("plan.removed", user_id=actor.user_id, subject_id=plan_id)

    def start(
        self,
        actor: Actor,
        plan: Plan,
        *,
        seats: tuple[Seated, ...] | None = None,
        group_id: int | None = None,
    ) -> int:
        """Begin the session; the number that it has in the records. What runs now is stopped first.

        Raises:
            PlanError: a game is not here, or a number is out of range.
            NotFound: no such group.
            Unavailable: its results could not be kept.
        """
        document = msgspec.to_builtins(self._checked(plan))
        if group_id is not None:
            with kept("no_group"):
                self._book.players.group(group_id)
        began = SessionBegan(uuid4().hex, plan.title, self._clock(), document, group_id)
        refuse_what_cannot_be_kept(self._desk)
        with kept("no_group"):
            session_id = self._book.sessions.begin(began)
        self._floor.start_plan(actor, plan, seats=seats, session_id=session_id)
        return session_id

    def _checked(self, plan: Plan) -> Plan:
        return plan_from(plan_text(plan), self._catalog)
