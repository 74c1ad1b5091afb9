"""Plans: made, saved, and begun only where their results can be kept."""

from __future__ import annotations

import msgspec
import pytest

from didim.console import Invalid, NotFound, Unavailable
from didim.play import Plan, PlanError
from didim.run.commands import GamePart, RestPart, Start
from didim.run.live import Live, Notice
from tests.console.desks import Bench


def made(bench: Bench, seed: int = 5) -> Plan:
    return bench.service.plans.made(
        bench.admin(), age_band="6-9", headcount=6, minutes=20, goal="agility", surface="floor", seed=seed
    )


def test_a_plan_begins_as_a_session_that_the_records_know() -> None:
    bench = Bench()
    chosen = made(bench).titled("Tuesday")
    number = bench.service.plans.start(bench.admin(), chosen)
    (start,) = bench.desk.sent
    assert isinstance(start, Start)
    assert (start.session_id, start.title, start.seed) == (number, "Tuesday", 5)
    games = [part.game for part in start.parts if isinstance(part, GamePart)]
    assert games == [item.game for item in chosen.items if item.game]
    rests = [part.seconds for part in start.parts if isinstance(part, RestPart)]
    assert rests == [item.seconds for item in chosen.items if not item.game]
    kept = bench.book.sessions.get(number)
    assert msgspec.convert(kept.plan, Plan) == chosen
    assert bench.service.records.sessions(bench.admin())[0].id == number


@pytest.mark.parametrize("kind", ["disk_full", "records_failed"])
def test_nothing_begins_whose_results_would_be_lost(kind: str) -> None:
    bench = Bench()
    chosen = made(bench)
    bench.desk.now = Live(phase="idle", notices=(msgspec.convert({"kind": kind, "text": ""}, Notice),))
    with pytest.raises(Unavailable):
        bench.service.plans.start(bench.admin(), chosen)
    with pytest.raises(Unavailable):
        bench.service.floor.start_game(bench.admin(), "lily_pads")
    assert bench.desk.sent == []
    assert bench.book.sessions.all() == []
    bench.service.floor.safe(bench.admin())
    assert len(bench.desk.sent) == 1


def test_a_saved_plan_comes_back_the_same() -> None:
    bench = Bench()
    chosen, plans, admin = made(bench), bench.service.plans, bench.admin()
    saved = plans.save(admin, "Tuesday", chosen, schedule={"days": ["tue"], "at": "09:00"})
    assert plans.read(admin, saved.id) == chosen
    assert plans.listed(admin)[0].schedule == {"days": ["tue"], "at": "09:00"}
    plans.remove(admin, saved.id)
    with pytest.raises(NotFound):
        plans.read(admin, saved.id)


def test_a_plan_with_a_game_that_is_not_here_is_refused() -> None:
    bench = Bench()
    chosen = made(bench)
    strange = msgspec.structs.replace(chosen.items[0], game="chess")
    other = msgspec.structs.replace(chosen, items=(strange,))
    with pytest.raises(PlanError, match="chess"):
        bench.service.plans.save(bench.admin(), "Tuesday", other)
    with pytest.raises(PlanError, match="chess"):
        bench.service.plans.start(bench.admin(), other)
    with pytest.raises(Invalid):
        bench.service.plans.save(bench.admin(), " ", chosen)
    assert bench.desk.sent == []
