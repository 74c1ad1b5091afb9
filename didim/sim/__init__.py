"""Simulated people with the truth beside them: bodies, motion, minds, and what a camera would see."""

from didim.sim._body import Body, Colours
from didim.sim._crowd import Crowd, Person, children
from didim.sim._feet import Side, Stance
from didim.sim._hall import small_hall_rig
from didim.sim._minds import Mind, PadSeeker, Wanderer
from didim.sim._motion import Contact, Footfall, Motion, Pose3D
from didim.sim._moves import hop, jump, reach, squat, star_jump, wave
from didim.sim._view import camera_over, skeletons
from didim.sim._walker import Walker, step_length_m

__all__ = [
    "Body",
    "Colours",
    "Contact",
    "Crowd",
    "Footfall",
    "Mind",
    "Motion",
    "PadSeeker",
    "Person",
    "Pose3D",
    "Side",
    "Stance",
    "Walker",
    "Wanderer",
    "camera_over",
    "children",
    "hop",
    "jump",
    "reach",
    "skeletons",
    "small_hall_rig",
    "squat",
    "star_jump",
    "step_length_m",
    "wave",
]
