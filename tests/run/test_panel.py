"""The panel speaks both languages, completely."""

from __future__ import annotations

from didim.run.panel import GROUPS, words


def test_both_languages_say_everything() -> None:
    ko, en = words("ko"), words("en")
    assert ko.keys() == en.keys()
    assert all(ko.values())
    told = {key for rows in GROUPS.values() for key, _ in rows}
    assert told | GROUPS.keys() | {"camera", "light", "plan"} <= en.keys()


def test_nothing_is_said_in_the_wrong_language() -> None:
    assert all(any("가" <= letter <= "힣" for letter in text) for text in words("ko").values())
    assert all(text.isascii() for text in words("en").values())
