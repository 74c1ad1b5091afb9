"""Light that is safe for those with photosensitive epilepsy: counting flashes, and damping what is too much.

The definition is WCAG 2.2's success criterion 2.3.1 with any area counted: a general flash is a pair of
opposing changes in relative luminance of 10 % of the maximum or more with the darker state below 0.80; a red
flash a pair of opposing changes to and from a saturated red, R/(R+G+B) >= 0.8, of more than 0.2 in the CIE
1976 UCS diagram. More than three of either in a second are too many, and so are two a second that go on for
five seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

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
STRIPES, STRIPE_CONTRAST, STRIPE_S, STRIPE_SHARE = 6, 0.10, 0.5, 0.55
SHARES = (1.0, 0.5, 0.25, 0.12, 0.06, 0.03, 0.0)
GUARDED = 0.9  # of the change that counts: what is shown is measured again after rounding


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
    """The last opposing changes of each cell of the picture, newest first."""

    def __init__(self, cells: int) -> None:
        self.times_s = np.full((KEPT, cells), -np.inf)

    def add(self, changed: NDArray[np.bool_], t_s: float) -> None:
        self.times_s[1:, changed] = self.times_s[:-1, changed]
        self.times_s[0, changed] = t_s

    def too_many(self, t_s: float) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Cells that flashed too often within a second, and for too long. Two changes are a flash."""
        often = self.times_s[2 * (FLASHES_A_SECOND + 1) - 1] > t_s - SECOND_S
        long = self.times_s[2 * FLASHES_LONG - 1] > t_s - LONG_S
        return often, long

    def copy(self) -> _Changes:
        twin = _Changes(0)
        twin.times_s = self.times_s.copy()
        return twin


class FlashCounter:
    """Counts flashes in each cell of the pictures that it is shown, in order of time.

    Args:
        change: the change in relative luminance that counts; less for a stricter watch.
    """

    def __init__(self, cells: int, *, change: float = CHANGE, red_change: float = RED_CHANGE) -> None:
        self._change, self._red_change = change, red_change
        self._general, self._red = _Changes(cells), _Changes(cells)
        self._high = self._low = np.full(cells, np.nan)
        self._way = np.zeros(cells, np.int8)
        self._uv = np.full((cells, 2), np.nan)
        self._was_red = np.zeros(cells, np.bool_)

    def add(self, rgb: FloatArray, t_s: float) -> list[Flashing]:
        """Take in a picture, (cells, 3) linear light 0 to 1; what is too much now."""
        self._general.add(self._opposed(rgb @ LUMINANCE), t_s)
        self._red.add(self._reddened(rgb), t_s)
        found = []
        for kind, changes in (("general", self._general), ("red", self._red)):
            often, long = changes.too_many(t_s)
            for suffix, cells in (("", often), (" for long", long)):
                if cells.any():
                    found.append(Flashing(kind + suffix, t_s, float(cells.mean())))
        return found

    def copy(self) -> FlashCounter:
        twin = FlashCounter(0, change=self._change, red_change=self._red_change)
        twin._general, twin._red = self._general.copy(), self._red.copy()
        twin._high, twin._low, twin._way = self._high, self._low, self._way
        twin._uv, twin._was_red = self._uv, self._was_red
        return twin

    def _opposed(self, luminance: FloatArray) -> NDArray[np.bool_]:
        """Cells whose luminance has turned and come far enough from its last extreme."""
        high, low = np.fmax(self._high, luminance), np.fmin(self._low, luminance)
        fell = (self._way >= 0) & (high - luminance >= self._change) & (luminance < DARKER)
        rose = ~fell & (self._way <= 0) & (luminance - low >= self._change) & (low < DARKER)
        changed = fell | rose
        self._way = np.where(fell, -1, np.where(rose, 1, self._way)).astype(np.int8)
        self._high, self._low = np.where(changed, luminance, high), np.where(changed, luminance, low)
        return np.asarray(changed)

    def _reddened(self, rgb: FloatArray) -> NDArray[np.bool_]:
        """Cells that have gone to or from a saturated red."""
        uv, total = chromaticity(rgb), rgb.sum(axis=1)
        is_red = (total >= BLACK) & (rgb[:, 0] >= RED_SHARE * total)
        known = np.isfinite(self._uv[:, 0])
        moved = np.hypot(*(uv - np.where(known[:, None], self._uv, uv)).T) > self._red_change
        changed = moved & (is_red | self._was_red)
        renewed = changed | ~known | (moved & ~is_red & ~self._was_red)
        self._uv = np.where(renewed[:, None], uv, self._uv)
        self._was_red = np.where(renewed, is_red, self._was_red)
        return np.asarray(changed)


def chromaticity(rgb: FloatArray) -> FloatArray:
    """CIE 1976 u', v' of (n, 3) linear sRGB; black counts as white."""
    x, y, z = XYZ_FROM_RGB @ rgb.T
    below = np.maximum(x + 15 * y + 3 * z, 1e-9)
    uv = np.stack([4 * x / below, 9 * y / below], axis=1)
    return np.where((rgb.sum(axis=1) < BLACK)[:, None], WHITE_UV, uv)


class StripeWatch:
    """Tells of regular stripes: six light-dark pairs over a quarter of the picture, for half a second."""

    def __init__(self, rows: int, columns: int) -> None:
        self._rows, self._columns = rows, columns
        self._since_s: float | None = None

    def add(self, luminance: FloatArray, t_s: float) -> list[Flashing]:
        """Take in a picture, (rows, columns) relative luminance; stripes that have stayed."""
        share = max(self._windows(luminance))
        if not share:
            self._since_s = None
            return []
        if self._since_s is None:
            self._since_s = t_s
        return [Flashing("stripes", t_s, share)] if t_s - self._since_s >= STRIPE_S else []

    def _windows(self, luminance: FloatArray) -> list[float]:
        """The share of each window that is striped: the whole, and nine that are a quarter of it."""
        half_rows, half_columns = self._rows // 2, self._columns // 2
        found = [1.0 if striped(luminance) else 0.0]
        for top in (0, half_rows // 2, half_rows):
            for left in (0, half_columns // 2, half_columns):
                part = luminance[top : top + half_rows, left : left + half_columns]
                found.append(0.25 if striped(part) else 0.0)
        return found


def striped(luminance: FloatArray) -> bool:
    """Whether a picture is mostly one grating of `STRIPES` pairs or more with a clear contrast."""
    rows, columns = luminance.shape
    window = np.outer(np.hanning(rows), np.hanning(columns))
    flat = (luminance - luminance.mean()) * window
    power = np.abs(np.fft.rfft2(flat)) ** 2
    total = float(power.sum())
    # half the range between light and dark stripes, after what the window takes away
    if total <= 0 or 2 * np.sqrt(2 * (flat**2).sum() / (window**2).sum()) < STRIPE_CONTRAST:
        return False
    row, column = np.unravel_index(int(power.argmax()), power.shape)
    across = row if row <= rows // 2 else row - rows
    if np.hypot(across, column) < STRIPES:
        return False
    near = 0.0
    for times in (1, 3):  # square stripes have a third harmonic
        r, c = times * across, times * column
        if abs(r) <= rows // 2 and c < power.shape[1]:
            # a real picture's spectrum is symmetric: the first columns hold both halves
            span = {(way * r + d) % rows for d in (-2, -1, 0, 1, 2) for way in ((1, -1) if c <= 2 else (1,))}
            near += float(power[sorted(span), max(0, c - 2) : c + 3].sum())
    return near >= STRIPE_SHARE * total


class FlashGuard:
    """Decides how much of each new picture may be shown, so that what is shown never flashes too much.

    Attributes:
        damped: how many pictures were held back.
    """

    def __init__(self, rows: int, columns: int) -> None:
        cells = rows * columns
        self.damped = 0
        self._counter = FlashCounter(cells, change=GUARDED * CHANGE, red_change=GUARDED * RED_CHANGE)
        self._shown: FloatArray | None = None

    def admit(self, rgb: FloatArray, t_s: float) -> float:
        """The share of the new picture to mix, in linear light, into the one shown before; 1 is all of it.

        `rgb` is (cells, 3), linear light 0 to 1.
        """
        before = rgb if self._shown is None else self._shown
        for share in SHARES:
            mixed = before + share * (rgb - before)
            trial = self._counter.copy() if share else self._counter
            if not trial.add(mixed, t_s) or not share:
                break
        self._counter, self._shown = trial, mixed
        self.damped += share < 1
        return share
