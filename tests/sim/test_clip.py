"""Recorded motion: the BVH format read right, and played by a body of any size."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from didim.geometry import Point
from didim.people import Joint
from didim.sim import Body, Clip, ClipError, ClipMotion, Performance, read_bvh

TINY = """HIERARCHY
ROOT Hips
{
  OFFSET 5.0 6.0 7.0
  CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
  JOINT Arm
  {
    OFFSET 0.0 2.0 0.0
    CHANNELS 3 Zrotation Xrotation Yrotation
    End Site
    {
      OFFSET 1.0 0.0 0.0
    }
  }
}
MOTION
Frames: 3
Frame Time: 0.05
0 0 0  0 0 0   0 0 0
1 2 3  90 0 0  0 0 0
1 2 3  90 0 0  0 0 90
"""


def figure(frames: list[tuple[float, float]], frame_s: float) -> str:
    """A figure of 160 cm in the BVH format; a frame is (height of the hips, how far it has gone along z)."""

    def limb(names: tuple[str, str, str], start: str, bones: tuple[str, str], end: str) -> str:
        first, second, third = names
        return (
            f"JOINT {first} {{ OFFSET {start} CHANNELS 0 JOINT {second} {{ OFFSET {bones[0]} CHANNELS 0 "
            f"JOINT {third} {{ OFFSET {bones[1]} CHANNELS 0 {end} }} }} }}\n"
        )

    parts = []
    for side, sign in (("Left", 1), ("Right", -1)):
        toe = f"JOINT {side}ToeBase {{ OFFSET 0 -6 14 CHANNELS 0 End Site {{ OFFSET 0 0 5 }} }}"
        leg = (f"{side}UpLeg", f"{side}Leg", f"{side}Foot")
        parts.append(limb(leg, f"{9 * sign} 0 0", ("0 -39 1", "0 -39 -1"), toe))
        arm = (f"{side}Arm", f"{side}ForeArm", f"{side}Hand")
        hand = f"End Site {{ OFFSET {8 * sign} 0 0 }}"
        parts.append(limb(arm, f"{18 * sign} 46 0", (f"{29 * sign} 0 0", f"{23 * sign} 0 0"), hand))
    crown = "End Site { OFFSET 0 18 0 }"
    neck = f"JOINT Neck {{ OFFSET 0 48 0 CHANNELS 0 JOINT Head {{ OFFSET 0 8 0 CHANNELS 0 {crown} }} }}"
    rows = "\n".join(f"0 {up} {gone}" for up, gone in frames)
    return (
        "HIERARCHY\nROOT Hips { OFFSET 0 0 0 CHANNELS 3 Xposition Yposition Zposition\n"
        + "".join(parts)
        + neck
        + f" }}\nMOTION\nFrames: {len(frames)}\nFrame Time: {frame_s}\n{rows}\n"
    )


def test_rotations_apply_in_the_order_of_the_channels_from_root_to_tip() -> None:
    clip = read_bvh(TINY)
    assert clip.names == ("Hips", "Arm", "Arm+")
    assert clip.frame_s == 0.05
    np.testing.assert_allclose(clip.places[0], [[0, 0, 0], [0, 2, 0], [1, 2, 0]], atol=1e-12)
    np.testing.assert_allclose(clip.places[1], [[1, 2, 3], [-1, 2, 3], [-1, 3, 3]], atol=1e-12)
    np.testing.assert_allclose(clip.places[2], [[1, 2, 3], [-1, 2, 3], [-1, 2, 2]], atol=1e-12)


def test_a_piece_of_a_clip_can_be_taken() -> None:
    assert len(read_bvh(TINY).between(0.05, 0.1).places) == 2
    with pytest.raises(ClipError, match=r"lasts 0\.10 s"):
        read_bvh(TINY).between(3.0, 4.0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{}", "HIERARCHY and MOTION"),
        (TINY.replace("Frames: 3", "Frames: 9"), "9 frames of 9 numbers are announced, 27 are there"),
        (TINY.replace("OFFSET 0.0 2.0 0.0", "OFFSET 0.0 two 0.0"), "could not convert"),
    ],
)
def test_what_is_not_bvh_is_refused(text: str, says: str) -> None:
    with pytest.raises(ClipError, match=says):
        read_bvh(text)


def test_a_clip_without_the_joints_of_a_body_is_refused() -> None:
    with pytest.raises(ClipError, match="no neck: expected a joint named Neck or neck01"):
        ClipMotion(Body.of(1.2, 0), read_bvh(TINY), Point(1.0, 1.0), 0.0)


@pytest.mark.parametrize("height_m", [1.0, 1.75])
@pytest.mark.parametrize("heading_rad", [0.0, 2.0])
def test_a_body_takes_the_posture_with_its_own_lengths(height_m: float, heading_rad: float) -> None:
    body = Body.of(height_m, 1)
    clip = read_bvh(figure([(84.0, 0.0), (84.0, 0.0)], 0.05))
    pose = ClipMotion(body, clip, Point(1.0, 2.0), heading_rad, person=4).pose(0.02)
    joints_m = pose.joints_m
    assert (pose.person, pose.left.down, pose.right.down, pose.steps) == (4, True, True, 0)
    ahead = np.array([math.cos(heading_rad), math.sin(heading_rad), 0.0])
    left = np.array([-ahead[1], ahead[0], 0.0])
    np.testing.assert_allclose(joints_m[[23, 24], :2].mean(axis=0), [1.0, 2.0], atol=1e-9)
    arm = joints_m[Joint.LEFT_WRIST] - joints_m[Joint.LEFT_SHOULDER]
    np.testing.assert_allclose(arm, (body.upper_arm_m + body.forearm_m) * left, atol=1e-9)
    assert (joints_m[Joint.NOSE] - joints_m[Joint.LEFT_EAR]) @ ahead > 0.0
    np.testing.assert_allclose(joints_m[Joint.LEFT_HEEL, 2], body.heel_height_m, atol=1e-9)
    np.testing.assert_allclose(joints_m[Joint.LEFT_FOOT_INDEX, 2], body.toe_height_m, atol=1e-9)
    toes = joints_m[Joint.RIGHT_FOOT_INDEX] - joints_m[Joint.RIGHT_HEEL]
    assert toes @ ahead > 0.99 * body.foot_m
    thigh = joints_m[Joint.LEFT_HIP] - joints_m[Joint.LEFT_KNEE]
    np.testing.assert_allclose(np.linalg.norm(thigh), body.thigh_m)


def test_contacts_follow_the_clips_height() -> None:
    still, high = [(84.0, 0.0)] * 20, [(84.0 + 1200 * t * (0.4 - t), 0.0) for t in np.arange(0.02, 0.4, 0.02)]
    motion = ClipMotion(Body.of(1.5, 0), read_bvh(figure(still + high + still, 0.02)), Point(0.0, 0.0), 0.0)
    assert motion.pose(0.2).left.down
    up = motion.pose(0.6)
    assert not up.left.down
    assert not up.right.down
    assert up.left.since_s == pytest.approx(0.4, abs=0.05)
    down = motion.pose(motion.planned_until_s)
    assert (down.left.down, down.steps, down.jumps) == (True, 2, 1)
    assert down.left.since_s == pytest.approx(0.8, abs=0.06)


def test_a_sliding_foot_is_not_called_down() -> None:
    slides = [(84.0, 4.0 * i) for i in range(30)]
    motion = ClipMotion(Body.of(1.5, 0), read_bvh(figure(slides, 0.02)), Point(0.0, 0.0), 0.0)
    assert not motion.pose(0.3).left.down


def recorded(recordings: Path, name: str) -> Clip:
    path = recordings / "F_motion" / name
    if not path.is_file():
        pytest.skip(f"needs the recorded clip {name}")
    return read_bvh(path.read_text(errors="replace"))


@pytest.mark.parametrize(
    ("name", "steps", "jumps"),
    [
        ("animated_bvh/bvh/cmu1/jumping_jacks.bvh", (8, 16), (4, 8)),
        ("animated_bvh/bvh/fair1/jumping.bvh", (2, 6), (1, 1)),
        ("animated_bvh/bvh/fair1/wave_hello.bvh", (0, 0), (0, 0)),
    ],
)
def test_recorded_people_keep_their_bones_and_their_feet_on_the_floor(
    recordings: Path, name: str, steps: tuple[int, int], jumps: tuple[int, int]
) -> None:
    body = Body.of(1.3, 2)
    motion = ClipMotion(body, recorded(recordings, name).between(0.1, 5.0), Point(2.0, 1.5), 0.5)
    poses = [motion.pose(float(t_s)) for t_s in np.arange(0.0, motion.planned_until_s, 1 / 24)]
    joints_m = np.array([pose.joints_m for pose in poses])
    assert np.isfinite(joints_m).all()
    shank = joints_m[:, Joint.LEFT_KNEE] - joints_m[:, Joint.LEFT_ANKLE]
    np.testing.assert_allclose(np.linalg.norm(shank, axis=1), body.shank_m, rtol=1e-6)
    heels_m = joints_m[:, [Joint.LEFT_HEEL, Joint.RIGHT_HEEL], 2]
    assert heels_m.min() > body.heel_height_m - 1e-9
    assert np.median(joints_m[:, Joint.NOSE, 2]) > 0.7 * body.height_m
    assert steps[0] <= poses[-1].steps <= steps[1]
    assert jumps[0] <= poses[-1].jumps <= jumps[1]


def test_a_clip_is_read_like_any_other_motion() -> None:
    clip = read_bvh(figure([(84.0, 0.0), (85.0, 0.0)], 0.05))
    performance: Performance = ClipMotion(Body.of(1.2, 0), clip, Point(1.0, 1.0), 0.3, start_s=2.0)
    assert performance.planned_until_s == pytest.approx(2.05)
    joints_m = performance.pose(2.02).joints_m
    hips_m = joints_m[[Joint.LEFT_HIP, Joint.RIGHT_HIP]].mean(axis=0)
    np.testing.assert_allclose(performance.trunk(2.02).hips_m, hips_m, atol=1e-12)
