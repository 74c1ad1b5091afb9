"""From pictures of sheets to a camera: each sheet seen, checked, and all of them solved together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from calibration.camera._adjust import Adjusted, Observation, adjust
from calibration.camera._find import FoundTag, Grey, find_tags
from calibration.camera._lens import Lens
from calibration.camera._model import Prior
from calibration.camera._paper import print_scale
from calibration.camera._refine import Fit, refine
from calibration.camera._sheet import Sheet
from calibration.camera._solution import SolvedCamera, solved_camera
from calibration.camera.failures import NotEnough, PoorFit, SheetBent, SheetMoved, SheetNotSeen, WrongSize
from didim.geometry import FloatArray

Picture = NDArray[np.uint8]

_MOVED_PX = 1.5
_STREAK_PX = 3.0
_BENT_PX, _BENT_SIGMAS = 0.25, 5.0
_LEAST_CONTRAST = 0.08
_WORST_RESIDUAL = 0.45
_WRONG_SCALE = 0.012
_WORST_MISFIT = 8.0
LEANING_DOUBT = 2.0
"""By how much the corners of a steep sheet are off more than its fit knows, over simulated pictures."""
HEIGHT_LIMITS_M = (0.6, 12.0)


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """One sheet in one picture; holds that picture in memory so that a better lens can look again.

    Attributes:
        corners_px: (4, 2) corners of the paper in the picture, from its own top left clockwise.
        blur_px: the blur's standard deviation across and along, pixels.
        leaning: it leans against something instead of lying on the surface.
    """

    sheet: Sheet
    tag: FoundTag
    grey: Grey
    fit: Fit
    corners_px: FloatArray
    covariance_px2: FloatArray
    leaning: bool = False

    @property
    def blur_px(self) -> tuple[float, float]:
        return float(self.fit.blur_px[0]), float(self.fit.blur_px[1])

    @property
    def size_px(self) -> tuple[int, int]:
        height, width = self.grey.shape
        return width, height


def see_sheet(
    pictures: Picture | Sequence[Picture],
    *,
    sheet: Sheet | None = None,
    lens: Lens | None = None,
    leaning: bool = False,
) -> SeenSheet:
    """Find the sheet of one place.

    Args:
        pictures: one picture or several of the same place, (h, w, 3) blue green red or (h, w) uint8.
            Several are averaged, and tell whether the sheet lay still.
        sheet: the sheet as printed, with the ruler's reading; else taken for a true print.
        lens: what is known of the lens, for instance from an earlier solution.
        leaning: it leans against something instead of lying on the surface.

    Raises:
        SheetNotSeen: no sheet, or too little of it; `TooDark`, `TooBright`, `MirrorImage` where known.
        SheetMoved: it moved during or between the pictures.
        SheetBent: it does not lie flat.
        WrongSize: the print does not fill its paper as it should.
    """
    greys = [_grey(each) for each in ([pictures] if isinstance(pictures, np.ndarray) else pictures)]
    tags = [_one_tag(grey, sheet) for grey in greys]
    for tag in tags[1:]:
        moved_px = float(np.abs(tag.corners_px - tags[0].corners_px).mean())
        if moved_px > _MOVED_PX:
            raise SheetMoved(
                f"the sheet moved by {moved_px:.0f} pixels between two pictures: step away from it and wait"
            )
    mean = np.mean(greys, axis=0) if len(greys) > 1 else greys[0]
    grey = np.asarray(np.round(mean), np.uint8)
    seen = replace(_look(grey, tags[0], lens or Lens.straight()), leaning=leaning)
    _check_still(seen.fit)
    _check_flat(seen.fit, allowed_px=_BENT_PX if lens is not None else 2 * _BENT_PX)
    _check_size(seen)
    return seen


def see_sheets(picture: Picture, *, sheet: Sheet | None = None) -> tuple[SeenSheet, ...]:
    """Every sheet in one picture, the largest first; for who printed several. Raises as `see_sheet`."""
    grey = _grey(picture)
    seen = []
    for tag in find_tags(grey):
        if sheet is None or tag.sheet.paper == sheet.paper:
            one = _look(grey, FoundTag(sheet or tag.sheet, tag.corners_px), Lens.straight())
            _check_still(one.fit)
            _check_size(one)
            seen.append(one)
    return tuple(seen)


def solve_camera(
    seen: Sequence[SeenSheet], *, known: Prior | None = None, evenness_m: float = 0.001
) -> SolvedCamera:
    """Solve lens, pose and places from sheets seen at different places by one camera.

    With one or two places there is an answer too, which says by its accuracy that it is no good yet.

    Args:
        known: what is known of the lens, from a board or a data sheet; else a camera off the shelf.
        evenness_m: how uneven the surface is, one standard deviation.

    Raises:
        NotEnough: no sheet was given. PoorFit: the sheets contradict each other.
        SheetBent: one of them does not lie flat. WrongSize: the camera would hang at an impossible height.
    """
    if all(each.leaning for each in seen):
        raise NotEnough("no sheet has been seen lying on the surface yet: lay it on the first spot")
    sizes = {each.size_px for each in seen}
    if len(sizes) > 1:
        raise PoorFit(f"the pictures differ in size: {sorted(sizes)}; take all with the same camera settings")
    prior = known or Prior.of_any_camera(seen[0].size_px)
    adjusted = adjust(prior, _observations(seen), evenness_m=evenness_m)
    lens = prior.lens(adjusted.terms[: len(prior.mean)])
    looked = [_again(each, lens) for each in seen]
    adjusted = adjust(prior, _observations(looked), evenness_m=evenness_m, begin=adjusted)
    _check_solution(looked, adjusted)
    return solved_camera(adjusted, seen[0].size_px)


def _grey(picture: Picture) -> Grey:
    if picture.dtype != np.uint8 or picture.ndim not in (2, 3):
        raise ValueError(f"a picture is (h, w, 3) or (h, w) uint8, got {picture.shape} {picture.dtype}")
    return np.asarray(picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)


def _one_tag(grey: Grey, sheet: Sheet | None) -> FoundTag:
    tags = find_tags(grey)
    if sheet is None:
        return tags[0]
    own = [tag for tag in tags if tag.sheet.paper == sheet.paper]
    if not own:
        raise SheetNotSeen(
            f"the {tags[0].sheet.paper.upper()} sheet is seen where the {sheet.paper.upper()} sheet is "
            "expected: lay the sheet down whose ruler you measured"
        )
    return FoundTag(sheet, own[0].corners_px)


def _look(grey: Grey, tag: FoundTag, lens: Lens, begin_px: FloatArray | None = None) -> SeenSheet:
    fit = refine(grey, tag, lens, begin_px=begin_px)
    if fit is None or fit.contrast < _LEAST_CONTRAST or fit.residual > _WORST_RESIDUAL * fit.contrast:
        raise SheetNotSeen(
            "a tag is seen but not the sheet around it: nobody may stand on it, nothing lie on it, and the "
            "whole sheet must be in the picture"
        )
    corners, covariance = _bent(fit, lens)
    return SeenSheet(tag.sheet, tag, grey, fit, corners, covariance)


def _again(seen: SeenSheet, lens: Lens) -> SeenSheet:
    """The same sheet with a better lens; as before where that does not fit."""
    try:
        return replace(_look(seen.grey, seen.tag, lens, seen.corners_px), leaning=seen.leaning)
    except SheetNotSeen:
        return seen


def _bent(fit: Fit, lens: Lens) -> tuple[FloatArray, FloatArray]:
    """The fit's corners in the camera's own picture, with their covariance."""
    corners = lens.bend(fit.corners_px)
    slope = np.zeros((8, 8))
    for axis in (0, 1):
        shifted = lens.bend(fit.corners_px + 0.5 * np.eye(2)[axis])
        back = lens.bend(fit.corners_px - 0.5 * np.eye(2)[axis])
        for corner in range(4):
            slope[2 * corner : 2 * corner + 2, 2 * corner + axis] = (shifted - back)[corner]
    return corners, np.asarray(slope @ fit.covariance_px2 @ slope.T)


def _observations(seen: Sequence[SeenSheet]) -> tuple[Observation, ...]:
    return tuple(
        Observation(
            each.sheet,
            each.corners_px,
            each.covariance_px2 * (LEANING_DOUBT**2 if each.leaning else 1.0),
            each.leaning,
        )
        for each in seen
    )


def _check_still(fit: Fit) -> None:
    """A picture that is smeared along one axis: an even motion over a length l has a variance of l^2 / 12."""
    excess = float(fit.blur_px[1] ** 2 - fit.blur_px[0] ** 2)
    streak_px = np.sqrt(12 * max(excess - 3 * fit.blur_sigma_px2, 0.0))
    if streak_px > _STREAK_PX:
        raise SheetMoved(
            f"the sheet moved by about {streak_px:.0f} pixels while the picture was taken: let go of it, "
            "step away, and wait; or shorten the exposure"
        )


def _check_flat(fit: Fit, *, allowed_px: float) -> None:
    misses = np.linalg.norm(fit.bend_px, axis=1)
    worst = int(np.argmax(np.where(misses > _BENT_SIGMAS * fit.bend_sigma_px, misses, 0.0)))
    certain = misses[worst] > _BENT_SIGMAS * fit.bend_sigma_px[worst]
    if certain and np.sqrt(np.mean(misses**2)) > allowed_px:
        raise SheetBent(
            f"the sheet does not lie flat: parts of it are seen up to {misses[worst]:.1f} pixels off. "
            "Press it down or tape its corners, and lay it where the surface is even"
        )


def _check_size(seen: SeenSheet) -> None:
    found = print_scale(seen.grey, seen.fit.corners_px, seen.sheet)
    if found is None:
        return
    scale, sigma = found
    if abs(scale / seen.sheet.scale - 1) > _WRONG_SCALE + 2 * sigma:
        raise WrongSize(
            f"the print fills its paper to {scale:.0%} where {seen.sheet.scale:.0%} is expected: print it at "
            f"100 % without 'fit to page', or enter what the ruler on the sheet measures",
            scale=scale,
        )


def _check_solution(seen: Sequence[SeenSheet], adjusted: Adjusted) -> None:
    for each in seen:
        _check_flat(each.fit, allowed_px=_BENT_PX)
    height_m = float(adjusted.model.camera(adjusted.terms).surface_from_camera.translation_m[2])
    low, high = HEIGHT_LIMITS_M
    if len(seen) >= 3 and not low <= height_m <= high:
        paper = seen[0].sheet.paper.upper()
        raise WrongSize(
            f"by the sheet's size the camera would hang {height_m:.2f} m from the surface: was the {paper} "
            "sheet printed on another paper? Print it at 100 % and enter what its ruler measures",
            scale=float("nan"),
        )
    worst = int(np.argmax(adjusted.misfits))
    if len(seen) >= 2 and adjusted.misfits[worst] > _WORST_MISFIT:
        raise PoorFit(
            f"place {worst + 1} does not agree with the others: the camera was moved, or the sheet does not "
            "lie on the same plane. Lay it there again; if it stays so, begin anew"
        )
