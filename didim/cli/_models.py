"""`didim models`: the networks that the pose engines run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from didim.cli._console import print_json, progress, results

HELP = """The networks that the pose engines run.

They are not part of didim: the first use obtains them from the package that their makers publish, checks
them against known hashes and keeps them in your cache folder.
"""

app = typer.Typer(help=HELP, no_args_is_help=True)


@app.command(name="list")
def list_all(
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List the known models: whether they are ready, how large, under which licence."""
    from didim.pose.weights import list_models

    models = list_models()
    if as_json:
        print_json(
            [
                {
                    "name": m.name,
                    "title": m.title,
                    "licence": m.licence,
                    "ready": m.ready,
                    "size_bytes": m.size_bytes,
                }
                for m in models
            ]
        )
        return
    table = Table("model", "ready", "size", "licence", "what", box=None, padding=(0, 2, 0, 0))
    for m in models:
        size = f"{m.size_bytes / 1e6:.1f} MB" if m.ready else ""
        table.add_row(m.name, "yes" if m.ready else "no", size, m.licence, m.title)
    results.print(table)


@app.command()
def prepare(
    name: Annotated[str, typer.Argument(help="The model, as `didim models list` names it.")] = "blazepose",
    wheel: Annotated[
        Path | None,
        typer.Option(help="Take the networks from this wheel file: for a computer without a network."),
    ] = None,
) -> None:
    """Obtain, check and convert a model now, so that the first game starts at once."""
    from didim.pose.weights import prepare as prepare_model

    with progress(f"preparing {name}") as report:
        prepare_model(name, wheel=wheel, progress=report)
    results.print(f"{name} is ready.")


@app.command()
def path(name: Annotated[str, typer.Argument(help="The model.")] = "blazepose") -> None:
    """Print where a model's files lie, one a line. Exits with 5 where they are not ready."""
    from didim.pose.weights import list_models

    for model in list_models():
        if model.name == name:
            for file in model.paths:
                print(file)
            raise typer.Exit(0 if model.ready else 5)
    raise typer.BadParameter(f"no model {name!r}; `didim models list` names them")


@app.command()
def remove(name: Annotated[str, typer.Argument(help="The model.")]) -> None:
    """Delete a model's files from the cache."""
    from didim.pose.weights import remove as remove_model

    remove_model(name)
    results.print(f"{name} is removed.")
