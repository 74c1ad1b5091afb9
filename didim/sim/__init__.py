"""Simulated people with the truth beside them: bodies, motion, minds, and what a camera would see."""

from didim.sim._body import Body, Colours
from didim.sim._bvh import Clip, ClipError, read_bvh
from didim.sim._clip import ClipMotion
from didim.sim._crowd import Bump, Crowd, Person, children
from didim.sim._feet import Side, Stance
from didim.sim._figure import Trunk
from didim.sim._floor import fall, sit
from didim.sim._minds import Mind, Mover, PadSeeker, Wanderer
from didim.sim._motion import Contact, Footfall, Motion, Pose3D, Touch
from didim.sim._moves import hop, jump, reach, squat, star_jump, stop_dead, wave
from didim.sim._performance import Performance
from didim.sim._roller import Roller
from didim.sim._skills import SKILLS, Skill
from didim.sim._steered import Steered
from didim.sim._view import camera_over, skeletons
from didim.sim._walker import Walker, step_length_m
from didim.sim._wall_player import WallPlayer
from didim.sim._wheelchair import Wheelchair, WheelchairMotion

__all__ = [
    "SKILLS",
    "Body",
    "Bump",
    "Clip",
    "ClipError",
    "ClipMotion",
    "Colours",
    "Contact",
    "Crowd",
    "Footfall",
    "Mind",
    "Motion",
    "Mover",
    "PadSeeker",
    "Performance",
    "Person",
    "Pose3D",
    "Roller",
    "Side",
    "Skill",
    "Stance",
    "Steered",
    "Touch",
    "Trunk",
    "Walker",
    "WallPlayer",
    "Wanderer",
    "Wheelchair",
    "WheelchairMotion",
    "camera_over",
    "children",
    "fall",
    "hop",
    "jump",
    "reach",
    "read_bvh",
    "sit",
    "skeletons",
    "squat",
    "star_jump",
    "step_length_m",
    "stop_dead",
    "wave",
]
