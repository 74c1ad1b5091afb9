"""The words that finding, following and playing share: joints and players."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple

from didim.geometry import Point


class Joint(IntEnum):
    """The named points of a body; left and right are the person's own."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


JOINT_COUNT = len(Joint)

BONES: tuple[tuple[Joint, Joint], ...] = (
    (Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER),
    (Joint.LEFT_SHOULDER, Joint.LEFT_ELBOW),
    (Joint.LEFT_ELBOW, Joint.LEFT_WRIST),
    (Joint.RIGHT_SHOULDER, Joint.RIGHT_ELBOW),
    (Joint.RIGHT_ELBOW, Joint.RIGHT_WRIST),
    (Joint.LEFT_SHOULDER, Joint.LEFT_HIP),
    (Joint.RIGHT_SHOULDER, Joint.RIGHT_HIP),
    (Joint.LEFT_HIP, Joint.RIGHT_HIP),
    (Joint.LEFT_HIP, Joint.LEFT_KNEE),
    (Joint.LEFT_KNEE, Joint.LEFT_ANKLE),
    (Joint.LEFT_ANKLE, Joint.LEFT_HEEL),
    (Joint.LEFT_HEEL, Joint.LEFT_FOOT_INDEX),
    (Joint.RIGHT_HIP, Joint.RIGHT_KNEE),
    (Joint.RIGHT_KNEE, Joint.RIGHT_ANKLE),
    (Joint.RIGHT_ANKLE, Joint.RIGHT_HEEL),
    (Joint.RIGHT_HEEL, Joint.RIGHT_FOOT_INDEX),
)
"""The lines of a stick figure."""


class JointPlace(NamedTuple):
    """One joint over the surface: x and y where it stands above the plane, z its height, metres."""

    x_m: float
    y_m: float
    z_m: float
    score: float


@dataclass(frozen=True, slots=True)
class Foot:
    """One foot on the surface.

    Attributes:
        place: the middle of the sole, metres.
        heading_rad: where the toes point; 0 along +x, counter-clockwise.
        down: the foot stands on the surface.
        score: how sure the foot was seen, 0 to 1.
    """

    place: Point
    heading_rad: float
    down: bool
    score: float


Side = Literal["left", "right"]
"""The person's own."""

Plays = Literal["standing", "seated"]
"""How somebody plays: on their feet, or from a chair that stands in for them."""


@dataclass(frozen=True, slots=True)
class Player:
    """One person on the surface, now and predicted to when the light lands.

    Who plays seated has the place of the chair for both feet, down all the time and without steps: a
    game need not ask.

    Attributes:
        id: stays the same while the person stays in view; counts from 1.
        feet: the middle between both feet, predicted, metres.
        left, right: each foot, predicted.
        joints: one place for each `Joint`, in its order, smoothed and predicted.
        velocity_m_s: of the feet's middle.
        steps: feet put down since the player came into view.
        plays: standing or seated.
        heading_rad: where the body faces; 0 along +x, counter-clockwise.
    """

    id: int
    feet: Point
    left: Foot
    right: Foot
    joints: tuple[JointPlace, ...]
    velocity_m_s: tuple[float, float]
    steps: int
    plays: Plays = "standing"
    heading_rad: float = 0.0

    @property
    def speed_m_s(self) -> float:
        return math.hypot(*self.velocity_m_s)

    def joint(self, joint: Joint) -> JointPlace:
        return self.joints[joint]


EventKind = Literal[
    "down",
    "up",
    "take_off",
    "jump",
    "hop",
    "squat",
    "balance",
    "raise",
    "lower",
    "reach",
    "dwell",
    "swipe",
    "touch",
    "release",
    "circle",
    "sit",
    "stand",
]
"""What can happen to a body; docs/writing-a-game.md says when each is told."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a player did.

    Attributes:
        number: counts up from 1 over all players; later told, higher.
        t_s: when it happened, between two pictures where need be, and not when it was found out. A game
            reads its own time, that of `Tick.t_s`.
        place: where on the surface.
        side: the foot or hand that did it; None where both or the whole body did.
        lasted_s: how long it went on: a flight, a stand on one leg, a dwell. 0 for what takes no time.
        size_m: how high, deep or long it was, see the table of kinds; 0 for what has no size.
        size_sd_m: the standard deviation of `size_m` as far as the rate of the pictures leaves it open.
        heading_rad: where it went or pointed; 0 along +x, counter-clockwise.
        score: how sure it is, 0 to 1.
    """

    number: int
    kind: EventKind
    player_id: int
    t_s: float
    place: Point
    side: Side | None = None
    lasted_s: float = 0.0
    size_m: float = 0.0
    size_sd_m: float = 0.0
    heading_rad: float = 0.0
    score: float = 1.0
