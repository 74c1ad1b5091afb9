"""What uv is told reaches pip, where pip is told nothing itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from didim.pose.weights._mirror import pip_settings, uv_settings

PIP_AT_EASE = {"PIP_CONFIG_FILE": os.devnull, "PATH": os.environ.get("PATH", "")}


@pytest.mark.parametrize(
    ("environ", "settings"),
    [
        ({}, {}),
        ({"UV_INDEX_URL": "https://a/simple"}, {"index-url": ["https://a/simple"]}),
        ({"UV_DEFAULT_INDEX": "corp=https://a/?x=y"}, {"index-url": ["https://a/?x=y"]}),
        ({"UV_DEFAULT_INDEX": "https://a", "UV_INDEX_URL": "https://old"}, {"index-url": ["https://a"]}),
        ({"UV_INDEX": "x=https://a  https://b"}, {"extra-index-url": ["https://a", "https://b"]}),
        ({"UV_FIND_LINKS": "/one,/two"}, {"find-links": ["/one", "/two"]}),
        ({"UV_INSECURE_HOST": "host:8080"}, {"trusted-host": ["host:8080"]}),
    ],
)
def test_the_variables_of_uv(environ: dict[str, str], settings: dict[str, list[str]]) -> None:
    assert uv_settings({"UV_CONFIG_FILE": os.devnull, **environ}) == settings


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ('index-url = "https://a"\nfind-links = ["/f"]', {"index-url": ["https://a"], "find-links": ["/f"]}),
        (
            '[[index]]\nname = "x"\nurl = "https://x"\n[[index]]\nurl = "https://d"\ndefault = true',
            {"index-url": ["https://d"], "extra-index-url": ["https://x"]},
        ),
        ("no toml at all", {}),
    ],
)
def test_the_file_of_uv(tmp_path: Path, text: str, settings: dict[str, list[str]]) -> None:
    (tmp_path / "uv").mkdir()
    (tmp_path / "uv" / "uv.toml").write_text(text)
    home = "APPDATA" if os.name == "nt" else "XDG_CONFIG_HOME"
    assert uv_settings({home: str(tmp_path)}) == settings
    assert uv_settings({"UV_CONFIG_FILE": str(tmp_path / "uv" / "uv.toml")}) == settings


def test_pips_own_settings_win() -> None:
    uv = {"UV_CONFIG_FILE": os.devnull, "UV_DEFAULT_INDEX": "https://uv", "UV_INDEX": "https://x https://y"}
    assert pip_settings({**PIP_AT_EASE, **uv}) == {
        "PIP_INDEX_URL": "https://uv",
        "PIP_EXTRA_INDEX_URL": "https://x https://y",
    }
    assert "PIP_INDEX_URL" not in pip_settings({**PIP_AT_EASE, **uv, "PIP_INDEX_URL": "https://pip"})
