"""Small words are readable, in their lines and in their colour."""

from __future__ import annotations

import numpy as np
import pytest

from didim.project import ProjectError, label
from didim.project._label import BACKGROUND
from tests.project.conftest import Picture


def inked(picture: Picture) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray((picture != np.array(BACKGROUND, np.uint8)).any(axis=2))


def test_each_line_has_its_own_height_and_begins_at_the_left() -> None:
    text = label("pose 21 ms\n자세 21 ms\nHello", 20)
    assert text.shape[0] == 60
    for top in (0, 20, 40):
        columns = np.nonzero(inked(text[top : top + 20]).any(axis=0))[0]
        assert columns[0] <= 2
        assert len(columns) > 20


@pytest.mark.parametrize("line_px", [14, 18, 22, 40])
def test_no_letter_touches_the_next_line(line_px: int) -> None:
    rows = np.nonzero(inked(label("Égjpq|앓뷁를()", line_px)))[0]
    assert 0 < rows.min() < rows.max() < line_px - 1
    assert rows.max() - rows.min() > line_px / 2


def test_a_label_is_as_wide_as_its_longest_line() -> None:
    short, long = label("가", 20), label("가나다라", 20)
    assert label("가\n가나다라", 20).shape[1] == long.shape[1] > 3 * short.shape[1]
    assert inked(long)[:, -2:].any()


def test_it_takes_the_color_given() -> None:
    text = label("■ HHH", 40, (250, 120, 30))
    assert (text == np.array((250, 120, 30), np.uint8)).all(axis=2).any()
    assert text.max() == 250


def test_different_words_look_different() -> None:
    one, other = label("포즈", 24), label("포조", 24)
    width = min(one.shape[1], other.shape[1])
    assert (one[:, :width] != other[:, :width]).any()


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing_to_write_leaves_the_background(text: str) -> None:
    empty = label(text, 20)
    assert empty.shape[0] == 20 * (text.count("\n") + 1)
    assert not inked(empty).any()


@pytest.mark.parametrize("text", ["웹캠 😀", "a\tb"])
def test_a_letter_the_font_lacks_is_refused_by_name(text: str) -> None:
    with pytest.raises(ProjectError, match="no glyph for"):
        label(text, 20)
