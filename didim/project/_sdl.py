"""The one door to pygame: quiet on import."""

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame
import pygame.freetype

__all__ = ["pygame"]
