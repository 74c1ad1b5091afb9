"""A whole played session leaves no picture behind and talks to nobody beyond this computer."""

from __future__ import annotations

import ipaddress
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import platformdirs
import pytest

from didim.pose import choose_engine
from didim.pose.weights import list_models
from didim.records import open_book
from didim.rig import write_rig
from didim.run.demo import picture_aligned_rig
from tests.run.quick_game import write_quick_game

AUDIT = '''
"""Writes down what this process opens: loaded by every Python that starts with this folder in its path."""

import os
import sys

LOG = os.environ["DIDIM_TEST_AUDIT"]
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
busy = False


def note(event, args):
    global busy
    if busy:
        return
    told = None
    if event == "open" and isinstance(args[2], int) and args[2] & WRITES:
        told = str(args[0])
    elif event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
        told = repr(args[1] if len(args) > 1 else None)
    elif event == "socket.getaddrinfo":
        told = repr(args[0])
    if told is not None:
        busy = True
        with open(f"{LOG}/{os.getpid()}.log", "a", encoding="utf-8") as log:
            log.write(f"{event}\\t{told}\\n")
        busy = False


sys.addaudithook(note)
'''

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\x00", b"MM\x00*", b"\x93NUMPY", b"PK")
"""How files of pictures, films and arrays begin."""

PICTURE_NAMES = {
    *(".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".ppm"),
    *(".npy", ".npz", ".mp4", ".mkv", ".avi", ".webm", ".raw"),
}


@dataclass
class Day:
    """A console that runs in a home of its own, with what it opened."""

    home: Path
    port: int
    process: subprocess.Popen[bytes]

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"content-type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            told = answer.read()
        return json.loads(told) if told else None

    def until(self, reached: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        deadline_s, said = time.monotonic() + 90, ""
        while time.monotonic() < deadline_s:
            assert self.process.poll() is None, "it has ended by itself"
            try:
                live: dict[str, Any] = self.ask("GET", "/live")
                if reached(live):
                    return live
                said = str(live)
            except OSError as error:
                said = str(error)
            time.sleep(0.1)
        raise AssertionError(said)

    def opened(self) -> list[tuple[str, str]]:
        """What any process opened to write, connected to or bound: event and what."""
        lines = [
            line
            for log in (self.home / "audit").glob("*.log")
            for line in log.read_text("utf-8").splitlines()
        ]
        return [(event, what) for event, _, what in (line.partition("\t") for line in lines)]


@contextmanager
def day(home: Path, *people: str) -> Iterator[Day]:
    """A console run; `people` are the options that say where they come from."""
    for folder in ("audit", "tmp", "path"):
        (home / folder).mkdir()
    (home / "path" / "sitecustomize.py").write_text(AUDIT, "utf-8")
    write_quick_game(home / "content")
    environment = os.environ | {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "TMPDIR": str(home / "tmp"),
        "DIDIM_CONTENT": str(home / "content"),
        "DIDIM_TEST_AUDIT": str(home / "audit"),
        "PYTHONPATH": str(home / "path"),
        "OMP_NUM_THREADS": "1",
    }
    environment.setdefault("DIDIM_CACHE", str(platformdirs.user_cache_path("didim", appauthor=False)))
    environment.pop("DIDIM_RECORDS", None)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-c", "from didim.cli import main; main()"),
        *("console", *people, "--headless", "--port", str(port)),
    ]
    process = subprocess.Popen(command, env=environment, cwd=home)
    try:
        yield Day(home, port, process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def test_a_played_session_leaves_no_picture_and_asks_nobody(tmp_path: Path) -> None:
    with day(tmp_path, "--sim") as rig:
        rig.until(lambda live: live["phase"] == "idle" and bool(live["players"]))
        rig.ask("POST", "/sessions/current", {"game": "quick", "settings": {"lobby": False}, "seats": []})
        live = rig.until(lambda live: live["phase"] == "results")
        rig.until(lambda live: bool(live["shapes"]))
        assert any(seat["points"] for seat in live["seats"])
        rig.ask("POST", "/sessions/current/stop")
        rig.until(lambda live: live["phase"] == "idle")
    records = tmp_path / "data" / "didim" / "trial" / "records.sqlite"
    with open_book(f"sqlite:///{records}") as book:
        assert [each.state for each in book.rounds.all()] == ["finished"]
    opened = rig.opened()
    assert ("open", str(records)) in opened or any("socket.bind" in event for event, _ in opened), (
        "it listens"
    )
    assert pictures(tmp_path) == []
    assert [what for event, what in opened if event == "open" and _is_picture_name(what)] == []
    assert [(event, what) for event, what in opened if not _stays_here(event, what)] == []


def test_what_the_camera_sees_goes_nowhere(tmp_path: Path) -> None:
    """The same with a camera and the pose engine: its pictures are seen, and none is kept."""
    wanted = choose_engine("blazepose").models
    if not all(model.ready for model in list_models() if model.name in wanted):
        pytest.skip("needs the pose networks: didim models get blazepose")
    home, seen = tmp_path / "home", tmp_path / "seen"
    home.mkdir()
    seen.mkdir()
    chance = np.random.default_rng(1)
    for index in range(20):
        picture = chance.integers(0, 255, (480, 640, 3), dtype=np.uint8)
        cv2.imwrite(str(seen / f"{index:03d}.png"), picture)
    write_rig(picture_aligned_rig(), tmp_path / "rig.toml")
    options = ("--rig", str(tmp_path / "rig.toml"), "--camera", str(seen), "--engine", "blazepose")
    with day(home, *options) as rig:
        rig.until(lambda live: live["phase"] == "idle" and live["tracking"]["pictures_hz"] > 0)
        rig.ask("POST", "/sessions/current", {"game": "quick"})
        rig.until(lambda live: live["phase"] == "lobby")
    assert pictures(home) == []
    opened = rig.opened()
    assert [what for event, what in opened if event == "open" and _is_picture_name(what)] == []
    assert [(event, what) for event, what in opened if not _stays_here(event, what)] == []


def _is_picture_name(path: str) -> bool:
    return Path(path).suffix.lower() in PICTURE_NAMES


def pictures(home: Path) -> list[Path]:
    """Files below it that are pictures by their name or their first bytes."""
    files = [path for path in home.rglob("*") if path.is_file()]
    return [p for p in files if _is_picture_name(p.name) or p.read_bytes()[:8].startswith(PICTURES)]


def _stays_here(event: str, what: str) -> bool:
    """Whether a socket is of this computer alone: a path, or an address of loopback."""
    if not event.startswith("socket."):
        return True
    address = eval(what)  # as repr wrote it
    host = address[0] if isinstance(address, tuple) else address
    if isinstance(address, tuple) and isinstance(host, str):
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    if event == "socket.getaddrinfo":
        return host in (None, "", "localhost") or ipaddress.ip_address(host).is_loopback
    return True


@pytest.mark.parametrize(
    ("event", "what", "stays"),
    [
        ("socket.connect", "('127.0.0.1', 80)", True),
        ("socket.connect", "('::1', 80, 0, 0)", True),
        ("socket.connect", "('93.184.216.34', 80)", False),
        ("socket.bind", "('0.0.0.0', 8080)", False),
        ("socket.connect", "'/tmp/a-socket'", True),
        ("open", "/home/somebody/file", True),
    ],
)
def test_the_test_knows_what_stays_here(event: str, what: str, stays: bool) -> None:
    assert _stays_here(event, what) is stays


def test_the_test_knows_a_picture(tmp_path: Path) -> None:
    (tmp_path / "innocent").write_bytes(b"\xff\xd8\xff\xe0 and so on")
    (tmp_path / "words.txt").write_text("no picture")
    assert pictures(tmp_path) == [tmp_path / "innocent"]


def test_the_engine_tells_its_maker_nothing(tmp_path: Path) -> None:
    """It would keep a device number and what is to be sent in the user's cache."""
    environment = os.environ | {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    code = "import didim.pose._net as net; net.onnxruntime.get_available_providers()"
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert [path for path in tmp_path.rglob("*") if "onnxruntime" in path.name.lower()] == []
