"""The one font of everything that is written, as browsers take it."""

from __future__ import annotations

import importlib.util
import struct
from functools import cache
from pathlib import Path

from didim.problem import Problem

FONTS = {"regular": "NanumGothic.ttf", "bold": "NanumGothicExtraBold.ttf"}
_PACKAGE = "koreanize_matplotlib"
_HEAD, _ENTRY = struct.Struct(">4sHHHH"), struct.Struct(">4sIII")
_EDITORS = (b"TSI", b"FFTM")
"""Tables that font editors leave behind; browsers refuse a font for an empty one."""


@cache
def font_bytes(weight: str) -> bytes:
    """The font of that weight, "regular" or "bold".

    Raises:
        Problem: there is none, or the package that carries it is not whole.
    """
    found = importlib.util.find_spec(_PACKAGE)  # not imported: it would load matplotlib
    if weight not in FONTS or found is None or not found.submodule_search_locations:
        raise Problem(f"expected a font of {', '.join(FONTS)}, got {weight!r}")
    try:
        return without_editors(Path(found.submodule_search_locations[0], "fonts", FONTS[weight]).read_bytes())
    except (OSError, struct.error) as error:
        raise Problem(f"the font {FONTS[weight]} cannot be read: {error}; reinstall {_PACKAGE}") from None


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
