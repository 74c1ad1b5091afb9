"""The one font of everything that is written, Korean and Latin."""

from __future__ import annotations

import importlib.util
import io
from pathlib import Path

from didim.project._error import ProjectError
from didim.project._sdl import pygame

_PACKAGE, _FILE = "koreanize_matplotlib", "fonts/NanumGothicExtraBold.ttf"


def open_font(em_px: float) -> pygame.freetype.Font:
    """The font at `em_px`, smooth.

    Raises:
        ProjectError: the font cannot be read.
    """
    pygame.freetype.init()
    font = pygame.freetype.Font(io.BytesIO(_font_bytes()), em_px)
    font.antialiased = True
    return font


def advance_px(font: pygame.freetype.Font, letter: str) -> float:
    """How far the pen moves on after `letter`.

    Raises:
        ProjectError: the font has no such letter.
    """
    metrics = font.get_metrics(letter)
    if not letter.isprintable() or not metrics or metrics[0] is None:
        raise ProjectError(
            f"the font {Path(_FILE).name} has no glyph for {letter!r} (U+{ord(letter):04X}); "
            "use Korean, Latin, digits or common punctuation"
        )
    return float(metrics[0][4])


def _font_bytes() -> bytes:
    """The font that koreanize-matplotlib carries; importing that package would load matplotlib."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ProjectError(
            "the font package koreanize-matplotlib is missing; run: pip install koreanize-matplotlib"
        )
    try:
        return (Path(spec.submodule_search_locations[0]) / _FILE).read_bytes()
    except OSError as error:
        raise ProjectError(
            f"the font {_FILE} cannot be read: {error}; reinstall koreanize-matplotlib"
        ) from None
