"""Robots play a game: what they show is the game, and a saved file is played at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import av
import pytest

from didim.play import PackError, checked_settings, discover
from didim.run.rehearsal import Rehearsal, film, picture

GAMES = Path(__file__).parents[2] / "games"
SIZE_PX = (320, 180)


def rehearsal(folder: Path = GAMES) -> Rehearsal:
    pack = discover([folder])["lily_pads"]
    return Rehearsal(pack, checked_settings(pack), ("good", "fair"), size_px=SIZE_PX)


def test_a_film_shows_the_lobby_and_then_the_game(tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    film(rehearsal(), out, 2.0)
    with av.open(str(out)) as video:
        frames = [frame.to_ndarray(format="rgb24") for frame in video.decode(video=0)]
    assert len(frames) == 60
    assert frames[0].shape == (180, 320, 3)
    assert abs(frames[0].astype(int) - frames[-1].astype(int)).mean() > 0.5, "it moves"


def test_the_same_moment_looks_the_same() -> None:
    assert (picture(rehearsal(), 9.0) == picture(rehearsal(), 9.0)).all()


def test_a_saved_game_is_played_as_it_is_now(tmp_path: Path) -> None:
    shutil.copytree(GAMES / "lily_pads", tmp_path / "lily_pads")
    before = rehearsal(tmp_path)
    before.begin()
    manifest = tmp_path / "lily_pads" / "game.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('en = "Lily Pads"', 'en = "Leaves"'), "utf-8")
    game = tmp_path / "lily_pads" / "game.py"
    game.write_text(game.read_text("utf-8").replace("HINT_AFTER_S = 6.0", "HINT_AFTER_S = 7.0"), "utf-8")
    after = before.renewed()
    assert after.pack.title.en == "Leaves"
    round_, people = after.begin()
    assert len(people) == 2
    assert round_.t_s == 0
    manifest.write_text("format = 1", "utf-8")
    with pytest.raises(PackError, match=r"game\.toml"):
        after.renewed()
