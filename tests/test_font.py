"""The one font: it is there in each weight, and a missing package is told in words."""

from __future__ import annotations

import importlib.util

import pytest
from PIL import ImageFont

from didim.font import Weight, font_file
from didim.problem import Problem


@pytest.mark.parametrize("weight", ["regular", "bold", "extra bold"])
def test_each_weight_writes_korean_and_latin(weight: Weight) -> None:
    font = ImageFont.truetype(str(font_file(weight)), 32)
    blank = font.getmask("\uffff").getbbox()
    for letter in "가힣Az9":
        assert font.getmask(letter).getbbox() not in (None, blank)


def test_a_missing_package_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Problem, match="pip install koreanize-matplotlib"):
        font_file("bold")
