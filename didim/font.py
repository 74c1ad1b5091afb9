"""The font of everything that is written, Korean and Latin: Nanum Gothic (OFL)."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Literal

from didim.problem import Problem

Weight = Literal["regular", "bold", "extra bold"]

_PACKAGE = "koreanize_matplotlib"
_FILES: dict[Weight, str] = {
    "regular": "NanumGothic.ttf",
    "bold": "NanumGothicBold.ttf",
    "extra bold": "NanumGothicExtraBold.ttf",
}


def font_file(weight: Weight) -> Path:
    """Where the font lies that koreanize-matplotlib carries; importing that package would load matplotlib.

    Raises:
        Problem: it is missing.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise Problem("the font package is missing; run: pip install koreanize-matplotlib")
    path = Path(spec.submodule_search_locations[0]) / "fonts" / _FILES[weight]
    if not path.is_file():
        raise Problem(f"the font {path.name} is missing; reinstall koreanize-matplotlib")
    return path
