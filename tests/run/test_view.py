"""The live window on a venue: its camera, its lines, its keys, and a few real frames."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.people import Joint
from didim.pose import Skeleton
from didim.project import ProjectError, Window
from didim.run import _orbit, sources
from didim.run import view as view_module
from didim.run._free_view import FreeView
from didim.run._led import LedPeople
from didim.run._orbit import Orbit
from didim.run._sketch import sketch
from didim.run.view import view, words
from didim.sim.venue import Venue, camera_in_room, open_venue

TINY = """
name = "tiny"
[room]
x_m = [-1.0, 4.0]
y_m = [-2.0, 3.0]
[surface]
width_m = 3.0
height_m = 2.0
[[lamp]]
at_m = [1.0, 1.0, 2.7]
lumen = 3000.0
[[box]]
at_m = [3.5, 2.5, 0.0]
size_m = [0.5, 0.5, 1.0]
turn_deg = 30.0
[[camera]]
at_m = [1.5, -1.6, 2.4]
look_at_m = [1.5, 1.0, 0.0]
size_px = [96, 72]
[[projector]]
at_m = [1.5, 1.0, 2.7]
look_at_m = [1.5, 1.0, 0.0]
size_px = [128, 96]
[people]
count = 2
"""


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(_orbit, "SIZE_PX", (64, 48))
    monkeypatch.setenv("LP_NUM_THREADS", "1")  # `view` would set it for the tests to come
    path = tmp_path / "tiny.toml"
    path.write_text(TINY, "utf-8")
    return path


@pytest.fixture
def venue(tiny: Path) -> Venue:
    return open_venue(str(tiny))


def seen_px(venue: Venue, orbit: Orbit, xyz_m: FloatArray) -> FloatArray:
    camera = camera_in_room(orbit.camera(venue.camera[0]))
    return np.asarray(camera.project(np.atleast_2d(xyz_m))[0])


def test_both_languages_say_everything() -> None:
    said = words()
    assert said.keys() == {"en", "ko"}
    assert said["en"].keys() == said["ko"].keys()
    assert view_module.TITLES.keys() <= said["en"].keys()
    assert all(any("가" <= letter <= "힣" for letter in text) for text in said["ko"].values())
    assert all(text.isascii() for text in said["en"].values())


def test_the_orbit_looks_at_the_middle_from_inside_the_room(venue: Venue) -> None:
    orbit = Orbit.about(venue)
    for azimuth_rad in np.arange(0.0, 6.3, 0.7):
        for elevation_rad in (-1.0, 0.0, 2.0):
            turned = orbit.turned(float(azimuth_rad), elevation_rad)
            camera = turned.camera(venue.camera[0])
            sides = venue.room.x_m, venue.room.y_m, (0.0, venue.room.height_m)
            assert all(low < at < high for at, (low, high) in zip(camera.at_m, sides, strict=True))
            np.testing.assert_allclose(seen_px(venue, turned, orbit.middle_m), (31.5, 23.5), atol=1e-6)


@pytest.mark.parametrize("azimuth_rad", [0.0, 1.0, 2.5, 4.0])
def test_ahead_is_up_and_right_is_right_in_the_picture(venue: Venue, azimuth_rad: float) -> None:
    orbit = Orbit.about(venue).turned(azimuth_rad, 0.0)
    middle_px = seen_px(venue, orbit, orbit.middle_m)
    ahead_px = seen_px(venue, orbit, orbit.middle_m + 0.3 * orbit.ahead) - middle_px
    right_px = seen_px(venue, orbit, orbit.middle_m + 0.3 * orbit.right) - middle_px
    assert ahead_px[1] < -1.0
    assert abs(ahead_px[0]) < 1e-6
    assert right_px[0] > 1.0


def test_nearer_shows_things_larger(venue: Venue) -> None:
    orbit = Orbit.about(venue)
    there_m = orbit.middle_m + 0.3 * orbit.right
    assert seen_px(venue, orbit.zoomed(0.5), there_m)[0] > seen_px(venue, orbit, there_m)[0] + 1.0
    back = orbit.zoomed(0.5).zoomed(100.0)
    np.testing.assert_allclose(seen_px(venue, back, there_m), seen_px(venue, orbit, there_m))


def test_the_sketch_draws_the_rim_where_the_camera_sees_it(venue: Venue) -> None:
    orbit = Orbit.about(venue)
    camera = orbit.camera(venue.camera[0])
    empty = sketch(venue, camera, [])
    x, y = seen_px(venue, orbit, np.array([1.5, 2.0, 0.0])).round().astype(int)
    assert empty[y, x].astype(int).sum() > 300
    body_m = np.tile([1.5, 1.0, 1.0], (33, 1))
    body_m[Joint.LEFT_HIP] = (1.5, 1.0, 0.4)
    assert not np.array_equal(sketch(venue, camera, [body_m]), empty)


def test_the_sketch_bears_lines_behind_the_camera(venue: Venue) -> None:
    orbit = Orbit.about(venue)
    for azimuth_rad in np.arange(0.0, 6.3, 0.5):
        near = orbit.turned(float(azimuth_rad), 2.0).zoomed(0.01)
        assert sketch(venue, near.camera(venue.camera[0]), []).shape == (48, 64, 3)


def test_a_moving_camera_sees_the_room_at_once_if_coarsely(venue: Venue) -> None:
    people = LedPeople(venue, 0)
    poses = people.advance(0.0, ())
    with FreeView(venue) as free:
        _until_drawn(free, lambda: free.picture(poses, 0, [None], 0.0))
        free.orbit = free.orbit.turned(0.3, 0.1)
        coarse = free.picture(poses, 0, [None], 0.1).astype(float)
        assert free.is_sketch
        full = _until_drawn(free, lambda: free.picture(poses, 0, [None], 0.1)).astype(float)
        lines = sketch(venue, free.orbit.camera(venue.camera[0]), [pose.joints_m for pose in poses])
        assert np.abs(coarse - full).mean() < 0.3 * np.abs(lines - full).mean()


def test_a_place_is_sketched_until_its_picture_is_drawn(venue: Venue) -> None:
    people = LedPeople(venue, 0)
    poses = people.advance(0.0, ())
    with FreeView(venue) as free:
        lines = free.picture(poses, 0, [None], 0.0)
        assert free.is_sketch
        drawn = _until_drawn(free, lambda: free.picture(poses, 0, [None], 0.0))
        assert drawn.shape == lines.shape
        assert drawn.mean() > lines.mean()
        free.orbit = free.orbit.turned(0.4, 0.0)
        free.picture(poses, 0, [None], 0.0)
        assert free.is_sketch


def _until_drawn(free: FreeView, picture: Callable[[], NDArray[np.uint8]]) -> NDArray[np.uint8]:
    while free.is_sketch:
        time.sleep(0.01)
        shown = picture()
    return shown


def test_one_person_is_led_along_the_room_and_the_next_takes_over(venue: Venue) -> None:
    people = LedPeople(venue, 0)
    start_m = people.advance(0.0, ())[0].joints_m[Joint.NOSE]
    to_middle = np.array([1.5, 1.0, 0.0]) - start_m
    people.steer(np.array([*to_middle[:2], 0.0]))
    gone_m = people.advance(2.5, ())[0].joints_m[Joint.NOSE] - start_m
    assert gone_m[:2] @ to_middle[:2] > 0.0
    assert math.hypot(*gone_m[:2]) > 0.3
    assert (people.led, people.count) == (0, 2)
    people.take_next()
    people.jump()
    people.advance(6.0, ())
    assert people.led == 1
    assert people.world.truth(6.0)[1].jumps == 1
    people.take_next()
    assert people.led == 0


def test_an_empty_venue_gets_somebody_to_lead(venue: Venue) -> None:
    nobody = msgspec.structs.replace(venue, people=msgspec.structs.replace(venue.people, count=0))
    assert LedPeople(nobody, 0).count == 1


class _SeesNobody:
    """An engine that only notes the pictures."""

    def __init__(self) -> None:
        self.shapes: list[tuple[int, ...]] = []

    def find(self, bgr: NDArray[np.uint8], captured_ns: int) -> tuple[Skeleton, ...]:
        self.shapes.append(bgr.shape)
        return ()

    def close(self) -> None:
        self.shapes.append(())


def test_keys_reach_the_people_and_esc_ends_it(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, ways, jumps, shown = _SeesNobody(), list[float](), list[int](), list[NDArray[np.uint8]]()
    presses = {
        2: (pygame.KEYDOWN, pygame.K_UP),
        4: (pygame.KEYUP, pygame.K_UP),
        5: (pygame.KEYDOWN, pygame.K_TAB),
        6: (pygame.KEYDOWN, pygame.K_SPACE),
        8: (pygame.KEYDOWN, pygame.K_ESCAPE),
    }

    class Watched(LedPeople):
        def steer(self, way: FloatArray) -> None:
            ways.append(float(np.linalg.norm(way)))
            super().steer(way)

        def jump(self) -> None:
            jumps.append(self.led)
            super().jump()

    class Scripted(Window):
        def flip(self) -> None:
            shown.append(self.read_frame())
            super().flip()
            if len(shown) in presses:
                kind, key = presses[len(shown)]
                pygame.event.post(pygame.event.Event(kind, key=key))

    monkeypatch.setattr(sources, "open_engine", lambda *_, **__: engine)
    monkeypatch.setattr(view_module, "LedPeople", Watched)
    monkeypatch.setattr(view_module, "Window", Scripted)
    try:
        view(str(tiny), game="lily_pads", seed=0, offscreen=True, frames=50)
    except ProjectError as problem:
        pytest.skip(f"needs OpenGL 3.3 in software: {problem}")
    assert len(shown) == 8
    assert [way > 0 for way in ways] == [False, False, True, True, False, False, False, False]
    assert jumps == [1]
    assert engine.shapes[0] == (72, 96, 3)
    assert engine.shapes[-1] == ()
    for part in (view_module.ROOM_PART, view_module.LIGHT_PART, view_module.CAPTION_PART):
        inside = shown[-1][part.y_px : part.y_px + part.height_px, part.x_px : part.x_px + part.width_px]
        assert inside.max() > 100


def test_so_many_frames_are_enough(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "open_engine", lambda *_, **__: _SeesNobody())
    flips = []

    class Counted(Window):
        def flip(self) -> None:
            flips.append(1)
            super().flip()

    monkeypatch.setattr(view_module, "Window", Counted)
    try:
        view(str(tiny), game="lily_pads", seed=0, offscreen=True, frames=3)
    except ProjectError as problem:
        pytest.skip(f"needs OpenGL 3.3 in software: {problem}")
    assert len(flips) == 3
