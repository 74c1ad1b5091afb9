"""The solids of a mannequin, part by part: skin, head, hair, shirt, trousers or skirt, shoes.

Sizes are shares of stature or of the head's height, read off figure drawing canons; children are rounder.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from didim.geometry import FloatArray
from didim.people import Joint
from didim.sim._body import Body, Tone
from didim.sim.render._bones import Bone, rest_joints_m
from didim.sim.render._outfit import Outfit
from didim.sim.render._solids import Cone, Ellipsoid, Solid


class Paint(IntEnum):
    """How a part's colour varies over it."""

    PLAIN = 0
    FACE = 1
    STRIPES = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One closed shell of one colour.

    Attributes:
        solids: joined smoothly; cuts: taken away again.
        voxel: edge of the mesh's cells as a multiple of the body's.
        floor: the shell ends at the floor (soles).
        strands: hair, that swallows light between its strands.
    """

    solids: list[Solid]
    colour: Tone
    voxel: float
    softness_m: float
    cuts: list[Solid]
    paint: Paint = Paint.PLAIN
    floor: bool = False
    strands: bool = False


def _up(height_m: float) -> FloatArray:
    return np.array([0.0, 0.0, height_m])


class Tailor:
    """Builds the parts of one body in its outfit."""

    def __init__(self, body: Body, outfit: Outfit) -> None:
        self.body, self.outfit = body, outfit
        self.rest_m = rest_joints_m(body)
        self.h = body.height_m
        grown = min(max((body.height_m - 0.9) / 0.7, 0.0), 1.0)
        self.g = body.height_m * outfit.girth * (1.08 - 0.08 * grown)
        self.hips = 0.5 * (self.rest_m[Joint.LEFT_HIP] + self.rest_m[Joint.RIGHT_HIP])
        self.neck = 0.5 * (self.rest_m[Joint.LEFT_SHOULDER] + self.rest_m[Joint.RIGHT_SHOULDER])
        ears = 0.5 * (self.rest_m[Joint.LEFT_EAR] + self.rest_m[Joint.RIGHT_EAR])
        self.head = ears + _up(0.02 * body.head_m)

    def parts(self) -> list[Part]:
        return [self._skin(), self._face(), self._hair(), self._shirt(), self._below(), self._shoes()]

    def _at(self, joint: Joint, right: int) -> FloatArray:
        return np.asarray(self.rest_m[joint + right])

    def _skin(self) -> Part:
        g, solids = self.g, list[Solid]()
        chin = self.head - _up(0.15 * self.body.head_m)
        solids.append(Cone(Bone.CHEST, self.neck - _up(0.02 * self.h), chin, 0.036 * g, 0.032 * g))
        for right in (0, 1):
            solids += self._arm(right)
            if self.outfit.legs != "long":
                solids += self._bare_leg(right)
        return Part(solids, self.body.colours.skin, 0.8, 0.006 * self.h, [])

    def _arm(self, right: int) -> list[Solid]:
        g = self.g
        shoulder, elbow = self._at(Joint.LEFT_SHOULDER, right), self._at(Joint.LEFT_ELBOW, right)
        wrist, thumb = self._at(Joint.LEFT_WRIST, right), self._at(Joint.LEFT_THUMB, right)
        index, pinky = self._at(Joint.LEFT_INDEX, right), self._at(Joint.LEFT_PINKY, right)
        hand, fore = Bone(Bone.LEFT_HAND + right), Bone(Bone.LEFT_FOREARM + right)
        knuckles = 0.5 * (index + pinky)
        tip = wrist + 1.18 * (knuckles - wrist)
        solids: list[Solid] = [
            Cone(hand, wrist, knuckles, 0.016 * g, 0.021 * g, (1.25, 0.75, 1.0)),
            Cone(hand, knuckles, tip, 0.020 * g, 0.013 * g, (1.25, 0.65, 1.0)),
            Cone(hand, wrist + 0.3 * (thumb - wrist), thumb, 0.010 * g, 0.0085 * g),
        ]
        if self.outfit.sleeves == "short":
            upper = Bone(Bone.LEFT_UPPER_ARM + right)
            solids += [
                Cone(upper, shoulder + 0.5 * (elbow - shoulder), elbow, 0.025 * g, 0.023 * g),
                Cone(fore, elbow, wrist, 0.026 * g, 0.0165 * g),
            ]
        else:
            solids.append(Cone(fore, elbow + 0.75 * (wrist - elbow), wrist, 0.018 * g, 0.0165 * g))
        return solids

    def _bare_leg(self, right: int) -> list[Solid]:
        g = self.g
        hip, knee = self._at(Joint.LEFT_HIP, right), self._at(Joint.LEFT_KNEE, right)
        ankle = self._at(Joint.LEFT_ANKLE, right)
        shank = Bone(Bone.LEFT_SHANK + right)
        calf = knee + 0.3 * (ankle - knee) + np.array([-0.012 * self.h, 0.0, 0.0])
        return [
            Cone(Bone(Bone.LEFT_THIGH + right), hip + 0.4 * (knee - hip), knee, 0.046 * g, 0.034 * g),
            Cone(shank, knee, ankle, 0.033 * g, 0.022 * g),
            Ellipsoid(shank, calf, (0.033 * g, 0.033 * g, 0.075 * self.h)),
        ]

    def _face(self) -> Part:
        d, c = self.body.head_m, self.head
        solids: list[Solid] = [
            Ellipsoid(Bone.HEAD, c + d * np.array([0.0, 0.0, 0.09]), (0.42 * d, 0.345 * d, 0.40 * d)),
            Ellipsoid(Bone.HEAD, c + d * np.array([0.10, 0.0, -0.20]), (0.31 * d, 0.265 * d, 0.30 * d)),
            Cone(
                Bone.HEAD,
                c + d * np.array([0.39, 0.0, 0.02]),
                c + d * np.array([0.44, 0.0, -0.12]),
                0.025 * d,
                0.055 * d,
            ),
        ]
        solids += [
            Ellipsoid(
                Bone.HEAD, c + d * np.array([0.0, side * 0.345, -0.02]), (0.07 * d, 0.035 * d, 0.11 * d)
            )
            for side in (1, -1)
        ]
        return Part(solids, self.body.colours.skin, 0.62, 0.02 * d, [], Paint.FACE)

    def _hair(self) -> Part:
        d, c = self.body.head_m, self.head
        bone = Bone.HEAD
        solids: list[Solid] = [
            Ellipsoid(bone, c + d * np.array([-0.03, 0.0, 0.11]), (0.45 * d, 0.39 * d, 0.43 * d))
        ]
        face = Ellipsoid(bone, c + d * np.array([0.42, 0.0, -0.16]), (0.40 * d, 0.44 * d, 0.42 * d))
        below = Ellipsoid(bone, c + d * np.array([0.25, 0.0, -0.62]), (0.52 * d, 0.9 * d, 0.52 * d))
        cuts: list[Solid] = [face, below]
        if self.outfit.hair == "bob":
            top, low = c + d * np.array([-0.12, 0.0, 0.0]), c + d * np.array([-0.16, 0.0, -0.5])
            solids.append(Cone(bone, top, low, 0.40 * d, 0.33 * d, (0.72, 1.05, 1.0)))
            cuts = [face, Ellipsoid(bone, c + d * np.array([0.33, 0.0, -0.6]), (0.42 * d, 0.9 * d, 0.55 * d))]
        elif self.outfit.hair == "tail":
            knot, tip = c + d * np.array([-0.50, 0.0, 0.16]), c + d * np.array([-0.60, 0.0, -0.55])
            solids.append(Cone(bone, knot, tip, 0.13 * d, 0.07 * d))
        return Part(solids, self.body.colours.hair, 0.8, 0.02 * d, cuts, strands=True)

    def _shirt(self) -> Part:
        g, h = self.g, self.h
        waist = self.hips + _up(self.body.loin_m)
        hem = Bone.PELVIS
        solids: list[Solid] = [
            Ellipsoid(Bone.CHEST, self.neck - _up(0.085 * h), (0.067 * g, 0.099 * g, 0.106 * h)),
            Ellipsoid(Bone.CHEST, waist + _up(0.02 * h), (0.060 * g, 0.080 * g, 0.11 * h)),
            Cone(hem, self.hips + _up(0.015 * h), waist, 0.100 * g, 0.092 * g, (0.72, 1.0, 0.25)),
        ]
        for right in (0, 1):
            shoulder, elbow = self._at(Joint.LEFT_SHOULDER, right), self._at(Joint.LEFT_ELBOW, right)
            wrist = self._at(Joint.LEFT_WRIST, right)
            upper, fore = Bone(Bone.LEFT_UPPER_ARM + right), Bone(Bone.LEFT_FOREARM + right)
            inner = self.neck + 0.70 * (shoulder - self.neck) - _up(0.016 * h)
            solids.append(Cone(Bone.CHEST, self.neck - _up(0.010 * h), inner, 0.037 * g, 0.033 * g))
            if self.outfit.sleeves == "short":
                cuff = shoulder + 0.62 * (elbow - shoulder)
                solids.append(Cone(upper, shoulder - _up(0.008 * h), cuff, 0.031 * g, 0.035 * g))
            else:
                cuff = elbow + 0.93 * (wrist - elbow)
                solids.append(Cone(upper, shoulder - _up(0.008 * h), elbow, 0.031 * g, 0.029 * g))
                solids.append(Cone(fore, elbow, cuff, 0.029 * g, 0.023 * g))
        paint = Paint.STRIPES if self.outfit.stripes else Paint.PLAIN
        return Part(solids, self.body.colours.shirt, 1.0, 0.011 * h, [], paint)

    def _below(self) -> Part:
        g, h = self.g, self.h
        seat = Ellipsoid(Bone.PELVIS, self.hips + _up(0.01 * h), (0.064 * g, 0.092 * g, 0.07 * h))
        solids: list[Solid] = [seat]
        for right in (0, 1):
            hip, knee = self._at(Joint.LEFT_HIP, right), self._at(Joint.LEFT_KNEE, right)
            ankle = self._at(Joint.LEFT_ANKLE, right)
            thigh, shank = Bone(Bone.LEFT_THIGH + right), Bone(Bone.LEFT_SHANK + right)
            if self.outfit.legs == "long":
                solids.append(Cone(thigh, hip, knee, 0.057 * g, 0.040 * g))
                solids.append(Cone(shank, knee, ankle + _up(0.012 * h), 0.040 * g, 0.033 * g))
            elif self.outfit.legs == "short":
                solids.append(Cone(thigh, hip, hip + 0.78 * (knee - hip), 0.060 * g, 0.052 * g))
            else:
                hem = 0.5 * (hip + self.hips) + 0.72 * (knee - hip) * [0, 0, 1]
                solids.append(Cone(thigh, hip, hem, 0.060 * g, 0.094 * g, (1.0, 1.0, 0.3)))
        return Part(solids, self.body.colours.trousers, 1.0, 0.012 * h, [])

    def _shoes(self) -> Part:
        h, body = self.h, self.body
        solids: list[Solid] = []
        for right in (0, 1):
            heel, toe = self._at(Joint.LEFT_HEEL, right), self._at(Joint.LEFT_FOOT_INDEX, right)
            ankle = self._at(Joint.LEFT_ANKLE, right)
            foot = Bone(Bone.LEFT_FOOT + right)
            ball = heel + 0.72 * (toe - heel)
            lift = _up(0.006 * h)
            solids += [
                Cone(foot, heel, ball, body.heel_height_m, 0.019 * h, (1.0, 1.25, 1.0)),
                Cone(foot, ball + lift, toe + lift, 0.019 * h, 0.0145 * h, (1.0, 1.45, 1.0)),
                Cone(foot, ankle - _up(0.006 * h), ball + 0.5 * lift, 0.025 * h, 0.018 * h),
            ]
        return Part(solids, self.body.colours.shoes, 0.7, 0.005 * h, [], floor=True)
