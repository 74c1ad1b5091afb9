"""The sheet in a virtual venue, drawn by a renderer that knows nothing of the fit."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from calibration.camera import SeenSheet, Sheet, see_sheet, sheet_picture, solve_camera
from calibration.camera.figures import against_truth
from calibration.camera.synthetic import Scene
from didim.geometry import PinholeCamera
from didim.sim.render import VenueRenderer
from didim.sim.venue import PaperSheet, open_venue, true_rig

SIZE_PX = (960, 540)
PLACES = ((0.7, 0.5, 20.0), (3.3, 0.6, -15.0), (2.0, 1.5, 5.0), (0.7, 2.5, -25.0), (3.3, 2.4, 30.0))


def test_five_places_in_a_hall_give_its_true_camera() -> None:
    venue = open_venue("small-hall")
    venue = msgspec.structs.replace(
        venue, camera=(msgspec.structs.replace(venue.camera[0], size_px=SIZE_PX),)
    )
    renderer, sheet = VenueRenderer(venue), Sheet().read(Sheet().ruler_mm)
    prints: dict[str, np.ndarray] = {"a3": sheet_picture(sheet)}
    seen: list[SeenSheet] = []
    for x_m, y_m, turn_deg in PLACES:
        renderer.place_sheet(PaperSheet(at_m=(x_m, y_m), turn_deg=turn_deg), prints=prints)
        seen.append(see_sheet(renderer.picture(0, [], [None], 0.1 * len(seen)), sheet=sheet))
    solved, view = solve_camera(seen), true_rig(venue).cameras[0].view
    assert isinstance(view, PinholeCamera)
    found = against_truth(solved, Scene(view, SIZE_PX, (0.0, 0.0, 4.0, 3.0)))
    assert np.percentile(found.on_m, 95) < 0.003
    assert found.on_m.max() < 0.008
    assert np.percentile(found.above_m, 95) < 0.015
    assert abs(found.scale) < 0.001
    assert found.on_covered
    turned = [np.degrees(place.turn_rad) for place in solved.places]
    between = np.diff(turned)
    assert between == pytest.approx(np.diff([turn for *_, turn in PLACES]), abs=0.2)


def test_a_print_that_is_too_small_keeps_the_size_of_its_paper() -> None:
    true, small = sheet_picture(Sheet()), sheet_picture(Sheet(scale=0.95))
    assert small.shape == true.shape == (594, 840)
    ink = [np.argwhere(picture < 128) for picture in (true, small)]
    assert np.ptp(ink[1], axis=0) == pytest.approx(0.95 * np.ptp(ink[0], axis=0), abs=2)
    assert ink[1].mean(axis=0) - [296.5, 419.5] == pytest.approx(
        0.95 * (ink[0].mean(axis=0) - [296.5, 419.5]), abs=1.0
    )
