"""Reading a TOML file into typed tables, with an error that says what to write instead."""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from didim.problem import Problem

Table = TypeVar("Table")


def read_table(path: Path, shape: type[Table], error: type[Problem]) -> Table:
    """Read a TOML file into a msgspec struct whose tables forbid unknown fields.

    Raises:
        error: the file is missing or no TOML, lacks a key, holds one that is unknown (the message names the
            nearest valid one) or a value of another kind.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise error(f"{path}: cannot be read as TOML: {cause}") from None
    return parse_table(text, shape, error, source=str(path))


def parse_table(text: str, shape: type[Table], error: type[Problem], *, source: str) -> Table:
    """The same from a text; `source` is what errors call it."""
    try:
        return msgspec.convert(tomllib.loads(text), shape)
    except tomllib.TOMLDecodeError as cause:
        raise error(
            f"{source}: cannot be read as TOML: {cause}; correct that line, or bring an earlier file back"
        ) from None
    except msgspec.ValidationError as cause:
        raise error(f"{source}: {_explained(str(cause), shape)}") from None


def _explained(message: str, shape: type[Any]) -> str:
    """Add the nearest valid key to msgspec's word on an unknown one."""
    found = re.search(r"unknown field `([^`]+)`(?: - at `\$\.?([^`]*))?", message)
    if found is None:
        return message
    key, place = found.group(1), found.group(2) or ""
    known = _keys_at(shape, place)
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)
    where = f"[{place}]" if place else "the file"
    hint = f"; did you mean {near[0]!r}? Valid keys: {', '.join(known)}" if near else ""
    return f"unknown key {key!r} in {where}{hint}"


def _keys_at(shape: type[Any], place: str) -> list[str]:
    """The keys of the table that msgspec's path leads to; `[...]` steps into a mapping or a list."""
    kind = msgspec.inspect.type_info(shape)
    for step in re.findall(r"[^.\[\]]+|\[[^\]]*\]", place):
        if isinstance(kind, msgspec.inspect.DictType):
            kind = kind.value_type
        elif isinstance(kind, msgspec.inspect.ListType | msgspec.inspect.VarTupleType):
            kind = kind.item_type
        elif isinstance(kind, msgspec.inspect.StructType):
            kind = next(field.type for field in kind.fields if field.encode_name == step)
        if isinstance(kind, msgspec.inspect.UnionType):  # a table that may be left out
            kind = next(each for each in kind.types if not isinstance(each, msgspec.inspect.NoneType))
    return (
        [field.encode_name for field in kind.fields] if isinstance(kind, msgspec.inspect.StructType) else []
    )
