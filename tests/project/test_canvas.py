"""Each word draws what it says, where it says, turned as it says."""

from __future__ import annotations

import math
from functools import partial
from typing import get_args

import numpy as np
import pytest

from didim.geometry import Point
from didim.play import Background, Canvas, Color, Foot, Player, RecordingCanvas, Symbol
from didim.project import ProjectError, Stage, SurfaceCanvas, Window, straight_projector
from didim.project._sdl import pygame
from tests.project.conftest import SQUARE, Drawing, Painter, Picture

MIDDLE = Point(1.0, 1.0)
DIM = Color(0.30, 0.36, 0.33)
STRAY = 8  # levels that a bloom may spill

GREY = np.full((4, 4, 4), 160, np.uint8)


def slate(color: tuple[int, ...], size_px: tuple[int, int] = (8, 8)) -> pygame.Surface:
    """A pygame surface of one color and opacity."""
    surface = pygame.Surface(size_px, pygame.SRCALPHA, 32)
    surface.fill(color)
    return surface


def _symbol(name: Symbol, canvas: SurfaceCanvas) -> None:
    canvas.symbol(name, MIDDLE, 0.3, DIM)


WORDS: dict[str, tuple[Drawing, float]] = {
    "disc": (lambda c: c.disc(MIDDLE, 0.3, DIM), 0.32),
    "ring": (lambda c: c.ring(MIDDLE, 0.3, DIM, width_m=0.04), 0.40),
    "glow": (lambda c: c.glow(MIDDLE, 0.4, DIM), 0.41),
    "star": (lambda c: c.star(MIDDLE, 0.3, DIM), 0.49),
    "lily": (lambda c: c.lily(MIDDLE, 0.3, DIM), 0.41),
    "lotus": (lambda c: c.lotus(MIDDLE, 0.3, DIM), 0.37),
    "koi": (lambda c: c.koi(MIDDLE, 0.5, DIM, turn_rad=0.4, stroke=1.0), 0.34),
    "ripple": (lambda c: c.ripple(MIDDLE, 0.4, DIM), 0.41),
    "footprint": (lambda c: c.footprint(MIDDLE, 0.4, DIM, turn_rad=1.2, side="left"), 0.29),
    "trail": (lambda c: c.trail([Point(0.8, 1.0), Point(1.2, 1.0)], DIM, width_m=0.04), 0.29),
    "line": (lambda c: c.line(Point(0.8, 1.0), Point(1.2, 1.1), DIM, width_m=0.1), 0.36),
    "arrow": (lambda c: c.arrow(Point(0.8, 1.0), Point(1.2, 1.1), DIM, width_m=0.08), 0.39),
    "arc": (lambda c: c.arc(MIDDLE, 0.3, DIM, from_rad=0.2, to_rad=2.5, width_m=0.05), 0.40),
    "box": (lambda c: c.box(MIDDLE, (0.5, 0.3), DIM, turn_rad=0.4), 0.34),
    "chalk": (lambda c: c.chalk(MIDDLE, (0.5, 0.3), DIM, filled=1.0), 0.36),
    "polygon": (lambda c: c.polygon(MIDDLE, 0.3, DIM, sides=5), 0.32),
    "balloon": (lambda c: c.balloon(MIDDLE, 0.2, DIM), 0.43),
    "mole": (lambda c: c.mole(MIDDLE, 0.25, DIM), 0.54),
    "island": (lambda c: c.island(MIDDLE, 0.3, DIM), 0.46),
    "mound": (lambda c: c.mound(MIDDLE, 0.3, DIM), 0.46),
    "planet": (lambda c: c.planet(MIDDLE, 0.3, DIM, turn_rad=0.4), 0.41),
    "stone": (lambda c: c.stone(MIDDLE, (0.5, 0.3), DIM, turn_rad=0.4), 0.36),
    "splat": (lambda c: c.splat(MIDDLE, 0.3, DIM, seed=3.0), 0.50),
    "picture": (lambda c: c.picture(GREY, MIDDLE, 0.5), 0.37),
    "layer": (lambda c: c.layer(slate((160, 160, 160, 255)), MIDDLE, 0.5), 0.37),
    **{f"symbol {name}": (partial(_symbol, name), 0.49) for name in get_args(Symbol)},
    "text": (lambda c: c.text("밟아", MIDDLE, 0.2, DIM), 0.40),
}


def away_m() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """How far each pixel of the 200 x 200 picture lies from the middle."""
    axis = (np.arange(200) - 99.5) / 100
    return np.asarray(np.hypot(axis[:, None], axis[None, :]))


def levels(picture: Picture) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return np.asarray(picture.max(axis=2), np.int64)


@pytest.mark.parametrize("word", WORDS)
def test_a_word_draws_inside_its_bounds_only(painted: Painter, word: str) -> None:
    draw, reach_m = WORDS[word]
    got = levels(painted(draw))
    assert (got[away_m() <= reach_m] > 60).sum() > 150
    assert got[away_m() > reach_m + 0.01].max() <= STRAY


def test_opacity_zero_draws_nothing(painted: Painter) -> None:
    def draw(canvas: SurfaceCanvas) -> None:
        canvas.disc(MIDDLE, 0.3, DIM, opacity=0.0)
        canvas.ring(MIDDLE, 0.3, DIM, progress=0.5, opacity=0.0)
        canvas.glow(MIDDLE, 0.3, DIM, opacity=0.0)
        canvas.star(MIDDLE, 0.3, DIM, opacity=0.0)
        canvas.lily(MIDDLE, 0.3, DIM, opacity=0.0)
        canvas.lotus(MIDDLE, 0.3, DIM, opacity=0.0)
        canvas.koi(MIDDLE, 0.3, DIM, turn_rad=0.0, stroke=0.0, opacity=0.0)
        canvas.ripple(MIDDLE, 0.3, DIM, opacity=0.0)
        canvas.footprint(MIDDLE, 0.3, DIM, turn_rad=0.0, side="left", opacity=0.0)
        canvas.trail([MIDDLE, Point(1.5, 1.0)], DIM, opacity=0.0)
        canvas.island(MIDDLE, 0.3, DIM, opacity=0.0)
        canvas.mound(MIDDLE, 0.3, DIM, opacity=0.0)
        canvas.planet(MIDDLE, 0.3, DIM, opacity=0.0)
        canvas.stone(MIDDLE, (0.3, 0.2), DIM, opacity=0.0)
        canvas.text("0", MIDDLE, 0.3, DIM, opacity=0.0)

    assert not painted(draw).any()


def test_later_words_lie_on_top(painted: Painter) -> None:
    def draw(canvas: SurfaceCanvas) -> None:
        canvas.disc(MIDDLE, 0.4, Color(0.5, 0.0, 0.0))
        canvas.star(MIDDLE, 0.2, Color(0.0, 0.5, 0.0))
        canvas.disc(MIDDLE, 0.1, Color(0.0, 0.0, 0.5))

    red, green, blue = painted(draw)[100, 100]
    assert blue > 100 > max(red, green)


def test_a_filled_surface_hides_what_was_before_and_moves(painted: Painter) -> None:
    def over(canvas: SurfaceCanvas) -> None:
        canvas.disc(MIDDLE, 0.9, Color(1.0, 1.0, 1.0))
        canvas.fill("pond")

    assert np.array_equal(painted(over), painted(lambda c: c.fill("pond")))
    early, late = (painted(lambda c: c.fill("pond"), t_s=t_s).astype(int) for t_s in (1.0, 3.0))
    assert np.abs(early - late).max() > 10
    assert 1 < painted(lambda c: c.fill("plain")).mean() < 30


def test_a_ring_fills_clockwise_from_the_far_side(painted: Painter) -> None:
    got = levels(painted(lambda c: c.ring(MIDDLE, 0.6, Color(0.6, 0.6, 0.6), width_m=0.05, progress=0.25)))
    at = {"upper right": got[57, 142], "upper left": got[57, 57], "lower right": got[142, 142]}
    assert at["upper right"] > 120
    assert at["upper left"] < 80
    assert at["lower right"] < 80


def test_a_star_points_to_the_far_side_and_turns_counter_clockwise(painted: Painter) -> None:
    straight = levels(painted(lambda c: c.star(MIDDLE, 0.6, DIM)))
    assert straight[100 - 50, 100] > 60 > straight[100 + 50, 100]
    turned = levels(painted(lambda c: c.star(MIDDLE, 0.6, DIM, turn_rad=math.pi / 2)))
    assert turned[100, 100 - 50] > 60 > turned[100, 100 + 50]


def test_a_leaf_opens_where_it_is_turned_to(painted: Painter) -> None:
    got = levels(painted(lambda c: c.lily(MIDDLE, 0.7, DIM, turn_rad=math.pi / 2)))
    assert got[100 - 50, 100] < 20 < got[100 + 50, 100]


def test_feet_mirror_each_other_with_the_big_toe_inside(painted: Painter) -> None:
    left, right = (
        levels(painted(lambda c, side=side: c.footprint(MIDDLE, 1.2, DIM, turn_rad=math.pi / 2, side=side)))
        for side in ("left", "right")
    )
    assert np.abs(left[:, ::-1] - right).max() <= 3
    toes = left[40:65]
    assert (toes[:, 100:] > 60).sum() > (toes[:, :100] > 60).sum()


def test_a_fish_heads_where_it_is_turned_to(painted: Painter) -> None:
    got = levels(painted(lambda c: c.koi(MIDDLE, 1.2, DIM, turn_rad=math.pi / 2, stroke=0.0)))
    rows = np.nonzero((got > 60).any(axis=1))[0]
    wide = [(got[row] > 60).sum() for row in (rows[0] + 12, 100)]
    assert 100 - rows[0] < 70  # the nose is half a length ahead, the tail a little further behind
    assert wide[0] < wide[1]


@pytest.mark.parametrize(("facing", "quarters"), [("right", 1), ("far", 2), ("left", 3)])
def test_text_faces_its_reader(painted: Painter, facing: str, quarters: int) -> None:
    near = levels(painted(lambda c: c.text("F5", MIDDLE, 0.4, DIM)))
    got = levels(painted(lambda c: c.text("F5", MIDDLE, 0.4, DIM, facing=facing)))
    assert np.abs(np.rot90(near, quarters) - got).max() <= 6
    assert np.abs(near - got).max() > 60


def test_text_is_as_tall_as_it_says(painted: Painter) -> None:
    got = levels(painted(lambda c: c.text("H", MIDDLE, 0.5, Color(0.6, 0.6, 0.6))))
    rows = np.nonzero((got > 130).any(axis=1))[0]
    assert abs(len(rows) - 50) <= 2
    assert abs(rows.mean() - 99.5) < 1.0


def test_text_on_an_arc_stands_outside_with_its_top_away(painted: Painter) -> None:
    got = levels(painted(lambda c: c.text("TTTTTT", MIDDLE, 0.15, DIM, arc_radius_m=0.6)))
    rows, columns = np.nonzero(got > 60)
    out_m = np.hypot(rows - 99.5, columns - 99.5) / 100
    assert out_m.min() > 0.5
    assert abs(columns.mean() - 99.5) < 2
    assert rows.mean() < 60
    assert (np.abs(out_m - 0.65) < 0.02).sum() > (np.abs(out_m - 0.55) < 0.02).sum()  # the bar of a T


def test_text_for_all_sides_reads_the_same_from_each(painted: Painter) -> None:
    got = levels(painted(lambda c: c.text("7", MIDDLE, 0.2, DIM, facing="all_sides")))
    assert np.abs(np.rot90(got) - got).max() <= 6


def test_a_missing_glyph_is_an_error_not_a_box(painted: Painter) -> None:
    with pytest.raises(ProjectError, match=r"no glyph for '😀' \(U\+1F600\)"):
        painted(lambda c: c.text("안녕 😀", MIDDLE, 0.2, DIM))


def test_a_trail_of_one_place_draws_nothing(painted: Painter) -> None:
    assert not painted(lambda c: c.trail([MIDDLE, MIDDLE], DIM)).any()


def test_games_may_draw_on_it(window: Window) -> None:
    with Stage(window, SQUARE, straight_projector(SQUARE, (64, 64))) as stage:
        canvas: Canvas = stage.canvas(0.0)  # the type checker holds it to the contract
        canvas.fill("pond")
        stage.present()
        assert stage.read_frame().any()


@pytest.mark.parametrize("ground", get_args(Background))
def test_every_background_covers_the_surface_and_stays_dark_enough_to_play_on(
    painted: Painter, ground: Background
) -> None:
    picture = painted(lambda canvas: canvas.fill(ground))
    middle = picture[60:140, 60:140].astype(float)
    assert middle.mean() > 2, "the background is black"
    assert middle.mean() < 110, "things drawn on it would not stand out"


def test_symbols_differ_without_their_color(painted: Painter) -> None:
    shown = [levels(painted(partial(_symbol, name))) > 60 for name in get_args(Symbol)]
    for index, one in enumerate(shown):
        for other in shown[:index]:
            assert (one ^ other).sum() > 0.08 * (one | other).sum()


def test_a_picture_stands_upright_for_the_near_edge(painted: Painter) -> None:
    flag = np.zeros((2, 2, 4), np.uint8)
    flag[0] = 255  # white above, nothing below
    got = levels(painted(lambda canvas: canvas.picture(flag, MIDDLE, 0.8)))
    assert got[70:90, 80:120].mean() > 150
    assert got[112:130, 80:120].mean() < 60


def test_a_layer_looks_as_the_same_pixels_do_as_a_picture(painted: Painter) -> None:
    """Upright, each channel in its place, its sides in metres, turned, half seen through."""
    pixels = np.zeros((2, 4, 4), np.uint8)
    pixels[0] = [(220, 40, 10, 255), (30, 200, 60, 255), (10, 30, 230, 160), (255, 255, 255, 0)]
    pixels[1] = [(9, 200, 190, 255), (90, 90, 90, 90), (200, 190, 0, 255), (70, 0, 80, 255)]
    surface = pygame.Surface((4, 2), pygame.SRCALPHA, 32)
    for y, x in np.ndindex(2, 4):
        surface.set_at((int(x), int(y)), tuple(int(value) for value in pixels[y, x]))
    seen = {"turn_rad": 0.5, "opacity": 0.8}
    picture = painted(lambda canvas: canvas.picture(pixels, MIDDLE, 1.2, **seen))
    layer = painted(lambda canvas: canvas.layer(surface, MIDDLE, 1.2, **seen))
    assert np.array_equal(picture, layer)
    assert picture.max() > 150


@pytest.mark.parametrize("masks", [(0xFF, 0xFF00, 0xFF0000, 0), (0xFF000000, 0xFF0000, 0xFF00, 0xFF)])
def test_a_layers_channels_may_lie_in_any_order(painted: Painter, masks: tuple[int, int, int, int]) -> None:
    surface = pygame.Surface((4, 4), pygame.SRCALPHA if masks[3] else 0, 32, masks)
    surface.fill((200, 100, 30))
    usual = painted(lambda canvas: canvas.layer(slate((200, 100, 30, 255)), MIDDLE, 0.5))
    assert np.array_equal(usual, painted(lambda canvas: canvas.layer(surface, MIDDLE, 0.5)))
    assert usual.max() > 100


def test_a_layer_has_its_surfaces_own_opacity_too(painted: Painter) -> None:
    surface = slate((200, 200, 200, 255))
    surface.set_alpha(102)
    half = painted(lambda canvas: canvas.layer(slate((200, 200, 200, 255)), MIDDLE, 0.5, opacity=0.4))
    assert np.array_equal(half, painted(lambda canvas: canvas.layer(surface, MIDDLE, 0.5)))


def test_nothing_of_the_color_of_a_hole_is_seen_at_its_rim(painted: Painter) -> None:
    """A white spot in the midst of see-through black, on white: no dark rim, see-through red neither."""
    spot = slate((0, 0, 0, 0), (3, 3))
    spot.set_at((1, 1), (255, 255, 255, 255))

    def on_white(canvas: SurfaceCanvas) -> None:
        canvas.picture(np.full((1, 1, 4), 255, np.uint8), MIDDLE, 1.8)
        canvas.layer(spot, MIDDLE, 0.9)

    middle = painted(on_white)[40:160, 40:160]
    assert int(middle.min()) >= int(middle.max()) - 1


def test_a_layer_is_sent_again_only_when_told(window: Window) -> None:
    surface = slate((200, 40, 40, 255))

    def red(stage: Stage, version: int | None) -> int:
        stage.canvas(0.0).layer(surface, MIDDLE, 1.0, version=version)
        stage.present()
        return int(stage.read_frame()[32, 32, 0])

    with Stage(window, SQUARE, straight_projector(SQUARE, (64, 64)), 1.0) as stage:
        lit = red(stage, 1)
        surface.fill((0, 0, 0, 255))
        assert lit > 100
        assert red(stage, 1) == lit, "the surface was sent though its version was the same"
        assert red(stage, 2) < 10
        surface.fill((200, 40, 40, 255))
        assert red(stage, None) == lit
        surface.fill((0, 0, 0, 255))
        assert red(stage, None) < 10


@pytest.mark.parametrize(
    ("surface", "says"),
    [
        (pygame.Surface((4, 4), 0, 24), "32 bits a pixel .* got 24"),
        (pygame.Surface((0, 4), pygame.SRCALPHA, 32), r"1 to 4096 pixels a side, got \(0, 4\)"),
        (pygame.Surface((4097, 1), pygame.SRCALPHA, 32), "got .4097, 1"),
    ],
)
def test_a_surface_that_cannot_be_a_layer_is_refused(surface: pygame.Surface, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        RecordingCanvas().layer(surface, MIDDLE, 1.0)


def test_a_color_key_is_refused() -> None:
    surface = pygame.Surface((4, 4), 0, 32)
    surface.set_colorkey((255, 0, 255))
    with pytest.raises(ValueError, match="no color key"):
        RecordingCanvas().layer(surface, MIDDLE, 1.0)


def test_wrong_words_are_named(painted: Painter) -> None:
    with pytest.raises(ValueError, match="3 to 12 sides"):
        painted(lambda canvas: canvas.polygon(MIDDLE, 0.2, DIM, sides=2))
    with pytest.raises(ValueError, match="uint8"):
        painted(lambda canvas: canvas.picture(np.zeros((2, 2, 3), np.uint8), MIDDLE, 0.2))


@pytest.mark.parametrize(
    ("feet", "heading_rad", "quarters"), [((1, 0.2), 0.0, 0), ((1.8, 1), 0.0, 1), ((1, 1), -math.pi / 2, 2)]
)
def test_text_faces_a_player(
    painted: Painter, feet: tuple[float, float], heading_rad: float, quarters: int
) -> None:
    """It leads on from their feet; at the feet themselves it is turned as they face."""
    near = levels(painted(lambda c: c.text("F5", MIDDLE, 0.4, DIM)))
    place = Point(*feet)
    foot = Foot(place, heading_rad, down=True, score=0.9)
    reader = Player(1, place, foot, foot, (), (0.0, 0.0), 0, heading_rad=heading_rad)
    got = levels(painted(lambda c: c.text("F5", MIDDLE, 0.4, DIM, facing=reader)))
    assert np.abs(np.rot90(near, quarters) - got).max() <= 6
