"""One skeleton read as a person on the surface."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray, PinholeCamera, Point, SurfaceView
from didim.people import Joint
from didim.pose import Skeleton
from didim.track._appearance import look_of
from didim.track._body import SOLE, place_joints, size_at, upright
from didim.track._chair import chair_place
from didim.track._feet import LIFT_DOUBTED_M, SURE, UPRIGHT_LEAST, FootSight, see_feet
from didim.track._plane import flat_joints
from didim.track._posture import ANKLES, KNEES

FEET_SD_M, FOOT_SD_M, HIPS_SD_M = 0.06, 0.12, 0.2
HIPS_M = 0.8
CROWDED_M = 0.7
_TRUNK = [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP]
_HIPS = [Joint.LEFT_HIP, Joint.RIGHT_HIP]


class Sight:
    """One skeleton read as a person on the surface.

    Attributes:
        size: the body as a multiple of what the engine takes it for; nan where that cannot be told.
        body: (33, 3) the joints about the hips in the surface's axes, metres, in its true size.
        feet: left and right; feet_seen: at least one of them is.
        middle: (2,) between the feet that are seen, else under the hips, metres; nan where none is.
        sd_m: standard deviation of the middle along each axis.
        look: (6,) colours of the clothes; nan where they are not seen.
        crowded: somebody else is so near that sizes and colours may be theirs.
    """

    def __init__(self, view: SurfaceView, skeleton: Skeleton, bgr: NDArray[np.uint8] | None = None) -> None:
        self.skeleton, self._view = skeleton, view
        self.crowded = False
        self._flat: tuple[FloatArray, FloatArray] | None = None
        guessed = upright(view, skeleton)
        self.feet = see_feet(view, skeleton, guessed)
        self.feet_seen = any(foot.seen for foot in self.feet)
        rough = _middle(self.feet) if self.feet_seen else self._under_hips(guessed)
        self.size = size_at(view, skeleton, rough)
        self.body = guessed * (self.size if np.isfinite(self.size) else 1.0)
        if max(foot.lift_m for foot in self.feet) > LIFT_DOUBTED_M:  # less moves no foot
            self.feet = see_feet(view, skeleton, self.body)
        self.middle = _middle(self.feet) if self.feet_seen else rough
        both = all(foot.seen for foot in self.feet)
        self.sd_m = FEET_SD_M if both else FOOT_SD_M if self.feet_seen else HIPS_SD_M
        self.look = np.full(6, np.nan) if bgr is None else look_of(bgr, skeleton)

    def hide_feet(self) -> None:
        """Take the feet for somebody else's: this one stands under the hips."""
        if not self.feet_seen:
            return
        left, right = self.feet
        self.feet = (replace(left, score=0.0), replace(right, score=0.0))
        self.feet_seen, self.sd_m = False, HIPS_SD_M
        self.middle = self._under_hips(self.body / self.size if np.isfinite(self.size) else self.body)
        self.size = size_at(self._view, self.skeleton, self.middle)

    def _under_hips(self, guessed: FloatArray) -> FloatArray:
        """Where a body stands whose feet are hidden: its size and its distance tell each other."""
        soles_m = guessed[list(SOLE), 2].min()
        hips_m, place = HIPS_M, np.full(2, np.nan)
        if self.skeleton.scores[_HIPS].min() < SURE or not np.isfinite(soles_m):
            return place
        hips_px = self.skeleton.points_px[_HIPS].mean(axis=0, keepdims=True)
        for _ in range(3):
            place = self._view.surface_points(hips_px, hips_m)[0]
            size = size_at(self._view, self.skeleton, place)
            hips_m = -float(soles_m) * size if np.isfinite(size) else HIPS_M
        return place

    @property
    def away_m(self) -> float:
        """How far away the body stands along the floor; 0 where the camera's place is not known."""
        if not isinstance(self._view, PinholeCamera):
            return 0.0
        return math.dist(self._view.surface_from_camera.translation_m[:2], self.middle)

    @property
    def trunk_m(self) -> float:
        """How high the trunk is in the picture, from a level of its own; nan where it is not seen."""
        if self.skeleton.scores[_TRUNK].min() < SURE:
            return math.nan
        m_a_px = np.mean([foot.m_a_px / max(foot.upright, UPRIGHT_LEAST) for foot in self.feet])
        return -float(self.skeleton.points_px[_TRUNK, 1].mean() * m_a_px)

    @property
    def bent_rad(self) -> tuple[float, float]:
        """How far the left and the right knee are bent, 0 for a straight leg; nan without depth."""
        thighs, shanks = self.body[KNEES] - self.body[_HIPS], self.body[ANKLES] - self.body[KNEES]
        lengths = np.linalg.norm(thighs, axis=1) * np.linalg.norm(shanks, axis=1)
        left, right = np.arccos(np.clip((thighs * shanks).sum(axis=1) / np.maximum(lengths, 1e-9), -1.0, 1.0))
        return float(left), float(right)

    def joints_m(self) -> FloatArray:
        """The joints over the surface, (33, 3) metres."""
        placed = place_joints(self._view, self.skeleton, self.body, Point(*self.middle.tolist()))
        flat_m = self._flat_m()
        return np.where(np.isfinite(flat_m).all(axis=1, keepdims=True), flat_m, placed)

    def _flat_m(self) -> FloatArray:
        """The joints on the upright plane through the feet, cast once for each middle."""
        if self._flat is None or self._flat[0] is not self.middle:
            self._flat = self.middle, flat_joints(self._view, self.skeleton, self.middle)
        return self._flat[1]

    def chair(self, joints: FloatArray) -> FloatArray:
        """Where the hips are, were this a sitter; (2,) metres."""
        return chair_place(self._view, self.skeleton, joints)

    def joint_scores(self) -> FloatArray:
        """(33,); 0 for a joint without depth that the camera alone cannot place."""
        flat_m = self._flat_m()
        placed = np.isfinite(self.body).all(axis=1) | np.isfinite(flat_m).all(axis=1)
        return np.where(placed, self.skeleton.scores, 0.0)


def _middle(feet: tuple[FootSight, FootSight]) -> FloatArray:
    seen = [foot.place for foot in feet if foot.seen]
    return np.asarray(np.mean(seen, axis=0)) if seen else np.full(2, np.nan)


def mark_crowded(sights: list[Sight]) -> None:
    """Mark who is so near to another on the floor, or so far behind another in the picture, that size and
    colours may be the other's. Who stands in front is seen as they are.
    """
    for index, one in enumerate(sights):
        for other in sights[:index]:
            near = math.dist(one.middle, other.middle) < CROWDED_M
            if near or _overlap(one.skeleton, other.skeleton):
                one.crowded |= near or one.away_m >= other.away_m
                other.crowded |= near or other.away_m >= one.away_m


def _overlap(one: Skeleton, other: Skeleton) -> bool:
    """Whether the trunk of one lies within the other's body in the picture."""
    for inner, outer in ((one, other), (other, one)):
        trunk = inner.points_px[_TRUNK].mean(axis=0)
        low, high = outer.points_px.min(axis=0), outer.points_px.max(axis=0)
        if ((trunk > low) & (trunk < high)).all():
            return True
    return False
