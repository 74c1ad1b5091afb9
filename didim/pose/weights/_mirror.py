"""Hands to pip the mirror that a user has told to uv alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# pip's setting: uv's variables of that meaning, then uv's keys in uv.toml
_SETTINGS = {
    "index-url": (("UV_DEFAULT_INDEX", "UV_INDEX_URL"), ("index-url",)),
    "extra-index-url": (("UV_INDEX", "UV_EXTRA_INDEX_URL"), ("extra-index-url",)),
    "find-links": (("UV_FIND_LINKS",), ("find-links",)),
    "trusted-host": (("UV_INSECURE_HOST",), ("allow-insecure-host",)),
}


def pip_settings(environ: Mapping[str, str]) -> dict[str, str]:
    """Environment variables for pip: what uv is told and pip is not.

    uv reads neither pip.conf nor PIP_ variables, and pip none of uv's: a project that uv installed through a
    mirror would otherwise look for its models elsewhere.
    """
    wanted = uv_settings(environ)
    if not wanted:
        return {}
    have = _pip_configured(environ)
    return {
        f"PIP_{setting.upper().replace('-', '_')}": " ".join(values)
        for setting, values in wanted.items()
        if setting not in have
    }


def uv_settings(environ: Mapping[str, str]) -> dict[str, list[str]]:
    """What uv's variables, then its uv.toml, say: pip's name of a setting to its values."""
    file = _uv_file(environ)
    indexes = [index for index in file.get("index", []) if "url" in index]
    file.setdefault("index-url", [index["url"] for index in indexes if index.get("default")])
    file.setdefault("extra-index-url", [index["url"] for index in indexes if not index.get("default")])
    settings = {}
    for setting, (variables, keys) in _SETTINGS.items():
        said = [environ[name] for name in variables if environ.get(name)]
        values = [value for text in said for value in re.split(r"[\s,]+", text.strip())]
        values = values or [value for key in keys for value in _listed(file.get(key))]
        if values:
            # uv lets an index have a name: corp=https://…
            settings[setting] = [re.sub(r"^[A-Za-z][\w.-]*=", "", value) for value in values]
    if "index-url" in settings:
        del settings["index-url"][1:]  # pip knows one
    return settings


def _uv_file(environ: Mapping[str, str]) -> dict[str, Any]:
    home = Path.home() / ".config"
    roots = [Path(environ.get("APPDATA" if os.name == "nt" else "XDG_CONFIG_HOME") or home), Path("/etc")]
    places = [root / "uv" / "uv.toml" for root in roots]
    if environ.get("UV_CONFIG_FILE"):
        places = [Path(environ["UV_CONFIG_FILE"])]
    for place in places:
        try:
            return tomllib.loads(place.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            continue  # uv itself will tell the user of a broken file
    return {}


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)


def _pip_configured(environ: Mapping[str, str]) -> set[str]:
    """The settings that pip has from its own files and variables."""
    command = [sys.executable, "-P", "-m", "pip", "config", "list"]
    listed = subprocess.run(
        command, env=environ, capture_output=True, text=True, errors="replace", check=False
    )
    return set(re.findall(r"^[\w:]*\.([a-z-]+)=", listed.stdout, re.MULTILINE))
