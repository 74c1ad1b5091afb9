"""Where content lies: the games and the descriptions of models that didim finds by their TOML manifests."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal, TypeVar

import platformdirs

from didim.problem import Problem
from didim.toml_table import read_table

Manifest = TypeVar("Manifest")


class ContentError(Problem):
    """A manifest cannot be used; the message names the file, the key and what to write."""

    exit_code = 8


def content_roots(kind: Literal["games", "models"]) -> tuple[Path, ...]:
    """The folders that hold content of this kind, didim's own first.

    didim's own are bundled in a wheel and lie beside the package in a checkout. The site's own lie in the
    user's data folder, or in the folders that the variable DIDIM_CONTENT lists (parted as in PATH); each
    holds `games/`, `models/` or both.
    """
    package = Path(__file__).parent
    bundled = package / "_bundled" / kind
    listed = os.environ.get("DIDIM_CONTENT")
    if listed is None:
        sites = [platformdirs.user_data_path("didim", appauthor=False)]
    else:
        sites = [Path(folder) for folder in listed.split(os.pathsep) if folder]
    roots = [bundled if bundled.is_dir() else package.parent / kind, *(site / kind for site in sites)]
    return tuple(root for root in roots if root.is_dir())


def site_folder(kind: Literal["games", "models"]) -> Path:
    """Where the site's own content of this kind lies, whether it is there or not: the first such folder."""
    listed = [folder for folder in os.environ.get("DIDIM_CONTENT", "").split(os.pathsep) if folder]
    site = Path(listed[0]) if listed else platformdirs.user_data_path("didim", appauthor=False)
    return site / kind


def read_manifest(path: Path, shape: type[Manifest]) -> Manifest:
    """Read a manifest into a msgspec struct; raises ContentError as `read_table` does."""
    return read_table(path, shape, ContentError)
