"""The installer's page, with a surveyor that needs no rig."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from nicegui.testing import User

from didim.console import _rig
from didim.console.pages import _measuring
from didim.console.pages._camera_picture import data_url, outlined
from didim.console.showing._show import RIG
from tests.console.desks import Bench
from tests.console.pages.surveyors import PretendSurvey, PretendSurveyor, is_surveyor
from tests.console.pages.visits import visiting

pytestmark = pytest.mark.asyncio


@pytest.fixture
def rig_file(tmp_path: Path) -> Path:
    file = tmp_path / "rig.toml"
    file.write_text(RIG, "utf-8")
    return file


@pytest.fixture
def surveyor(rig_file: Path, monkeypatch: pytest.MonkeyPatch) -> PretendSurveyor:
    made = PretendSurveyor(rig_file)
    monkeypatch.setattr(_rig, "surveyor", lambda: is_surveyor(made))
    return made


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.book.close()


def click(user: User, marker: str) -> None:
    user.find(marker=marker).click()


async def test_a_rig_is_measured_step_by_step_and_accepted(
    bench: Bench, surveyor: PretendSurveyor, rig_file: Path
) -> None:
    surveyor.fails = ["The sheet was not seen"]
    async with visiting(bench, "installer", rig_file=rig_file) as user:
        await user.open("/installer")
        click(user, "measure")
        await user.should_see("Do the light", retries=10)
        click(user, "next-step")
        await asyncio.sleep(0.5)
        assert user.notify.messages[-1] == "The sheet was not seen"
        await user.should_see("Do the light", retries=10)
        click(user, "next-step")
        await user.should_see("Do the sheet", retries=10)
        click(user, "next-step")
        await user.should_see("2.1", retries=10)
        await user.should_see("A brighter lamp would help")
        click(user, "accept")
        await user.should_see("Begin measuring", retries=10)
        assert surveyor.accepted == ["en"]
        await asyncio.sleep(0.2)
        assert surveyor.opened[0].closed >= 1
        assert bench.devices.asked >= 1
        assert bench.devices.given_back >= 1


async def test_nothing_is_measured_before_the_rig_has_let_go(
    bench: Bench, surveyor: PretendSurveyor, rig_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_measuring, "ASKED_FOR_S", 0.5)
    bench.devices.free = False
    async with visiting(bench, "installer", rig_file=rig_file) as user:
        await user.open("/installer")
        click(user, "measure")
        await asyncio.sleep(1.6)
        assert "still in use" in user.notify.messages[-1]
        assert surveyor.opened == []
        assert bench.devices.given_back >= 1


async def test_the_camera_is_looked_through_only_while_the_survey_is_open(
    bench: Bench, surveyor: PretendSurveyor, rig_file: Path
) -> None:
    async with visiting(bench, "installer", rig_file=rig_file) as user:
        await user.open("/installer")
        await asyncio.sleep(0.7)
        assert surveyor.looks == 0
        click(user, "measure")
        await user.should_see("Do the light", retries=10)
        await asyncio.sleep(1.3)
        assert surveyor.looks >= 1
        click(user, "give-up")
        await user.should_see("Begin measuring", retries=10)
        await asyncio.sleep(0.2)
        looks = surveyor.looks
        await asyncio.sleep(0.8)
        assert surveyor.looks == looks
        assert surveyor.opened[0].closed >= 1


async def test_whether_the_rig_holds_is_said(bench: Bench, surveyor: PretendSurveyor, rig_file: Path) -> None:
    async with visiting(bench, "installer", language="ko", rig_file=rig_file) as user:
        await user.open("/installer")
        click(user, "check-rig")
        await user.should_see("It holds (한국어)", retries=10)


async def test_zones_are_added_and_kept(bench: Bench, surveyor: PretendSurveyor, rig_file: Path) -> None:
    async with visiting(bench, "installer", rig_file=rig_file) as user:
        await user.open("/installer")
        click(user, "add-zone")
        click(user, "save-area")
    ((first, *_),) = surveyor.zones.keep_out
    assert 0 < first[0] < 4.0
    assert 0 < first[1] < 2.5


async def test_a_console_without_a_rig_says_so(bench: Bench) -> None:
    async with visiting(bench, "installer") as user:
        await user.open("/installer")
        await user.should_see("nothing to measure")


async def test_a_picture_is_inline_and_outlines_the_sheets(surveyor: PretendSurveyor) -> None:
    seen = PretendSurvey(surveyor).look()
    drawn = outlined(seen)
    assert (drawn != seen.picture).any()
    assert (seen.picture == 80).all()
    assert data_url(drawn).startswith("data:image/jpeg;base64,")
