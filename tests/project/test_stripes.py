"""Stripes that stay are told, on both sides of each limit, and softened on the way out."""

from __future__ import annotations

import numpy as np
import pytest

from didim.drawing import Color
from didim.geometry import PlaneMap, Point, Surface
from didim.project import FlashCounter, Stage, StripeWatch, SurfaceCanvas, Window, straight_projector, stripes
from didim.rig import Projector
from tests.project import definition

Picture = np.ndarray[tuple[int, int], np.dtype[np.float64]]
ROWS, COLUMNS, FINER = 72, 128, 4


def grating(
    pairs: float, share: float, *, contrast: float = 0.5, turn_deg: float = 0.0, wave: str = "square"
) -> Picture:
    """Stripes over one side of the picture, so much of it as `share` says, drawn finer and made smaller."""
    y, x = np.mgrid[: ROWS * FINER, : COLUMNS * FINER] / FINER
    along = x * np.cos(np.deg2rad(turn_deg)) + y * np.sin(np.deg2rad(turn_deg))
    ends = np.sort(along.ravel())
    first, last = ends[0], ends[int(share * ends.size) - 1]
    shape = np.sin(2 * np.pi * pairs * (along - first) / (last - first) + 0.3)
    shape = np.sign(shape) if wave == "square" else shape
    picture = 0.3 + contrast / 2 * shape * (along <= last)
    return np.asarray(picture.reshape(ROWS, FINER, COLUMNS, FINER).mean(axis=(1, 3)))


def told(picture: Picture, seconds: float = 0.6) -> bool:
    watch = StripeWatch()
    return any(bool(watch.add(picture, index / 20)) for index in range(round(seconds * 20) + 1))


@pytest.mark.parametrize("wave", ["square", "sine"])
@pytest.mark.parametrize("turn_deg", [0.0, 45.0, 90.0, 120.0])
def test_six_pairs_over_a_quarter_are_told_and_less_is_not(turn_deg: float, wave: str) -> None:
    half = grating(6, 0.5, turn_deg=turn_deg, wave=wave)
    assert told(half)
    assert not told(grating(4.9, 1.0, turn_deg=turn_deg, wave=wave))
    assert not told(grating(4.5, 0.5, turn_deg=turn_deg, wave=wave))


@pytest.mark.parametrize("turn_deg", [0.0, 30.0, 60.0, 120.0])
def test_a_quarter_is_the_least(turn_deg: float) -> None:
    for share, expected in ((0.22, False), (0.235, False), (0.26, True), (0.28, True)):
        seen = stripes(grating(7, share, turn_deg=turn_deg))
        assert seen is not None
        assert seen.share == pytest.approx(share, abs=0.014)
        assert told(grating(7, share, turn_deg=turn_deg)) is expected


@pytest.mark.parametrize(("contrast", "expected"), [(0.09, False), (0.11, True)])
def test_a_tenth_of_contrast_is_the_least(contrast: float, expected: bool) -> None:
    assert told(grating(9, 1.0, contrast=contrast, wave="sine")) is expected


@pytest.mark.parametrize(("seconds", "expected"), [(0.45, False), (0.5, True)])
def test_half_a_second_is_the_least(seconds: float, expected: bool) -> None:
    assert told(grating(12, 1.0), seconds) is expected


def test_stripes_that_go_away_in_between_count_anew() -> None:
    watch, plain = StripeWatch(), np.full((ROWS, COLUMNS), 0.3)
    shown = [plain if index % 8 == 7 else grating(12, 1.0) for index in range(40)]
    assert not any(watch.add(picture, index / 20) for index, picture in enumerate(shown))


def test_it_agrees_with_turning_the_picture_and_counting() -> None:
    """Away from the limits, whatever the direction, the place, the strength and the wave."""
    rng = np.random.default_rng(11)
    for _ in range(24):
        striped = bool(rng.random() < 0.5)
        pairs = rng.uniform(7.0, 11.0) if striped else rng.uniform(2.0, 4.0)
        picture = grating(
            pairs,
            rng.uniform(0.4, 1.0),
            contrast=rng.uniform(0.2, 0.6),
            turn_deg=5.0 * int(rng.integers(36)),
            wave=str(rng.choice(["square", "sine"])),
        )
        assert definition.stripe_pairs(picture) is striped
        assert told(picture) is striped


@pytest.mark.parametrize("seed", range(3))
def test_what_is_irregular_is_no_stripe(seed: int) -> None:
    rng = np.random.default_rng(seed)
    assert not told(rng.random((ROWS, COLUMNS)))
    spots = np.zeros((ROWS, COLUMNS))
    for x, y in rng.uniform((8, 8), (120, 64), (14, 2)):
        spots += np.hypot(np.arange(COLUMNS) - x, np.arange(ROWS)[:, None] - y) < 7
    assert not told(np.minimum(spots, 1.0))


FLOOR, SIZE_PX = Surface("floor", 4.0, 2.25), (320, 180)
LIGHT = np.array([0.2126, 0.7152, 0.0722])


def bars(canvas: SurfaceCanvas, odd: int) -> None:
    """White bars of 12.5 cm over the whole floor."""
    for index in range(odd, 32, 2):
        x_m = 0.0625 + 0.125 * index
        canvas.line(Point(x_m, 0), Point(x_m, 2.25), Color(3, 3, 3), width_m=0.12)


def light_of(stage: Stage) -> Picture:
    share = stage.read_frame() / 255.0
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ LIGHT)


def test_bars_that_stand_are_softened_before_half_a_second_is_over(window: Window) -> None:
    with Stage(window, FLOOR, straight_projector(FLOOR, SIZE_PX), 1.0) as stage:
        for index in range(60):
            bars(stage.canvas(index / 30), 0)
            stage.present()
            row = light_of(stage)[90, 20:300]
            if index == 6:
                assert np.ptp(row) > 0.5, "a glimpse passes whole"
            if index >= 16:
                assert np.ptp(row) < 0.1, f"frame {index}"
                assert row.mean() > 0.2, "it is never blacked out"
        assert [flashing.kind for flashing in stage.flashing] == ["stripes"]
        for index in range(60, 150):
            stage.canvas(index / 30).disc(Point(2.0, 1.1), 0.4, Color(0.4, 0.4, 0.4))
            stage.present()
        assert not stage.flashing


def test_bars_that_change_places_are_damped_though_the_mean_stays(window: Window) -> None:
    """Ten times a second: each quarter of a metre keeps its light, and its parts flash."""
    counter = FlashCounter(SIZE_PX[0] * SIZE_PX[1])
    with Stage(window, FLOOR, straight_projector(FLOOR, SIZE_PX), 1.0) as stage:
        for index in range(60):
            bars(stage.canvas(index / 30), index // 3 % 2)
            stage.present()
            light = light_of(stage).reshape(-1, 1).repeat(3, axis=1)
            flashing = counter.add(light, index / 30)
            assert sum(each.share for each in flashing) < 0.02, f"frame {index}: {flashing}"
        assert stage.damped > 10


def test_every_projector_counts(window: Window) -> None:
    """The first one shows the half of the floor that is still, the second the half that flashes."""
    half = straight_projector(Surface("floor", 2.0, 2.25), (160, 180))
    right = half.projector_from_surface.matrix @ np.array([[1, 0, -2.0], [0, 1, 0], [0, 0, 1]])
    more = [Projector("right", "floor", (160, 180), PlaneMap(right))]
    with Stage(window, FLOOR, half, 1.0, more=more) as stage:
        for index in range(60):
            canvas = stage.canvas(index / 30)
            if index // 3 % 2:
                canvas.disc(Point(3.1, 1.1), 0.5, Color(3, 3, 3))
            stage.present()
        assert stage.damped > 0
        assert stage.read_frame().max() < 60, "only a shine of it"
