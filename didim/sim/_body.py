"""A person's build: segment lengths by stature, from toddler to adult."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

GRAVITY_M_S2 = 9.81

Tone = tuple[float, float, float]
"""sRGB red, green, blue, 0 to 1."""


class _Shares(NamedTuple):
    """Segment lengths as shares of stature."""

    ankle: float
    shank: float
    thigh: float
    shoulder: float
    chin: float
    upper_arm: float
    forearm: float
    hand: float
    foot: float
    hip_half: float
    shoulder_half: float


# R. Drillis and R. Contini, "Body segment parameters" (1966), as printed in D. A. Winter, "Biomechanics and
# motor control of human movement", fig. 4.1; hip joints lie well inside the hip breadth given there.
_ADULT = _Shares(0.039, 0.246, 0.245, 0.818, 0.870, 0.186, 0.146, 0.108, 0.152, 0.055, 0.115)
# Rounded after R. G. Snyder et al., "Anthropometry of infants, children and youths" (UMTRI, 1977), age 2-3.
_TODDLER = _Shares(0.045, 0.215, 0.210, 0.785, 0.815, 0.180, 0.138, 0.105, 0.156, 0.058, 0.112)
_TODDLER_HEIGHT_M, _ADULT_HEIGHT_M = 0.90, 1.60

_SKIN = ((0.95, 0.80, 0.70), (0.87, 0.68, 0.55), (0.74, 0.54, 0.40), (0.55, 0.38, 0.28), (0.38, 0.26, 0.20))
_HAIR = ((0.09, 0.07, 0.06), (0.22, 0.14, 0.09), (0.42, 0.28, 0.16), (0.70, 0.55, 0.32))
_SHIRT = (
    (0.80, 0.16, 0.15),
    (0.95, 0.75, 0.15),
    (0.15, 0.40, 0.75),
    (0.85, 0.35, 0.60),
    (0.20, 0.60, 0.35),
    (0.95, 0.50, 0.15),
)
_TROUSERS = ((0.12, 0.16, 0.32), (0.20, 0.20, 0.22), (0.42, 0.38, 0.28), (0.35, 0.22, 0.48))
_SHOES = ((0.90, 0.90, 0.90), (0.15, 0.15, 0.17), (0.75, 0.20, 0.20))


@dataclass(frozen=True, slots=True)
class Colours:
    """What a person wears."""

    skin: Tone
    hair: Tone
    shirt: Tone
    trousers: Tone
    shoes: Tone


@dataclass(frozen=True, slots=True)
class Body:
    """One person's build, lengths between joints in metres.

    Attributes:
        height_m: stature, 0.9 to 2.0.
        foot_m: heel joint to toe joint; both are the centres of the rounded ends of the shoe, so that a foot
            that rolls over its heel or toe turns about the joint.
        heel_height_m, toe_height_m: those joints over the floor when the sole is flat.
        ankle_ahead_m: the ankle in front of the heel joint.
        loin_m: hip line to waist; `chest_m`: waist to shoulder line.
        head_m: chin to crown; `neck_m`: shoulder line to the middle of the head.
        walk_speed_m_s: the speed this person likes.
    """

    height_m: float
    ankle_height_m: float
    shank_m: float
    thigh_m: float
    hip_half_m: float
    foot_m: float
    heel_height_m: float
    toe_height_m: float
    ankle_ahead_m: float
    loin_m: float
    chest_m: float
    shoulder_half_m: float
    upper_arm_m: float
    forearm_m: float
    hand_m: float
    neck_m: float
    head_m: float
    walk_speed_m_s: float
    colours: Colours

    @classmethod
    def of(cls, height_m: float, seed: int) -> Body:
        """A person of that height; the seed chooses build, colours and pace.

        Raises:
            ValueError: the height is not between 0.9 and 2.0 m.
        """
        if not 0.9 <= height_m <= 2.0:
            raise ValueError(f"height_m must lie between 0.9 and 2.0 metres, got {height_m}")
        rng = np.random.default_rng([seed, 1])
        grown = min((height_m - _TODDLER_HEIGHT_M) / (_ADULT_HEIGHT_M - _TODDLER_HEIGHT_M), 1.0)
        share = _Shares(*(a + (b - a) * grown for a, b in zip(_TODDLER, _ADULT, strict=True)))
        legs, breadth = rng.normal(1.0, 0.015), rng.normal(1.0, 0.04)
        shank_m, thigh_m = share.shank * legs * height_m, share.thigh * legs * height_m
        ankle_m = share.ankle * height_m
        trunk_m = share.shoulder * height_m - ankle_m - shank_m - thigh_m
        head_m = (1.0 - share.chin) * height_m
        # Walking at a Froude number near 0.2 is what people of every size choose: Alexander (1976).
        froude = rng.uniform(0.14, 0.22)
        return cls(
            height_m=height_m,
            ankle_height_m=ankle_m,
            shank_m=shank_m,
            thigh_m=thigh_m,
            hip_half_m=share.hip_half * breadth * height_m,
            foot_m=(share.foot - 0.030) * height_m,
            heel_height_m=0.018 * height_m,
            toe_height_m=0.012 * height_m,
            ankle_ahead_m=0.022 * height_m,
            loin_m=0.42 * trunk_m,
            chest_m=0.58 * trunk_m,
            shoulder_half_m=share.shoulder_half * breadth * height_m,
            upper_arm_m=share.upper_arm * height_m,
            forearm_m=share.forearm * height_m,
            hand_m=share.hand * height_m,
            neck_m=height_m * (1.0 - share.shoulder) - 0.5 * head_m,
            head_m=head_m,
            walk_speed_m_s=math.sqrt(froude * GRAVITY_M_S2 * (shank_m + thigh_m + ankle_m)),
            colours=_dressed(rng),
        )

    @property
    def leg_m(self) -> float:
        """Hip joint to ankle joint, stretched."""
        return self.thigh_m + self.shank_m

    @property
    def stand_m(self) -> float:
        """Height of the hip joints when standing at ease."""
        return self.ankle_height_m + 0.9985 * self.leg_m


def _dressed(rng: np.random.Generator) -> Colours:
    def one(tones: tuple[Tone, ...]) -> Tone:
        return tones[int(rng.integers(len(tones)))]

    return Colours(one(_SKIN), one(_HAIR), one(_SHIRT), one(_TROUSERS), one(_SHOES))
