"""The one font of everything that is written, Korean and Latin."""

from __future__ import annotations

import io

from didim.font import Weight, font_file
from didim.project._error import ProjectError
from didim.project._sdl import pygame

_WEIGHT: Weight = "extra bold"


def open_font(em_px: float) -> pygame.freetype.Font:
    """The font at `em_px`, smooth.

    Raises:
        Problem: the font is missing.
    """
    pygame.freetype.init()
    font = pygame.freetype.Font(io.BytesIO(font_file(_WEIGHT).read_bytes()), em_px)
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
            f"the font {font_file(_WEIGHT).name} has no glyph for {letter!r} (U+{ord(letter):04X}); "
            "use Korean, Latin, digits or common punctuation"
        )
    return float(metrics[0][4])
