"""The pages' catalogue: complete in both languages, and nothing in it that no page says."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import get_args

import pytest

from didim.console.pages._frame import TABS
from didim.play import AGE_BANDS, PLAN_GOALS
from didim.play._manifest import Intensity, Skill
from didim.play._plan import Part
from didim.run.live import Held, NoticeKind, Phase, Silence
from didim.words import catalogue

PAGES = Path(__file__).parents[3] / "didim" / "console" / "pages"
EN, KO = (catalogue("didim.console.pages", "words.toml")[language] for language in ("en", "ko"))


def places(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def test_both_languages_hold_the_same_messages_with_the_same_places() -> None:
    assert set(EN) == set(KO)
    for key in EN:
        assert EN[key].strip(), key
        assert KO[key].strip(), key
        assert places(EN[key]) == places(KO[key]), key


def test_korean_is_korean() -> None:
    hangul = re.compile("[가-힣]")
    worded = {key: re.sub(r"\{\w+\}", "", text) for key, text in KO.items()}
    assert [key for key, text in worded.items() if re.search(r"\w", text) and not hangul.search(text)] == []
    assert [key for key, text in EN.items() if hangul.search(text)] == []


@pytest.mark.parametrize("file", sorted(PAGES.glob("*.py")), ids=lambda path: path.name)
def test_every_message_that_a_page_asks_for_is_there(file: Path) -> None:
    source = file.read_text("utf-8")
    asked = re.findall(r'words\(\s*"([a-z_]+(?:\.[a-z0-9_-]+)?)"', source)
    assert [key for key in asked if key not in EN] == []


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("tab", [name for name, *_ in TABS]),
        ("phase", get_args(Phase)),
        ("held", [held for held in get_args(Held) if held]),
        ("notice", get_args(NoticeKind)),
        ("silent", [silence for silence in get_args(Silence) if silence]),
        ("skill", get_args(Skill)),
        ("intensity", get_args(Intensity)),
        ("age", AGE_BANDS),
        ("goal", PLAN_GOALS),
        ("part", get_args(Part)),
    ],
)
def test_everything_that_a_rig_may_say_has_its_words(table: str, names: list[str]) -> None:
    assert [name for name in names if f"{table}.{name}" not in EN] == []


def test_no_message_is_left_over() -> None:
    sources = "".join(path.read_text("utf-8") for path in PAGES.glob("*.py"))
    built = set(re.findall(r'f"([a-z]+)\.\{', sources)) | {"age", "side"}
    prefixes = set(re.findall(r'f"([a-z]+\.[a-z_]+)\{', sources))
    left = [
        key
        for key in EN
        if f'"{key}"' not in sources
        and key.split(".")[0] not in built
        and not any(key.startswith(prefix) for prefix in prefixes)
    ]
    assert left == []
