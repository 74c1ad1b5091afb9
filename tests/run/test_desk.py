"""A console's desk: commands go to the stage, each once and in order; what it tells comes back whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import msgspec
import pytest

from didim.run import commands, live
from didim.run.channel import Channel
from didim.run.commands import (
    CheckIn,
    Command,
    Expected,
    GamePart,
    Pause,
    RestPart,
    Safe,
    Seated,
    SpeakIn,
    Start,
    Volume,
    Watching,
)
from didim.run.desk import ChannelDesk, Desk, MemoryDesk
from didim.run.live import Live, LiveFoot, LivePlayer, LiveSeat, Shape
from didim.run.processes import COMMANDS, LIVE

A_SESSION = Start(
    (GamePart("lily_pads", {"round_s": 60, "calm": True}), RestPart(30.0)),
    seats=(Seated(1, 41, 7.5),),
    seed=9,
)


@pytest.fixture
def channels() -> Iterator[tuple[Channel, Channel]]:
    to_stage, from_stage = Channel(COMMANDS), Channel(LIVE)
    yield to_stage, from_stage
    to_stage.close()
    from_stage.close()


@pytest.mark.parametrize(
    "command", [A_SESSION, CheckIn((Expected(41, 2),)), Pause(), Safe(), Volume(0.5), SpeakIn("ko", "en")]
)
def test_a_command_crosses_a_channel(command: Command) -> None:
    assert commands.unpack(commands.pack(command)) == command


def test_a_command_carries_its_name_in_json() -> None:
    assert msgspec.json.encode(Volume(0.5)) == b'{"do":"volume","level":0.5}'
    told = msgspec.json.decode(b'{"do":"language","near":"ko","far":"ko"}', type=Command)
    assert told == SpeakIn("ko", "ko")
    assert len(get_args(Command)) == len(
        {msgspec.json.encode(kind.__struct_config__.tag) for kind in get_args(Command)}
    )


def test_what_is_no_command_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"do":"explode"}', type=Command)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"do":"volume","level":0.5,"loud":1}', type=Command)


def test_commands_arrive_in_order_and_live_comes_back(channels: tuple[Channel, Channel]) -> None:
    to_stage, from_stage = channels
    desk: Desk = ChannelDesk(to_stage, from_stage)
    assert desk.live() == Live()
    foot = LiveFoot((1.0, 2.0), 1.5, True)
    now = Live(
        number=7,
        phase="play",
        players=(LivePlayer(3, 1, (1.0, 2.0), foot, foot, ((1.0, 2.0, 1.1),) * 33),),
        seats=(LiveSeat(1, 41, "#00aaff", "circle", points=12),),
        shapes=(
            Shape("disc", ((1.0, 1.0),), 0.3, "#ff0000", details={"facing": "near", "sides_m": (1.0, 2.0)}),
        ),
    )
    from_stage.publish(live.pack(now))
    assert desk.live() == now
    first = desk.send(A_SESSION)
    assert desk.send(Pause()) == first + 1
    said = [commands.unpack(packed) for _, packed in to_stage.since(0)]
    assert said == [Watching(), A_SESSION, Pause()], "who looks on says so, once a second at most"


def test_a_console_that_starts_anew_goes_on_where_it_was(channels: tuple[Channel, Channel]) -> None:
    to_stage, from_stage = channels
    ChannelDesk(to_stage, from_stage).send(Pause())
    assert ChannelDesk(to_stage, from_stage).send(Safe()) == 2


def test_the_largest_live_message_fits_its_channel() -> None:
    foot = LiveFoot((1.234, 2.345), 1.234567, True)
    joints = ((1.234, 2.345, 1.111),) * 33
    crowd = tuple(LivePlayer(n, n, (1.234, 2.345), foot, foot, joints, 1.234567) for n in range(20))
    shape = Shape("text", ((1.234, 2.345),), 0.123, "#a0b1c2", 0.5, {"words": "가" * 20, "facing": "near"})
    packed = live.pack(Live(players=crowd, shapes=(shape,) * live.SHAPES_MOST))
    assert len(packed) <= LIVE.message_bytes


def test_the_memory_desk_keeps_what_was_said() -> None:
    desk = MemoryDesk(Live(phase="idle"))
    assert desk.send(Pause()) == 1
    assert desk.sent == [Pause()]
    assert desk.live().phase == "idle"
