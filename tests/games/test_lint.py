"""A game imports didim.play only, and takes time and chance from what it is given."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def lint(source: str) -> str:
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format", "concise"]
    found = subprocess.run(
        [*command, "--stdin-filename", "games/lily_pads/game.py", "-"],
        input=source,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        check=False,
    )
    return found.stdout


@pytest.mark.parametrize(
    "source",
    [
        "from random import random\n\nrandom()\n",
        "from time import monotonic\n\nmonotonic()\n",
        "import pygame\n\npygame.init()\n",
        "import numpy as np\n\nnp.random.rand()\n",
        "from didim.geometry import Point\n\nPoint(0, 0)\n",
        "from didim.run.channel import Channel\n\nChannel\n",
    ],
)
def test_what_a_game_must_not_touch_is_a_lint_error(source: str) -> None:
    assert "TID251" in lint(source)


def test_what_a_game_may_use_passes() -> None:
    assert "All checks passed" in lint("import math\n\nfrom didim.play import Point\n\nPoint(math.pi, 0.0)\n")
