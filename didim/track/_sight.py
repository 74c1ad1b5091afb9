"""One skeleton read as a person on the surface."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray, PinholeCamera, SurfaceView
from didim.people import Joint
from didim.pose import Skeleton
from didim.track._appearance import look_of
from didim.track._body import SOLE, place_joints, size_at, upright
from didim.track._chair import chair_place
from didim.track._feet import LIFT_DOUBTED_M, SURE, UPRIGHT_LEAST, FootSight, see_feet
from didim.track._lines import Lines, lines_to
from didim.track._plane import flat_joints
from didim.track._posture import HIPS, LEGS

FEET_SD_M, FOOT_SD_M, HIPS_SD_M = 0.06, 0.12, 0.2
HIPS_M = 0.8
CROWDED_M = 0.7
_TRUNK = [Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER, Joint.LEFT_HIP, Joint.RIGHT_HIP]
_SOLES = list(SOLE)


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

    def __init__(
        self,
        view: SurfaceView,
        skeleton: Skeleton,
        bgr: NDArray[np.uint8] | None = None,
        lines: Lines | None = None,
    ) -> None:
        """`lines` are those of sight to the skeleton, where they are worked out already."""
        self.skeleton, self._view = skeleton, view
        self.crowded = False
        self._lines = lines or lines_to(view, [skeleton])[0]
        guessed = upright(view, skeleton)
        self.feet = see_feet(self._lines, skeleton, guessed)
        self.feet_seen = any(foot.seen for foot in self.feet)
        rough = _middle(self.feet) if self.feet_seen else self._under_hips(guessed)
        self.size = size_at(view, skeleton, rough)
        self.body = guessed * self.size if math.isfinite(self.size) else guessed
        if max(foot.lift_m for foot in self.feet) > LIFT_DOUBTED_M:  # less moves no foot
            self.feet = see_feet(self._lines, skeleton, self.body)
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
        soles_m = guessed[_SOLES, 2].min()
        hips_m, place = HIPS_M, np.full(2, np.nan)
        if self.skeleton.scores[HIPS].min() < SURE or not np.isfinite(soles_m):
            return place
        hips_px = self.skeleton.points_px[HIPS].mean(axis=0, keepdims=True)
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

    def nearer(self, share: float) -> FloatArray:
        """The place on the way to the camera that is so much of the distance away, (2,) metres.

        A body in the air stands there where it seems to stand farther away, and larger by as much.
        """
        if not isinstance(self._view, PinholeCamera):
            return self.middle
        camera_m = self._view.surface_from_camera.translation_m[:2]
        return np.asarray(camera_m + share * (self.middle - camera_m))

    @cached_property
    def trunk_px(self) -> tuple[float, float]:
        """The middle of the trunk in the picture."""
        x_px, y_px = self.skeleton.points_px[_TRUNK].mean(axis=0).tolist()
        return x_px, y_px

    @cached_property
    def head_and_trunk_px(self) -> tuple[float, float]:
        """The middle of nose, shoulders and hips in the picture."""
        (x_px, y_px), (nose_x_px, nose_y_px) = self.trunk_px, self.skeleton.points_px[Joint.NOSE].tolist()
        return (4.0 * x_px + nose_x_px) / 5.0, (4.0 * y_px + nose_y_px) / 5.0

    @cached_property
    def box_px(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the body in the picture."""
        points_px = self.skeleton.points_px
        (x0, y0), (x1, y1) = points_px.min(axis=0).tolist(), points_px.max(axis=0).tolist()
        return x0, y0, x1, y1

    @property
    def trunk_m(self) -> float:
        """How high the trunk is in the picture, from a level of its own; nan where it is not seen."""
        if self.skeleton.scores[_TRUNK].min() < SURE:
            return math.nan
        left, right = (foot.m_a_px / max(foot.upright, UPRIGHT_LEAST) for foot in self.feet)
        return -self.trunk_px[1] * 0.5 * (left + right)

    @property
    def bent_rad(self) -> tuple[float, float]:
        """How far the left and the right knee are bent, 0 for a straight leg.

        The joints are taken where their lines of sight have them: what an engine alone tells of the depth of
        a leg hardly bends it.
        """
        joints_m, _ = self.joints
        left, right = (_bent_rad(*leg) for leg in joints_m[LEGS].tolist())
        return left, right

    @cached_property
    def joints(self) -> tuple[FloatArray, FloatArray]:
        """The joints over the surface, (33, 3) metres, and their scores, (33,).

        The score is 0 for a joint without depth that the camera alone cannot place.
        """
        placed = place_joints(self._lines, self.body, self.middle)
        known = np.isfinite(self.body).all(axis=1)
        if not known.any():
            flat_m = flat_joints(self._lines, self.middle)
            known = np.isfinite(flat_m).all(axis=1)
            placed[known] = flat_m[known]
        return placed, np.where(known, self.skeleton.scores, 0.0)

    def chair(self, joints: FloatArray) -> FloatArray:
        """Where the hips are, were this a sitter; (2,) metres."""
        return chair_place(self._view, self.skeleton, joints)


def _middle(feet: tuple[FootSight, FootSight]) -> FloatArray:
    left, right = feet
    if left.seen and right.seen:
        return (left.place + right.place) / 2
    return left.place if left.seen else right.place if right.seen else np.full(2, np.nan)


def _bent_rad(hip: list[float], knee: list[float], ankle: list[float]) -> float:
    lengths = math.dist(hip, knee) * math.dist(knee, ankle)
    along = sum((k - h) * (a - k) for h, k, a in zip(hip, knee, ankle, strict=True))
    return math.acos(min(max(along / max(lengths, 1e-9), -1.0), 1.0))


def mark_crowded(sights: list[Sight]) -> None:
    """Mark who is so near to another on the floor, or so far behind another in the picture, that size and
    colours may be the other's. Who stands in front is seen as they are.
    """
    for index, one in enumerate(sights):
        for other in sights[:index]:
            near = math.dist(one.middle, other.middle) < CROWDED_M
            if near or _overlap(one, other):
                one.crowded |= near or one.away_m >= other.away_m
                other.crowded |= near or other.away_m >= one.away_m


def _overlap(one: Sight, other: Sight) -> bool:
    """Whether the trunk of one lies within the other's body in the picture."""
    for inner, outer in ((one, other), (other, one)):
        (x, y), (x0, y0, x1, y1) = inner.trunk_px, outer.box_px
        if x0 < x < x1 and y0 < y < y1:
            return True
    return False
