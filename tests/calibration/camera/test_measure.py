from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from calibration.camera import (
    CameraFailure,
    Lens,
    MirrorImage,
    NotEnough,
    PoorFit,
    Prior,
    SeenSheet,
    Sheet,
    SheetBent,
    SheetMoved,
    SheetNotSeen,
    SheetPlace,
    TooBright,
    TooDark,
    WrongSize,
    see_sheet,
    see_sheets,
    solve_camera,
)
from calibration.camera.figures import against_truth, five_places
from calibration.camera.synthetic import Laid, Look, Scene, picture_of, random_scene

MIDDLE = SheetPlace(0.2, 1.3, 0.3)
SEED = 7411
SIZE_PX = (960, 540)


@cache
def _scene() -> Scene:
    return random_scene(np.random.default_rng(SEED), size_px=SIZE_PX)


@cache
def _picture(laid: Laid = Laid(Sheet(), MIDDLE), look: Look | None = None) -> np.ndarray:  # noqa: B008
    return picture_of(_scene(), [laid], look=look, rng=np.random.default_rng(SEED))


@pytest.fixture(scope="module")
def five() -> tuple[Scene, list[SeenSheet]]:
    """A scene and one sheet seen at five places."""
    scene, rng = _scene(), np.random.default_rng(SEED)
    places = five_places(scene, rng)
    return scene, [see_sheet(picture_of(scene, [Laid(Sheet(), place)], rng=rng)) for place in places]


def test_five_places_measure_the_floor(five: tuple[Scene, list[SeenSheet]]) -> None:
    scene, seen = five
    solved = solve_camera(seen)
    figures = against_truth(solved, scene)
    assert np.median(figures.on_m) < 0.0015
    assert np.percentile(figures.on_m, 95) < 0.003
    assert figures.on_m.max() < 0.008
    assert abs(figures.scale) < 0.001
    assert np.median(figures.above_m) < 0.012
    assert figures.on_covered
    assert figures.above_covered
    first = solved.places[0]
    assert (first.x_m, first.y_m) == (0.0, 0.0)
    assert solved.camera.surface_from_camera.translation_m[2] > 2
    with pytest.raises(CameraFailure, match="place 3"):
        solve_camera([*seen[:2], _nudged(seen[2], 25.0), *seen[3:]])


def test_a_lens_known_from_a_board_is_taken_over(five: tuple[Scene, list[SeenSheet]]) -> None:
    scene, seen = five
    matrix, terms = scene.camera.matrix, scene.camera.distortion
    mean = np.array([np.log(matrix[0, 0]), *matrix[:2, 2], *terms[:4]])
    sigma = np.array([0.001, 0.5, 0.5, 2e-3, 2e-3, 2e-4, 2e-4])
    known = Prior(mean, np.diag(sigma**2), matrix[1, 1] / matrix[0, 0], float(terms[4]))
    plain, told = solve_camera(seen[:3]), solve_camera(seen[:3], known=known)
    assert told.camera.matrix[0, 0] == pytest.approx(matrix[0, 0], rel=0.003)
    assert told.camera.matrix[:2, 2] == pytest.approx(matrix[:2, 2], abs=1.5)
    assert told.accuracy().above_p95_m < plain.accuracy().above_p95_m
    found = against_truth(told, scene)
    assert np.percentile(found.above_m, 95) < 0.01
    assert found.above_covered


def _nudged(seen: SeenSheet, px: float) -> SeenSheet:
    """As if the camera had been knocked before this picture was taken."""
    grey = np.roll(seen.grey, round(px), axis=0)
    return see_sheet(grey)


def test_a_place_is_seen_to_a_few_hundredths_of_a_pixel() -> None:
    scene = _scene()
    seen = see_sheet(_picture())
    true = scene.camera.project(np.c_[MIDDLE.outline(Sheet()), np.zeros(4)])
    assert np.abs(seen.corners_px - true).max() < 0.3  # the lens is not known yet


@pytest.mark.parametrize("light", [0.1, 0.95])
@pytest.mark.parametrize("blur_px", [0.3, 1.4])
def test_light_and_focus_shift_nothing(light: float, blur_px: float) -> None:
    scene = _scene()
    known = Lens(scene.camera.matrix, scene.camera.distortion)
    seen = see_sheet(_picture(look=Look(light=light, blur_px=blur_px)), lens=known)
    true = scene.camera.project(np.c_[MIDDLE.outline(Sheet()), np.zeros(4)])
    assert np.abs(seen.corners_px - true).max() < 0.2


def test_a_picture_may_hold_several_sheets() -> None:
    places = [SheetPlace(-1.0, 0.8), SheetPlace(1.0, 2.0, 2.0)]
    picture = picture_of(_scene(), [Laid(Sheet(), p) for p in places], rng=np.random.default_rng(1))
    assert len(see_sheets(picture)) == 2


def test_an_empty_floor_is_told() -> None:
    empty = picture_of(_scene(), [], rng=np.random.default_rng(1))
    with pytest.raises(SheetNotSeen, match="no calibration sheet is seen"):
        see_sheet(empty)


def test_a_dark_room_is_told() -> None:
    with pytest.raises(TooDark, match="Lengthen the exposure"):
        see_sheet(_picture(look=Look(light=0.0006)))


def test_a_burnt_picture_is_told() -> None:
    with pytest.raises(TooBright, match="shorten the exposure"):
        see_sheet(_picture(look=Look(light=60.0)))


def test_a_mirrored_picture_is_told() -> None:
    with pytest.raises(MirrorImage, match="mirrored"):
        see_sheet(np.ascontiguousarray(_picture()[:, ::-1]))


def test_a_sheet_that_slides_during_the_exposure_is_told() -> None:
    with pytest.raises(SheetMoved, match="while the picture was taken"):
        see_sheet(_picture(Laid(Sheet(), MIDDLE, slide_m=(0.03, 0.0))))


def test_a_sheet_that_slides_between_pictures_is_told() -> None:
    later = SheetPlace(MIDDLE.x_m + 0.03, MIDDLE.y_m, MIDDLE.turn_rad)
    with pytest.raises(SheetMoved, match="between two pictures"):
        see_sheet([_picture(), _picture(Laid(Sheet(), later))])


def test_defocus_is_no_motion() -> None:
    narrow, wide = see_sheet(_picture(look=Look(blur_px=1.5))).blur_px
    assert 1.2 < narrow <= wide < 1.8


def test_a_sheet_that_curls_by_a_centimetre_is_told_once_the_lens_is_known() -> None:
    known = Lens(_scene().camera.matrix, _scene().camera.distortion)
    with pytest.raises(SheetBent, match="does not lie flat"):
        see_sheet(_picture(Laid(Sheet(), MIDDLE, curl_m=0.012)), lens=known)


def test_a_curled_sheet_is_told() -> None:
    scene, rng = random_scene(np.random.default_rng(SEED), size_px=(1280, 720)), np.random.default_rng(SEED)
    with pytest.raises(SheetBent, match="does not lie flat"):
        see_sheet(picture_of(scene, [Laid(Sheet(), MIDDLE, curl_m=0.03)], rng=rng))


@pytest.mark.parametrize("scale", [0.94, 0.97])
def test_a_print_that_was_fitted_to_the_page_is_told(scale: float) -> None:
    shrunk = Laid(Sheet(scale=scale), MIDDLE)
    with pytest.raises(WrongSize, match="without 'fit to page'") as failure:
        see_sheet(_picture(shrunk))
    assert failure.value.scale == pytest.approx(scale, abs=0.01)
    see_sheet(_picture(shrunk), sheet=Sheet().read(400 * scale))


def test_the_other_sheet_is_told() -> None:
    with pytest.raises(SheetNotSeen, match="A3 sheet is seen where the A4"):
        see_sheet(_picture(), sheet=Sheet("a4"))


def test_no_place_is_not_enough() -> None:
    with pytest.raises(NotEnough, match="first spot"):
        solve_camera([])


def test_pictures_of_two_sizes_are_told(five: tuple[Scene, list[SeenSheet]]) -> None:
    small = random_scene(np.random.default_rng(3), size_px=(640, 480))
    other = see_sheet(picture_of(small, [Laid(Sheet(), MIDDLE)], rng=np.random.default_rng(3)))
    with pytest.raises(PoorFit, match="differ in size"):
        solve_camera([five[1][0], other])
