"""The rig's cameras and displays are lent to who measures it, and to nobody while something plays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from didim.console import Refused
from didim.console._problems import Conflict
from didim.console.service import Service
from didim.records import RoundBegan, RoundEnded
from didim.run.live import Live
from tests.console.desks import CATALOG, Bench


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.book.close()


def test_an_installer_borrows_and_gives_back(bench: Bench) -> None:
    installer = bench.somebody("installer")
    assert bench.service.rig.borrow(installer)
    bench.service.rig.give_back(installer)
    assert (bench.devices.asked, bench.devices.given_back) == (1, 1)


def test_nothing_is_lent_while_something_plays(bench: Bench) -> None:
    installer = bench.somebody("installer")
    bench.desk.now = Live(phase="play")
    with pytest.raises(Conflict, match="End what plays first"):
        bench.service.rig.borrow(installer)
    assert bench.devices.asked == 0


def test_who_has_them_keeps_them_while_asking(bench: Bench) -> None:
    installer = bench.somebody("installer")
    bench.service.rig.borrow(installer)
    bench.desk.now = Live(phase="play")  # as the stage last said before it let go
    assert bench.service.rig.borrow(installer)


def test_nothing_is_lent_once_it_was_given_back_and_something_plays(bench: Bench) -> None:
    installer = bench.somebody("installer")
    bench.service.rig.borrow(installer)
    bench.devices.give_back()  # the rig has them again, whoever said so
    bench.desk.now = Live(phase="play")
    with pytest.raises(Conflict):
        bench.service.rig.borrow(installer)


def test_an_instructor_borrows_nothing(bench: Bench) -> None:
    with pytest.raises(Refused):
        bench.service.rig.borrow(bench.somebody("instructor"))


def test_where_nobody_holds_devices_they_are_free(bench: Bench) -> None:
    alone = Service(bench.desk, bench.book, CATALOG, bench.clock)
    installer = bench.somebody("installer")
    assert alone.rig.borrow(installer)
    alone.rig.give_back(installer)


def test_health_tells_whose_light_was_softened(bench: Bench) -> None:
    now = bench.clock()
    for key, ago_days in (("new", 1), ("old", 40)):
        at = now - timedelta(days=ago_days)
        number = bench.book.rounds.begin(RoundBegan(key, "lily_pads", "floor", "6-9", at))
        bench.book.rounds.end(number, RoundEnded(at, "finished", damped=2))
    assert bench.service.rig.health(bench.somebody("instructor")).damped == {"lily_pads": 2}
