"""Showing each display its number, one after the other."""

from __future__ import annotations

import time

from didim.cli._console import results
from didim.project import Display, ProjectError, Rect, Window, displays, identification

LOOK_S = 0.05


def show_each(seconds: float) -> None:
    """Each display shows its number for so long; Esc ends it.

    Raises:
        ProjectError: there is no screen, or no OpenGL.
    """
    there = displays()
    if not there:
        raise ProjectError("this computer shows no screen; connect one and log in at it")
    for display in there:
        width_px, height_px = display.size_px
        results.print(f"display {display.index}: {width_px}x{height_px} at {display.hz} Hz")
        if not _show(display, seconds):
            return


def _show(display: Display, seconds: float) -> bool:
    """Whether to go on to the next one."""
    with Window(display.size_px, display=display.index, fullscreen=True) as window:
        picture = identification(display.index, window.size_px)
        until_s = time.monotonic() + seconds
        while time.monotonic() < until_s:
            window.show_picture(picture, Rect(0, 0, *window.size_px))
            window.flip()
            if window.closing():
                return False
            time.sleep(LOOK_S)
    return True
