"""The wheel, installed into an empty environment far from the checkout, plays a game."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `didim` command of an environment that holds nothing but the wheel."""
    uv = shutil.which("uv") or pytest.skip("needs uv on the path: pip install uv")
    folder = tmp_path_factory.mktemp("wheel")
    run(uv, "build", "--quiet", "--wheel", "--out-dir", folder, REPOSITORY, cwd=folder)
    (wheel,) = folder.glob("didim-*.whl")
    environment = folder / "environment"
    run(uv, "venv", "--quiet", environment, cwd=folder)
    places = {**os.environ, "VIRTUAL_ENV": str(environment)}
    run(uv, "pip", "install", "--quiet", wheel, cwd=folder, env=places)
    scripts = "Scripts" if os.name == "nt" else "bin"
    return environment / scripts / "didim"


def test_it_lists_the_bundled_games(installed: Path, tmp_path: Path) -> None:
    games = json.loads(run(installed, "games", "--json", cwd=tmp_path))
    assert "lily_pads" in [game["slug"] for game in games]


def test_it_plays_one_without_a_screen(installed: Path, tmp_path: Path) -> None:
    summary = json.loads(
        run(installed, "demo", "--headless", "--no-camera", "--seconds", "4", "--json", cwd=tmp_path)
    )
    assert summary["game"] == "lily_pads"
    assert summary["frames_drawn"] > 10
    assert summary["players_seen"] >= 1
    assert Path(tmp_path, summary["out"]).stat().st_size > 1000
