"""A writer that is killed at any moment loses nothing that it was told is kept."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from didim.records import open_book

WRITER = """
import sys
from datetime import UTC, datetime
from didim.records import Marks, RoundBegan, RoundEnded, open_book
book = open_book(sys.argv[1])
n = 0
while True:
    n += 1
    at = datetime.now(UTC)
    number = book.rounds.begin(RoundBegan(f"{sys.argv[2]}-{n}", "lily_pads", "floor", "6-9", at))
    for points in range(1, 4):
        book.rounds.progress(number, [Marks(1, 1, points), Marks(2, 2, points)], at)
        print("so far", number, points, flush=True)
    book.rounds.end(number, RoundEnded(at, "finished", (Marks(1, 1, 10), Marks(2, 2, 20))))
    print("kept", number, 10, flush=True)
"""


@pytest.mark.parametrize("seed", range(6))
def test_what_was_said_to_be_kept_is_there(tmp_path: Path, seed: int) -> None:
    url = f"sqlite:///{tmp_path}/records.sqlite"
    with open_book(url) as book:
        book.players.add()
        book.players.add()
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, url, f"w{seed}"], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    heard = [writer.stdout.readline()]
    time.sleep(random.Random(seed).uniform(0.0, 0.4))
    writer.kill()
    heard += writer.stdout.readlines()
    writer.stdout.close()
    writer.wait()
    whole = [line.split() for line in heard if line.endswith("\n")]
    kept = {int(words[1]) for words in whole if words[0] == "kept"}
    so_far = {int(words[2]): int(words[3]) for words in whole if words[:2] == ["so", "far"]}
    assert so_far
    with open_book(url) as book:
        cut = book.rounds.mark_interrupted()
        assert len(cut) <= 1
        for number in kept:
            assert book.rounds.get(number).state == "finished"
            assert [marks.points for marks in book.rounds.marks(number)] == [10, 20]
        for number in cut:
            both = [marks.points for marks in book.rounds.marks(number)]
            assert both == [] or (len(both) == 2 and both[0] == both[1])  # never half of a write
            assert number not in so_far or (both[0] or 0) >= so_far[number]
        book.check()
