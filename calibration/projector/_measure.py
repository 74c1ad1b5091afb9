"""Measuring one projector through one camera: look, choose patterns, solve, try stronger ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from calibration.patterns import (
    BoardPattern,
    Contrast,
    DenseMatches,
    LevelsPattern,
    Matches,
    PhasePattern,
    level,
)
from calibration.patterns._board import LEAST_CORNERS
from calibration.patterns._matches import Floats
from calibration.projector._gamma import Response, measure_response
from calibration.projector._taking import Taker
from calibration.projector.failures import (
    CameraMoved,
    FloorNotFlat,
    KeystoneOn,
    MirrorImage,
    NotEnoughOverlap,
    PatternNotSeen,
    PatternTorn,
    TooBright,
    TooDark,
    WrongDisplay,
)
from calibration.solve import CameraWarp, solve_warp

SWING_LEAST, SWING_WEAK = 4.0, 22.0
LIT_LEAST = 0.03
"""Of the camera's picture: less is a glimpse of the light, not a surface."""
SEEN_LEAST = 0.35
"""Of the projector's picture that the camera has to see."""
SATURATED_MOST = 0.5
UNEVEN_MOST_PX = 30.0
SQUARE_CAMERA_PX = 40.0
"""Markers of a board are read from squares of about this size in the camera's picture."""
USUAL_SQUARE_PX, LARGE_SQUARE_PX = 80, 120
MOVED_MOST_PX = 0.8
SURE_CORNERS = 40


@dataclass(frozen=True, slots=True)
class PatternSet:
    """What is shown.

    Attributes:
        square_px: of the board; pairs: how often it is shown with its inverse.
        period_px: of the sine stripes, or None to leave phase and Gray code out.
        repeats: pictures averaged for each frame.
    """

    square_px: int = USUAL_SQUARE_PX
    pairs: int = 4
    period_px: int | None = 32
    repeats: int = 2

    def stronger(self) -> PatternSet:
        """More light in each answer: larger squares, more pairs, wider stripes, more pictures."""
        return replace(
            self,
            square_px=LARGE_SQUARE_PX if self.pairs >= 8 else self.square_px,
            pairs=8,
            period_px=None if self.period_px is None else 64,
            repeats=self.repeats + 2,
        )


@dataclass(frozen=True, slots=True)
class ProjectorMeasure:
    """A projector as one camera sees it.

    Attributes:
        warp: `projector_from_camera`.
        seen: black, white and where the light is.
        response: its gamma.
        used: the patterns that led to it; corners, read_share: what they gave.
        frames: frames shown; retaken: pictures taken again because they were torn.
    """

    warp: CameraWarp
    seen: Contrast
    response: Response
    used: PatternSet
    corners: int
    read_share: float
    frames: int
    retaken: int


def measure_projector(
    taker: Taker, rng: np.random.Generator, tries: int = 3, *, seen_least: float = SEEN_LEAST
) -> ProjectorMeasure:
    """Show patterns on the taker's display and solve the map; stronger patterns are tried by themselves.

    Args:
        seen_least: the share of the projector's picture that this camera has to see.

    Raises:
        ProjectorFailure: one of its causes, in plain words.
        CameraError: the camera gives no pictures.
    """
    plain = LevelsPattern(taker.size_px)
    seen = plain.read(taker.take(plain.frames).pictures)
    check_light(seen)
    response = measure_response(taker, seen)
    if response.scaled:
        raise KeystoneOn(
            "the projector does not show the picture pixel by pixel: a fine checkerboard comes out in waves. "
            "Switch keystone, digital zoom and corner correction off at the projector, and set the computer "
            "to the projector's own resolution."
        )
    chosen = choose(seen, taker.camera_px, taker.size_px)
    frames = len(plain.frames) + 6
    retaken, causes = 0, []
    for _ in range(tries):
        try:
            found = _attempt(taker.with_repeats(chosen.repeats), chosen, seen, response, rng)
            check_seen(found.warp, seen, taker.size_px, seen_least)
        except (PatternNotSeen, PatternTorn, NotEnoughOverlap) as cause:
            causes.append(cause)
            chosen = chosen.stronger()
            continue
        return replace(found, frames=found.frames + frames, retaken=found.retaken + retaken)
    raise causes[-1]


def check_light(seen: Contrast) -> None:
    """Refuse what no pattern could be read in.

    Raises:
        WrongDisplay, TooDark, TooBright
    """
    usual = float(np.median(seen.black))
    if seen.lit.mean() < LIT_LEAST or seen.swing < SWING_LEAST:
        if usual > 200:
            raise TooBright(
                f"the camera's picture is burnt out (grey value {usual:.0f} of 255 with the projector dark). "
                "Lower the exposure, dim the lamps, or keep the sun off the surface."
            )
        if 0.002 < seen.lit.mean() < LIT_LEAST and seen.swing >= SWING_LEAST:
            raise NotEnoughOverlap(
                f"the camera sees {seen.lit.mean():.1%} of its picture lit. Point it at the "
                "projector's picture."
            )
        strongest = float(np.percentile(cv2.blur(seen.white - seen.black, (25, 25)), 85))
        if usual < 90 and strongest > 1.0:
            raise TooDark(
                f"the projector's white adds {strongest:.1f} of 255 grey values to the camera's picture. "
                "Raise the exposure or the gain, or set the projector to its bright mode."
            )
        if strongest > 1.0:
            raise TooBright(
                f"the room outshines the projector: its white adds {strongest:.1f} of 255 grey values to the "
                f"room's {usual:.0f}. Dim the lamps or close the curtains."
            )
        raise WrongDisplay(
            "the camera sees no difference between white and black on this display. Choose the projector's "
            "display, and point the camera at its light."
        )
    if seen.saturated_share > SATURATED_MOST:
        raise TooBright(
            f"{seen.saturated_share:.0%} of the lit surface is burnt out in the camera's picture. Lower its "
            "exposure or gain."
        )


def choose(seen: Contrast, camera_px: tuple[int, int], projector_px: tuple[int, int]) -> PatternSet:
    """Patterns that this camera can read, from its resolution and the light it sees."""
    lit_px = float(seen.lit.sum())
    camera_per_projector = np.sqrt(lit_px / (projector_px[0] * projector_px[1]))
    square = (
        USUAL_SQUARE_PX if USUAL_SQUARE_PX * camera_per_projector >= SQUARE_CAMERA_PX else LARGE_SQUARE_PX
    )
    chosen = PatternSet(square_px=square)
    if seen.swing < SWING_WEAK:
        chosen = replace(chosen, pairs=8, repeats=4, period_px=64)
    return chosen


def _attempt(
    taker: Taker, chosen: PatternSet, seen: Contrast, response: Response, rng: np.random.Generator
) -> ProjectorMeasure:
    board = BoardPattern(taker.size_px, chosen.square_px, chosen.pairs)
    shown = taker.take(board.frames)
    corners = board.read(shown.pictures)
    retaken, frames = shown.retaken, len(board.frames)
    dense: DenseMatches | None = None
    if chosen.period_px is not None:
        first = solve_warp(corners, None, taker.camera_px, taker.size_px, rng)
        known = first is not None and knows_stripes(first, len(corners), chosen.period_px)
        phase = PhasePattern(taker.size_px, chosen.period_px, response.gamma, gray=not known)
        taken = taker.take(phase.frames)
        if known and first is not None:
            dense = phase.read_near(taken.pictures, seen, _spread(first, taker.camera_px))
        else:
            dense = phase.read(taken.pictures)
        retaken, frames = retaken + taken.retaken, frames + len(phase.frames)
    _check_read(corners, dense, shown.pictures)
    last = taker.take([level(taker.size_px, 255)]).pictures[0]
    check_still(seen, last)
    warp = solve_warp(corners, dense, taker.camera_px, taker.size_px, rng)
    if warp is None:
        raise PatternNotSeen(
            f"{len(corners)} corners were read and no map fits them. Clear the surface of things and people, "
            "and see that nothing but the projector's picture is lit."
        )
    _check_warp(warp)
    share = 0.0 if dense is None else dense.read_share
    return ProjectorMeasure(warp, seen, response, chosen, len(corners), share, frames + 1, retaken)


def knows_stripes(warp: CameraWarp, corners: int, period_px: int) -> bool:
    """Whether a board's map is sure to tell the stripes apart, so that no Gray code is needed."""
    return corners >= SURE_CORNERS and warp.unevenness_px < period_px / 4


def _spread(warp: CameraWarp, camera_px: tuple[int, int]) -> Floats:
    """The map at every camera pixel, (h, w, 2) float32; worked out at every fourth and linear between."""
    width, height = camera_px
    columns, rows = np.arange(-(-width // 4) + 1) * 4.0, np.arange(-(-height // 4) + 1) * 4.0
    grid = np.stack(np.meshgrid(columns, rows), axis=-1)
    coarse = warp.apply(grid.reshape(-1, 2)).reshape(grid.shape).astype(np.float32)
    shift = np.array([[4.0, 0, 0], [0, 4.0, 0]])
    spread = cv2.warpAffine(coarse, shift, (width, height), flags=cv2.INTER_LINEAR)
    return np.asarray(spread, np.float32)


def _check_read(corners: Matches, dense: DenseMatches | None, pictures: list[Floats]) -> None:
    if len(corners) >= LEAST_CORNERS:
        return
    if dense is not None and dense.read_share > 0.15:
        return
    raise PatternNotSeen(
        f"only {len(corners)} corners of the pattern were read. Clear the surface, dim the lamps, sharpen "
        "the projector's and the camera's focus, and see that the whole picture lies on the surface."
    )


def _check_warp(warp: CameraWarp) -> None:
    if warp.plane.mirrored:
        raise MirrorImage(
            "the projector's picture is mirrored. Set it to front projection (not rear), and switch "
            "mirroring off at the camera."
        )
    if warp.unevenness_px > UNEVEN_MOST_PX:
        raise FloorNotFlat(
            f"the surface stands {warp.unevenness_px:.0f} projector pixels from a plane. Steps, mats and "
            "furniture have to leave the picture; on a slope the projector needs a surface of its own.",
            unevenness_px=warp.unevenness_px,
        )


def check_seen(warp: CameraWarp, seen: Contrast, projector_px: tuple[int, int], least: float) -> None:
    """Refuse a camera that sees too little of a projector's picture.

    Raises:
        NotEnoughOverlap: by how much.
    """
    share = seen_share(warp, seen, projector_px)
    if share < least:
        raise NotEnoughOverlap(
            f"the camera sees {share:.0%} of the projector's picture, {least:.0%} are needed. Turn or "
            "move the camera so that the whole picture is in view."
        )


def seen_share(warp: CameraWarp, seen: Contrast, projector_px: tuple[int, int]) -> float:
    """The share of the projector's picture that the camera sees, 0 to 1."""
    rows, columns = np.nonzero(seen.lit[::8, ::8])
    if not len(rows):
        return 0.0
    px = warp.apply(np.column_stack([columns * 8.0, rows * 8.0]))
    cells = np.floor(px / (np.array(projector_px) / 24)).astype(int)
    inside = ((cells >= 0) & (cells < 24)).all(axis=1)
    return len(np.unique(cells[inside], axis=0)) / 24**2


def check_still(seen: Contrast, last: Floats) -> None:
    """Refuse a camera that moved between the first white picture and `last`.

    Raises:
        CameraMoved: by how many pixels.
    """
    moved_px = shift_between(seen.white, last)
    if moved_px > MOVED_MOST_PX:
        raise CameraMoved(
            f"the camera moved by {moved_px:.1f} pixels while it measured. Tighten its mount, let nobody "
            "touch it or walk on a springy floor, and try again.",
            moved_px=moved_px,
        )


def shift_between(first: Floats, second: Floats) -> float:
    """How far a picture moved, pixels: the median over parts, so that a walker does not count."""
    height, width = first.shape
    edges = [
        cv2.Laplacian(cv2.GaussianBlur(each, (0, 0), 1.5), cv2.CV_32F, ksize=3) for each in (first, second)
    ]
    window = cv2.createHanningWindow((width // 3, height // 3), cv2.CV_32F)
    shifts = []
    for row in range(3):
        for column in range(3):
            part = np.s_[row * (height // 3) :, column * (width // 3) :]
            a, b = (np.ascontiguousarray(e[part][: height // 3, : width // 3]) for e in edges)
            (x, y), response = cv2.phaseCorrelate(a, b, window)
            if response > 0.1:
                shifts.append((x, y))
    if len(shifts) < 3:
        return 0.0
    middle = np.median(np.array(shifts), axis=0)
    alike = np.linalg.norm(np.array(shifts) - middle, axis=1) < 1.0
    # noise and walkers shift each part its own way, a camera that moved shifts them together
    return float(np.linalg.norm(middle)) if alike.sum() >= max(3, 0.6 * len(shifts)) else 0.0
