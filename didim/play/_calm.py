"""Calm play: what a game asks for, made softer by the host."""

from __future__ import annotations

from dataclasses import replace

from didim.play._game import Burst, Cue
from didim.play._passing import soft

FEWER = 0.35


def softened(cue: Cue) -> Cue:
    """A cue as it is in calm play: a third of the sparks, in a soft color."""
    if not isinstance(cue, Burst):
        return cue
    return replace(cue, color=soft(cue.color), count=max(1, round(FEWER * cue.count)))
