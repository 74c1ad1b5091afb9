"""What the console says no with stands in both languages."""

from __future__ import annotations

import re
import string
from pathlib import Path

from didim.console._problems import TooSoon, problem_words

CONSOLE = Path(__file__).parents[2] / "didim" / "console"


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_hold_the_same_messages_with_the_same_places() -> None:
    korean, english = problem_words("ko"), problem_words("en")
    assert set(korean) == set(english)
    for key in korean:
        assert places(korean[key]) == places(english[key]), key


def test_every_message_is_used_and_every_used_one_stands_there() -> None:
    code = "".join(path.read_text("utf-8") for path in CONSOLE.rglob("*.py"))
    raised = r"(?:Invalid|NotSignedIn|Refused|NotFound|Conflict|Unavailable)\(\s*\"(\w+)\""
    known = set(problem_words("en"))
    assert set(re.findall(raised, code)) <= known
    assert {key for key in known if f'"{key}"' not in code} == set()


def test_a_problem_is_told_in_the_language_asked_for() -> None:
    problem = TooSoon(4.2)
    assert str(problem) == "Too many wrong tries. Try again in 5 seconds."
    assert problem.told("ko").startswith("여러 번")
