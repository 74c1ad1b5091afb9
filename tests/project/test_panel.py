"""A window that shows more than the light: pictures and words, each in its part, read back as shown."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from didim.drawing import Color
from didim.geometry import Point
from didim.project import ProjectError, Rect, Stage, Window, label, straight_projector
from didim.project._label import BACKGROUND
from tests.project.conftest import SQUARE, Picture

WHOLE = Rect(0, 0, 320, 240)


@pytest.fixture(autouse=True)
def fresh_frame(window: Window) -> Iterator[None]:
    yield
    window.flip()


def noisy(width: int, height: int) -> Picture:
    return np.random.default_rng(5).integers(40, 255, (height, width, 3), np.uint8)


def part_of(picture: Picture, part: Rect) -> Picture:
    return picture[part.y_px : part.y_px + part.height_px, part.x_px : part.x_px + part.width_px]


def bare(picture: Picture, *parts: Rect) -> bool:
    """Whether all outside of `parts` is the background."""
    rest = picture.copy()
    for part in parts:
        part_of(rest, part)[:] = BACKGROUND
    return bool((rest == np.array(BACKGROUND, np.uint8)).all())


def test_a_frame_begins_near_black(window: Window) -> None:
    assert window.read_frame().shape == (240, 320, 3)
    assert bare(window.read_frame())
    window.show_picture(noisy(64, 48), WHOLE)
    assert not bare(window.read_frame())
    window.flip()
    assert bare(window.read_frame())


@pytest.mark.parametrize("part", [WHOLE, Rect(10, 30, 61, 43), Rect(259, 0, 61, 43), Rect(0, 197, 61, 43)])
def test_a_picture_is_shown_as_it_is_in_its_part(window: Window, part: Rect) -> None:
    picture = noisy(part.width_px, part.height_px)
    window.show_picture(picture, part)
    shown = window.read_frame()
    assert np.array_equal(part_of(shown, part), picture)
    assert bare(shown, part)


def test_a_picture_of_another_shape_is_fitted_and_centred(window: Window) -> None:
    part, picture = Rect(100, 20, 200, 200), np.full((30, 60, 3), 200, np.uint8)
    picture[:15] = 90
    window.show_picture(picture, part)
    shown, fitted = window.read_frame(), Rect(100, 70, 200, 100)
    assert bare(shown, fitted)
    assert (part_of(shown, fitted)[:48] == 90).all()
    assert (part_of(shown, fitted)[52:] == 200).all()


def test_a_turned_view_of_a_camera_picture_is_taken_too(window: Window) -> None:
    bgr = noisy(63, 41)
    window.show_picture(bgr[..., ::-1], Rect(5, 6, 63, 41))
    assert np.array_equal(part_of(window.read_frame(), Rect(5, 6, 63, 41)), bgr[..., ::-1])


@pytest.mark.parametrize("wrong", [np.zeros((4, 4), np.uint8), np.zeros((4, 4, 4), np.uint8)])
def test_what_is_no_picture_is_refused(window: Window, wrong: Picture) -> None:
    with pytest.raises(ValueError, match=r"\(height, width, 3\) uint8"):
        window.show_picture(wrong, WHOLE)
    with pytest.raises(ValueError, match="float32"):
        window.show_picture(np.zeros((4, 4, 3), np.float32), WHOLE)


def test_words_stand_at_the_upper_left_of_their_part_and_are_cut_off_at_its_edges(window: Window) -> None:
    words, roomy, tight = "자세 21 ms\npose 21 ms", Rect(8, 12, 200, 60), Rect(20, 100, 30, 25)
    whole = label(words, 18)
    height, width = whole.shape[:2]
    for _ in range(2):  # drawn, then taken from what was kept
        window.show_text(words, roomy, 18)
        window.show_text(words, tight, 18)
        shown = window.read_frame()
        assert np.array_equal(part_of(shown, Rect(8, 12, width, height)), whole)
        assert np.array_equal(part_of(shown, tight), whole[:25, :30])
        assert bare(shown, roomy, tight)
        window.flip()


def test_words_change_with_their_text_and_color(window: Window) -> None:
    part = Rect(10, 10, 120, 20)
    window.show_text("21 ms", part, 20, (255, 90, 20))
    before = window.read_frame()
    assert before.max() == 255
    window.flip()
    window.show_text("22 ms", part, 20, (255, 90, 20))
    assert (window.read_frame() != before).any()


def test_a_letter_the_font_lacks_is_named(window: Window) -> None:
    with pytest.raises(ProjectError, match="no glyph for '😀'"):
        window.show_text("😀", WHOLE)


def test_light_picture_and_words_share_a_window(window: Window) -> None:
    light, camera, caption = Rect(110, 20, 200, 200), Rect(10, 20, 80, 60), Rect(10, 90, 90, 40)
    with Stage(window, SQUARE, straight_projector(SQUARE, (200, 200)), 1.0, part=light) as stage:
        frames = []
        for x_m in (0.5, 1.5):
            stage.canvas(0.0).disc(Point(x_m, 1.6), 0.2, Color(0.6, 0.1, 0.1))
            stage.present()
            window.show_picture(noisy(80, 60), camera)
            window.show_text("카메라", caption)
            shown = window.read_frame()
            window.flip()
            assert np.array_equal(part_of(shown, light), stage.read_frame())
            assert np.array_equal(part_of(shown, camera), noisy(80, 60))
            assert not bare(shown, light, camera)
            assert bare(shown, light, camera, caption)
            frames.append(shown)
    columns = [np.nonzero(part_of(frame, light)[40, :, 0] > 60)[0].mean() for frame in frames]
    assert columns == pytest.approx([49.5, 149.5], abs=1)


def test_a_part_of_another_shape_keeps_the_light_s(window: Window) -> None:
    with Stage(window, SQUARE, straight_projector(SQUARE, (50, 50)), 1.0, Rect(20, 40, 280, 100)) as stage:
        stage.canvas(0.0).disc(Point(1.0, 1.0), 0.9, Color(0.5, 0.5, 0.5))
        stage.present()
        shown = window.read_frame()
        assert stage.read_frame().shape == (50, 50, 3)
    assert bare(shown, Rect(110, 40, 100, 100))
    assert part_of(shown, Rect(110, 40, 100, 100))[50, 50].min() > 90


def test_a_stage_that_has_the_whole_window_ends_its_own_frames(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    flips: list[bool] = []
    monkeypatch.setattr(window, "flip", lambda: flips.append(True))
    projector = straight_projector(SQUARE, (50, 50))
    for part, expected in ((None, 1), (WHOLE, 0)):
        flips.clear()
        with Stage(window, SQUARE, projector, 1.0, part) as stage:
            stage.canvas(0.0)
            stage.present()
        assert len(flips) == expected
