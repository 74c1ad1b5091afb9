"""A whole played session, as a rig runs it: no picture is left behind, and no other computer is spoken to."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
import time
from pathlib import Path
from typing import Any

import httpx2
import psutil
import pytest

from didim.records import open_book

COMMAND = (sys.executable, "-P", "-c", "from didim.cli import main; main()")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"\x1aE\xdf\xa3")
"""How JPEG, PNG, GIF, BMP and Matroska begin; WebP and MP4 have their mark behind a length."""
PATIENCE_S = 120.0


class Rig:
    """The console with robots, at home in a folder of its own, watched from outside."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.address = home, f"http://127.0.0.1:{port}"
        self.records = f"sqlite:///{home / 'records.sqlite'}"
        places = ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "TMPDIR")
        arguments = ["console", "--sim", "--headless", "--records", self.records, "--port", str(port)]
        with (home / "said.txt").open("wb") as said:
            self._process = psutil.Popen(
                [*COMMAND, *arguments, "--backups", str(home / "backups")],
                cwd=home,
                env={**os.environ, **dict.fromkeys(places, str(home))},
                stderr=said,
            )
        self.spoken_to: set[str] = set()

    def look(self) -> None:
        """Note who each of its processes listens to or speaks to now."""
        for process in [self._process, *self._process.children(recursive=True)]:
            try:
                for connection in process.net_connections("inet"):
                    for end in (connection.laddr, connection.raddr):
                        if end:
                            self.spoken_to.add(end.ip)
            except psutil.NoSuchProcess:
                pass

    def wait_for(self, *phases: str) -> dict[str, Any]:
        """The live state once it is in one of these phases, looking all the while."""
        over_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < over_s:
            self.look()
            try:
                state: dict[str, Any] = httpx2.get(f"{self.address}/api/v1/live").json()
                if state["phase"] in phases:
                    return state
            except httpx2.HTTPError:
                assert self._process.poll() is None, (self.home / "said.txt").read_text()
            time.sleep(0.2)
        raise AssertionError(f"never came to {phases}")

    def say(self, command: str, **body: Any) -> None:
        answer = httpx2.post(f"{self.address}/api/v1/sessions/current{command}", json=body or None)
        assert answer.status_code == 202, answer.text

    def end(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(30)


@pytest.fixture
def rig(tmp_path: Path) -> Any:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    made = Rig(tmp_path, port)
    yield made
    made.end()


def test_a_played_session_leaves_no_picture_and_speaks_to_nobody_else(rig: Rig) -> None:
    rig.wait_for("idle")
    settings = {"lobby": False, "round_s": 30.0}
    rig.say("", game="lily_pads", settings=settings, seats=[])
    state = rig.wait_for("play")
    assert state["players"], "robots play"
    time.sleep(2.0)
    rig.say("/pause")
    rig.say("/safe")
    rig.look()
    rig.say("/resume")
    rig.say("/skip")
    rig.wait_for("results", "idle")
    rig.say("/stop")
    rig.wait_for("idle")
    rig.look()
    rig.end()
    with open_book(rig.records) as book:
        assert [each.game for each in book.rounds.all()] == ["lily_pads"]
    assert {ip for ip in rig.spoken_to if not ipaddress.ip_address(ip).is_loopback} == set()
    assert rig.spoken_to, "the console itself was seen to listen"
    left = [path for path in rig.home.rglob("*") if path.is_file()]
    assert [path for path in left if _is_picture(path)] == []


def _is_picture(path: Path) -> bool:
    begins = path.read_bytes()[:16]
    return begins.startswith(PICTURES) or begins[4:8] == b"ftyp" or begins[8:12] == b"WEBP"
