"""`didim games`: what there is to play."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from didim.cli._console import errors, print_json, results
from didim.cli._rehearse import picture_all


def games(
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
    pictures: Annotated[
        Path | None, typer.Option(help="Instead: write a picture of each in play into this folder.")
    ] = None,
) -> None:
    """List the games: for how many, from which age, on what.

    Games come with didim and from your own content folder; docs/writing-a-game.md shows how to make one.
    """
    if pictures is not None:
        picture_all(pictures)
        return
    from didim.content import content_roots
    from didim.play import PackError, discover

    broken: dict[str, PackError] = {}
    packs = discover(content_roots("games"), broken=broken)
    for error in broken.values():
        errors.print(f"[yellow]warning:[/] {escape(str(error))}")
    if as_json:
        print_json(
            [
                {
                    "slug": p.slug,
                    "title": {"ko": p.title.ko, "en": p.title.en},
                    "summary": {"ko": p.summary.ko, "en": p.summary.en},
                    "players": [p.min_players, p.max_players],
                    "min_age": p.min_age,
                    "surfaces": list(p.surfaces),
                }
                for p in packs.values()
            ]
        )
        return
    table = Table("game", "players", "age", "on", box=None, padding=(0, 2, 0, 0))
    table.add_column("what", ratio=1)
    for p in packs.values():
        players, what = (
            f"{p.min_players}–{p.max_players}",
            f"[bold]{p.title.en} · {p.title.ko}[/]\n{p.summary.en}",
        )
        table.add_row(f"[cyan]{p.slug}[/]", players, f"{p.min_age}+", ", ".join(p.surfaces), what)
    results.print(table)
