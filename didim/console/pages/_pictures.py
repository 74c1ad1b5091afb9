"""The games' pictures: `picture.webp` in a game's folder, served to whoever has signed in."""

from __future__ import annotations

import html

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response
from nicegui import ui

from didim.console.pages._parts import box
from didim.console.pages._visit import Site
from didim.play import GamePack

FILE = "picture.webp"
GROUNDS = {
    "pond": "#0d3c47", "plain": "#26323f", "space": "#241a4d", "meadow": "#1c5a2c", "snow": "#49698a",
    "city": "#2c3852", "lava": "#63230f", "stage": "#46204f", "sea": "#0a4a6c",
}  # fmt: skip
"""What stands in for a game without a picture: the colour of its ground."""


def picture_of(pack: GamePack, classes: str) -> ui.element:
    """A still of the game; its title stands beside it, so it says nothing to a reader."""
    made = box(classes, "img").props(
        f'src="/pictures/{html.escape(pack.slug)}" alt="" loading="lazy" decoding="async" draggable="false"'
    )
    return made.style(f"background:{GROUNDS.get(pack.ground, GROUNDS['plain'])}")


def picture_routes(site: Site) -> APIRouter:
    """`GET /pictures/{slug}`."""
    router = APIRouter()

    @router.get("/pictures/{slug}")
    def picture(slug: str, request: Request) -> Response:
        actor = site.actor_of(request)
        pack = site.service.games.one(actor, slug)
        headers = {"Cache-Control": "private, max-age=3600"}
        file = pack.folder / FILE
        if file.is_file():
            return FileResponse(file, media_type="image/webp", headers=headers)
        color = GROUNDS.get(pack.ground, GROUNDS["plain"])
        drawing = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 36"><defs><radialGradient id="g">'
            f'<stop stop-color="{color}"/><stop offset="1" stop-color="#050c13"/></radialGradient></defs>'
            '<rect width="64" height="36" fill="url(#g)"/><path d="m32 10 2.4 5.6 6 .6-4.6 4 1.4 6L32 23'
            'l-5.2 3.200 1.4-6-4.6-4 6-.6Z" fill="#ffd23f"/></svg>'
        )
        return Response(drawing, media_type="image/svg+xml", headers=headers)

    return router
