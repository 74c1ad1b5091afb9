"""What a person does, picture by picture: contacts, jumps and whatever else is worth telling."""

from __future__ import annotations

import math

import numpy as np

from didim.geometry import FloatArray, Point
from didim.people import Plays, Side
from didim.track._chair import Chair
from didim.track._contact import Contact, Touch
from didim.track._feet import FootSight
from didim.track._flight import Flight
from didim.track._frame import FloorFrame, WallFrame
from didim.track._hands import Hand
from didim.track._happening import Happening, of_touch
from didim.track._leap import Leap, Leaps
from didim.track._posture import Balance, Seat, Squats
from didim.track._sides import Sides
from didim.track._turns import PICTURE_S, Turns
from didim.track._wall_hand import WallHand

SIDES: tuple[Side, Side] = ("left", "right")
AFTER_FLIGHT_S, SQUAT_WAITS_S = 0.6, 0.2


class Feeling:
    """Feels one person.

    Attributes:
        contacts: of the left and the right foot.
        feet: left and right, as the newest picture shows them and as they were told apart.
        flipped: the newest picture showed that left and right had been taken for each other.
        chair: what stands in for the feet of who sits; None while nobody does.

    Args:
        frame: of the surface: what is told is told in it.
        plays: how the person plays, or None to tell it from the posture.
    """

    def __init__(
        self, feet: tuple[FootSight, FootSight], t_s: float, frame: FloorFrame, *, plays: Plays | None = None
    ) -> None:
        self._frame = frame
        left, right = (Contact(foot, t_s) for foot in feet)
        self.contacts = (left, right)
        self.feet = feet
        self.flipped = False
        self._last_s, self._picture_s = t_s, PICTURE_S
        self._stepped_s: list[float] = []
        self._turns = Turns()
        self.chair: Chair | None = Chair() if plays == "seated" else None
        self._plays = plays
        self._sides = Sides(feet, t_s)
        self._flight, self._leaps, self._balance = Flight(), Leaps(), Balance()
        self._flew_s = -math.inf
        self._squatted: list[Happening] = []
        self._hands: list[Hand | WallHand] = [Hand("left", frame), Hand("right", frame)]
        if isinstance(frame, WallFrame):
            self._hands += [WallHand("left", frame), WallHand("right", frame)]
        self._squats, self._seat = Squats(), Seat()

    @property
    def steps(self) -> int:
        """Feet put down since the person was first seen."""
        return len(self._stepped_s)

    def step(
        self,
        feet: tuple[FootSight, FootSight],
        trunk_m: float,
        t_s: float,
        bent_rad: tuple[float, float] = (0.0, 0.0),
    ) -> list[Happening]:
        """Take the feet of one picture, how high the trunk is in it, and how far the left and right knee are
        bent; what they tell, in order of time.
        """
        left, right = self.contacts
        self.feet, self.flipped = self._sides.order(feet, t_s)
        if self.flipped:
            self.contacts = (right, left)
            self._leaps.flip()
            self._turns.flip()
        told: list[Happening] = []
        self._picture_s, self._last_s = t_s - self._last_s, t_s
        beside = self._flight.beside(self.feet, self.contacts, t_s)
        for i, (contact, foot) in enumerate(zip(self.contacts, self.feet, strict=True)):
            for touch in contact.add(foot, t_s, beside[i]):
                told += self._touched(i, touch)
        left, right = self.contacts
        if self.feet[0] is not feet[0]:
            bent_rad = bent_rad[::-1]
        leap = self._leaps.see(self.feet, trunk_m, t_s, (left.held_s, right.held_s), bent_rad)
        if leap:
            self._flew_s = t_s
            told += self._leapt(leap)
        elif (left_s := self._leaps.take_off()) is not None:
            self._flew_s = t_s
            told.append(Happening("take_off", left_s, self._middle, score=self._score))
        if self.chair:
            return []
        self._stepped_s += [each.t_s for each in told if each.kind == "down"]
        return [self._frame.happened(each) for each in sorted(told, key=lambda each: each.t_s)]

    def move(self, joints: FloatArray, scores: FloatArray, t_s: float) -> list[Happening]:
        """Take the (33, 3) smoothed joints over the surface and their (33,) scores; what they tell."""
        left, right = self.contacts
        self._balance.add((left.down, right.down), joints)
        told = [each for hand in self._hands for each in hand.add(joints, scores, t_s)]
        if self._leaps.rises or t_s - self._flew_s < AFTER_FLIGHT_S:  # arms swing with a jump
            told = [each for each in told if each.kind not in ("reach", "swipe")]
        if self._plays is None:
            told += [self._frame.happened(each) for each in self._seat.add(joints, scores, t_s)]
            if self._seat.taken != bool(self.chair):
                self.chair = Chair() if self._seat.taken else None
                self._forget_steps()
        self._squatted += [self._frame.happened(each) for each in self._squats.add(joints, scores, t_s)]
        return told if self.chair else told + self._squats_over(t_s)

    def roll(self, place: FloatArray, score: float, t_s: float) -> list[Happening]:
        """Take where the chair of who sits was seen, (2,) metres; what it tells."""
        if self.chair is None:
            return []
        return [self._frame.happened(each) for each in self.chair.add(place, score, t_s)]

    def _squats_over(self, t_s: float) -> list[Happening]:
        """Squats that no jump followed: who jumps bends the knees before and after."""
        before_s, after_s = self._flew_s - SQUAT_WAITS_S, self._flew_s + SQUAT_WAITS_S
        self._squatted = [
            each for each in self._squatted if each.t_s < before_s or each.t_s - each.lasted_s > after_s
        ]
        told = [each for each in self._squatted if t_s - each.t_s >= SQUAT_WAITS_S]
        self._squatted = [each for each in self._squatted if each not in told]
        return told

    def _forget_steps(self) -> None:
        """Who is found to sit has not stepped since sitting down."""
        if self.chair:
            since_s = self._seat.since_s
            self._stepped_s = [t_s for t_s in self._stepped_s if t_s < since_s]

    def _touched(self, i: int, touch: Touch) -> list[Happening]:
        if touch.down:
            return self._of(i, touch) if self._turns.lands(i, touch, self._picture_s) else []
        self._turns.leaves(i, touch)
        return self._of(i, touch)

    def _of(self, i: int, touch: Touch) -> list[Happening]:
        told = [of_touch(SIDES[i], touch), *self._balance.ended(touch.t_s)]
        if not touch.down and self.contacts[1 - i].down:
            self._balance.lifted(SIDES[1 - i], touch.t_s)
        return told

    def _leapt(self, leap: Leap) -> list[Happening]:
        """A jump or a hop, with the touches of it that nobody has told."""
        told, foot = [], leap.foot
        for i in (0, 1) if foot is None else (foot,):
            for touch in self.contacts[i].leap(leap.left_s, leap.landed_s):
                told += [] if touch.down else self._touched(i, touch)
            landing = self.contacts[i].told[-1]
            told += self._of(i, landing) if self._turns.flew(i, landing, leap.left_s) else []
        place = self._middle if foot is None else Point(*self.feet[foot].place.tolist())
        told.append(
            Happening(
                "jump" if foot is None else "hop",
                leap.landed_s,
                place,
                None if foot is None else SIDES[foot],
                leap.flight_s,
                leap.height_m,
                leap.height_sd_m,
                score=self._score,
            )
        )
        return told

    @property
    def _middle(self) -> Point:
        return Point(*np.mean([foot.place for foot in self.feet], axis=0).tolist())

    @property
    def _score(self) -> float:
        return min(foot.score for foot in self.feet)
