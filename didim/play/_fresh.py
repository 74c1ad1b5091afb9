"""A new game from the template: a folder that plays at once and passes every test."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from didim.play._manifest import PackError

TEMPLATE = Path(__file__).with_name("_template")


def create(slug: str, root: Path, *, title_en: str = "", title_ko: str = "") -> Path:
    """Make the game `slug` in `root`; its folder.

    Its English title is that of its name if none is given, its Korean one the English one.

    Raises:
        PackError: the name cannot be a game's, or there is such a folder already.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", slug) or slug in sys.stdlib_module_names:
        raise PackError(
            f"{slug!r} cannot be a game's name: expected small letters, digits and _, such as star_hunt, "
            "and no module of Python's own"
        )
    folder = root / slug
    if folder.exists():
        raise PackError(f"{folder} is there already; choose another name")
    title = title_en.strip() or slug.replace("_", " ").title()
    titles = {"en": title, "ko": title_ko.strip() or title}
    entry = "".join(part.capitalize() for part in slug.split("_"))
    folder.mkdir(parents=True)
    (folder / "__init__.py").touch()
    for name in ("game.toml", "game.py"):
        text = (TEMPLATE / name).read_text("utf-8")
        for old, new in (
            ("class Hop", f"class {entry}"),
            ('"""Hop:', f'"""{slug.replace("_", " ").title()}:'),
            ('entry = "Hop"', f'entry = "{entry}"'),
            ('ko = "깡충"', f"ko = {_quoted(titles['ko'])}"),
            ('en = "Hop"', f"en = {_quoted(titles['en'])}"),
        ):
            text = text.replace(old, new)
        (folder / name).write_text(text, "utf-8")
    return folder


def _quoted(text: str) -> str:
    """As a string of TOML, whose escapes are JSON's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
