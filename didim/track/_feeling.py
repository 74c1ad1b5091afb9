"""What a person does, picture by picture: contacts, jumps and whatever else is worth telling."""

from __future__ import annotations

from didim.geometry import FloatArray, Point
from didim.people import Plays, Side
from didim.track._chair import Chair
from didim.track._contact import Contact
from didim.track._feet import FootSight
from didim.track._flight import Flight
from didim.track._hands import Hand
from didim.track._happening import Happening, of_touch
from didim.track._leap import Leaps
from didim.track._posture import Balance, Seat, Squats
from didim.track._sides import Sides

SIDES: tuple[Side, Side] = ("left", "right")


class Feeling:
    """Feels one person.

    Attributes:
        contacts: of the left and the right foot.
        feet: left and right, as the newest picture shows them and as they were told apart.
        flipped: the newest picture showed that left and right had been taken for each other.
        chair: what stands in for the feet of who sits; None while nobody does.

    Args:
        plays: how the person plays, or None to tell it from the posture.
    """

    def __init__(self, feet: tuple[FootSight, FootSight], t_s: float, *, plays: Plays | None = None) -> None:
        left, right = (Contact(foot, t_s) for foot in feet)
        self.contacts = (left, right)
        self.feet = feet
        self.flipped = False
        self._stepped_s: list[float] = []
        self.chair: Chair | None = Chair() if plays == "seated" else None
        self._plays = plays
        self._sides = Sides(feet, t_s)
        self._flight, self._leaps, self._balance = Flight(), Leaps(), Balance()
        self._hands = (Hand("left"), Hand("right"))
        self._squats, self._seat = Squats(), Seat()
        self._last_s = t_s

    @property
    def steps(self) -> int:
        """Feet put down since the person was first seen."""
        return len(self._stepped_s)

    def step(self, feet: tuple[FootSight, FootSight], t_s: float) -> list[Happening]:
        """Take the feet of one picture; what they tell, in the order of their times."""
        left, right = self.contacts
        self.feet, self.flipped = self._sides.order(feet, (left.down, right.down), t_s)
        if self.flipped:
            self.contacts = (right, left)
            self._leaps.flip()
        told: list[Happening] = []
        picture_s, self._last_s = t_s - self._last_s, t_s
        self._leaps.see(self.feet, t_s)
        beside = self._flight.beside(self.feet, self.contacts, t_s)
        for i, (contact, foot) in enumerate(zip(self.contacts, self.feet, strict=True)):
            for touch in contact.add(foot, t_s, beside[i]):
                told.append(of_touch(SIDES[i], touch))
                told += self._balance.ended(touch.t_s)
                leaps, both = self._leaps.add(SIDES[i], touch, picture_s)
                told += leaps
                if both and leaps:
                    told += self._with_it(1 - i, leaps[0])
                elif not touch.down and self.contacts[1 - i].down:
                    self._balance.lifted(SIDES[1 - i], touch.t_s)
        if self.chair:
            return []
        self._stepped_s += [each.t_s for each in told if each.kind == "down"]
        return sorted(told, key=lambda each: each.t_s)

    def move(self, joints: FloatArray, scores: FloatArray, t_s: float) -> list[Happening]:
        """Take the (33, 3) smoothed joints over the surface and their (33,) scores; what they tell."""
        left, right = self.contacts
        self._balance.add((left.down, right.down), joints)
        told = [each for hand in self._hands for each in hand.add(joints, scores, t_s)]
        if self._plays is None:
            told += self._seat.add(joints, scores, t_s)
            if self._seat.taken != bool(self.chair):
                self.chair = Chair() if self._seat.taken else None
                self._forget_steps()
        squats = self._squats.add(joints, scores, t_s)
        return told if self.chair else told + squats

    def _forget_steps(self) -> None:
        """Who is found to sit has not stepped since sitting down."""
        if self.chair:
            since_s = self._seat.since_s
            self._stepped_s = [t_s for t_s in self._stepped_s if t_s < since_s]

    def _with_it(self, i: int, leap: Happening) -> list[Happening]:
        """The foot that went along with a jump unnoticed."""
        self.contacts[i].leap(leap.t_s)
        score = 0.5 * leap.score
        heading_rad = self.feet[i].heading_rad or 0.0
        place, side, left_s = Point(*self.feet[i].place.tolist()), SIDES[i], leap.t_s - leap.lasted_s
        return [
            Happening("up", left_s, place, side, heading_rad=heading_rad, score=score),
            Happening("down", leap.t_s, place, side, heading_rad=heading_rad, score=score),
        ]
