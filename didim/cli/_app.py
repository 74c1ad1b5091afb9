"""The commands, gathered; problems told in a sentence."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points, version

import typer
from rich.markup import escape

from didim.cli import (
    _access,
    _bench,
    _demo,
    _displays,
    _doctor,
    _games,
    _models,
    _new_game,
    _play,
    _records,
    _serve,
    _track,
    _venue,
)
from didim.cli._console import errors
from didim.cli._environment import environment_problems
from didim.problem import Problem, fault

HELP = """Turn an empty floor or wall into a place to move and play.

A camera sees the people, a pose engine says where their feet and hands are, in metres, and a projector
draws the game under them.

Begin with `didim demo`. For a real floor: `didim doctor`, `didim calibrate`, `didim play`; every
day: `didim console`.

Exit codes: 0 well; 1 a problem, told on stderr; 2 wrong usage; 3 rig file; 4 camera; 5 pose engine or its
networks; 6 benchmark; 7 window or graphics; 8 game; 9 virtual venue; 10 records; 11 console; 70 a fault of
didim; 130 Ctrl-C, but for what ends in good order then: a game, `track`, `console`.
"""

FAULT = 70
STOPPED = 130

app = typer.Typer(
    name="didim",
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command(name="demo")(_demo.demo)
app.command(name="play")(_play.play)
app.command(name="console")(_serve.console)
app.command(name="track")(_track.track)
app.command(name="games")(_games.games)
app.command(name="new-game")(_new_game.new_game)
app.add_typer(_access.app, name="access")
app.add_typer(_models.app, name="models")
app.add_typer(_venue.app, name="venue")
app.add_typer(_records.app, name="records")
app.command(name="doctor")(_doctor.doctor)
app.command(name="displays")(_displays.displays)
app.command(name="bench")(_bench.bench)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"didim {version('didim')}")
        raise typer.Exit


@app.callback()
def _options(
    show_version: bool = typer.Option(
        False, "--version", callback=_show_version, is_eager=True, help="Print the version and end."
    ),
) -> None:
    pass


def load_others() -> None:
    """Add the commands that other packages offer under the entry points `didim.commands`."""
    for entry in entry_points(group="didim.commands"):
        app.add_typer(entry.load(), name=entry.name)


def run() -> None:
    """Run the command asked for, and end with its exit code."""
    own = {command.name for command in app.registered_commands}
    own |= {group.name for group in app.registered_groups}
    if not own.intersection(sys.argv[1:2]):  # a game need not wait for what other commands load
        load_others()
    for problem in environment_problems():
        errors.print(f"[yellow]warning:[/] {escape(problem)}")
    try:
        app(standalone_mode=True)
    except Problem as problem:
        errors.print(f"[bold red]didim:[/] {escape(str(problem))}")
        sys.exit(problem.exit_code)
    except KeyboardInterrupt:
        sys.exit(STOPPED)
    except Exception as error:
        errors.print(f"[bold red]didim:[/] a fault of didim: {escape(fault(error))}")
        sys.exit(FAULT)
