"""`didim models`: the networks that the pose engines run."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.table import Column, Table

from didim.cli._console import print_json, progress, results

if TYPE_CHECKING:
    from didim.pose.supplied import Checked, Tensor

HELP = """The networks that the pose engines run.

They are not part of didim: the first use obtains BlazePose from the package that its makers publish, checks
it against known hashes and keeps it in your cache folder. Others you add from files of your own.
"""

app = typer.Typer(help=HELP, no_args_is_help=True)


@app.command(name="list")
def list_all(
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
) -> None:
    """List the known models: whether they are ready, how large, under which licence."""
    from didim.pose.weights import list_models

    rows = [
        {
            "name": m.name,
            "title": m.title,
            "licence": m.licence,
            "layout": None,
            "role": "engine",
            "ready": m.ready,
            "size_bytes": m.size_bytes,
        }
        for m in list_models()
    ] + _supplied_rows()
    if as_json:
        print_json(rows)
        return
    columns = Column("model", no_wrap=True), "ready", "size", "use", "licence", "what"
    table = Table(*columns, box=None, padding=(0, 2, 0, 0))
    for row in rows:
        size = f"{row['size_bytes'] / 1e6:.1f} MB" if row["ready"] else ""
        ready = "yes" if row["ready"] else "no"
        words = [row[key] for key in ("role", "licence", "title")]
        table.add_row(row["name"], ready, size, *words)
    results.print(table)


def _supplied_rows() -> list[dict[str, Any]]:
    from didim.pose.supplied import supplied_models

    return [
        {
            "name": model.name,
            "title": f"{model.manifest.layout}: {model.layout.title}",
            "licence": "yours",
            "layout": model.manifest.layout,
            "role": "engine" if model.layout.role == "whole" else model.layout.role,
            "ready": model.path.is_file(),
            "size_bytes": model.manifest.size_bytes,
        }
        for model in supplied_models().values()
    ]


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="The network, an ONNX file.")],
    layout: Annotated[
        str, typer.Option("--as", help="How it is fed and read: a layout of docs/engines.md, such as rtmdet.")
    ],
    name: Annotated[
        str | None, typer.Option(help="What to call it; without it, as the file is called.")
    ] = None,
) -> None:
    """Take in a network of your own: try it, then keep a copy.

    Looks whether input and outputs are those of the layout, runs it on an empty and on a drawn picture, looks
    at its values, and says what it found. Nothing is kept of a file that fails. Exits with 5 then.
    """
    from didim.pose import choose_engine
    from didim.pose.supplied import add_model

    with progress(f"trying {file.name}") as report:
        report(f"trying {file.name} as {layout}")
        model, checked = add_model(file, layout, name, time.process_time)
    _print_checked(model.name, checked)
    results.print(f"sha256: {model.manifest.sha256}")
    results.print(f"It is [bold]{model.name}[/], {model.layout.title}.")
    results.print(f"The engine auto is now {choose_engine('auto')}.")


def _print_checked(name: str, checked: Checked) -> None:
    """What a trial of a network came to."""
    used = ", ".join(checked.names)
    table = Table(title=name, title_justify="left", box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_row("input", escape(_tensor(checked.input)))
    for output in checked.outputs:
        unused = "" if output.name in checked.names else " (not used)"
        table.add_row("output", escape(_tensor(output)) + unused)
    table.add_row("read as", escape(used))
    for seen in checked.seen:
        table.add_row("saw", seen)
    table.add_row("a look", f"{checked.cost_ms:.1f} ms of CPU time")
    results.print(table)


def _tensor(tensor: Tensor) -> str:
    axes = ", ".join("any" if axis is None else str(axis) for axis in tensor.axes)
    return f"{tensor.name} [{axes}] {tensor.dtype}"


@app.command()
def prepare(
    name: Annotated[str, typer.Argument(help="The model, as `didim models list` names it.")] = "blazepose",
    wheel: Annotated[
        Path | None,
        typer.Option(help="Take the networks from this wheel file: for a computer without a network."),
    ] = None,
) -> None:
    """Obtain, check and convert a model now, so that the first game starts at once.

    One that you added yourself is compared with what was added, and tried again.
    """
    from didim.pose.supplied import recheck_model
    from didim.pose.weights import prepare as prepare_model

    checked = recheck_model(name, time.process_time)
    if checked is not None:
        _print_checked(name, checked)
        results.print(f"{name} is ready.")
        return
    with progress(f"preparing {name}") as report:
        prepare_model(name, wheel=wheel, progress=report)
    results.print(f"{name} is ready.")


@app.command()
def path(name: Annotated[str, typer.Argument(help="The model.")] = "blazepose") -> None:
    """Print where a model's files lie, one a line. Exits with 5 where they are not ready."""
    from didim.pose.supplied import supplied_models
    from didim.pose.weights import list_models

    for model in list_models():
        if model.name == name:
            for file in model.paths:
                print(file)
            raise typer.Exit(0 if model.ready else 5)
    if name in (supplied := supplied_models()):
        print(supplied[name].path)
        raise typer.Exit(0 if supplied[name].path.is_file() else 5)
    raise typer.BadParameter(f"no model {name!r}; `didim models list` names them")


@app.command()
def remove(name: Annotated[str, typer.Argument(help="The model.")]) -> None:
    """Delete a model's files: from the cache, or what you added."""
    from didim.pose.supplied import remove_model as remove_supplied
    from didim.pose.weights import remove as remove_model

    if not remove_supplied(name):
        remove_model(name)
    results.print(f"{name} is removed.")
