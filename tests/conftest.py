"""Fixtures that more than one room's tests use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of real footage, or a skip: DIDIM_DATA names it, else it lies beside the checkout."""
    folder = Path(os.environ.get("DIDIM_DATA", REPOSITORY.parent / "shared" / "data"))
    if not (folder / "MANIFEST.json").is_file():
        pytest.skip("needs the recordings: set DIDIM_DATA to the folder that holds their MANIFEST.json")
    return folder
