"""Everything a game may import."""

from didim.geometry import Point, Surface
from didim.people import Foot, Joint, JointPlace, Player
from didim.play._canvas import Background, Canvas, Color, Facing
from didim.play._game import Burst, Cue, Finish, Game, Rng, Say, Score, Settings, Sound, Tick

__all__ = [
    "Background",
    "Burst",
    "Canvas",
    "Color",
    "Cue",
    "Facing",
    "Finish",
    "Foot",
    "Game",
    "Joint",
    "JointPlace",
    "Player",
    "Point",
    "Rng",
    "Say",
    "Score",
    "Settings",
    "Sound",
    "Surface",
    "Tick",
]
