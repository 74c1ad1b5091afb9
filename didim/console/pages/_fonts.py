"""The one font of everything that is written, as browsers take it."""

from __future__ import annotations

import struct
from functools import cache

from didim.font import Weight, font_file
from didim.problem import Problem

FONTS: dict[str, Weight] = {"regular": "regular", "bold": "extra bold"}
_HEAD, _ENTRY = struct.Struct(">4sHHHH"), struct.Struct(">4sIII")
_EDITORS = (b"TSI", b"FFTM")
"""Tables that font editors leave behind; browsers refuse a font for an empty one."""


@cache
def font_bytes(weight: str) -> bytes:
    """The font of that weight, "regular" or "bold".

    Raises:
        Problem: there is none.
    """
    if weight not in FONTS:
        raise Problem(f"expected a font of {', '.join(FONTS)}, got {weight!r}")
    return without_editors(font_file(FONTS[weight]).read_bytes())


def without_editors(font: bytes) -> bytes:
    """A TrueType file without the tables of editors (OpenType 1.9, "Organization of an OpenType font")."""
    version, count, *_ = _HEAD.unpack_from(font)
    entries = [_ENTRY.unpack_from(font, _HEAD.size + _ENTRY.size * index) for index in range(count)]
    kept = [entry for entry in entries if not entry[0].startswith(_EDITORS)]
    power = len(kept).bit_length() - 1
    search = 16 << power
    head = _HEAD.pack(version, len(kept), search, power, 16 * len(kept) - search)
    at = _HEAD.size + _ENTRY.size * len(kept)
    directory, bodies = [], []
    for tag, check, offset, length in kept:
        directory.append(_ENTRY.pack(tag, check, at, length))
        body = font[offset : offset + length]
        bodies.append(body + bytes(-length % 4))
        at += len(bodies[-1])
    return b"".join((head, *directory, *bodies))
