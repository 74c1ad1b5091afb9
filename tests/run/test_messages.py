"""What goes into a channel comes out the same."""

from __future__ import annotations

import numpy as np

from didim.geometry import Point
from didim.people import JOINT_COUNT, Foot, JointPlace, Player
from didim.run.messages import Codec, CueSent, People, Picture, Scene
from didim.run.processes import CUES, PEOPLE


def player(number: int) -> Player:
    foot = Foot(Point(1.25, 2.5), 0.3, down=True, score=0.9)
    joints = tuple(JointPlace(0.1 * i, 0.2 * i, 0.3 * i, 1.0) for i in range(JOINT_COUNT))
    return Player(number, Point(1.0, 2.0), foot, foot, joints, (0.1, -0.2), steps=7)


def test_people_round_trip_and_twenty_of_them_fit() -> None:
    codec = Codec(People)
    people = People(3, 10**15, 10**15 + 1, tuple(player(i) for i in range(1, 21)))
    packed = codec.pack(people)
    assert codec.unpack(packed) == people
    assert len(packed) < PEOPLE.message_bytes


def test_cues_and_scenes_round_trip() -> None:
    cue = CueSent("Score", 1.5, 10**15, 10**15 + 5, player_id=2, points=10)
    packed = Codec(CueSent).pack(cue)
    assert Codec(CueSent).unpack(packed) == cue
    assert len(packed) < CUES.message_bytes
    scene = Scene(2.0, (Point(1.0, 2.0),))
    assert Codec(Scene).unpack(Codec(Scene).pack(scene)) == scene


def test_a_picture_round_trips_even_when_its_rows_are_not_contiguous() -> None:
    pixels = np.arange(8 * 6 * 3, dtype=np.uint8).reshape(8, 6, 3)[::2, ::-1]
    picture = Picture.unpack(b"".join(Picture(4, 99, pixels, 1).pack()))
    assert (picture.seq, picture.at_ns, picture.device) == (4, 99, 1)
    np.testing.assert_array_equal(picture.pixels, pixels)
