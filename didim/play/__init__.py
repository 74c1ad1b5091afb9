"""Playing: what a game may import, and below it what the host needs to find and run one."""

from didim.angles import Angles, angles
from didim.drawing import Background, Canvas, Color, Facing, Reader, Symbol, up_rad
from didim.geometry import Point, Surface
from didim.people import Event, EventKind, Foot, Joint, JointPlace, Player, Plays
from didim.play._catalog import checked_settings, discover, find, load, reloaded
from didim.play._challenge import Challenge
from didim.play._chance import Rng
from didim.play._check_in import CheckIn
from didim.play._course import Course, Phase
from didim.play._effects import Floaters, Marks, bounced, eased, popped
from didim.play._fresh import create
from didim.play._game import (
    Burst,
    Cue,
    Finish,
    Game,
    Music,
    Say,
    Score,
    Settings,
    Sound,
    SoundName,
    Tell,
    Tick,
    Try,
)
from didim.play._interlude import Idle, Rest
from didim.play._kit import host_words, settings_of, words_of
from didim.play._kit_game import KitGame
from didim.play._limbs import LIMBS, apart_deg, limb_deg
from didim.play._manifest import GamePack, PackError, Setting
from didim.play._palette import PLAYER_COLORS, SEATS_MOST, NamedColor, Seat, Seats, seat
from didim.play._plan import (
    AGE_BANDS,
    PLAN_GOALS,
    AgeBand,
    Plan,
    PlanError,
    PlanGoal,
    PlanItem,
    round_item,
    slot_s,
)
from didim.play._plan_file import plan_from, plan_text
from didim.play._planner import plan, suited
from didim.play._recording import Drawn, RecordingCanvas
from didim.play._robot import SKILLS, Robot, Skill, robots
from didim.play._round import GameError, Round
from didim.play._signs import Signs
from didim.play._target import Places, Target, around, contacts, footing, hands, spread, touching
from didim.play._turns import Turns
from didim.play._words import Language, Messages, Words

__all__ = [
    "AGE_BANDS",
    "LIMBS",
    "PLAN_GOALS",
    "PLAYER_COLORS",
    "SEATS_MOST",
    "SKILLS",
    "AgeBand",
    "Angles",
    "Background",
    "Burst",
    "Canvas",
    "Challenge",
    "CheckIn",
    "Color",
    "Course",
    "Cue",
    "Drawn",
    "Event",
    "EventKind",
    "Facing",
    "Finish",
    "Floaters",
    "Foot",
    "Game",
    "GameError",
    "GamePack",
    "Idle",
    "Joint",
    "JointPlace",
    "KitGame",
    "Language",
    "Marks",
    "Messages",
    "Music",
    "NamedColor",
    "PackError",
    "Phase",
    "Places",
    "Plan",
    "PlanError",
    "PlanGoal",
    "PlanItem",
    "Player",
    "Plays",
    "Point",
    "Reader",
    "RecordingCanvas",
    "Rest",
    "Rng",
    "Robot",
    "Round",
    "Say",
    "Score",
    "Seat",
    "Seats",
    "Setting",
    "Settings",
    "Signs",
    "Skill",
    "Sound",
    "SoundName",
    "Surface",
    "Symbol",
    "Target",
    "Tell",
    "Tick",
    "Try",
    "Turns",
    "Words",
    "angles",
    "apart_deg",
    "around",
    "bounced",
    "checked_settings",
    "contacts",
    "create",
    "discover",
    "eased",
    "find",
    "footing",
    "hands",
    "host_words",
    "limb_deg",
    "load",
    "plan",
    "plan_from",
    "plan_text",
    "popped",
    "reloaded",
    "robots",
    "round_item",
    "seat",
    "settings_of",
    "slot_s",
    "spread",
    "suited",
    "touching",
    "up_rad",
    "words_of",
]
