"""A whole scene: as it looked when it was judged good, the same each time, shown as it was read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
import pytest

from didim.drawing import Color
from didim.geometry import PlaneMap, Point, Surface
from didim.project import FlashCounter, Rect, Stage, SurfaceCanvas, Window, straight_projector
from didim.rig import Projector
from tests.project.conftest import SQUARE, Picture

GOLDEN = Path(__file__).parent / "golden" / "pond.png"
FLOOR = Surface("floor", 3.2, 1.8)
SIZE_PX = (480, 270)
GREEN, GOLD, SUN = Color(0.03, 0.38, 0.12), Color(0.70, 0.29, 0.02), Color(2.4, 1.35, 0.12)
WHITE, BLUE = Color(1.6, 1.5, 1.3), Color(0.05, 0.75, 1.0)


def draw_pond(canvas: SurfaceCanvas, words: str = "별을 밟아요!") -> None:
    canvas.fill("pond")
    canvas.koi(Point(0.75, 1.5), 0.5, Color(1.5, 0.34, 0.05), turn_rad=-0.24, stroke=2.0)
    canvas.lily(Point(0.42, 1.0), 0.26, GREEN, turn_rad=-0.6)
    canvas.lotus(Point(0.42, 1.0), 0.18, Color(1.15, 0.14, 0.46), turn_rad=0.3)
    canvas.lily(Point(2.2, 1.0), 0.3, GOLD, turn_rad=0.4)
    canvas.ring(Point(2.2, 1.0), 0.4, SUN, width_m=0.04, progress=0.7)
    canvas.star(Point(2.2, 1.0), 0.17, SUN, turn_rad=0.12)
    canvas.ripple(Point(1.3, 0.8), 0.4, BLUE, opacity=0.5)
    canvas.footprint(Point(1.2, 0.8), 0.3, BLUE, turn_rad=1.6, side="left")
    canvas.footprint(Point(1.4, 0.8), 0.3, BLUE, turn_rad=1.5, side="right")
    canvas.trail([Point(1.5, 0.9), Point(1.8, 1.1)], SUN)
    canvas.text(words, Point(1.6, 0.22), 0.15, WHITE)
    canvas.text("Step!", Point(1.5, 1.6), 0.13, WHITE, facing="far")
    canvas.text("95", Point(2.95, 1.0), 0.2, BLUE, facing="right")


def rendered(window: Window, words: str = "별을 밟아요!", t_s: float = 2.4) -> Picture:
    with Stage(window, FLOOR, straight_projector(FLOOR, SIZE_PX), 1.25) as stage:
        stage.burst(Point(1.3, 0.8), BLUE, 40, 2.0)
        draw_pond(stage.canvas(t_s), words)
        stage.present()
        return stage.read_frame()


def apart(one: Picture, other: Picture) -> float:
    """The worst 16-pixel tile's mean difference after a blur of 2 pixels, in levels."""
    blurred = [cv2.GaussianBlur(picture, (0, 0), 2).astype(np.float32) for picture in (one, other)]
    worst = np.abs(blurred[0] - blurred[1]).max(axis=2)
    tiles = (SIZE_PX[0] // 16, SIZE_PX[1] // 16)
    return float(cv2.resize(worst, tiles, interpolation=cv2.INTER_AREA).max())


def test_the_pond_looks_as_it_did(window: Window) -> None:
    """Set DIDIM_RENEW_GOLDEN=1 to store the picture anew; look at it before committing."""
    got = rendered(window)
    if os.environ.get("DIDIM_RENEW_GOLDEN"):
        cv2.imwrite(str(GOLDEN), got[..., ::-1])
    golden = cv2.imread(str(GOLDEN))
    assert golden is not None, f"{GOLDEN} is missing; DIDIM_RENEW_GOLDEN=1 makes it"
    assert apart(got, np.asarray(golden[..., ::-1], np.uint8)) < 20
    assert apart(rendered(window, words=" "), got) > 20  # the measure sees missing words


def test_the_same_scene_twice_is_the_same_picture(window: Window) -> None:
    assert np.array_equal(rendered(window), rendered(window))
    assert not np.array_equal(rendered(window), rendered(window, t_s=2.5))


def test_a_fountain_goes_on_when_sparks_are_out_and_ends(window: Window) -> None:
    def lit(kind: Literal["sparks", "fountain"], age_s: float) -> int:
        with Stage(window, SQUARE, straight_projector(SQUARE, (200, 200)), 1.0) as stage:
            stage.burst(Point(1.0, 1.0), (0.5, 1.0, 1.5), 120, 5.0, kind=kind)
            stage.canvas(5.0 + age_s)
            stage.present()
            return int((stage.read_frame().max(axis=2) > 60).sum())

    assert 0 < lit("fountain", 0.2) < lit("sparks", 0.2), "they come one after another"
    assert lit("fountain", 1.9) > lit("sparks", 1.9) == 0
    assert lit("fountain", 3.45) == 0


def test_sparks_fly_outwards_and_go_out(window: Window) -> None:
    def lit(t_s: float) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        with Stage(window, SQUARE, straight_projector(SQUARE, (200, 200)), 1.0) as stage:
            stage.burst(Point(1.0, 1.0), (0.5, 1.0, 1.5), 50, 5.0)
            stage.canvas(t_s)
            stage.present()
            return np.asarray(stage.read_frame().max(axis=2) > 60)

    def mean_way_px(t_s: float) -> float:
        rows, columns = np.nonzero(lit(t_s))
        return float(np.hypot(rows - 99.5, columns - 99.5).mean())

    assert 0 < mean_way_px(5.05) < mean_way_px(5.3) < mean_way_px(5.8)
    assert not lit(6.7).any()


def test_more_shapes_than_one_upload_line_holds(window: Window) -> None:
    with Stage(window, SQUARE, straight_projector(SQUARE, (200, 200)), 1.0) as stage:
        canvas = stage.canvas(0.0)
        for index in range(1500):
            canvas.disc(Point(0.02 + index % 50 * 0.04, 0.1 + index // 50 * 0.06), 0.02, Color(0.5, 0.5, 0.5))
        stage.present()
        picture = stage.read_frame().max(axis=2)
    for index in (0, 255, 256, 1023, 1024, 1499):
        row, column = round(199.5 - (10 + index // 50 * 6)), round(1.5 + index % 50 * 4)
        assert picture[row - 1 : row + 2, column - 1 : column + 2].max() > 100


@pytest.mark.parametrize("projector_px", [(320, 240), (160, 240)])
def test_the_window_shows_the_picture_upright(
    window: Window, projector_px: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "offscreen", False)
    monkeypatch.setattr(window, "flip", lambda: None)
    surface = Surface("floor", projector_px[0] / 100, projector_px[1] / 100)
    with Stage(window, surface, straight_projector(surface, projector_px), 1.0) as stage:
        canvas = stage.canvas(0.0)
        canvas.disc(Point(0.5, 2.0), 0.2, Color(0.6, 0.1, 0.1))
        canvas.disc(Point(1.0, 0.5), 0.3, Color(0.1, 0.6, 0.1))
        stage.present()
        frame = stage.read_frame()
    shown = window.context.screen.read(viewport=(0, 0, 320, 240), components=3, alignment=1)
    picture = np.frombuffer(shown, np.uint8).reshape(240, 320, 3)[::-1]
    left = (320 - projector_px[0]) // 2
    inside = picture[:, left : left + projector_px[0]]
    assert np.abs(inside.astype(int) - frame).max() <= 1
    assert not picture[:, :left].any()


def test_a_game_that_flashes_is_damped_on_the_way_out(window: Window) -> None:
    """A surface that is white in every other frame: what leaves passes the count, and never goes black."""
    surface = Surface("floor", 2.0, 2.0)
    counter, levels = FlashCounter(1), []
    with Stage(window, surface, straight_projector(surface, (200, 200))) as stage:
        for index in range(90):
            canvas = stage.canvas(index / 30)
            canvas.fill("plain")
            if index // 3 % 2:
                canvas.box(Point(1.0, 1.0), (2.2, 2.2), Color(3.0, 3.0, 3.0))
            stage.present()
            light = linear(stage.read_frame()[80:120, 80:120]).mean(axis=(0, 1))
            levels.append(float(light.mean()))
            assert not counter.add(light[None], index / 30), f"frame {index}: {levels}"
        assert stage.damped > 5
    assert max(levels[45:]) > 0.01


def linear(rgb: Picture) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """8-bit sRGB to linear light (IEC 61966-2-1)."""
    share = rgb / 255
    return np.asarray(np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4))


def test_white_comes_at_once_and_the_picture_after_it(window: Window) -> None:
    """Even right after flashes that the guard has begun to hold back."""
    with Stage(window, FLOOR, straight_projector(FLOOR, SIZE_PX), 1.0) as stage:
        for index in range(60):
            canvas = stage.canvas(index / 30)
            canvas.disc(Point(1.6, 0.9), 3.0, Color(*[float(index // 3 % 2)] * 3))
            stage.present()
        assert stage.damped > 0
        for _ in range(3):
            stage.present_white()
            assert stage.read_frame().min() == 255
        for index in range(60, 90):
            draw_pond(stage.canvas(index / 30))
            stage.present()
        assert stage.read_frame().mean() < 128


def test_each_projector_is_shown_in_its_own_part(window: Window) -> None:
    floor = Surface("floor", 2.0, 1.0)
    left = straight_projector(floor, (160, 80))
    flip = np.array([[-1.0, 0, 159], [0, 1, 0], [0, 0, 1]])
    mirrored = Projector("mirrored", "floor", (160, 80), PlaneMap(flip @ left.projector_from_surface.matrix))
    parts = (Rect(0, 0, 160, 80), Rect(160, 0, 160, 80))
    with Stage(window, floor, left, 1.0, more=[mirrored], parts=parts) as stage:
        stage.canvas(0.0).disc(Point(0.5, 0.5), 0.3, Color(1.0, 1.0, 1.0))
        shown = []
        flip_window = window.flip
        window.flip = lambda: shown.append(window.read_frame())  # type: ignore[method-assign]
        stage.present()
        window.flip = flip_window  # type: ignore[method-assign]
        assert np.array_equal(shown[0][:80, :160], stage.read_frame())
        assert np.array_equal(shown[0][:80, 160:320], stage.read_more()[0])
        assert not np.array_equal(shown[0][:80, :160], shown[0][:80, 160:320])
