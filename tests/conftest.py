"""Fixtures that more than one room's tests use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from didim.project import ProjectError, Window

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of real footage, or a skip: DIDIM_DATA names it, else it lies beside the checkout."""
    folder = Path(os.environ.get("DIDIM_DATA", REPOSITORY.parent / "shared" / "data"))
    if not (folder / "MANIFEST.json").is_file():
        pytest.skip("needs the recordings: set DIDIM_DATA to the folder that holds their MANIFEST.json")
    return folder


@pytest.fixture(scope="module")
def window() -> Iterator[Window]:
    """A real OpenGL window that no screen shows, one for each file of tests."""
    try:
        opened = Window((320, 240), offscreen=True)
    except ProjectError as problem:
        pytest.skip(f"needs OpenGL 3.3 in software: {problem}")
    with opened:
        yield opened


def pytest_sessionstart(session: pytest.Session) -> None:
    """Obtain the pose networks now, where a first run lacks them, and show how far it is."""
    from didim.pose.weights import WeightsError, list_models, prepare

    if all(model.ready for model in list_models()):
        return
    told = ""

    def tell(message: str, fraction: float | None = None) -> None:
        nonlocal told
        line = message if fraction is None else f"{message} {10 * int(10 * fraction)} %"
        if line != told:
            print(line, file=sys.stderr, flush=True)
            told = line

    try:
        prepare("blazepose", progress=tell)
    except WeightsError as error:
        print(f"tests that need the networks will skip: {error}", file=sys.stderr, flush=True)
