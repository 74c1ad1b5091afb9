"""Printed sheets lie where they are laid, and light falls on them as on what is under them."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import msgspec
import numpy as np
import pytest

from didim.sim.render import VenueRenderer
from didim.sim.render._sheets import INK, PAPER, room_from_sheet
from didim.sim.venue import PaperSheet, Venue, camera_in_room

FLOOR = PaperSheet(at_m=(1.9, 1.2), turn_deg=25.0)
WALL = PaperSheet(at_m=(2.4, 1.1), turn_deg=-10.0, wall="back", paper="a4")
SQUARE = np.full((297, 420), 255, np.uint8)
SQUARE[50:250, 60:360] = 0
SQUARE_M = np.array([[-0.15, 0.0985], [0.15, 0.0985], [0.15, -0.1015], [-0.15, -0.1015]])
BLACK = [np.zeros((800, 1280, 3), np.uint8)]
WHITE = [np.full((800, 1280, 3), 255, np.uint8)]


@pytest.fixture
def hall(renderer: VenueRenderer) -> Iterator[VenueRenderer]:
    """The room, swept afterwards."""
    yield renderer
    renderer.place_sheet()


def _light(hall: VenueRenderer, frames: list[np.ndarray] | None = None) -> np.ndarray:
    return hall.light(0, [], frames or BLACK, 0.0)


@pytest.mark.parametrize("sheet", [FLOOR, WALL])
def test_the_print_lies_where_it_was_laid(hall: VenueRenderer, sheet: PaperSheet) -> None:
    hall.place_sheet(sheet)
    blank = _light(hall).mean(axis=2)
    hall.place_sheet(sheet, prints={sheet.paper: SQUARE})
    ink = (1 - _light(hall).mean(axis=2) / blank) / (1 - INK / PAPER)
    black = np.c_[sheet.size_m[0] / 0.42 * SQUARE_M, np.zeros(4)]
    seen = camera_in_room(hall.venue.camera[0]).project(room_from_sheet(hall.venue, sheet).apply(black))
    expected = cv2.moments(seen.astype(np.float32))
    assert ink.sum() == pytest.approx(expected["m00"], rel=0.03)
    v, u = np.indices(ink.shape)
    for at, moment in ((u, "m10"), (v, "m01")):
        assert (ink * at).sum() / ink.sum() == pytest.approx(expected[moment] / expected["m00"], abs=0.1)


def test_a_room_without_sheets_is_as_it_was(hall: VenueRenderer) -> None:
    before, lit = _light(hall), _light(hall, WHITE)
    hall.place_sheet(FLOOR, WALL, prints={"a3": SQUARE})
    assert not np.array_equal(_light(hall), before)
    hall.place_sheet(WALL)
    hall.place_sheet()
    assert np.array_equal(_light(hall), before)
    assert np.array_equal(_light(hall, WHITE), lit)


def test_a_projector_lights_paper_and_ink_by_their_albedo(hall: VenueRenderer) -> None:
    spot = _pixel(hall, FLOOR)
    shone = []
    for white in (0, 255):
        hall.place_sheet(FLOOR, prints={"a3": np.full((10, 14), white, np.uint8)})
        shone.append(_light(hall, WHITE)[spot] - _light(hall)[spot])
    assert shone[1] / shone[0] == pytest.approx(np.full(3, PAPER / INK), rel=0.01)
    assert (shone[0] > 0).all()


def _pixel(hall: VenueRenderer, sheet: PaperSheet) -> tuple[int, int]:
    middle = room_from_sheet(hall.venue, sheet).translation_m
    u, v = np.round(camera_in_room(hall.venue.camera[0]).project(middle[None])[0]).astype(int)
    return int(v), int(u)


def test_of_two_sheets_the_later_lies_on_top(hall: VenueRenderer) -> None:
    small = PaperSheet(at_m=FLOOR.at_m, paper="a4")
    ink = {"a4": np.zeros((4, 4), np.uint8)}
    spot = _pixel(hall, FLOOR)
    hall.place_sheet(small, FLOOR, prints=ink)
    paper_on_top = _light(hall)[spot].mean()
    hall.place_sheet(FLOOR, small, prints=ink)
    assert _light(hall)[spot].mean() < 0.2 * paper_on_top


def test_what_stands_before_a_sheet_hides_it(hall: VenueRenderer) -> None:
    before = _light(hall)
    box = hall.venue.box[0]
    hall.place_sheet(PaperSheet(at_m=box.at_m[:2]))
    assert np.array_equal(_light(hall), before)


def test_a_camera_that_is_turned_still_sees_the_sheet(hall: VenueRenderer) -> None:
    hall.place_sheet(FLOOR, prints={"a3": SQUARE})
    before = _light(hall, WHITE)
    camera = hall.venue.camera[0]
    hall.turn(0, msgspec.structs.replace(camera, look_at_m=(1.5, 1.5, 0.0)))
    hall.turn(0, camera)
    assert np.allclose(_light(hall, WHITE), before)


def test_a_venue_of_ones_own_has_blank_sheets(room: Venue, hall: VenueRenderer) -> None:
    hall.place_sheet(FLOOR)
    own = VenueRenderer(msgspec.structs.replace(room, sheet=(FLOOR,)), cell_m=0.025)
    assert np.allclose(_light(own, WHITE), _light(hall, WHITE))


def test_a_print_in_colour_is_refused(hall: VenueRenderer) -> None:
    with pytest.raises(ValueError, match="255 for paper"):
        hall.place_sheet(FLOOR, prints={"a3": np.zeros((10, 14, 3), np.uint8)})
