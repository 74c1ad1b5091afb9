"""What players hear: effects and tunes made of numbers, and speech."""

from didim.project.sound._effects import EFFECTS, effect
from didim.project.sound._speaker import Speaker
from didim.project.sound._speech import Speech, voice_found
from didim.project.sound._tones import RATE_HZ
from didim.project.sound._tunes import TUNES, tune

__all__ = [
    "EFFECTS",
    "RATE_HZ",
    "TUNES",
    "Speaker",
    "Speech",
    "effect",
    "tune",
    "voice_found",
]
