"""What needs the networks themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from didim.pose.weights import WeightsError, net_path


@pytest.fixture(scope="session")
def nets() -> dict[str, Path]:
    """The two nets of BlazePose by name, or a skip where they cannot be had."""
    try:
        return {net: net_path("blazepose", net) for net in ("detector", "landmarks")}
    except WeightsError as error:
        pytest.skip(f"needs the pose networks: {error}")
