"""The printed sheet: one exact geometry that the printer draws and the detector looks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

import cv2
import numpy as np

from calibration.camera.failures import WrongSize
from didim.geometry import FloatArray

Paper = Literal["a3", "a4"]

SCALE_LIMITS = (0.9, 1.1)
READING_MM = 0.5
"""How well a person reads a ruler, one standard deviation."""
UNREAD_SCALE = 0.004
"""How far a print at 100 % is off when nobody measured it, one standard deviation."""

_TAG_FAMILY = cv2.aruco.DICT_APRILTAG_36H11
_INNER_CELLS, _BORDER_CELLS = 6, 1

# Two columns of coarse cells in each side panel, from the top; "x" is a cell in quarters. No part of it
# repeats, so that a wrong fit by one cell does not look right.
_LEFT = ("10", "x1", "01", "1x", "00", "1x", "01", "x0")
_RIGHT = ("01", "1x", "10", "0x", "11", "x0", "1x", "01")


class _Design(NamedTuple):
    """Measures of one paper size, millimetres; the tag's middle is `tag_up_mm` above the sheet's."""

    size_mm: tuple[float, float]
    tag_id: int
    tag_mm: float
    tag_up_mm: float
    cell_mm: float
    margin_mm: float
    ruler_mm: float


_DESIGNS: dict[str, _Design] = {
    "a3": _Design((420.0, 297.0), 301, 250.0, 2.0, 25.0, 8.0, 400.0),
    "a4": _Design((297.0, 210.0), 302, 170.0, 1.5, 17.0, 7.0, 200.0),
}
PAPERS: tuple[Paper, ...] = ("a3", "a4")


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was printed.

    The sheet's frame has its origin in the middle of the paper, x to the right and y up, z towards the
    reader. Only the print is scaled by `scale`: paper is cut to size.

    Attributes:
        paper: its size.
        scale: printed length over designed length, 1 for a true print.
        scale_sigma: standard deviation of that.
    """

    paper: Paper = "a3"
    scale: float = 1.0
    scale_sigma: float = UNREAD_SCALE

    def __post_init__(self) -> None:
        if self.paper not in _DESIGNS:
            raise ValueError(f"paper is one of {', '.join(PAPERS)}, got {self.paper!r}")

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the paper."""
        return _DESIGNS[self.paper].size_mm

    @property
    def tag_id(self) -> int:
        """Its number in AprilTag's family 36h11 (E. Olson, "AprilTag", ICRA 2011); each paper has its own."""
        return _DESIGNS[self.paper].tag_id

    @property
    def ruler_mm(self) -> float:
        """The length of the ruler mark in a true print."""
        return _DESIGNS[self.paper].ruler_mm

    @property
    def ruler_y_mm(self) -> float:
        """How high the ruler mark lies in the sheet's frame."""
        return 6.0 - self.size_mm[1] / 2

    def read(self, ruler_mm: float) -> Sheet:
        """The sheet whose ruler mark measures `ruler_mm` in the installer's hand.

        Raises:
            WrongSize: the reading is more than 10 % off; such a print is of another paper size.
        """
        scale = ruler_mm / self.ruler_mm
        if not SCALE_LIMITS[0] <= scale <= SCALE_LIMITS[1]:
            raise WrongSize(
                f"the ruler mark should be {self.ruler_mm:g} mm long and measures {ruler_mm:g} mm: print the "
                f"sheet on {self.paper.upper()} paper at 100 %, without 'fit to page'",
                scale=scale,
            )
        return replace(self, scale=scale, scale_sigma=READING_MM / self.ruler_mm)

    @cached_property
    def tag_corners_mm(self) -> FloatArray:
        """(4, 2) corners of the tag's black square, designed millimetres: from top left clockwise."""
        design = _DESIGNS[self.paper]
        half = design.tag_mm / 2
        square_mm = np.array([[-half, half], [half, half], [half, -half], [-half, -half]])
        return np.asarray(square_mm + np.array([0.0, design.tag_up_mm]))

    @cached_property
    def blocks_mm(self) -> FloatArray:
        """(n, 4) black rectangles, designed millimetres: left, bottom, right, top; none overlaps another."""
        design = _DESIGNS[self.paper]
        blocks = _bars(_tag_cells(design.tag_id), self.tag_corners_mm[0], design.tag_mm / 8)
        (width, height), cell = design.size_mm, design.cell_mm
        top = height / 2 - design.margin_mm
        for rows, left in (
            (_LEFT, design.margin_mm - width / 2),
            (_RIGHT, width / 2 - design.margin_mm - 2 * cell),
        ):
            blocks += _bars(_panel_cells(rows), np.array([left, top]), cell / 2)
        return np.array(blocks)

    @cached_property
    def silent_mm(self) -> FloatArray:
        """(3, 4) rectangles that hold text and ruler, which no fit looks at: as `blocks_mm`."""
        design = _DESIGNS[self.paper]
        (width, height), cell = design.size_mm, design.cell_mm
        below = height / 2 - design.margin_mm - 8 * cell - 2.0
        left = design.margin_mm - width / 2
        strip = self.ruler_y_mm + 9.0
        return np.array(
            [
                [left - 2, strip, left + 2 * cell + 2, below],
                [-left - 2 * cell - 2, strip, 2 - left, below],
                [-width / 2, -height / 2, width / 2, strip],
            ]
        )

    def corners_m(self) -> FloatArray:
        """(4, 2) corners of the paper in the sheet's frame, metres: from top left clockwise."""
        width, height = self.size_mm
        return np.array([[-width, height], [width, height], [width, -height], [-width, -height]]) / 2000


def sheet_of_tag(tag_id: int) -> Sheet | None:
    """The sheet that carries this tag, or None."""
    return next((Sheet(paper) for paper in PAPERS if _DESIGNS[paper].tag_id == tag_id), None)


def _tag_cells(tag_id: int) -> np.ndarray:
    """(8, 8) bool, True where the tag is black, from the top row."""
    dictionary = cv2.aruco.getPredefinedDictionary(_TAG_FAMILY)
    picture = cv2.aruco.generateImageMarker(dictionary, tag_id, _INNER_CELLS + 2 * _BORDER_CELLS)
    return np.asarray(picture < 128)


def _panel_cells(rows: tuple[str, ...]) -> np.ndarray:
    """(2 rows, 4) bool of half cells."""
    quarters = {"0": np.zeros((2, 2), bool), "1": np.ones((2, 2), bool), "x": np.eye(2, dtype=bool)}
    return np.block([[quarters[mark] for mark in row] for row in rows])


def _bars(cells: np.ndarray, top_left_mm: FloatArray, cell_mm: float) -> list[list[float]]:
    """Black cells as rectangles, joined along each row."""
    bars = []
    left, top = top_left_mm.tolist()
    for row, line in enumerate(cells):
        ends = np.flatnonzero(np.diff(np.r_[0, line.astype(int), 0]))
        for start, end in ends.reshape(-1, 2).tolist():
            bottom = top - (row + 1) * cell_mm
            bars.append([left + start * cell_mm, bottom, left + end * cell_mm, bottom + cell_mm])
    return bars
