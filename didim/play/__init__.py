"""Playing: what a game may import, and below it what the host needs to find and run one."""

from didim.geometry import Point, Surface
from didim.people import Foot, Joint, JointPlace, Player
from didim.play._canvas import Background, Canvas, Color, Facing, Symbol
from didim.play._catalog import checked_settings, discover, find, load
from didim.play._game import Burst, Cue, Finish, Game, Rng, Say, Score, Settings, Sound, Tick
from didim.play._manifest import GamePack, PackError, Setting
from didim.play._palette import PLAYER_COLORS, NamedColor, Seat, Seats, seat
from didim.play._recording import Drawn, RecordingCanvas
from didim.play._round import GameError, Round
from didim.play._words import Language, Messages, Words

__all__ = [
    "PLAYER_COLORS",
    "Background",
    "Burst",
    "Canvas",
    "Color",
    "Cue",
    "Drawn",
    "Facing",
    "Finish",
    "Foot",
    "Game",
    "GameError",
    "GamePack",
    "Joint",
    "JointPlace",
    "Language",
    "Messages",
    "NamedColor",
    "PackError",
    "Player",
    "Point",
    "RecordingCanvas",
    "Rng",
    "Round",
    "Say",
    "Score",
    "Seat",
    "Seats",
    "Setting",
    "Settings",
    "Sound",
    "Surface",
    "Symbol",
    "Tick",
    "Words",
    "checked_settings",
    "discover",
    "find",
    "load",
    "seat",
]
