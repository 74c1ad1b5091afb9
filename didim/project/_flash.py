"""Light that is safe for those with photosensitive epilepsy: counting flashes, and damping what is too much.

The definition is WCAG 2.2's success criterion 2.3.1: a general flash is a pair of opposing changes in
relative luminance of 10 % of the maximum or more with the darker state below 0.80; a red flash a pair of
opposing changes to and from a saturated red, R/(R+G+B) >= 0.8, of more than 0.2 in the CIE 1976 UCS diagram.
More than three of either in a second are too many, and so are two a second that go on for five seconds. What
counts flashes at the same time in a quarter of any field of ten degrees: cell by cell, whether neighbours
flash together or in turn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Cells = NDArray[np.bool_]

COLUMNS, ROWS = 64, 36
FIELD, FIELD_SHARE, LONG_FIELD_SHARE = 4, 0.25, 0.75
"""A usual floor's cells are 6 cm wide: four by four are ten degrees as a child sees them, 1.4 m away. A spark
that flies through a cell is no flash. What goes on for long must fill most of a field: in any quarter of one,
ten things that come and go in five seconds are play."""

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
XYZ_FROM_RGB = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
)  # sRGB, IEC 61966-2-1
WHITE_UV = (0.1978, 0.4683)  # D65
CHANGE, DARKER = 0.10, 0.80
RED_SHARE, RED_CHANGE = 0.80, 0.20
BLACK = 0.02
SECOND_S, FLASHES_A_SECOND = 1.0, 3
LONG_S, FLASHES_LONG = 5.0, 10
KEPT = 2 * FLASHES_LONG
SHARES = (0.5, 0.25, 0.12, 0.06, 0.03, 0.0)
GUARDED, GUARDED_DARKER, GUARDED_RED = (
    0.9,
    0.83,
    0.78,
)  # what the guard takes for the limits: what it shows is rounded after it


@dataclass(frozen=True, slots=True)
class Flashing:
    """What is too much at one moment.

    Attributes:
        kind: general flashes, red ones, either for too long, or stripes.
        t_s: when.
        share: the part of the picture in which it is seen, 0 to 1.
    """

    kind: str
    t_s: float
    share: float


class _Changes:
    """The last opposing changes of each cell of the picture."""

    def __init__(self, cells: int) -> None:
        self._times_s = np.full((cells, KEPT), -np.inf)
        self._next = np.zeros(cells, np.intp)

    def add(self, changed: Cells, t_s: float) -> None:
        cells = np.flatnonzero(changed)
        self._times_s[cells, self._next[cells]] = t_s
        self._next[cells] = (self._next[cells] + 1) % KEPT

    def too_many(self, t_s: float, more: int = 0) -> tuple[Cells, Cells]:
        """Cells that flash too often in a second, and for too long, with `more` changes; two are a flash."""
        often = self._back(2 * (FLASHES_A_SECOND + 1) - more) > t_s - SECOND_S
        return often, self._back(2 * FLASHES_LONG - more) > t_s - LONG_S

    def _back(self, count: int) -> FloatArray:
        """When each cell's change was that lies so many back; 1 is the newest."""
        rows = np.arange(len(self._next))
        return np.asarray(self._times_s[rows, (self._next - count) % KEPT])


@dataclass(frozen=True, slots=True)
class _Seen:
    """A picture against those before it: which cells changed, and what is remembered if it is shown."""

    opposed: Cells
    high: FloatArray
    low: FloatArray
    way: NDArray[np.int8]
    reddened: Cells
    uv: FloatArray
    was_red: Cells


class FlashCounter:
    """Counts flashes in each cell of the pictures that it is shown, in order of time.

    Args:
        change, red_change: in relative luminance and in chromaticity, that counts; less is stricter.
        darker: what a flash's darker state lies below; more is stricter.
        red_share: of the light, that makes a red; less is stricter.
        columns: how many cells make a row, where only what a quarter of a field does together counts; None:
            each cell counts for itself.
    """

    def __init__(
        self,
        cells: int,
        *,
        change: float = CHANGE,
        red_change: float = RED_CHANGE,
        darker: float = DARKER,
        red_share: float = RED_SHARE,
        columns: int | None = None,
    ) -> None:
        self._columns = columns
        self._change, self._red_change = change, red_change
        self._darker, self._red_share = darker, red_share
        self._general, self._red = _Changes(cells), _Changes(cells)
        self._high = self._low = np.full(cells, np.nan)
        self._way = np.zeros(cells, np.int8)
        self._uv = np.full((cells, 2), np.nan)
        self._was_red = np.zeros(cells, np.bool_)

    def add(self, rgb: FloatArray, t_s: float) -> list[Flashing]:
        """Take in a picture, (cells, 3) linear light 0 to 1; what is too much now."""
        self.keep(self.look(rgb), t_s)
        found = []
        for kind, changes in (("general", self._general), ("red", self._red)):
            often, long = changes.too_many(t_s)
            for suffix, over in (("", often), (" for long", long)):
                share = LONG_FIELD_SHARE if suffix else FIELD_SHARE
                if (cells := self._together(over, share)).any():
                    found.append(Flashing(kind + suffix, t_s, float(cells.mean())))
        return found

    def look(self, rgb: FloatArray) -> _Seen:
        """What a picture would change, were it the next."""
        return _Seen(*self._opposed(rgb @ LUMINANCE), *self._reddened(rgb))

    def too_many(self, seen: _Seen, t_s: float, held: Cells) -> dict[str, Cells]:
        """By kind, the cells that would flash too much, were it shown; a field counts those `held` too."""
        found = {}
        for kind, changes, changed in (
            ("general", self._general, seen.opposed),
            ("red", self._red, seen.reddened),
        ):
            if changed.any():
                before, after = changes.too_many(t_s), changes.too_many(t_s, more=1)
                often, long = (was | (changed & would) for was, would in zip(before, after, strict=True))
                found[kind] = changed & self._together(often | held, FIELD_SHARE) & often
                found[kind + " for long"] = changed & self._together(long | held, LONG_FIELD_SHARE) & long
        return found

    def keep(self, seen: _Seen, t_s: float) -> None:
        """Take in the picture that was looked at: it is shown."""
        self._general.add(seen.opposed, t_s)
        self._red.add(seen.reddened, t_s)
        self._high, self._low, self._way = seen.high, seen.low, seen.way
        self._uv, self._was_red = seen.uv, seen.was_red

    def _together(self, over: Cells, share: float) -> Cells:
        """Those cells with which so much of a field flashes too much."""
        if self._columns is None or not over.any():
            return over
        grid = over.reshape(-1, self._columns)
        counts = sliding_window_view(grid, (FIELD, FIELD)).sum(axis=(2, 3))
        fields = np.pad(counts >= share * FIELD * FIELD, FIELD - 1)
        return np.asarray(grid & sliding_window_view(fields, (FIELD, FIELD)).any(axis=(2, 3))).ravel()

    def _opposed(self, luminance: FloatArray) -> tuple[Cells, FloatArray, FloatArray, NDArray[np.int8]]:
        """Cells whose luminance has turned and come far enough from its last extreme."""
        high, low = np.fmax(self._high, luminance), np.fmin(self._low, luminance)
        fell = (self._way >= 0) & (high - luminance >= self._change) & (luminance < self._darker)
        rose = ~fell & (self._way <= 0) & (luminance - low >= self._change) & (low < self._darker)
        changed = fell | rose
        way = np.where(fell, -1, np.where(rose, 1, self._way)).astype(np.int8)
        return changed, np.where(changed, luminance, high), np.where(changed, luminance, low), way

    def _reddened(self, rgb: FloatArray) -> tuple[Cells, FloatArray, Cells]:
        """Cells that have gone to or from a saturated red."""
        uv, total = chromaticity(rgb), rgb.sum(axis=1)
        is_red = (total >= BLACK) & (rgb[:, 0] >= self._red_share * total)
        known = np.isfinite(self._uv[:, 0])
        moved = np.hypot(*(uv - np.where(known[:, None], self._uv, uv)).T) > self._red_change
        changed = moved & (is_red | self._was_red)
        renewed = changed | ~known | (moved & ~is_red & ~self._was_red)
        was_red = np.where(renewed, is_red, self._was_red)
        return changed, np.where(renewed[:, None], uv, self._uv), was_red


def chromaticity(rgb: FloatArray) -> FloatArray:
    """CIE 1976 u', v' of (n, 3) linear sRGB; black counts as white."""
    x, y, z = XYZ_FROM_RGB @ rgb.T
    below = np.maximum(x + 15 * y + 3 * z, 1e-9)
    uv = np.stack([4 * x / below, 9 * y / below], axis=1)
    return np.where((rgb.sum(axis=1) < BLACK)[:, None], WHITE_UV, uv)


class FlashGuard:
    """Decides how much of each new picture may be shown, so that what is shown never flashes too much.

    Attributes:
        cells: of a picture, `columns` of them in a row; see `FlashCounter`.
        damped: how many pictures were held back.
        told: why the last picture was held back, by kind and share of the picture; empty if it was not.
    """

    def __init__(self, cells: int = ROWS * COLUMNS, columns: int | None = COLUMNS) -> None:
        self.cells, self.damped = cells, 0
        self.told: tuple[Flashing, ...] = ()
        self._counter = FlashCounter(
            cells,
            change=GUARDED * CHANGE,
            red_change=GUARDED * RED_CHANGE,
            darker=GUARDED_DARKER,
            red_share=GUARDED_RED,
            columns=columns,
        )
        self._shown: FloatArray | None = None

    def admit(self, rgb: FloatArray, t_s: float) -> FloatArray | None:
        """How much of the new picture to mix, in linear light, into the one shown before.

        `rgb` is (cells, 3), linear light 0 to 1. Returns (cells,) shares, or None where all of it may pass.
        """
        before = rgb if self._shown is None else self._shown
        mixed, shares = rgb, None
        seen, self.told = self._counter.look(rgb), ()
        held = np.zeros(len(rgb), np.bool_)
        for share in SHARES:
            found = self._counter.too_many(seen, t_s, held)
            bad = np.any(list(found.values()), axis=0) if found else held & False
            if not bad.any():
                break
            if shares is None:
                shares, mixed = np.ones(len(rgb)), rgb.copy()
                told = {kind: float(cells.mean()) for kind, cells in found.items()}
                self.told = tuple(Flashing(kind, t_s, part) for kind, part in told.items() if part)
            held |= bad
            shares[bad] = share
            mixed[bad] = before[bad] + share * (rgb[bad] - before[bad])
            seen = self._counter.look(mixed)
        self._counter.keep(seen, t_s)
        self._shown = mixed
        self.damped += shares is not None
        return shares
