"""The command line as a person meets it: in a process of its own, with its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from didim.cli import _play
from didim.play import PackError


def didim(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-c", "from didim.cli import main; main()", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, **environment},
        timeout=120,
    )


def test_version() -> None:
    assert didim("--version").stdout.startswith("didim 0.")


def test_help_lists_the_commands_and_the_exit_codes() -> None:
    told = didim("--help").stdout
    for command in ("demo", "play", "games", "track", "models", "doctor", "bench", "rig"):
        assert command in told
    assert "130" in told


def test_wrong_usage_is_code_2() -> None:
    assert didim("play").returncode == 2
    assert didim("dance").returncode == 2


def test_games_as_json() -> None:
    done = didim("games", "--json")
    assert done.returncode == 0
    games = {game["slug"]: game for game in json.loads(done.stdout)}
    assert games["lily_pads"]["title"].keys() == {"ko", "en"}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("play", "lily_pads", "--rig", "none.toml"), 3, "no such rig file"),
        (("track", "none.mp4", "--rig", "rig.toml"), 4, "no such file or folder"),
        (("bench", "loop", "--data", "none"), 6, "DIDIM_DATA"),
        (("bench", "nothing"), 6, "is not one of"),
        (("calibrate", "sheet", "--paper", "a5"), 2, "a3 or a4"),
        (("play", "lily_pads"), 2, "--sim"),
    ],
)
def test_a_problem_is_a_sentence_and_its_code(
    arguments: tuple[str, ...], code: int, words: str, tmp_path: Path
) -> None:
    (tmp_path / "rig.toml").write_text(RIG, "utf-8")
    done = didim(*arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_game_is_told_before_anything_runs(tmp_path: Path) -> None:
    (tmp_path / "rig.toml").write_text(RIG, "utf-8")
    (tmp_path / "pictures").mkdir()
    done = didim("play", "hopskotch", "--rig", "rig.toml", "--camera", "pictures", "--headless", cwd=tmp_path)
    assert done.returncode == 8
    assert "no game 'hopskotch'" in done.stderr


RIG = """
format = 1
name = "test"
surface = [{name = "floor", kind = "floor", width_m = 4.0, height_m = 3.0}]

[[camera]]
name = "camera"
surface = "floor"
size_px = [640, 480]
surface_from_picture = [[0.00625, 0.0, 0.0], [0.0, -0.00625, 3.0], [0.0, 0.0, 1.0]]

[[projector]]
name = "projector"
surface = "floor"
size_px = [640, 480]
projector_from_surface = [[160.0, 0.0, 0.0], [0.0, -160.0, 480.0], [0.0, 0.0, 1.0]]
"""


def test_a_game_for_another_surface_is_refused_before_the_venue_is_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def built(*_: object) -> None:
        raise AssertionError("the venue was built first")

    monkeypatch.setattr(_play, "prepare_venue", built)
    monkeypatch.setattr(_play, "prepare_engine", built)
    with pytest.raises(PackError, match="balloon_pop is made for a wall, this is a floor"):
        _play.play("balloon_pop", venue="big-hall")


def test_no_library_writes_of_the_desktop_that_is_not_there() -> None:
    done = didim("displays", XDG_RUNTIME_DIR="", DISPLAY="", WAYLAND_DISPLAY="")
    assert "XDG_RUNTIME_DIR" not in done.stderr
    assert "didim: " in done.stderr, "the reason is told"
