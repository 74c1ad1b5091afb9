"""`didim access`: who may come in to the console, and from where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.table import Table

from didim.cli._console import errors, results
from didim.problem import Problem

if TYPE_CHECKING:
    from didim.console import Actor
    from didim.console.service import Service

app = typer.Typer(
    no_args_is_help=True,
    help="Users, PINs, tokens and settings of the console; whether tablets in the network reach it.",
)

Records = Annotated[
    str | None, typer.Option(help="The records' database URL; without it DIDIM_RECORDS, or the usual file.")
]
Name = Annotated[str, typer.Argument(help="The user's name.")]
RoleName = Annotated[
    Literal["instructor", "installer", "admin"], typer.Option(help="What they may do; docs/installers.md.")
]


@contextmanager
def _service(records: str | None) -> Iterator[tuple[Service, Actor]]:
    """The service layer over the records alone, and whoever sits at the rig's computer as an admin."""
    from didim.console import rig_actor
    from didim.console.service import Service
    from didim.records import open_book
    from didim.run.desk import MemoryDesk

    with open_book(records) as book:
        yield Service(MemoryDesk(), book, {}, lambda: datetime.now(UTC)), rig_actor("admin")


@app.command(name="open")
def open_(
    records: Records = None,
    name: Annotated[
        list[str] | None,
        typer.Option(help="A name to open the console under, as hall.example; may be given again."),
    ] = None,
) -> None:
    """Let tablets in this network reach the console; it listens there within seconds."""
    with _service(records) as (service, actor):
        known = list(service.settings.all(actor)["host_names"])
        wanted = list(dict.fromkeys([*known, *(name or ())]))
        if wanted != known:
            service.settings.set(actor, "host_names", wanted)
        service.settings.set(actor, "network", True)
    errors.print("open to this network; `didim access close` ends that")


@app.command()
def close(records: Records = None) -> None:
    """Let nobody but this computer reach the console."""
    with _service(records) as (service, actor):
        service.settings.set(actor, "network", False)
    errors.print("closed: the console listens on this computer alone")


@app.command(name="set")
def set_(
    setting: Annotated[str, typer.Argument(help="The setting; docs/installers.md lists them.")],
    value: Annotated[str, typer.Argument(help="Its value; several names are parted by commas.")],
    records: Records = None,
) -> None:
    """Change a setting of the site."""
    with _service(records) as (service, actor):
        service.settings.set(actor, setting, _read(value, service.settings.all(actor).get(setting)))


@app.command()
def users(records: Records = None) -> None:
    """List who may sign in."""
    with _service(records) as (service, actor):
        _print(("name", "role"), [(user.name, user.role) for user in service.users.listed(actor)])


@app.command()
def add_user(name: Name, role: RoleName = "instructor", records: Records = None) -> None:
    """Add a user; asks for a first PIN or password."""
    with _service(records) as (service, actor):
        service.users.add(actor, name, role, _asked_secret())


@app.command()
def reset(name: Name, records: Records = None) -> None:
    """Give a user a new PIN or password; their tablets sign in again."""
    with _service(records) as (service, actor):
        number = _numbered(service, actor, name)
        service.users.set_secret(actor, number, _asked_secret())


@app.command()
def remove_user(name: Name, records: Records = None) -> None:
    """Take a user away, and sign their tablets out."""
    with _service(records) as (service, actor):
        service.users.remove(actor, _numbered(service, actor, name))


@app.command()
def tokens(records: Records = None) -> None:
    """List the programs that have a token."""
    with _service(records) as (service, actor):
        rows = [
            (
                str(each.id),
                each.name,
                each.role,
                "" if each.expires_at is None else f"{each.expires_at:%Y-%m-%d}",
            )
            for each in service.users.tokens(actor)
        ]
    _print(("number", "name", "role", "good until"), rows)


@app.command()
def add_token(
    name: Annotated[str, typer.Argument(help="What the program is called.")],
    role: RoleName = "instructor",
    days: Annotated[
        int | None, typer.Option(min=1, max=3650, help="How long it is good; else for ever.")
    ] = None,
    records: Records = None,
) -> None:
    """Make a token for a program, and print it this once."""
    with _service(records) as (service, actor):
        print(service.users.add_token(actor, name, role, days).token)


@app.command()
def remove_token(
    number: Annotated[int, typer.Argument(help="As `didim access tokens` numbers it.")],
    records: Records = None,
) -> None:
    """Take a program's token away."""
    with _service(records) as (service, actor):
        service.users.remove_token(actor, number)


def _asked_secret() -> str:
    return str(typer.prompt("PIN or password", hide_input=True, confirmation_prompt=True, err=True))


def _numbered(service: Service, actor: Actor, name: str) -> int:
    for user in service.users.listed(actor):
        if user.name.casefold() == name.casefold():
            return user.id
    raise Problem(f"there is no user {name!r}; `didim access users` lists them")


def _read(text: str, before: Any) -> Any:
    """A value as a person types it, of the kind that the setting has."""
    if isinstance(before, bool):
        return {"true": True, "false": False}.get(text.lower(), text)
    if isinstance(before, int):
        return int(text) if text.isdecimal() else text
    if isinstance(before, list):
        return [each.strip() for each in text.split(",") if each.strip()]
    return text


def _print(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    table = Table(*head, box=None, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*row)
    results.print(table)
