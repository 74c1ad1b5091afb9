"""Every game looks as it did: one frame each against the one in `golden/`, by what an eye would notice.

A change that is meant is written with `DIDIM_WRITE_GOLDEN=1` for that game alone and looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from didim.drawing import Color
from didim.play import GamePack, checked_settings, discover
from didim.project import SurfaceCanvas, Window
from didim.run.rehearsal import Rehearsal, picture

PACKS = discover([Path(__file__).parents[2] / "games"])
GOLDEN = Path(__file__).parent / "golden"
SIZE_PX = (480, 270)
AT_S = 16.0  # lobby, countdown, and some seconds of play
SIGMA_PX, TILE_PX, MOST_LEVELS = 2.0, 16, 20.0
WEBP_QUALITY = 92

Picture = NDArray[np.uint8]


def worst_tile(one: Picture, other: Picture) -> float:
    """The most that a tile of both blurred pictures differs by, in its strongest channel, of 255.

    Whole-picture measures miss a text that is gone and two colours that are swapped; this sees both, and
    neither dither nor a driver's rounding.
    """
    soft = [cv2.GaussianBlur(each.astype(np.float32), (0, 0), SIGMA_PX) for each in (one, other)]
    apart = np.abs(soft[0] - soft[1])
    rows, columns = (side // TILE_PX for side in apart.shape[:2])
    tiles = apart[: rows * TILE_PX, : columns * TILE_PX].reshape(rows, TILE_PX, columns, TILE_PX, 3)
    return float(tiles.mean(axis=(1, 3)).max())


def shot(pack: GamePack, window: Window, at_s: float = AT_S) -> Picture:
    return picture(Rehearsal(pack, checked_settings(pack), seed=3, size_px=SIZE_PX), at_s, window)


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_it_looks_as_it_did(pack: GamePack, window: Window) -> None:
    path, now = GOLDEN / f"{pack.slug}.webp", shot(pack, window)
    if os.environ.get("DIDIM_WRITE_GOLDEN"):
        cv2.imwrite(str(path), now[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, WEBP_QUALITY])
    assert path.is_file(), "no golden picture yet; docs/writing-a-game.md says how to write it"
    golden = cv2.imread(str(path))
    assert golden is not None
    apart = worst_tile(now, np.asarray(golden[..., ::-1], np.uint8))
    assert apart <= MOST_LEVELS, f"a part differs by {apart:.0f} levels; if this is meant, write it anew"


Lay = Callable[..., None]


def without_text(lay: Lay) -> Lay:
    def changed(self: SurfaceCanvas, word: str, *rest: Any, **details: Any) -> None:
        if word != "text":
            lay(self, word, *rest, **details)

    return changed


def recolored(lay: Lay, change: Callable[[Color], Color]) -> Lay:
    def changed(
        self: SurfaceCanvas, word: str, places: Any, size_m: float, color: Color, *rest: Any, **details: Any
    ) -> None:
        lay(self, word, places, size_m, change(Color(*color)), *rest, **details)

    return changed


def thinner(lay: Lay) -> Lay:
    def changed(
        self: SurfaceCanvas,
        word: str,
        places: Any,
        size_m: float,
        color: Color,
        opacity: float,
        **details: Any,
    ) -> None:
        lay(self, word, places, size_m, color, 0.98 * opacity, **details)

    return changed


FAULTS: dict[str, Callable[[Lay], Lay]] = {
    "text is missing": without_text,
    "colors are swapped": lambda lay: recolored(lay, lambda color: Color(color.b, color.r, color.g)),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("slug", ["lily_pads", "number_hunt", "copy_pose"])
def test_real_faults_are_seen(window: Window, monkeypatch: pytest.MonkeyPatch, slug: str, fault: str) -> None:
    right = shot(PACKS[slug], window)
    monkeypatch.setattr(SurfaceCanvas, "lay", FAULTS[fault](SurfaceCanvas.lay))
    assert worst_tile(right, shot(PACKS[slug], window)) > 1.5 * MOST_LEVELS


def test_what_nobody_sees_is_no_fault(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    right = shot(PACKS["lily_pads"], window)
    monkeypatch.setattr(SurfaceCanvas, "lay", thinner(SurfaceCanvas.lay))
    noise = np.random.default_rng(1).integers(-2, 3, right.shape)
    again = np.clip(shot(PACKS["lily_pads"], window) + noise, 0, 255).astype(np.uint8)
    assert worst_tile(right, again) < MOST_LEVELS / 2
