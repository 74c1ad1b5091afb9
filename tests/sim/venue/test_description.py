"""Venues are read whole or refused with what to mend; every ready one is fit to play in."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from didim.sim.venue import VenueError, generated, open_venue, read_venue, ready_venues, true_rig

EXPECTED = {"small-hall", "wall", "big-hall", "dark", "sunny", "bright-game", "crowded", "glossy", "bumped"}


def test_the_promised_venues_come_along() -> None:
    assert set(ready_venues()) == EXPECTED
    assert all(open_venue(name).name == name for name in EXPECTED)


@pytest.mark.parametrize("name", [*sorted(EXPECTED), "generated-1", "generated-2", "generated-3"])
def test_the_surface_is_lit_and_seen_whole(name: str) -> None:
    venue = open_venue(name)
    rig = true_rig(venue)
    width_m, height_m = venue.surface.width_m, venue.surface.height_m
    grid = np.stack(np.meshgrid(np.linspace(0, width_m, 9), np.linspace(0, height_m, 9)), axis=-1).reshape(
        -1, 2
    )
    lit, seen = np.zeros(len(grid), bool), np.zeros(len(grid), bool)
    for projector in rig.projectors:
        lit |= _within(projector.projector_from_surface.apply(grid), projector.size_px)
    for camera in rig.cameras:
        points = camera.view.project(np.column_stack([grid, np.zeros(len(grid))]))  # type: ignore[union-attr]  # calibrated
        seen |= _within(points, camera.size_px)
    assert lit.mean() > 0.97
    assert seen.all()


def _within(px: np.ndarray, size_px: tuple[int, int]) -> np.ndarray:
    return np.asarray(((px >= -0.5) & (px <= np.array(size_px) - 0.5)).all(axis=1))


def _written(tmp_path: Path, old: str, new: str) -> Path:
    text = ready_venues()["small-hall"].read_text("utf-8")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def test_an_unknown_key_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(VenueError, match=r"'hfov'.*did you mean 'hfov_deg'"):
        read_venue(_written(tmp_path, "hfov_deg", "hfov"))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("hfov_deg = 76.0", "hfov_deg = 190.0", "hfov_deg must lie between"),
        ("heights_m = [1.3, 1.4, 1.5]", "heights_m = [3.0]", "heights_m must lie between"),
        ('material = "wood"', 'material = "lava"', "lava"),
        ("sheen = 0.15", "sheen = 2.0", "sheen must lie between"),
    ],
)
def test_a_value_out_of_range_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(VenueError, match=says):
        read_venue(_written(tmp_path, old, new))


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(VenueError, match="did you mean 'small-hall'"):
        open_venue("smal-hal")


def test_a_seed_makes_one_venue_and_another_seed_another() -> None:
    assert generated(5) == generated(5) == open_venue("generated-5")
    assert generated(5) != generated(6)


def test_heights_are_dealt_in_turn() -> None:
    people = open_venue("small-hall").people
    assert [people.height_m(k) for k in range(4)] == [1.3, 1.4, 1.5, 1.3]
