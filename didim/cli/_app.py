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
SEE, SET_UP, RUN, BUILD = "See it", "Set it up", "Run it", "Build on it"

app = typer.Typer(
    name="didim",
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command(name="demo", rich_help_panel=SEE)(_demo.demo)
app.command(name="play", rich_help_panel=SEE)(_play.play)
app.command(name="console", rich_help_panel=RUN)(_serve.console)
app.command(name="track", rich_help_panel=BUILD)(_track.track)
app.command(name="games", rich_help_panel=SEE)(_games.games)
app.command(name="new-game", rich_help_panel=BUILD)(_new_game.new_game)
app.add_typer(_access.app, name="access", rich_help_panel=RUN)
app.add_typer(_models.app, name="models", rich_help_panel=SET_UP)
app.add_typer(_venue.app, name="venue", rich_help_panel=BUILD)
app.add_typer(_records.app, name="records", rich_help_panel=RUN)
app.command(name="doctor", rich_help_panel=SET_UP)(_doctor.doctor)
app.command(name="displays", rich_help_panel=SET_UP)(_displays.displays)
app.command(name="bench", rich_help_panel=BUILD)(_bench.bench)


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
        app.add_typer(entry.load(), name=entry.name, rich_help_panel=SET_UP)


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
