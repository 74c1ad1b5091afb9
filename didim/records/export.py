"""What is kept of a player, handed out: JSON with everything, CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from didim.records._player import Player
from didim.records._round import Marks, Result

if TYPE_CHECKING:
    from didim.records._book import Book

FORMAT = 1
_MARKS = [*(field.name for field in fields(Marks)), "accuracy"]
CSV_COLUMNS = ["player", "round", "game", "state", "began_at", "ended_at", *_MARKS]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def player_document(book: Book, player_id: int) -> dict[str, Any]:
    """Everything that is kept of a player, as a JSON object; raises NoSuchEntry."""
    player = book.players.get(player_id)
    return {
        "format": FORMAT,
        "player": asdict(player),
        "groups": [group.name for group in map(book.players.group, book.players.groups_of(player_id))],
        "consents": [asdict(consent) for consent in book.players.consents(player_id)],
        "results": [
            {"round": asdict(result.round), "marks": asdict(result.marks)}
            for result in book.rounds.of_player(player_id)
        ],
    }


def player_json(book: Book, player_id: int) -> bytes:
    """The same as a file; moments are ISO 8601 in UTC."""
    return json.dumps(player_document(book, player_id), ensure_ascii=False, indent=2, default=_plain).encode()


def results_csv(results: Iterable[tuple[Player, Result]]) -> bytes:
    """A line for each result, empty cells for what was not measured; UTF-8 with a mark for spreadsheets."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    for player, result in results:
        own = result.round
        row = [player.called("en"), own.id, own.game, own.state, own.began_at, own.ended_at]
        writer.writerow([_cell(value) for value in [*row, *(getattr(result.marks, n) for n in _MARKS)]])
    return text.getvalue().encode("utf-8-sig")


def player_zip(book: Book, player_id: int) -> bytes:
    """Both files in one: player.json and results.csv; raises NoSuchEntry."""
    player = book.players.get(player_id)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("player.json", player_json(book, player_id))
        rows = results_csv((player, result) for result in book.rounds.of_player(player_id))
        archive.writestr("results.csv", rows)
    return packed.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON")


def _cell(value: Any) -> Any:
    """A spreadsheet would run a name that begins like a formula: it gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return round(value, 4) if isinstance(value, float) else value
