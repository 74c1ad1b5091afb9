"""Small words for a window: captions and lines of figures."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from didim.project._font import advance_px, open_font
from didim.project._sdl import pygame

Color = tuple[int, int, int]

BACKGROUND: Color = (11, 12, 14)
INK: Color = (204, 208, 212)
_EM_LINES = 0.66
_BASELINE_LINES = 0.73


def label(text: str, line_px: int, color: Color = INK) -> NDArray[np.uint8]:
    """Lines of `text`, left-aligned, on the near-black background of a window.

    `line_px` is the way from one line to the next: n lines are n * `line_px` tall, and a Korean letter
    takes two thirds of it. `color` is red, green and blue, 0 to 255, as a screen takes them. Returns
    (height, width, 3) uint8 RGB, as wide as the longest line.

    Raises:
        ProjectError: the font lacks a letter.
    """
    font, em_px = _font(), line_px * _EM_LINES
    for letter in sorted(set(text) - {"\n"}):
        advance_px(font, letter)
    lines = text.split("\n")
    inks = [font.get_rect(line, size=em_px) for line in lines]
    width = max(1, *(ink.x + ink.width for ink in inks))
    paper = pygame.Surface((width, len(lines) * line_px), depth=24)
    paper.fill(BACKGROUND)
    for index, line in enumerate(lines):
        baseline_px = round((index + _BASELINE_LINES) * line_px)
        font.render_to(paper, (0, baseline_px), line, color, size=em_px)
    pixels = np.frombuffer(pygame.image.tobytes(paper, "RGB"), np.uint8)
    return pixels.reshape(paper.height, width, 3)


@cache
def _font() -> pygame.freetype.Font:
    font = open_font(em_px=16)
    font.origin = True  # places are of the line that letters stand on
    return font
