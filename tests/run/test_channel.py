"""The newest wins, nothing is torn, nobody waits."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from didim.run.channel import SHARED_MEMORY, Channel, sweep
from didim.run.processes import CUES, ChannelSpec

SPEC = ChannelSpec("test", keep=3, message_bytes=4096)


@pytest.fixture
def channel() -> Iterator[Channel]:
    channel = Channel(SPEC)
    yield channel
    channel.close()


def test_nothing_is_there_before_the_first_message(channel: Channel) -> None:
    assert channel.newest() is None
    assert channel.since(0) == []


def test_the_newest_wins(channel: Channel) -> None:
    for text in (b"one", b"two", b"three"):
        channel.publish(text)
    assert channel.newest() == (3, b"three")
    assert channel.newest(after=3) is None


def test_the_latest_are_kept_in_order(channel: Channel) -> None:
    for number in range(10):
        channel.publish(str(number).encode())
    assert channel.since(0) == [(8, b"7"), (9, b"8"), (10, b"9")]
    assert channel.since(9) == [(10, b"9")]


def test_a_message_may_come_in_parts_and_be_empty(channel: Channel) -> None:
    channel.publish(b"head", memoryview(b"body"))
    assert channel.newest() == (1, b"headbody")
    channel.publish(b"")
    assert channel.newest() == (2, b"")


def test_too_long_a_message_is_refused_and_leaves_the_rest_alone(channel: Channel) -> None:
    channel.publish(b"kept")
    with pytest.raises(ValueError, match="takes messages of 4096 bytes, got 4097"):
        channel.publish(bytes(4097))
    assert channel.newest() == (1, b"kept")


def test_a_reader_attached_by_name_sees_what_is_written(channel: Channel) -> None:
    reader = Channel(SPEC, attach_to=channel.name)
    channel.publish(b"hello")
    assert reader.newest() == (1, b"hello")
    reader.close()


def test_no_read_is_ever_torn(channel: Channel) -> None:
    """A writer laps a reader again and again; each message repeats one byte, so a mix would show."""
    reader = Channel(SPEC, attach_to=channel.name)
    enough = threading.Event()

    def write() -> None:
        number = 0
        while not enough.is_set():
            channel.publish(bytes([number % 251]) * 4096)
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    last, seen = 0, 0
    while seen < 200:
        found = reader.newest(after=last)
        if found is not None:
            last, message = found
            assert message == bytes([(last - 1) % 251]) * 4096
            seen += 1
    enough.set()
    writer.join()
    reader.close()


@pytest.mark.skipif(not SHARED_MEMORY.is_dir(), reason="only Linux shows shared memory in a folder")
def test_what_a_killed_run_left_in_memory_is_freed_by_the_next() -> None:
    code = (
        "import os, signal; from multiprocessing import resource_tracker as t\n"
        "from didim.run.channel import Channel; from didim.run.processes import CUES\n"
        "c = Channel(CUES); print(c.name, flush=True)\n"
        "os.kill(t._resource_tracker._pid, signal.SIGKILL); os.kill(os.getpid(), signal.SIGKILL)"
    )
    left = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip()
    mine = Channel(CUES)
    assert (SHARED_MEMORY / left).exists()
    sweep()
    assert (SHARED_MEMORY / left).exists(), "somebody may still read it"
    os.utime(SHARED_MEMORY / left, (0, 0))
    assert sweep() >= 1
    assert not (SHARED_MEMORY / left).exists()
    assert (SHARED_MEMORY / mine.name).exists(), "what is in use stays"
    mine.close()
