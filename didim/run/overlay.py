"""What the tracker believes, drawn over the picture it saw: for the installer's eyes."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.geometry import Surface
from didim.people import BONES, Player
from didim.pose import Skeleton
from didim.run.messages import CAMERA_PX, PLAN_PX
from didim.run.track import TrackedPicture

BGR = NDArray[np.uint8]

SEEN_SCORE = 0.5
LINE_BGR = (120, 230, 255)
DOWN_BGR = (90, 230, 90)
UP_BGR = (60, 140, 255)
PLAN_SHARE = 0.3
"""How much of the picture's width the floor plan takes."""


def overlay(picture: TrackedPicture, surface: Surface) -> BGR:
    """Draw skeletons and, in a corner, a plan of the surface with everyone's feet; (h, w, 3) uint8."""
    drawn = _with_skeletons(picture.frame.bgr, picture.skeletons)
    line_px = _line_px(drawn)
    plan = _plan(surface, picture.players, round(drawn.shape[1] * PLAN_SHARE))
    margin_px = 4 * line_px
    rows = slice(margin_px, margin_px + plan.shape[0])
    columns = slice(drawn.shape[1] - margin_px - plan.shape[1], drawn.shape[1] - margin_px)
    corner = drawn[rows, columns]
    corner[:] = cv2.addWeighted(corner, 0.25, plan[: corner.shape[0]], 0.75, 0.0)
    return drawn


def camera_and_plan(
    bgr: BGR, skeletons: tuple[Skeleton, ...], players: tuple[Player, ...], surface: Surface
) -> BGR:
    """The picture with its skeletons, `CAMERA_PX` wide, and under its left end the plan, `PLAN_PX` wide."""
    drawn = _with_skeletons(bgr, skeletons)
    height_px = round(drawn.shape[0] * CAMERA_PX / drawn.shape[1])
    plan = _plan(surface, players, PLAN_PX)
    both = np.zeros((height_px + plan.shape[0], CAMERA_PX, 3), np.uint8)
    cv2.resize(drawn, (CAMERA_PX, height_px), dst=both[:height_px], interpolation=cv2.INTER_LINEAR)
    both[height_px:, :PLAN_PX] = plan
    return both


def _with_skeletons(bgr: BGR, skeletons: tuple[Skeleton, ...]) -> BGR:
    drawn = bgr.copy()
    for skeleton in skeletons:
        _draw_skeleton(drawn, skeleton, _line_px(drawn))
    return drawn


def _line_px(picture: BGR) -> int:
    return max(1, int(picture.shape[0]) // 320)


def _draw_skeleton(drawn: BGR, skeleton: Skeleton, line_px: int) -> None:
    points = [(round(x), round(y)) for x, y in skeleton.points_px]
    for a, b in BONES:
        if min(skeleton.scores[a], skeleton.scores[b]) >= SEEN_SCORE:
            cv2.line(drawn, points[a], points[b], LINE_BGR, line_px, cv2.LINE_AA)
    for point, score in zip(points, skeleton.scores, strict=True):
        if score >= SEEN_SCORE:
            cv2.circle(drawn, point, 2 * line_px, LINE_BGR, -1, cv2.LINE_AA)


def _plan(surface: Surface, players: tuple[Player, ...], width_px: int) -> BGR:
    """The surface from above, its far side up, with each foot: green down, orange up."""
    scale = width_px / surface.width_m
    plan = np.full((round(surface.height_m * scale), width_px, 3), 34, np.uint8)
    for metre in range(1, int(surface.width_m) + 1):
        cv2.line(plan, (round(metre * scale), 0), (round(metre * scale), plan.shape[0]), (62, 62, 62), 1)
    for metre in range(1, int(surface.height_m) + 1):
        y = plan.shape[0] - round(metre * scale)
        cv2.line(plan, (0, y), (width_px, y), (62, 62, 62), 1)
    radius_px = max(2, round(0.06 * scale))
    for player in players:
        for foot in (player.left, player.right):
            at = (round(foot.place.x_m * scale), plan.shape[0] - round(foot.place.y_m * scale))
            cv2.circle(plan, at, radius_px, DOWN_BGR if foot.down else UP_BGR, -1, cv2.LINE_AA)
        beside = (
            round(player.feet.x_m * scale) + 2 * radius_px,
            plan.shape[0] - round(player.feet.y_m * scale),
        )
        cv2.putText(
            plan,
            str(player.id),
            beside,
            cv2.FONT_HERSHEY_SIMPLEX,
            width_px / 500,
            (255, 255, 255),
            1,
            cv2.LINE_AA,
        )
    return plan
