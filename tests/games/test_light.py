"""Every game's light is safe: it never needs the flash guard, and shows no stripes that stay."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from didim.play import GamePack, checked_settings, discover
from didim.project import StripeWatch, Window
from didim.run.rehearsal import Rehearsal, frames

PACKS = discover([Path(__file__).parents[2] / "games"])
SIZE_PX = (256, 144)
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
SECONDS = 22.0  # lobby, countdown, and a dozen of play
FILM_HZ = 20


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_nobody_is_flashed_at(pack: GamePack, window: Window) -> None:
    rehearsal = Rehearsal(pack, checked_settings(pack), ("good", "good", "fair"), 2, SIZE_PX)
    stripes = StripeWatch()
    damped = 0
    for t_s, stage in frames(rehearsal, window, SECONDS, FILM_HZ):
        damped = stage.damped
        small = cv2.resize(stage.read_frame(), (128, 72), interpolation=cv2.INTER_AREA)
        light = (small / 255.0) ** 2.2 @ LUMINANCE
        assert not stripes.add(light, t_s), f"stripes at {t_s:.1f} s"
    assert damped == 0, f"the flash guard held back {damped} frames"
