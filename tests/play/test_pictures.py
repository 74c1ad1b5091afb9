"""A game's own pictures come by name from its folder, and from nowhere else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from didim.play import PackError, checked_settings, create, discover
from didim.play._pictures import Pictures


@pytest.fixture
def pictures(tmp_path: Path) -> Pictures:
    """Those of a game with a red `hero`, 3 x 2."""
    folder = create("hop", tmp_path) / "pictures"
    folder.mkdir()
    Image.new("RGBA", (3, 2), (255, 0, 0, 128)).save(folder / "hero.png")
    Image.new("RGB", (2049, 1)).save(folder / "wide.webp")
    (folder / "broken.png").write_bytes(b"\x89PNG no more")
    Image.new("RGB", (1, 1)).save(tmp_path / "secret.png")
    (folder / "outside.png").symlink_to(tmp_path / "secret.png")
    return checked_settings(discover([tmp_path])["hop"]).pictures


def test_a_picture_is_had_by_its_name(pictures: Pictures) -> None:
    hero = pictures["hero"]
    assert hero.shape == (2, 3, 4)
    assert hero.dtype == np.uint8
    assert hero[0, 0].tolist() == [255, 0, 0, 128]
    assert not hero.flags.writeable


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("../game", "a-z, 0-9"),
        ("villain", "there are: broken, hero"),
        ("broken", "whole PNG or WebP"),
        ("wide", "at most 2048"),
        ("outside", "leads out"),
    ],
)
def test_what_cannot_be_used_is_refused(pictures: Pictures, name: str, says: str) -> None:
    with pytest.raises(PackError, match=says):
        _ = pictures[name]


def test_without_a_game_there_are_none() -> None:
    with pytest.raises(PackError, match="no folder"):
        _ = Pictures()["hero"]
