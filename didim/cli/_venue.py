"""`didim venue`: rooms that need not exist, with people, a camera and a projector."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from didim.cli._console import errors, print_json, progress, results

app = typer.Typer(
    help="Virtual venues: a room with people, a camera and a projector, and the truth beside it.",
    no_args_is_help=True,
)


@app.command(name="list")
def list_venues(
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List the ready-made venues.

    Wherever a venue is asked for, `generated-SEED` (made by dice) and the path of a TOML file of your own
    do as well.
    """
    from didim.sim.venue import open_venue, ready_venues

    venues = [open_venue(name) for name in ready_venues()]
    if as_json:
        print_json(
            [
                {
                    "name": v.name,
                    "title": v.title,
                    "surface": [v.surface.kind, v.surface.width_m, v.surface.height_m],
                    "cameras": len(v.camera),
                    "projectors": len(v.projector),
                    "people": v.people.count,
                }
                for v in venues
            ]
        )
        return
    table = Table(
        "venue", "what", "surface", "cameras", "projectors", "people", box=None, padding=(0, 2, 0, 0)
    )
    for v in venues:
        surface = f"{v.surface.kind} {v.surface.width_m:g} x {v.surface.height_m:g} m"
        counts = (str(len(v.camera)), str(len(v.projector)), str(v.people.count))
        table.add_row(v.name, v.title, surface, *counts)
    results.print(table)


@app.command(name="record")
def record_venue(
    name: Annotated[str, typer.Argument(help="The venue: see `didim venue list`.")],
    seconds: Annotated[float, typer.Option(min=0.1, help="How much of the venue's own time to record.")],
    out: Annotated[Path, typer.Option(help="The folder to write; it must be new or empty.")],
    game: Annotated[
        str | None,
        typer.Option(help="The game that its people play; without it lily_pads, on a wall practice."),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same people and the same game.")] = 0,
    engine: Annotated[str, typer.Option(help="The pose engine of the players believed.")] = "auto",
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Record a venue at play: what its cameras saw, what its projectors showed, and what was true.

    The product runs in lock-step with the venue, so every picture counts, however slow this computer is.
    Writes camera.mp4, light.mp4 (of further cameras and projectors camera-2.mp4 and so on), rig.toml,
    meta.json, truth.jsonl (where everyone truly was) and players.jsonl (what the tracker believed), whole or
    not at all; docs/venue-recordings.md describes them.
    """
    from didim.cli._play import prepare_engine
    from didim.run.recording import record
    from didim.sim.venue import open_venue

    venue = open_venue(name)
    prepare_engine(engine)
    with progress("recording") as report:
        recorded = record(
            venue,
            out,
            seconds=seconds,
            game=game,
            seed=seed,
            engine=engine,
            progress=lambda share, what: report(what, share),
        )
    if as_json:
        print_json({"out": str(out), **asdict(recorded)})
        return
    verdict = recorded.verdict
    errors.print(f"{recorded.pictures} pictures in {out}")
    errors.print(f"believed: {100 * verdict.found:.0f} % found")
    if verdict.foot_error_cm:
        errors.print("feet off {:.1f} cm, p95 {:.1f} cm".format(*verdict.foot_error_cm))


@app.command(name="view")
def view_venue(
    name: Annotated[str, typer.Argument(help="The venue: see `didim venue list`.")] = "small-hall",
    game: Annotated[
        str | None,
        typer.Option(help="The game that the projector shows; without it lily_pads, on a wall practice."),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed, the same people and game.")] = 0,
) -> None:
    """Look into a venue, and play its game with the keyboard.

    Arrow keys lead a person, space jumps (before a wall: touches it), Tab takes the next person. A, D, W, S
    or the mouse turn the free camera, Q and E or the wheel bring it nearer. Esc leaves. The first time, what
    draws venues is compiled.
    """
    from didim.cli._play import prepare_engine, prepare_venue
    from didim.run.view import view

    prepare_engine("auto")
    prepare_venue(name)
    view(name, game=game, seed=seed)
