"""`didim new-game`: begin a game of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from didim.cli._console import results


def new_game(
    name: Annotated[str, typer.Argument(help="Its name: small letters, digits and _, such as star_hunt.")],
    title_ko: Annotated[str, typer.Option(help="Its title in Korean; without one, the English title.")] = "",
    title_en: Annotated[str, typer.Option(help="Its title in English; without one, its name.")] = "",
    into: Annotated[
        Path | None,
        typer.Option(
            help="The folder of games it is made in; else ./games if didim looks there, or your content."
        ),
    ] = None,
) -> None:
    """Make a game that plays at once, to change from there; docs/writing-a-game.md leads on."""
    from didim.content import content_roots, site_folder
    from didim.play import create

    here = Path("games").resolve()
    played_from = {root.resolve() for root in content_roots("games")}
    root = into or (here if here in played_from else site_folder("games"))
    folder = create(name, root, title_en=title_en, title_ko=title_ko)
    results.print(f"made {escape(str(folder))}")
    if not title_ko:
        results.print(
            f"its Korean title is the English one; change it in {escape(str(folder / 'game.toml'))}"
        )
    results.print(f"next: didim play {escape(name)} --sim, and open {escape(str(folder / 'game.py'))}")
