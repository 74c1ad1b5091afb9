"""`didim new-game`: begin a game of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from didim.cli._console import results


def new_game(
    name: Annotated[str, typer.Argument(help="Its name: small letters, digits and _, such as star_hunt.")],
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
    folder = create(name, into or (here if here in played_from else site_folder("games")))
    results.print(f"made {escape(str(folder))}")
    results.print(f"next: didim play {escape(name)} --sim, and open {escape(str(folder / 'game.py'))}")
