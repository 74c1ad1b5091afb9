"""Moves on the spot, added to a motion that stands: jump, hop, squat, star jump, wave, reach; stop dead."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from didim.geometry import FloatArray, Point
from didim.sim._body import GRAVITY_M_S2
from didim.sim._feet import Side, Stance, Swing
from didim.sim._figure import Arm, highest_hips_m
from didim.sim._gesture import Gesture
from didim.sim._motion import Motion, beside
from didim.sim._posture import Posture

_TIPTOE_RAD = 0.50
_LANDING_S = 0.10
_BRAKE_M_S2 = 12.0
"""Twice the deceleration: v^2 over this is the way to a halt."""


def jump(motion: Motion, height_m: float, *, by_m: tuple[float, float] = (0.0, 0.0)) -> None:
    """Jump off and land on both feet, `by_m` further; the flight lasts sqrt(8 height / g) seconds.

    Raises:
        ValueError: the person is in the middle of a step.
    """
    _must_stand(motion)
    start_s = motion.planned_until_s
    places = {side: motion.feet[side].last.place.moved(*by_m) for side in Side}
    leave_s, land_s = _leap(motion, height_m, places, depth_m=0.12 * motion.body.leg_m + 0.5 * height_m)
    back = {side: Arm(-0.7, 0.18, 0.0, 0.35) for side in Side}
    high = {side: Arm(1.7, 0.35, 0.0, 0.6) for side in Side}
    motion.gestures += [
        Gesture(start_s, leave_s, 0.6 * (leave_s - start_s), 0.4 * (leave_s - start_s), back),
        Gesture(leave_s - 0.26, land_s + 0.30, 0.36, 0.40, high),
    ]


def star_jump(motion: Motion) -> None:
    """One jumping jack: apart with the arms up, together with the arms down."""
    _must_stand(motion)
    body = motion.body
    home = {side: motion.feet[side].last.place for side in Side}
    center = _middle(home)
    wide = {side: beside(center, motion.heading_rad, side, body, 3.4) for side in Side}
    height_m, depth_m = 0.05 * body.leg_m, 0.06 * body.leg_m
    leave_s, land_s = _leap(motion, height_m, wide, depth_m=depth_m)
    again_s, home_s = _leap(motion, height_m, home, depth_m=depth_m)
    up = {side: Arm(0.15, 2.65, 0.3, 0.25) for side in Side}
    rise_s, fall_s = land_s + 0.06 - leave_s + 0.08, home_s + 0.1 - again_s + 0.08
    motion.gestures.append(Gesture(leave_s - 0.08, home_s + 0.1, rise_s, fall_s, up))


def hop(motion: Motion, side: Side, *, count: int = 3, height_m: float = 0.06) -> None:
    """Hop `count` times on one foot, the other held up, then stand on both."""
    _must_stand(motion)
    body, start_s = motion.body, motion.planned_until_s
    shift_s, free = 0.45, side.other
    home = {s: motion.feet[s].last for s in Side}
    rest = motion.hips.end
    motion.feet[free].release(start_s + 0.10, start_s + 0.35, 0.45)
    over = rest.copy()
    over[:2] += 0.82 * (np.array(home[side].place) - np.array(_middle({s: home[s].place for s in Side})))
    over[2] = body.stand_m - 0.02 * body.leg_m
    motion.hips.add(start_s + shift_s, over)
    place = {side: home[side].place}
    for _ in range(count):
        _leap(motion, height_m, place, depth_m=0.07 * body.leg_m, settle_s=0.16, rest=over)
    end_s = motion.planned_until_s
    held = replace(
        home[free],
        down_s=end_s + 0.45,
        flat_s=end_s + 0.53,
        strike_rad=0.15,
        heel_off_s=math.inf,
        up_s=math.inf,
    )
    motion.feet[free].land(replace(held, off_rad=0.0, swing=Swing(0.03, hold_m=0.22 * body.leg_m)))
    motion.hips.add(end_s + 0.65, rest)
    balance = {s: Arm(0.15, 0.75, 0.0, 0.55) for s in Side}
    motion.gestures.append(Gesture(start_s, end_s + 0.6, 0.5, 0.5, balance))


def squat(motion: Motion, *, depth: float = 0.42, down_s: float = 0.7, hold_s: float = 0.25) -> None:
    """Bend both knees, `depth` of a leg length down, stay and rise again; a long hold is a crouch."""
    _must_stand(motion)
    start_s, rest = motion.planned_until_s, motion.hips.end
    low = rest.copy()
    low[:2] -= 0.28 * depth * motion.body.leg_m * _ahead(motion)
    low[2] -= depth * motion.body.leg_m
    motion.hips.add(start_s + down_s, low)
    motion.hips.add(start_s + down_s + hold_s, low)
    end_s = start_s + 2.0 * down_s + hold_s
    motion.hips.add(end_s, rest)
    ahead = {side: Arm(min(4.2 * depth, 1.75), 0.12, 0.0, 0.25) for side in Side}
    motion.gestures.append(Gesture(start_s, end_s, down_s, down_s, ahead))


def halting_m(motion: Motion) -> float:
    """How far the hips still go until somebody who moves stands, if stopping dead."""
    speed_m_s = float(np.linalg.norm(motion.hips.end_rate[:2]))
    return speed_m_s**2 / _BRAKE_M_S2


def stop_dead(motion: Motion) -> None:
    """Brake a walk or run with the next foot set far ahead, knees bent, leaning back; then stand astride.

    The hips slow down evenly, by 6 m/s2 or as fast as the legs' length asks for.

    Raises:
        ValueError: the person is standing already.
    """
    side, start_s, body = motion.next_side, motion.planned_until_s, motion.body
    speed_m_s = float(np.linalg.norm(motion.hips.end_rate[:2]))
    if side is None or speed_m_s < 0.1:
        raise ValueError("only somebody who walks or runs can stop dead")
    along = motion.hips.end_rate[:2] / speed_m_s
    swinging, support = motion.feet[side], motion.feet[side.other].last
    behind_m = float((motion.hips.end[:2] - np.array(support.place)) @ along)
    way_m = min(halting_m(motion), 0.42 * body.leg_m - behind_m)
    stop_s = max(2.0 * way_m / speed_m_s, swinging.last.up_s - start_s + 0.25)
    rest = motion.hips.end
    rest[:2] += way_m * along
    ahead_m = max(behind_m + way_m, 0.5 * body.foot_m)
    place = Point(*(rest[:2] + ahead_m * along).tolist())
    place = beside(place, motion.heading_rad, side, body, 0.9)
    land_s = start_s + 0.7 * stop_s
    heading_rad = swinging.last.heading_rad
    swing = Swing(0.08 * body.leg_m, hurry=0.6)
    swinging.land(Stance(side, place, heading_rad, land_s, land_s + 0.08, strike_rad=-0.30, swing=swing))
    low = rest.copy()
    low[2] = body.ankle_height_m + 0.84 * body.leg_m
    rest[2] = body.ankle_height_m + 0.95 * body.leg_m
    motion.hips.add(start_s + stop_s, low)
    motion.hips.add(start_s + stop_s + 0.45, rest)
    back = Posture(0.8, pelvis_lean=-0.20, chest_lean=-0.28, head_lean=0.05)
    ends_s = [start_s + 0.7 * stop_s, start_s + stop_s + 0.45]
    motion.postures.add(start_s, ends_s, [back, Posture()])
    out = {s: Arm(0.35, 0.65, 0.0, 0.7) for s in Side}
    motion.gestures.append(Gesture(start_s, ends_s[1], 0.8 * stop_s, 0.45, out))


def wave(motion: Motion, side: Side, *, duration_s: float = 2.0) -> None:
    """Wave with a raised hand; a walker may wave as well, the plan goes no further by it."""
    start_s = motion.planned_until_s
    raised = {side: Arm(0.25, 1.75, 1.45, 1.05)}
    motion.gestures.append(Gesture(start_s, start_s + duration_s, 0.45, 0.45, raised, wag_rad=0.35))


def reach(motion: Motion, side: Side, target_m: FloatArray, *, duration_s: float = 1.6) -> None:
    """Reach for a point in space, (3,) metres, as far as the arm allows; the feet stay."""
    start_s = motion.planned_until_s
    hand = {side: Arm(0.9, 0.2, 0.0, 0.4)}
    motion.gestures.append(
        Gesture(start_s, start_s + duration_s, 0.5, 0.5, hand, target_m=np.array(target_m, np.float64))
    )


def _leap(
    motion: Motion,
    height_m: float,
    places: dict[Side, Point],
    *,
    depth_m: float,
    settle_s: float = 0.32,
    rest: FloatArray | None = None,
) -> tuple[float, float]:
    """Crouch, push off from the feet in `places`, fly, land there, rise; returns leaving and landing time."""
    body, flight_s = motion.body, math.sqrt(8.0 * height_m / GRAVITY_M_S2)
    leaving, landing = motion.hips.end, motion.hips.end
    before = {side: motion.feet[side].last.place for side in places}
    landing[:2] += np.array(_middle(places)) - np.array(_middle(before))
    leaving[2] = _tiptoe_hips_m(motion, before, leaving)
    landing[2] = _tiptoe_hips_m(motion, places, landing)
    drift_m_s = (landing - leaving) / flight_s
    up_m_s = np.array([0.0, 0.0, 0.5 * GRAVITY_M_S2 * flight_s, 0.0])
    leaving_rate, landing_rate = drift_m_s + up_m_s, drift_m_s - up_m_s
    push_s = 2.0 * depth_m / float(leaving_rate[2])
    sink_s = -2.0 * depth_m / float(landing_rate[2])
    dip_s = max(0.30 * math.sqrt(body.leg_m), 1.2 * math.sqrt(2.0 * depth_m / GRAVITY_M_S2))
    leave_s = motion.planned_until_s + dip_s + push_s
    land_s = leave_s + flight_s
    end = landing.copy()
    end[2] = body.stand_m if rest is None else rest[2]
    motion.hips.add(leave_s - push_s, _bent(motion, leaving, depth_m, -0.5 * push_s * drift_m_s))
    motion.hips.add(leave_s, leaving, leaving_rate)
    motion.hips.add(land_s, landing, landing_rate)
    motion.hips.add(land_s + sink_s, _bent(motion, landing, depth_m, 0.5 * sink_s * drift_m_s))
    motion.hips.add(land_s + sink_s + settle_s, end)
    for side, place in places.items():
        motion.feet[side].release(leave_s - 0.7 * push_s, leave_s, _TIPTOE_RAD)
        _land(motion, side, place, land_s, min(_LANDING_S, sink_s))
    motion.flights_s.append((leave_s, land_s))
    return leave_s, land_s


def _bent(motion: Motion, hips: FloatArray, depth_m: float, moved: FloatArray) -> FloatArray:
    """The hips lowered by bent knees, a little back over the heels, and moved along the floor."""
    low = hips.copy()
    low[:2] += moved[:2] - 0.12 * depth_m * _ahead(motion)
    low[2] -= depth_m
    return low


def _land(motion: Motion, side: Side, place: Point, land_s: float, roll_s: float) -> None:
    """The foot comes down on its toe and rolls flat."""
    track = motion.feet[side]
    track.land(
        Stance(
            side=side,
            place=place,
            heading_rad=track.last.heading_rad,
            down_s=land_s,
            flat_s=land_s + roll_s,
            strike_rad=_TIPTOE_RAD,
            swing=Swing(0.015 * motion.body.leg_m, flies=True),
        )
    )


def _tiptoe_hips_m(motion: Motion, places: dict[Side, Point], hips: FloatArray) -> float:
    """How high the hips are when both legs are stretched on tiptoe."""
    heights_m = []
    for side, place in places.items():
        stance = replace(motion.feet[side].last, place=place)
        ankle_m = motion.feet[side].planted(stance, _TIPTOE_RAD).ankle_m
        joint = hips[:2] + side * motion.body.hip_half_m * _left(motion)
        aside_m = float(np.hypot(*(ankle_m[:2] - joint)))
        heights_m.append(highest_hips_m(motion.body, aside_m, float(ankle_m[2])))
    return min(heights_m)


def _middle(places: dict[Side, Point]) -> Point:
    return Point(
        sum(p.x_m for p in places.values()) / len(places), sum(p.y_m for p in places.values()) / len(places)
    )


def _ahead(motion: Motion) -> FloatArray:
    return np.array([math.cos(motion.heading_rad), math.sin(motion.heading_rad)])


def _left(motion: Motion) -> FloatArray:
    return np.array([-math.sin(motion.heading_rad), math.cos(motion.heading_rad)])


def _must_stand(motion: Motion) -> None:
    if not motion.standing:
        raise ValueError("a move on the spot begins from standing: end the walk with a step that stops")
