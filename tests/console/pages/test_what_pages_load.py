"""What pages load beside themselves: the font as browsers take it, and the doctor's report."""

from __future__ import annotations

import struct
import subprocess
from typing import Any

import pytest

from didim.console.pages._doctor_report import diagnosed
from didim.console.pages._fonts import FONTS, font_bytes
from didim.problem import Problem


def tables(font: bytes) -> dict[bytes, bytes]:
    """The tables of a TrueType file by tag."""
    count = struct.unpack_from(">H", font, 4)[0]
    entries = [struct.unpack_from(">4sIII", font, 12 + 16 * index) for index in range(count)]
    return {tag: font[offset : offset + length] for tag, _, offset, length in entries}


@pytest.mark.parametrize("weight", FONTS)
def test_a_font_holds_what_draws_and_nothing_of_editors(weight: str) -> None:
    found = tables(font_bytes(weight))
    assert {b"glyf", b"cmap", b"head", b"hmtx", b"loca"} <= set(found)
    assert all(body for body in found.values())
    assert not [tag for tag in found if tag.startswith(b"TSI")]
    assert struct.unpack_from(">I", found[b"head"], 12)[0] == 0x5F0F3CF5, (
        "the font's magic number is in its place"
    )


def test_an_unknown_font_is_refused() -> None:
    with pytest.raises(Problem, match="regular, bold"):
        font_bytes("thin")


def test_the_doctors_report_is_read() -> None:
    subjects = {finding.subject: finding for finding in diagnosed("ko")}
    assert {"cameras", "displays", "sound", "disk"} <= set(subjects)
    assert subjects["packages"].status in ("ok", "warning", "problem")
    assert all(finding.sentence for finding in subjects.values())
    assert "프로세서" in subjects["computer"].sentence


def test_a_doctor_who_says_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*args: Any, **more: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(args, 1, "", "")

    monkeypatch.setattr(subprocess, "run", silent)
    with pytest.raises(Problem, match="gave no report"):
        diagnosed("en")
