"""What a venue's projectors show: each its own frames, each after its own latency."""

from __future__ import annotations

import numpy as np
import pytest

from didim.geometry import Surface
from didim.play import PackError
from didim.run.channel import Channel
from didim.run.game import round_for
from didim.run.messages import Picture
from didim.run.processes import ChannelSpec
from didim.run.venue import _Beam


def test_each_projector_shows_its_own_frames_when_they_are_due() -> None:
    channel = Channel(ChannelSpec("light", keep=8, message_bytes=1024))
    try:
        beam = _Beam(channel, [0.010, 0.030])
        for device in (0, 1):
            frame = np.full((2, 3 + device, 3), 10 + device, np.uint8)
            channel.publish(*Picture(1, 0, frame, device).pack())
        assert list(beam.at(5_000_000)) == [None, None]
        first, second = beam.at(10_000_000)
        assert first is not None
        assert (first.shape, second) == ((2, 3, 3), None)
        _, second = beam.at(30_000_000)
        assert second is not None
        assert (second.shape, int(second.max())) == ((2, 4, 3), 11)
    finally:
        channel.close()


def test_practice_runs_on_a_wall_and_a_floors_game_does_not() -> None:
    wall = Surface("wall", 3.0, 2.0)
    practice = round_for("practice", wall, seed=1)
    practice.advance(1.0, ())
    places = [target.place for target in practice.targets()]
    assert len(places) == 3
    assert all(wall.contains(place, margin_m=0.2) and place.y_m <= 1.1 for place in places)
    with pytest.raises(PackError, match="made for a floor, this is a wall"):
        round_for("lily_pads", wall, seed=1)
