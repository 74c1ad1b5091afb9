"""`didim records`: look after what is kept of players."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from didim.cli._console import print_json, results
from didim.words import Language

app = typer.Typer(
    help="Players' records: back up, put back, check, hand out, prune, erase.", no_args_is_help=True
)

Records = Annotated[
    str | None,
    typer.Option(
        "--records",
        envvar="DIDIM_RECORDS",
        help="The database: sqlite:////folder/records.sqlite or postgresql://user@host/name. Without it the "
        "file in your user data.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
PlayerId = Annotated[int, typer.Argument(help="The player's number, as the console shows it.")]


@app.command(name="backup")
def backup(
    to: Annotated[
        Path | None, typer.Option(help="The folder to write to; without it `backups` in your user data.")
    ] = None,
    records: Records = None,
    as_json: AsJson = False,
) -> None:
    """Write a backup while everything runs, and check that it can be read back."""
    from didim.records import backup_folder, open_book

    with open_book(records) as book:
        path = book.backup(to or backup_folder())
    _tell({"written": str(path)}, f"wrote {path}", as_json)


@app.command(name="restore")
def put_back(
    file: Annotated[Path, typer.Argument(help="A backup: see `didim records backup`.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    records: Records = None,
    as_json: AsJson = False,
) -> None:
    """Replace the records by a backup's, whole or not at all.

    Who was erased since then stays erased, and what has been kept long enough goes. Stop the console first.
    """
    from didim.records import default_url, restore

    if not yes:
        typer.confirm("Replace the records by this backup's?", abort=True, err=True)
    checked = restore(records or default_url(), file)
    _tell({"revision": checked.revision, "rows": dict(checked.rows)}, "put back and checked", as_json)


@app.command(name="check")
def check(records: Records = None, as_json: AsJson = False) -> None:
    """Read everything and say whether it is whole."""
    from didim.records import open_book

    with open_book(records) as book:
        checked = book.check()
    counts = ", ".join(f"{count} {name}" for name, count in checked.rows.items() if count)
    document = {"revision": checked.revision, "rows": dict(checked.rows)}
    _tell(document, f"whole (schema {checked.revision}): {counts or 'nothing in it yet'}", as_json)


@app.command(name="export")
def export(
    player: PlayerId,
    to: Annotated[Path, typer.Option(help="The folder to write to.")] = Path(),
    records: Records = None,
    as_json: AsJson = False,
) -> None:
    """Hand out everything that is kept of a player, as JSON and CSV. The audit log notes it."""
    from didim.records import RecordsError, open_book
    from didim.records.export import player_json, results_csv

    with open_book(records) as book:
        who = book.players.get(player)
        files = {
            to / f"player-{player}.json": player_json(book, player),
            to / f"player-{player}.csv": results_csv((who, each) for each in book.rounds.of_player(player)),
        }
        try:
            to.mkdir(parents=True, exist_ok=True)
            for path, content in files.items():
                path.write_bytes(content)
        except OSError as error:
            raise RecordsError(f"{to} cannot be written to: {error.strerror}") from None
        book.audit.note("player.exported", subject_id=player)
    paths = [str(path) for path in files]
    _tell({"written": paths}, "wrote " + " and ".join(paths), as_json)


@app.command(name="erase")
def erase(
    player: PlayerId,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    records: Records = None,
    as_json: AsJson = False,
) -> None:
    """Delete everything that is kept of a player, for good. The audit log notes it."""
    from didim.records import open_book

    with open_book(records) as book:
        book.players.get(player)
        if not yes:
            typer.confirm(f"Delete player {player} for good?", abort=True, err=True)
        book.erase_player(player)
        book.audit.note("player.erased", subject_id=player)
    _tell({"erased": player}, f"player {player} is gone", as_json)


@app.command(name="prune")
def prune(records: Records = None, as_json: AsJson = False) -> None:
    """Delete, for good, what is older than the site keeps things (180 days unless set otherwise).

    The console does this every night; this is for a disk that fills up, and for a site without one.
    """
    from dataclasses import asdict

    from didim.records import open_book

    with open_book(records) as book:
        gone = book.prune()
        if gone.total:
            book.audit.note("records.pruned", count=gone.total)
    counts = asdict(gone)
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    _tell(counts, f"gone: {told}" if told else "nothing was old enough", as_json)


@app.command(name="report")
def report(
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    player: Annotated[int | None, typer.Option(help="The player's number.")] = None,
    group: Annotated[int | None, typer.Option(help="The group's number.")] = None,
    language: Annotated[str, typer.Option(help="ko or en.")] = "ko",
    days: Annotated[int, typer.Option(min=1, help="How many days back from today it tells of.")] = 90,
    records: Records = None,
) -> None:
    """Write the report of one player or of one group."""
    from didim.content import content_roots
    from didim.play import discover
    from didim.records import RecordsError, open_book
    from didim.records.report import write_report

    if (player is None) == (group is None) or language not in ("ko", "en"):
        raise typer.BadParameter("give --player or --group, and ko or en")
    spoken: Language = "ko" if language == "ko" else "en"
    packs = discover(content_roots("games"), broken={})
    with open_book(records) as book:
        pdf = write_report(
            book,
            spoken,
            games={slug: pack.words[spoken]["title"] for slug, pack in packs.items()},
            player_id=player,
            group_id=group,
            until=datetime.now(UTC),
            days=days,
        )
    try:
        out.write_bytes(pdf)
    except OSError as error:
        raise RecordsError(f"{out} cannot be written: {error.strerror}") from None
    results.print(f"wrote {out}", soft_wrap=True)


def _tell(document: Mapping[str, object], sentence: str, as_json: bool) -> None:
    if as_json:
        print_json(document)
    else:
        results.print(sentence, soft_wrap=True)
