"""Kill -9 of any process at any moment: no finished round is lost, of a running one at most the last second;
a plan goes on.

Each process is killed once; DIDIM_KILLS=50 kills fifty times, DIDIM_KILLS_SEED at other moments.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import psutil
import pytest

from didim.records import Round, SessionBegan, open_book
from tests.run.quick_game import write_quick_game
from tests.run.rig_runner import DRIVER, JOURNAL, PIDS, RECORDS

KILLS = int(os.environ.get("DIDIM_KILLS", "5"))
VICTIMS = ("scribe", "stage", "supervisor", "console", "vision")
RUNNER = Path(__file__).with_name("rig_runner.py")
LOST_MOST_S = 1.0
WAIT_MOST_S = 180.0


@dataclass
class Rig:
    """A console run that is killed and started again."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None
    killed: list[tuple[str, float]] = field(default_factory=list)

    def start(self) -> None:
        (self.folder / PIDS).unlink(missing_ok=True)
        self.process = subprocess.Popen([sys.executable, str(RUNNER), str(self.folder)])

    def pids(self) -> dict[str, int]:
        """The processes by name, as soon as all of them run."""
        deadline_s = time.monotonic() + WAIT_MOST_S
        while time.monotonic() < deadline_s:
            if (self.folder / PIDS).exists():
                pids: dict[str, int] = json.loads((self.folder / PIDS).read_text())
                if set(VICTIMS) <= set(pids) and all(psutil.pid_exists(pid) for pid in pids.values()):
                    return pids
            time.sleep(0.02)
        raise AssertionError(f"not all of it runs: {(self.folder / PIDS).read_text()}")

    def kill(self, name: str) -> None:
        pids = self.pids()
        os.kill(pids[name], signal.SIGKILL)
        self.killed.append((name, time.time()))
        if name == "supervisor":
            assert self.process is not None
            self.process.wait()
            _, alive = psutil.wait_procs([p for p in map(_process, pids.values()) if p], timeout=60)
            left = [
                (name, each.cpu_times()) for each in alive for name, pid in pids.items() if pid == each.pid
            ]
            assert not left, "who is left alone ends by itself"
            self.start()

    def wait_for(self, phase: str) -> None:
        """Until a tablet sees this, anew."""
        before = len(self.journal())
        deadline_s = time.monotonic() + WAIT_MOST_S
        while time.monotonic() < deadline_s:
            if any(line.phase == phase for line in self.journal()[before:]):
                return
            time.sleep(0.02)
        raise AssertionError(f"no {phase} any more")

    def end(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=120) == 0

    def journal(self) -> list[Line]:
        path = self.folder / JOURNAL
        lines = path.read_text().splitlines() if path.exists() else []
        return [_line(line) for line in lines if len(line.split()) == 4]

    def rounds(self) -> dict[str, Round]:
        with open_book(f"sqlite:///{self.folder / RECORDS}") as book:
            assert book.check()
            return {each.key: each for each in book.rounds.all(limit=1000)}


@dataclass(frozen=True)
class Line:
    """What the tablet saw."""

    at_s: float
    phase: str
    key: str
    points: int


def _line(line: str) -> Line:
    at_s, phase, key, points = line.split()
    return Line(float(at_s), phase, key, int(points))


def _process(pid: int) -> psutil.Process | None:
    try:
        return psutil.Process(pid)
    except psutil.NoSuchProcess:
        return None


@contextmanager
def rig_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    write_quick_game(folder / "content")
    monkeypatch.setenv("DIDIM_CONTENT", str(folder / "content"))
    monkeypatch.setenv("PYTHONPATH", f"{RUNNER.parent}{os.pathsep}{RUNNER.parents[2]}")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    rig = Rig(folder)
    rig.start()
    try:
        yield rig
    finally:
        if rig.process is not None and rig.process.poll() is None:
            rig.process.kill()
            rig.process.wait()


def test_whoever_is_killed_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(int(os.environ.get("DIDIM_KILLS_SEED", "7")))
    with rig_in(tmp_path, monkeypatch) as rig:
        for number in range(KILLS):
            rig.wait_for("play")
            time.sleep(chance.uniform(0.0, 3.0))
            rig.kill(VICTIMS[number % len(VICTIMS)])
        rig.wait_for("results")
        rig.end()
        rounds, journal = rig.rounds(), rig.journal()
    shown = {line.key for line in journal if line.phase == "results"}
    assert shown
    assert {rounds[key].state for key in shown} == {"finished"}, "who saw results finds them"
    assert all(each.state != "running" for each in rounds.values())
    began_s = {line.key: line.at_s for line in reversed(journal) if line.phase == "play"}
    for line in journal:
        if line.phase == "play":
            written = rounds.get(line.key)
            written_s = _seconds(written.progressed_at) if written else began_s[line.key]
            assert line.at_s - written_s < LOST_MOST_S, (line, written, rig.killed)


def test_a_plan_goes_on_when_its_stage_was_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what follows the round that broke off, which is played again once somebody asks for it."""
    with open_book(f"sqlite:///{tmp_path / RECORDS}") as book:
        session_id = book.sessions.begin(SessionBegan("monday", "Monday", datetime.now(UTC)))
    monkeypatch.setenv(DRIVER, "drive_plan")
    with rig_in(tmp_path, monkeypatch) as rig:
        rig.wait_for("play")
        time.sleep(1.5)
        rig.kill("stage")
        rig.wait_for("rest")
        rig.wait_for("play")
        rig.wait_for("idle")
        rig.end()
        rounds, journal = rig.rounds(), rig.journal()
    seen = [(line.phase, line.points) for line in journal if line.phase in ("play", "rest")]
    assert [at for at, _ in groupby(seen)] == [
        ("play", 1),
        ("rest", 2),
        ("play", 1),
        ("rest", 2),
        ("play", 3),
    ]
    keys = dict.fromkeys(line.key for line in journal if line.phase == "play")
    assert [rounds[key].state for key in keys] == ["interrupted", "finished", "finished"]
    assert {each.session_id for each in rounds.values()} == {session_id}
    with open_book(f"sqlite:///{tmp_path / RECORDS}") as book:
        assert book.sessions.get(session_id).state == "finished"


def _seconds(at: datetime) -> float:
    return at.astimezone(UTC).timestamp()
