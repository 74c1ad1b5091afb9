"""Letters are letters, Korean ones too; the distance field measures distance."""

from __future__ import annotations

import numpy as np
import pytest

from didim.project import ProjectError
from didim.project._glyphs import SIDE_PX, SPREAD_PX, GlyphAtlas, distance_field


@pytest.fixture(scope="module")
def atlas() -> GlyphAtlas:
    return GlyphAtlas()


def ink(atlas: GlyphAtlas, letter: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    left, top, right, bottom = (round(edge * SIDE_PX) for edge in atlas.glyph(letter).uv)
    field = atlas.pixels[top:bottom, left:right].astype(float)
    rows, columns = (np.linspace(0, size - 1, 48).astype(int) for size in field.shape)
    return np.asarray(field[np.ix_(rows, columns)])


def test_each_letter_has_its_own_shape(atlas: GlyphAtlas) -> None:
    shapes = [ink(atlas, letter) for letter in "별을밟아요잘했어STepo039+!"]
    for index, shape in enumerate(shapes):
        assert (shape > 128).any()
        for other in shapes[index + 1 :]:
            assert np.abs(shape - other).mean() > 5


@pytest.mark.parametrize("letter", ["☃", "😀", "\n", "ก"])
def test_a_letter_the_font_lacks_is_refused_by_name(atlas: GlyphAtlas, letter: str) -> None:
    with pytest.raises(ProjectError, match="no glyph for"):
        atlas.glyph(letter)


def test_capitals_are_one_cap_tall_and_stand_on_the_line(atlas: GlyphAtlas) -> None:
    glyph = atlas.glyph("H")
    assert glyph.size[1] - atlas.reach == pytest.approx(1.0)
    assert glyph.middle[1] == pytest.approx(0.5, abs=0.01)


def test_a_space_moves_the_pen_and_takes_no_room(atlas: GlyphAtlas) -> None:
    assert atlas.glyph(" ").advance > 0.2
    assert atlas.glyph(" ").size == (0.0, 0.0)


def test_the_atlas_is_emptied_between_frames_before_it_overflows() -> None:
    atlas = GlyphAtlas()
    letters = [chr(code) for code in range(ord("가"), ord("가") + 420)]
    for start in range(0, len(letters), 60):
        atlas.make_room()
        for letter in letters[start : start + 60]:
            atlas.glyph(letter)


def test_the_field_is_the_distance_to_the_edge() -> None:
    axis = np.arange(80) - 39.7
    away_px = np.hypot(axis[:, None], axis[None, :]) - 20.3
    field = distance_field(np.clip(0.5 - away_px, 0, 1))
    measured_px = (128 - field.astype(float)) * SPREAD_PX / 127
    near = np.abs(away_px) < SPREAD_PX - 2
    assert np.abs(measured_px - away_px)[near].max() < 0.75
    assert np.abs(measured_px - away_px)[near].mean() < 0.35
