"""Pictures of every page as a tablet and a phone show it, taken by a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from didim.console.showing._show import Show, shown
from didim.console.web import cookie_name
from didim.problem import Problem
from didim.run.commands import GamePart, RestPart, Seated, Start, Value
from didim.words import LANGUAGES, Language

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
)
SIZES = {"tablet": (1280, 800), "phone": (390, 844)}
SETTLE_MS, DEEP_SETTLE_MS = 900, 3500
PLAYED_S = 24.0


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture.

    Attributes:
        path: of the page; "" for the door.
        taps: what is tapped first: selectors, in order.
        theme: "night" or "day".
        settle_ms: how long the page is left alone before.
        role: who is signed in.
    """

    name: str
    path: str
    taps: tuple[str, ...] = ()
    theme: str = "night"
    settle_ms: int = SETTLE_MS
    role: Literal["instructor", "admin"] = "instructor"


SHOTS = (
    Shot("now", "/"),
    Shot("now-room", "/", ("text=/Room|입체/",), settle_ms=DEEP_SETTLE_MS),
    Shot("now-day", "/", theme="day"),
    Shot("games", "/games"),
    Shot("game", "/games", (".tile .open >> nth=2",)),
    Shot("sessions", "/sessions"),
    Shot("sessions-day", "/sessions", theme="day"),
    Shot("session-item", "/sessions", (".item .btn >> nth=2",)),
    Shot("players", "/players", (".emblem >> nth=0", ".emblem >> nth=2", ".emblem >> nth=3")),
    Shot("records", "/records", settle_ms=1500),
    Shot("records-day", "/records", theme="day", settle_ms=1500),
    Shot("installer", "/installer", role="admin"),
    Shot("settings", "/settings", role="admin"),
    Shot("settings-own", "/settings"),
    Shot("sign-in", "/sign-in"),
)


class NoBrowser(Problem):
    """There is no Chromium to take pictures with."""

    exit_code = 4


def chromium() -> str:
    """Where Chromium is; raises NoBrowser."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        raise NoBrowser(f"none of {', '.join(CHROMIUM)} is here; install Debian's package `chromium`")
    return found


@contextmanager
def browsing(
    show: Show, language: Language, size_px: tuple[int, int], theme: str = "night", key: str = ""
) -> Iterator[BrowserContext]:
    """A browser in which the owner of a session's key is signed in, or the console's admin.

    Raises:
        NoBrowser: Chromium or the package playwright is missing.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise NoBrowser("the package playwright is missing; run: uv sync") from None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        context = browser.new_context(
            viewport={"width": size_px[0], "height": size_px[1]},
            has_touch=True,
            locale="ko-KR" if language == "ko" else "en-GB",
        )
        kept: dict[str, str] = {
            cookie_name(tls=False): key or show.key,
            "didim_language": language,
            "didim_theme": theme,
        }
        context.add_cookies(
            [{"name": name, "value": value, "url": show.address} for name, value in kept.items()]
        )
        yield context
        browser.close()


def begin_play(show: Show) -> None:
    """Let the robots play in the middle of a session."""
    quick: dict[str, Value] = {"lobby": False}
    games = [GamePart(name, quick) for name in ("lily_pads", "star_catch", "dance_steps", "paint_floor")]
    parts = (games[0], RestPart(30), games[1], RestPart(30), games[2], RestPart(30), games[3])
    seats = tuple(Seated(seat, player.id) for seat, player in enumerate(show.players[:4], start=1))
    show.desk.send(Start(parts, seats, seed=1))
    show.desk.play(PLAYED_S)


def picture_all(
    folder: Path,
    tell: Callable[[str, float], None] = lambda message, share: None,
    *,
    languages: tuple[Language, ...] = LANGUAGES,
    sizes: tuple[str, ...] = tuple(SIZES),
    only: tuple[str, ...] = (),
) -> list[Path]:
    """Write a picture of every page at each size in each language; their files.

    Raises:
        NoBrowser: Chromium or playwright is missing.
    """
    chromium()
    folder.mkdir(parents=True, exist_ok=True)
    shots = [shot for shot in SHOTS if not only or shot.name in only]
    written: list[Path] = []
    for language in languages:
        with shown(language) as show:
            begin_play(show)
            for size in sizes:
                for theme, role in product(("night", "day"), ("instructor", "admin")):
                    wanted = [shot for shot in shots if (shot.theme, shot.role) == (theme, role)]
                    if not wanted:
                        continue
                    key = show.key if role == "admin" else show.teacher_key
                    with browsing(show, language, SIZES[size], theme, key) as context:
                        page = context.new_page()
                        for shot in wanted:
                            file = folder / f"{shot.name}-{size}-{language}.png"
                            tell(file.name, len(written) / (len(shots) * len(sizes) * len(languages)))
                            take(page, show, shot, file)
                            written.append(file)
    return written


def take(page: Page, show: Show, shot: Shot, file: Path) -> None:
    """One picture."""
    page.goto(show.address + shot.path)
    page.wait_for_selector("main")
    page.wait_for_timeout(SETTLE_MS)
    for selector in shot.taps:
        page.locator(selector).first.click()
        page.wait_for_timeout(250)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(shot.settle_ms)
    page.screenshot(path=file)
