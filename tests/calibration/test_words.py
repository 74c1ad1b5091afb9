"""What the installer reads is there in both languages, and nothing else is."""

from __future__ import annotations

import re
import string
from pathlib import Path
from types import ModuleType

import pytest

import calibration
from calibration.camera import failures as camera_causes
from calibration.flow import StepKind
from calibration.projector import failures as projector_causes
from calibration.words import LANGUAGES, Words, catalogue, cause_in
from didim.rig import RigError

SOURCES = "".join(p.read_text("utf-8") for p in Path(calibration.__path__[0]).rglob("*.py"))


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_hold_the_same_messages_with_the_same_places() -> None:
    english, korean = (catalogue()[language] for language in LANGUAGES)
    assert english.keys() == korean.keys()
    assert {key: places(text) for key, text in english.items()} == {k: places(t) for k, t in korean.items()}


def test_korean_is_korean() -> None:
    told = [text for key, text in catalogue()["ko"].items() if key != "figure.unit"]
    assert all(re.search("[가-힣]", text) for text in told)


@pytest.mark.parametrize("kind", StepKind.__args__)  # type: ignore[attr-defined]  # a Literal's values
def test_every_step_says_what_to_do(kind: str) -> None:
    for language in LANGUAGES:
        words = Words(language)
        assert words(f"do.{kind}", number=1, of=5)
        assert words(f"doing.{kind}")


@pytest.mark.parametrize("module", [camera_causes, projector_causes])
def test_every_cause_is_told_in_both_languages(module: ModuleType) -> None:
    bases = {"Problem", "CameraFailure", "ProjectorFailure"}
    named = {name for name, kind in vars(module).items() if isinstance(kind, type) and name not in bases}
    assert named
    for language in LANGUAGES:
        assert {f"cause.{name}" for name in named} <= catalogue()[language].keys()


def test_a_cause_is_found_by_its_kind() -> None:
    words = Words("en")
    assert cause_in(words, camera_causes.TooDark("12 of 255")) == words("cause.TooDark")
    assert cause_in(words, RigError("no file")) is None


def test_every_message_is_used() -> None:
    for key in catalogue()["en"]:
        group = key.partition(".")[0]
        whole = f'"{key}"' in SOURCES or f"'{key}'" in SOURCES
        assert whole or f"{group}.{{" in SOURCES or f"'{group}.'" in SOURCES, key
