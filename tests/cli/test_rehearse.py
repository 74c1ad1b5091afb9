"""The contact sheet of `didim games --pictures`: every game, upright, with its name below."""

from __future__ import annotations

import numpy as np

from didim.cli._rehearse import GAP_PX, SHEET_COLUMNS, THUMB_PX, TITLE_PX, _sheet


def test_each_picture_stands_whole_above_its_title() -> None:
    rng, (wide_px, high_px) = np.random.default_rng(1), THUMB_PX
    thumbs = {
        f"Game {index} · 놀이": rng.integers(0, 256, (high_px, wide_px, 3), np.uint8)
        for index in range(SHEET_COLUMNS + 1)
    }
    sheet = _sheet(thumbs)
    step_px = wide_px + GAP_PX, high_px + TITLE_PX + GAP_PX
    assert sheet.shape == (GAP_PX + 2 * step_px[1], GAP_PX + SHEET_COLUMNS * step_px[0], 3)
    for index, thumb in enumerate(thumbs.values()):
        top = GAP_PX + index // SHEET_COLUMNS * step_px[1]
        left = GAP_PX + index % SHEET_COLUMNS * step_px[0]
        assert np.array_equal(sheet[top : top + high_px, left : left + wide_px], thumb)
        title = sheet[top + high_px : top + high_px + TITLE_PX, left : left + wide_px].astype(int)
        assert 200 < (title.max(axis=2) > 120).sum() < 0.2 * title[..., 0].size, "ink of a line of letters"


def test_a_title_too_long_for_its_picture_is_cut() -> None:
    sheet = _sheet({"A title that goes on " * 9: np.zeros((THUMB_PX[1], THUMB_PX[0], 3), np.uint8)})
    beside = sheet[:, GAP_PX + THUMB_PX[0] :]
    assert (beside == beside[0, 0]).all()
