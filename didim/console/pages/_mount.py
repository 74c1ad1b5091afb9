"""The pages' addresses, and what they load: all of it from this computer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from nicegui import app as nicegui_app
from nicegui import ui

from didim.console.pages._door import new_secret_page, set_up_page, sign_in_page
from didim.console.pages._downloads import download_routes
from didim.console.pages._fonts import font_bytes
from didim.console.pages._frame import TABS
from didim.console.pages._games import games_page
from didim.console.pages._installer import installer_page
from didim.console.pages._now import now_page
from didim.console.pages._pictures import picture_routes
from didim.console.pages._players import players_page
from didim.console.pages._records import records_page
from didim.console.pages._sessions import sessions_page
from didim.console.pages._settings import settings_page
from didim.console.pages._visit import (
    LANGUAGE_COOKIE,
    THEME_COOKIE,
    THEMES,
    Site,
    Visit,
    language_of,
    page_words,
    theme_of,
)
from didim.console.service import Service
from didim.console.web import page_actor

ASSETS = Path(__file__).with_name("assets")
YEAR_S = 31_536_000
FOREVER = {"Cache-Control": f"public, max-age={YEAR_S}, immutable", "Content-Encoding": "identity"}

PAGES: dict[str, Callable[[Visit], object]] = {
    "now": now_page,
    "games": games_page,
    "sessions": sessions_page,
    "players": players_page,
    "records": records_page,
    "installer": installer_page,
    "settings": settings_page,
}


def mount(app: FastAPI, service: Service, *, rig_file: Path | None = None, venue: str | None = None) -> None:
    """Put the pages under the console's application.

    Args:
        rig_file: what the installer's page measures anew.
        venue: the virtual venue that stands in for the place.
    """
    register(Site(service, lambda request: page_actor(service.door, request), rig_file, venue), app)
    if nicegui_app.middleware_stack is not None:  # pages were served in this process before, as in tests
        nicegui_app.middleware_stack = None
        nicegui_app.user_middleware.clear()
    ui.run_with(app, title="didim", tailwind=False, show_welcome_message=False, reconnect_timeout=10.0)


def mounted(rig_file: Path | None = None, venue: str | None = None) -> Callable[[FastAPI, Service], None]:
    """`mount` for one rig, as `didim.console.app.build` takes it."""
    return lambda app, service: mount(app, service, rig_file=rig_file, venue=venue)


def register(site: Site, app: FastAPI = nicegui_app) -> None:
    """Tell NiceGUI of every page, and `app` of what they load."""
    for name, path, _, roles in TABS:
        _page(site, name, path, roles)
    ui.page("/sign-in")(sign_in_page)
    ui.page("/new-secret")(new_secret_page)
    ui.page("/set-up")(set_up_page)
    app.include_router(_assets())
    app.include_router(picture_routes(site))
    app.include_router(download_routes(site))


def _page(site: Site, name: str, path: str, roles: tuple[str, ...]) -> None:
    @ui.page(path, response_timeout=15.0)
    def page(request: Request) -> Response | None:
        actor = site.actor_of(request)
        if actor.role not in roles:
            return RedirectResponse("/", 303)
        words = page_words(actor.language or language_of(request))
        visit = Visit(site, request, actor, words, actor.theme or theme_of(request))
        PAGES[name](visit)
        return None


def _assets() -> APIRouter:
    router = APIRouter()

    @router.get("/assets/look.css")
    def look() -> Response:
        return FileResponse(ASSETS / "look.css", media_type="text/css", headers={"Cache-Control": "no-cache"})

    @router.get("/assets/font/{weight}.ttf")
    def font(weight: str) -> Response:
        return Response(font_bytes(weight), media_type="font/ttf", headers=FOREVER)

    @router.get("/look/{kind}/{value}")
    def choose(kind: str, value: str, back: str = "/") -> Response:
        """Keep a choice on the tablet and go back; nothing on this computer changes."""
        cookies = {"language": (LANGUAGE_COOKIE, ("ko", "en")), "theme": (THEME_COOKIE, THEMES)}
        own = back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
        response = RedirectResponse(own, 303)
        if kind in cookies and value in cookies[kind][1]:
            response.set_cookie(cookies[kind][0], value, max_age=YEAR_S, path="/", samesite="lax")
        return response

    return router
