"""WCAG 2.3.1 and the stripes of ITU-R BT.1702 once more, by other means and without a thought for speed.

Nothing here is shared with `didim.project`: not even a number.
"""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


def extremes(values: list[float], least: float = 0.1) -> list[int]:
    """Where a curve turns, once every swing smaller than `least` is taken out, the smallest first."""
    kept = _without_repeats(list(range(len(values))), values)
    while True:
        turns = [
            at
            for place, at in enumerate(kept)
            if place in (0, len(kept) - 1)
            or (values[at] - values[kept[place - 1]]) * (values[kept[place + 1]] - values[at]) < 0
        ]
        kept = _without_repeats(turns, values)
        swings = [abs(values[b] - values[a]) for a, b in pairwise(kept)]
        inner = {place: swing for place, swing in enumerate(swings) if swing < least}
        if not inner:
            return kept
        place = min(inner, key=lambda each: inner[each])
        if len(kept) <= 2:
            return kept[:1]
        if place == 0:
            kept = kept[1:]
        elif place == len(swings) - 1:
            kept = kept[:-1]
        else:
            kept = kept[:place] + kept[place + 2 :]


def _without_repeats(turns: list[int], values: list[float]) -> list[int]:
    """Without those that stay as the one before them."""
    return [at for place, at in enumerate(turns) if place == 0 or values[at] != values[turns[place - 1]]]


def swing_times(values: list[float], times_s: list[float]) -> list[float]:
    """When each opposing change of a tenth, its darker state below 0.8, is complete."""
    turns = extremes(values)
    done = []
    for a, b in pairwise(turns):
        rises = values[b] > values[a]
        if min(values[a], values[b]) >= 0.8:
            continue
        for at in range(a, b + 1):
            far = abs(values[at] - values[a]) >= 0.1 and (values[at] > values[a]) == rises
            if far and min(values[a], values[at]) < 0.8:
                done.append(times_s[at])
                break
    return done


def too_many(done_s: list[float]) -> set[str]:
    """What any second and any five seconds hold: eight changes are four flashes."""
    kinds = set()
    for first in done_s:
        if sum(first <= t < first + 1 - 1e-9 for t in done_s) >= 8:
            kinds.add("often")
        if sum(first <= t < first + 5 - 1e-9 for t in done_s) >= 20:
            kinds.add("long")
    return kinds


def chroma(rgb: Numbers) -> Numbers:
    """u', v' by way of x, y, from the primaries' and white's coordinates (IEC 61966-2-1)."""
    primaries = np.array([[0.64, 0.33], [0.30, 0.60], [0.15, 0.06]])
    columns = np.array([[x / y, 1.0, (1 - x - y) / y] for x, y in primaries]).T
    white = np.array([0.3127 / 0.3290, 1.0, (1 - 0.3127 - 0.3290) / 0.3290])
    strengths = np.linalg.solve(columns, white)
    xyz = columns @ (strengths * rgb)
    if rgb.sum() < 0.02:
        xyz = white
    x, y = xyz[:2] / xyz.sum()
    return np.asarray(np.array([4 * x, 9 * y]) / (-2 * x + 12 * y + 3))


def red_times(colors: list[tuple[float, float, float]], times_s: list[float]) -> list[float]:
    """When a sequence of lasting colours goes to or from a saturated red."""
    done, before = [], colors[0]
    for now, t_s in zip(colors, times_s, strict=True):
        moved = float(np.linalg.norm(chroma(np.array(now)) - chroma(np.array(before))))
        reds = [c[0] >= 0.8 * sum(c) > 0 for c in (before, now)]
        if moved > 0.2:
            if any(reds):
                done.append(t_s)
            before = now
    return done


def stripe_pairs(luminance: Numbers, share: float = 0.25) -> bool:
    """Whether six regular pairs lie over a quarter of the picture, by turning it and counting along rows.

    A row has them where what is lighter and darker than its middle takes turns in about equal lengths.
    """
    rows, columns = luminance.shape
    side = int(np.hypot(rows, columns)) + 2
    shift = np.array([[1, 0, (side - columns) / 2], [0, 1, (side - rows) / 2]])
    for degrees in range(0, 180, 5):
        turn = cv2.getRotationMatrix2D((side / 2, side / 2), degrees, 1.0) @ np.vstack((shift, [0, 0, 1]))
        flags = cv2.INTER_LINEAR
        turned = cv2.warpAffine(luminance, turn, (side, side), flags=flags, borderValue=-1.0)
        inside = cv2.warpAffine(np.ones_like(luminance), turn, (side, side), flags=cv2.INTER_NEAREST)
        covered = sum(_striped_length(row[there > 0]) for row, there in zip(turned, inside, strict=True))
        if covered >= share * rows * columns:
            return True
    return False


def _striped_length(row: Numbers) -> int:
    """How much of a row lies in six or more pairs of about equal length."""
    if len(row) < 12 or np.ptp(row) < 0.1:
        return 0
    light = row > (row.max() + row.min()) / 2
    edges = np.flatnonzero(np.diff(light.astype(int))) + 1
    best = 0
    for first in range(len(edges)):
        for last in range(first + 10, len(edges)):
            lengths = np.diff(edges[first : last + 1])
            if lengths.max() > 1.6 * lengths.min() + 1.5:
                break
            best = max(best, int(edges[last] - edges[first] + lengths.mean() * 2))
    return min(best, len(row))
