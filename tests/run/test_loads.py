"""A game starts as fast and as small with the console in the house as without it."""

from __future__ import annotations

import subprocess
import sys

import pytest

CONSOLE_ONLY = {
    "alembic",
    "argon2",
    "didim.console",
    "didim.records",
    "didim.run.engagement",
    "didim.run.host",
    "fastapi",
    "nicegui",
    "reportlab",
    "sqlalchemy",
    "uvicorn",
}


@pytest.mark.parametrize(
    "module", ["didim.run.play", "didim.run.stage", "didim.run.vision", "didim.cli._play"]
)
def test_who_plays_loads_nothing_of_the_console(module: str) -> None:
    assert loaded_by(module) & CONSOLE_ONLY == set()


def test_the_stage_of_a_console_loads_no_database_and_no_server() -> None:
    allowed = {"didim.records", "didim.run.engagement", "didim.run.host"}
    assert loaded_by("didim.run.host") & (CONSOLE_ONLY - allowed) == set()


def test_robots_load_neither_camera_nor_networks() -> None:
    assert loaded_by("didim.run.robots") & {"cv2", "mediapipe", "onnxruntime", "pygame", "scipy"} == set()


def loaded_by(module: str) -> set[str]:
    code = [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"]
    return set(subprocess.run(code, capture_output=True, text=True, check=True).stdout.split())
