"""Settings: each with its own roles and values, each in the page for installers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from didim.console import Conflict, Invalid, NotFound, Refused
from didim.console._settings import SETTINGS, host_names, is_open
from didim.console.service import Service
from tests.console.desks import CATALOG, QUICK, Bench

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("site_name", "Hall", 5),
        ("language", "en", "fr"),
        ("retention_days", 30, 0),
        ("retention_days", 3650, True),
        ("audit_days", 365, 29),
        ("backups_kept", 7, 2.5),
        ("real_names", True, 1),
        ("leaderboards", "off", "on"),
        ("network", True, "yes"),
        ("host_names", ["hall.example"], ["hall.example/"]),
        ("host_names", [], "hall.example"),
    ],
)
def test_a_setting_takes_what_fits_it(name: str, right: Any, wrong: Any) -> None:
    bench = Bench()
    admin, settings = bench.admin(), bench.service.settings
    with pytest.raises(Invalid):
        settings.set(admin, name, wrong)
    settings.set(admin, name, right)
    assert settings.all(admin)[name] == right
    assert bench.log[0].action == f"setting.{name}"


def test_there_are_no_others() -> None:
    bench = Bench()
    with pytest.raises(NotFound):
        bench.service.settings.set(bench.admin(), "secret", 1)
    assert set(bench.service.settings.all(bench.admin())) == set(SETTINGS)


def test_the_network_is_the_installers_and_privacy_the_admins() -> None:
    bench = Bench()
    installer, settings = bench.somebody("installer"), bench.service.settings
    assert not is_open(bench.book)
    settings.set(installer, "network", True)
    settings.set(installer, "host_names", ["hall.example"])
    assert is_open(bench.book)
    assert host_names(bench.book) == ("hall.example",)
    for name, value in (("real_names", True), ("retention_days", 3650), ("leaderboards", "all")):
        with pytest.raises(Refused):
            settings.set(installer, name, value)
    with pytest.raises(Refused):
        settings.set(bench.somebody("instructor"), "network", False)


def test_the_defaults_keep_no_names_and_nothing_longer_than_180_days() -> None:
    bench = Bench()
    kept = bench.service.settings.all(bench.admin())
    assert kept["real_names"] is False
    assert kept["retention_days"] <= 180
    assert kept["leaderboards"] == "6+"
    assert kept["network"] is False


def test_a_backup_is_written_where_backups_go(tmp_path: Path) -> None:
    bench = Bench()
    with pytest.raises(Conflict):
        bench.service.settings.back_up(bench.admin())
    service = Service(bench.desk, bench.book, CATALOG, bench.clock, backups=tmp_path, hasher=QUICK)
    name = service.settings.back_up(bench.admin())
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_in_the_page_for_installers(name: str) -> None:
    assert f"| `{name}` |" in (DOCS / "installers.md").read_text("utf-8")
