"""The pages in a real browser: nothing from elsewhere, nothing too small, too pale, too wide or nameless."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
import pytest

from didim.console.pages._frame import TABS
from didim.console.showing import Show, shown
from didim.console.showing.pictures import SIZES, NoBrowser, begin_play, browsing, chromium
from didim.rig import read_rig
from didim.run.commands import Pause, Resume, Stop
from didim.words import Language

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

AUDIT = Path(__file__).with_name("audit.js").read_text("utf-8")
TARGET_PX = 48
SETTLE_MS = 700
MEASURES_MOST_MS = 600_000
SCREENS_PX = ((360, 640), (390, 844), (768, 1024), (1024, 600), (1024, 700), (1280, 800))
RESIZED_MS = 150
STOP = ".panic, .panic-dot"
PRESSABLE = """(selector) => [...document.querySelectorAll(selector)].some((e) => {
    const box = e.getBoundingClientRect();
    const inside = box.top >= 0 && box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
    const met = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return box.width >= 48 && inside && e.contains(met);
})"""
"""Whether one of what is selected lies whole on the screen and is what a finger meets there."""
PATHS = [path for _, path, *_ in TABS]


@pytest.fixture(scope="module")
def show() -> Iterator[Show]:
    """A console with robots at play; time stands still unless a test moves it."""
    try:
        chromium()
    except NoBrowser as missing:
        pytest.skip(f"needs a browser: {missing}")
    with shown("en") as made:
        begin_play(made)
        yield made


@pytest.fixture(scope="module")
def tablet(show: Show) -> Iterator[Page]:
    """One page for many tests; those that need a browser of their own come first, as two at once can't be."""
    with browsing(show, "en", SIZES["tablet"]) as context:
        yield context.new_page()


def opened(page: Page, show: Show, path: str) -> list[str]:
    """Open a page; what went wrong on the way."""
    wrong: list[str] = []
    host = urlsplit(show.address).netloc
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda asked: wrong.append(f"failed: {asked.url}") if _failed(asked) else None)
    page.on("response", lambda got: wrong.append(f"{got.status}: {got.url}") if got.status >= 400 else None)
    page.on("request", lambda asked: wrong.append(asked.url) if _leaves(asked.url, host) else None)
    page.on("websocket", lambda made: wrong.append(made.url) if _leaves(made.url, host) else None)
    page.goto(show.address + path)
    page.wait_for_selector("main")
    page.wait_for_timeout(SETTLE_MS)
    return wrong


def soon(page: Page, holds: Callable[[], bool]) -> bool:
    """Whether it holds within ten seconds, however busy the computer is."""
    for _ in range(100):
        if holds():
            return True
        page.wait_for_timeout(100)
    return False


def _failed(asked: Request) -> bool:
    """Whether it is more than what a page no longer needs when another is opened."""
    return asked.failure != "net::ERR_ABORTED"


def _leaves(url: str, host: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob") and parts.netloc != host


def out_of_reach(page: Page, selectors: tuple[str, ...]) -> list[str]:
    """Which of them cannot be pressed without scrolling, at each size: outside the screen or covered."""
    missing, usual = [], page.viewport_size
    assert usual is not None
    for width_px, height_px in SCREENS_PX:
        page.set_viewport_size({"width": width_px, "height": height_px})
        page.wait_for_timeout(RESIZED_MS)
        at = f"{width_px} x {height_px}"
        missing += [f"{at}: {each}" for each in selectors if not page.evaluate(PRESSABLE, each)]
    page.set_viewport_size(usual)
    return missing


@pytest.mark.parametrize(("language", "size", "theme"), [("ko", "phone", "night"), ("en", "tablet", "day")])
def test_every_page_is_whole_and_readable_and_stop_in_reach_at_every_size(
    show: Show, language: Language, size: str, theme: str
) -> None:
    acts = tuple(f".dock .acts .btn:nth-child({number})" for number in (1, 2, 3))
    complaints: dict[str, list[str]] = {}
    with browsing(show, language, SIZES[size], theme) as context:
        page = context.new_page()
        complaints["/sign-in"] = [*opened(page, show, "/sign-in"), *page.evaluate(AUDIT, TARGET_PX)]
        for path in PATHS:
            wrong = opened(page, show, path)
            complaints[path] = [*wrong, *page.evaluate(AUDIT, TARGET_PX)]
            more = {"/": acts, "/sessions": (".dock .btn.go",)}.get(path, ())
            complaints[path] += out_of_reach(page, (STOP, *more))
        opened(page, show, "/")
        show.desk.send(Pause())
        page.wait_for_selector(".dock .btn.go")
        complaints["held"] = out_of_reach(page, (STOP, *acts[:2]))
        show.desk.send(Resume())
    assert {path: found for path, found in complaints.items() if found} == {}


def test_stop_is_in_reach_at_rest(show: Show, tablet: Page) -> None:
    show.desk.send(Stop())
    assert show.desk.live().phase == "idle"
    opened(tablet, show, "/")
    assert out_of_reach(tablet, (STOP,)) == []
    assert tablet.locator(".dock .acts .btn").count() == 0
    begin_play(show)


def test_a_player_has_the_same_sign_and_number_on_the_card_and_on_the_floor(show: Show, tablet: Page) -> None:
    opened(tablet, show, "/")
    cards = tablet.locator(".score .sign")
    numbers = [int(text) for text in cards.locator("text").all_text_contents()]
    assert numbers == [seat.number for seat in show.desk.live().seats]
    drawn = tablet.evaluate(
        """async (live) => {
            const { Plan } = await import("didim-floor"), told = [];
            const plan = new Plan(document.createElement("canvas"));
            Object.assign(plan, { scale: 100, left: 0, base: 0 });
            plan.seat = (number) => told.push(number);
            const looks = { color: "#ffffff", symbol: "moon" };
            for (const player of live.players) plan.person(player, looks, "floor");
            return told;
        }""",
        msgspec.to_builtins(show.desk.live()),
    )
    assert sorted(map(int, drawn)) == numbers


def test_sheets_are_held_to_the_same(show: Show, tablet: Page) -> None:
    for path, tap in (
        ("/games", ".tile .open"),
        ("/sessions", ".item .btn"),
        ("/players", "text=New player"),
    ):
        wrong = opened(tablet, show, path)
        tablet.locator(tap).first.click()
        tablet.wait_for_selector(".sheet")
        tablet.wait_for_timeout(SETTLE_MS)
        found = tablet.evaluate(AUDIT, TARGET_PX)
        assert [*wrong, *(each for each in found if "no name" not in each)] == [], path
        tablet.keyboard.press("Escape")
        tablet.wait_for_selector(".sheet", state="detached")


def test_the_floor_is_drawn_from_the_stream(show: Show, tablet: Page) -> None:
    assert opened(tablet, show, "/") == []
    tablet.wait_for_selector(".floor .veil", state="hidden")
    first = tablet.evaluate("document.querySelector('canvas.plan').toDataURL()")
    assert len(first) > 5000
    show.desk.play(1.0)
    drawn = "document.querySelector('canvas.plan').toDataURL()"
    assert soon(tablet, lambda: tablet.evaluate(drawn) != first)


def test_the_room_is_drawn_when_it_is_asked_for(show: Show, tablet: Page) -> None:
    wrong = opened(tablet, show, "/")
    tablet.locator("text=Room").click()
    tablet.wait_for_function(
        "Object.entries(window).some(([key, scene]) => key.startsWith('scene_') && "
        "scene.children.some((child) => child.type === 'Group' && child.children.length === 4))"
    )
    assert [each for each in wrong if "GPU" not in each and "WebGL" not in each] == []


def test_a_plan_is_reordered_by_dragging_and_by_keyboard(show: Show, tablet: Page) -> None:
    opened(tablet, show, "/sessions")
    names = tablet.locator(".item b").all_inner_texts()
    tablet.evaluate("document.querySelectorAll('.item').forEach((item) => { item.dataset.before = 1; })")
    grips = tablet.locator(".item .grip")
    start, end = grips.nth(0).bounding_box(), grips.nth(1).bounding_box()
    assert start is not None
    assert end is not None
    tablet.mouse.move(start["x"] + 20, start["y"] + 20)
    tablet.mouse.down()
    for share in (0.3, 0.7, 1.1):
        tablet.mouse.move(start["x"] + 20, start["y"] + 20 + share * (end["y"] - start["y"]), steps=6)
    tablet.mouse.up()
    first = tablet.locator(".item b")
    assert soon(tablet, lambda: tablet.locator(".item[data-before]").count() == 0), (
        "the service's list is shown"
    )
    assert first.all_inner_texts()[:2] == [names[1], names[0]]
    tablet.locator(".item .btn").first.focus()
    tablet.keyboard.press("Enter")
    tablet.wait_for_selector(".sheet")
    tablet.wait_for_timeout(SETTLE_MS)  # the sheet takes the focus once it has come up
    tablet.locator(".sheet .btn", has_text="Later").focus()
    tablet.keyboard.press("Enter")
    assert soon(tablet, lambda: first.all_inner_texts()[:2] == names[:2])


def test_the_red_stop_holds_everything_at_once(show: Show, tablet: Page) -> None:
    opened(tablet, show, "/")
    tablet.locator(".panic").click()
    assert soon(tablet, lambda: show.desk.live().held == "safe")
    tablet.locator("text=Go on").click()
    assert soon(tablet, lambda: show.desk.live().held == "")


def test_reports_and_sheets_are_handed_out(show: Show, tablet: Page) -> None:
    opened(tablet, show, "/records")
    with tablet.expect_download() as handed:
        tablet.locator("text=Report, English").first.click()
    assert Path(handed.value.path()).read_bytes().startswith(b"%PDF")
    opened(tablet, show, "/installer")
    with tablet.expect_download() as printed:
        tablet.locator("text=Sheet A4").click()
    assert Path(printed.value.path()).read_bytes().startswith(b"%PDF")


def test_a_zone_where_nobody_plays_is_drawn_and_kept(show: Show, tablet: Page) -> None:
    opened(tablet, show, "/installer")
    tablet.locator("text=New zone").click()
    corner = tablet.locator("svg.area g[role=slider]").first
    corner.focus()
    tablet.keyboard.press("ArrowLeft")
    tablet.locator("section", has_text="Where nobody plays").locator("text=Save").click()
    assert soon(tablet, lambda: "keep_out" in (show.folder / "rig.toml").read_text("utf-8"))


@pytest.mark.skipif("DIDIM_MEASURE" not in os.environ, reason="takes minutes of CPU; DIDIM_MEASURE=1 runs it")
def test_a_drawn_room_is_measured_from_opening_to_accepted() -> None:
    """As an installer does it, by the buttons alone."""
    with shown("en", venue="small-hall") as hall, browsing(hall, "en", SIZES["tablet"]) as context:
        page = context.new_page()
        assert opened(page, hall, "/installer") == []
        page.locator("text=Begin measuring").click()
        onward, accept = page.locator("text=Done, go on"), page.locator("text=Accept and save")
        page.wait_for_selector(".live-picture", timeout=MEASURES_MOST_MS)
        steps = page.locator("ol.stepper li").count()
        for _ in range(steps):
            onward.or_(accept).first.wait_for(timeout=MEASURES_MOST_MS)
            if accept.count():
                break
            assert [each for each in page.evaluate(AUDIT, TARGET_PX) if "no name" not in each] == []
            onward.click()
        accept.wait_for(timeout=MEASURES_MOST_MS)
        assert [each for each in page.evaluate(AUDIT, TARGET_PX) if "no name" not in each] == []
        accept.click()
        page.locator("text=Begin measuring").wait_for(timeout=MEASURES_MOST_MS)
        rig = read_rig(hall.folder / "rig.toml")
    assert len(rig.cameras) >= 1
    assert len(rig.projectors) >= 1
