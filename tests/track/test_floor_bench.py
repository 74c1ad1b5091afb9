"""The check against truth: on made-up people whose truth is known, and on the four-camera recording."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from didim.bench import BenchError
from didim.bench._triangulation import SIDES_SWAPPED, triangulate, unswapped
from didim.bench.floor import RECORDING, Watched, report, run, true_feet
from didim.geometry import PinholeCamera, Surface
from didim.people import Joint

if TYPE_CHECKING:
    from tests.track.conftest import MakeBody

RATE_HZ = 30
FLOOR = Surface("floor", 4.0, 3.0)
LEFT_M = (1.0, 1.6)


def _right_m(index: int) -> tuple[float, float, float]:
    """Stands, is carried 0.6 m on from picture 30 to 50, stands: x, y and lift."""
    share = min(max((index - 30) / 20, 0.0), 1.0)
    return 0.9 + 0.6 * (0.5 - 0.5 * math.cos(math.pi * share)), 1.4, 0.3 * math.sin(math.pi * share)


@pytest.fixture
def watched(cameras: tuple[PinholeCamera, ...], make_body: MakeBody) -> list[Watched]:
    """One step of a person, seen by four cameras."""

    def watch(camera: PinholeCamera, seed: int) -> Watched:
        bodies = []
        for index in range(80):
            *right_m, lift_m = _right_m(index)
            body = make_body(
                camera, LEFT_M, right_m, lift_m=(0.0, lift_m), noise_px=0.5, seed=seed + 10 * index
            )
            bodies.append((body,))
        return Watched(camera, tuple(round(i * 1e9 / RATE_HZ) for i in range(80)), tuple(bodies))

    return [watch(camera, seed) for seed, camera in enumerate(cameras)]


def test_rays_meet_where_the_point_is(cameras: tuple[PinholeCamera, ...]) -> None:
    points = np.array([[1.0, 1.0, 0.0], [2.0, 2.0, 1.7], [3.0, 0.5, 0.4]])
    places, miss_px = triangulate(list(cameras), np.stack([camera.project(points) for camera in cameras]))
    assert np.allclose(places, points, atol=1e-6)
    assert miss_px.max() < 1e-3


def test_a_view_that_is_far_off_has_no_say(cameras: tuple[PinholeCamera, ...]) -> None:
    points = np.array([[1.0, 1.0, 0.0], [2.0, 2.0, 1.7]])
    seen = np.stack([camera.project(points) for camera in cameras])
    seen[2] += [150.0, -80.0]
    places, miss_px = triangulate(list(cameras), seen)
    assert np.linalg.norm(places - points, axis=1).max() < 0.02
    assert miss_px[2].min() > 100.0


def test_a_view_that_swaps_the_sides_is_turned_back(
    cameras: tuple[PinholeCamera, ...], make_body: MakeBody
) -> None:
    seen = np.stack([make_body(camera, (2.0, 1.8), (2.3, 1.2)).points_px for camera in cameras])
    muddled = seen.copy()
    muddled[1] = seen[1][SIDES_SWAPPED]
    assert np.array_equal(unswapped(list(cameras), muddled), seen)
    assert SIDES_SWAPPED[Joint.LEFT_HEEL] is Joint.RIGHT_HEEL


def test_the_truth_knows_the_step(watched: list[Watched]) -> None:
    truth = true_feet(watched)
    assert truth.steps == 1
    assert truth.standing[:, 0].all()
    assert truth.standing[:28, 1].all()
    assert truth.standing[53:, 1].all()
    assert not truth.standing[34:46, 1].any()
    assert np.allclose(truth.feet[:, 0], LEFT_M, atol=0.01)


def test_one_good_camera_agrees_with_four(watched: list[Watched]) -> None:
    figures = report(watched, FLOOR).figures
    assert figures["floor_median_cm"].value < 1.0
    assert figures["floor_any_p95_cm"].value < 4.0
    assert figures["floor_steps_off"].value == 0
    assert figures["floor_followed_share"].value > 0.95


def test_a_camera_that_was_moved_shows(watched: list[Watched]) -> None:
    first = watched[0]
    turned = first.view.matrix.copy()
    turned[1, 2] += 25.0
    moved = PinholeCamera(turned, first.view.surface_from_camera, first.view.distortion)
    watched[0] = Watched(moved, first.captured_ns, first.bodies)
    figures = report(watched, FLOOR).figures
    assert figures["floor_median_cm"].value > 5.0
    assert not figures["floor_median_cm"].holds


def test_without_the_recording_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="pose2sim_single"):
        run(tmp_path)


def test_camera_one_alone_holds_against_four_on_real_video(recordings: Path) -> None:
    if not (recordings / RECORDING).is_dir():
        pytest.skip(f"needs the recording {RECORDING}")
    result = run(recordings)
    assert all(figure.holds for figure in result.figures.values()), result.as_json()
    assert result.figures["floor_truth_miss_px"].value < 15.0
    assert set(result.curves[0].series) == {"cam01", "cam02", "cam03", "cam04"}
