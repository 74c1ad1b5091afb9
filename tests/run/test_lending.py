"""While a rig is measured nobody else holds its devices; afterwards everything goes on as it was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from didim.run import lending
from didim.run.channel import Channel
from didim.run.lending import Borrower, Lender
from didim.run.processes import LENT, WANTED, ProcessSpec
from didim.run.supervisor import Supervisor


@pytest.fixture(autouse=True)
def _actors_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


@pytest.fixture
def channels() -> Iterator[tuple[Channel, Channel]]:
    wanted, lent = Channel(WANTED), Channel(LENT)
    yield wanted, lent
    wanted.close()
    lent.close()


class Holders:
    """Processes that need two askings to end."""

    def __init__(self) -> None:
        self.asked = 0
        self.jobs: list[dict[str, Any]] = []

    def lend(self, names: tuple[str, ...]) -> bool:
        self.asked += 1
        return self.asked > 1

    def take_back(self, jobs: dict[str, Any]) -> None:
        self.jobs.append(jobs)


def test_devices_are_free_once_those_who_hold_them_are_gone(channels: tuple[Channel, Channel]) -> None:
    holders, borrower = Holders(), Borrower(*channels)
    lender = Lender(holders, *channels, ("stage",), lambda: {"stage": "measured anew"})
    lender.look()
    assert holders.asked == 0
    freed = []
    for _ in range(3):
        freed.append(borrower.want())
        lender.look()
    assert freed == [False, False, True]
    borrower.give_back()
    lender.look()
    lender.look()
    assert holders.jobs == [{"stage": "measured anew"}]
    assert not borrower.want()


def test_who_stops_asking_has_given_back(
    channels: tuple[Channel, Channel], monkeypatch: pytest.MonkeyPatch
) -> None:
    holders, borrower = Holders(), Borrower(*channels)
    lender = Lender(holders, *channels, ("stage",), dict)
    borrower.want()
    lender.look()
    assert holders.asked == 1
    monkeypatch.setattr(lending, "FORGOTTEN_S", 0.0)
    lender.look()
    assert (holders.asked, holders.jobs) == (1, [{}])


def test_a_process_ends_for_a_while_and_starts_again_with_its_new_job() -> None:
    specs = [ProcessSpec(name, "actors:stay", reads=(), writes=()) for name in ("holder", "other")]
    pids: list[dict[str, int]] = []
    with Supervisor({"holder": "before", "other": "as ever"}, tuple(specs)) as supervisor:

        def lent() -> bool:
            return supervisor.lend(("holder",))

        def gone() -> bool:
            pids.append(supervisor.pid_of)
            supervisor.take_back({"holder": "after"})
            return True

        def back() -> bool:
            pids.append(supervisor.pid_of)
            return "holder" in supervisor.pid_of

        steps: list[Callable[[], bool]] = [
            lambda: len(supervisor.outcome.started_cpu_s) == 3,
            lent,
            gone,
            back,
        ]

        def each_round() -> None:
            if steps and steps[0]():
                steps.pop(0)
            if not steps:
                supervisor.stop()

        outcome = supervisor.run(each_round)
    assert set(pids[0]) == {"other"}
    assert pids[-1]["other"] == pids[0]["other"]
    assert outcome.summaries == {"holder": "after", "other": "as ever"}
    assert (outcome.restarts, outcome.warnings) == (0, [])
