"""The console: thirty tablets that watch one rig, and the records of a site with a million results."""

from __future__ import annotations

import itertools
import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import psutil
from starlette.types import ASGIApp

from didim.bench._archive import NOW, PLAYERS, write_archive
from didim.bench._report import Figure, Report
from didim.bench._table import BenchError
from didim.content import content_roots
from didim.geometry import Surface
from didim.play import discover
from didim.project import straight_projector
from didim.rig import Rig
from didim.run import live
from didim.run.console import ConsoleRun, run_console
from didim.run.desk import MemoryDesk
from didim.run.jobs import ConsoleJob, HostJob, RobotsJob, ScribeJob
from didim.run.supervisor import Supervisor

TABLETS = 30
FLOOR, LIGHT_PX = Surface("floor", 4.0, 2.25), (320, 180)
"""So few that a computer without a graphics card keeps up."""
FRAME_HZ = 30.0
WINDOW_S, SETTLE_S, WINDOWS = 6.0, 5.0, 2
"""So long is watched and not watched, in turn, once all tablets are there and all has settled: the stage
tells the median time of its last 60 frames, and tells of its drawing for 3 s after the last look."""
NOISE_LEAST = 1.1
"""What differs by less is noise; on a busy computer, by less than unwatched turns do."""
START_MOST_S = 90.0
ROUND_S = 600
RESULTS = 1_000_000
OPENED = 15
"""So many players' records are opened, and the median told."""


def run(data: Path) -> Report:
    """Watch a rig with robots from thirty tablets; then open records among a million results."""
    del data  # everything it needs it makes
    with tempfile.TemporaryDirectory(prefix="didim-bench-") as scratch:
        watched = _Watched(Path(scratch)).run()
        return Report("console", {**watched, **_records(Path(scratch))})


class _Watched:
    """A rig that is watched for a while, not watched for a while, and so on."""

    def __init__(self, scratch: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = int(free.getsockname()[1])
        self._scratch = scratch
        self._ready = scratch / "ready"
        self._frame_ms: list[list[float]] = []
        self._cpu_share: dict[bool, list[float]] = {False: [], True: []}
        self._seen: list[list[tuple[int, int, int]]] = []
        self._console_cpu: list[float] = []
        self._began_s = time.monotonic()
        self._asked = False
        self._step: Callable[[Supervisor], None] = self._wait_for_the_game
        self._turn = 0
        self._mark_s = 0.0
        self._mark_cpu_s: dict[str, float] = {}
        self._tablets: subprocess.Popen[str] | None = None

    def run(self) -> dict[str, Figure]:
        """Run it all; the figures."""
        url = f"sqlite:///{self._scratch / 'live.sqlite'}"
        projector = straight_projector(FLOOR, LIGHT_PX)
        rig = Rig("bench", {projector.surface: FLOOR}, (), (projector,))
        everything = ConsoleRun(
            HostJob(rig, window="offscreen", frame_hz=FRAME_HZ, to_robots=True),
            RobotsJob(rig, ("good", "fair", "good", "poor")),
            ScribeJob(url),
            ConsoleJob(url, port=self._port),
        )
        run_console(everything, each_round=lambda supervisor: self._step(supervisor))
        return self._figures()

    def _wait_for_the_game(self, supervisor: Supervisor) -> None:
        state = _state(supervisor)
        if time.monotonic() - self._began_s > START_MOST_S:
            supervisor.stop()
            raise BenchError(f"no game had begun after {START_MOST_S:g} s: {supervisor.outcome.warnings}")
        if state is None:
            return
        if state.phase == "idle" and not self._asked:
            self._asked = self._start_a_game()
        if state.phase == "play":
            self._begin_turn(supervisor)

    def _start_a_game(self) -> bool:
        settings = {"lobby": False, "round_s": ROUND_S, "adaptive": False}
        body = json.dumps({"game": "lily_pads", "settings": settings, "seats": []}).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._port}/api/v1/sessions/current",
            body,
            {"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return bool(answer.status == 202)
        except OSError:
            return False

    @property
    def _is_watched(self) -> bool:
        return self._turn % 2 == 1

    def _begin_turn(self, supervisor: Supervisor) -> None:
        if self._turn == 2 * WINDOWS:
            supervisor.stop()
            self._step = lambda supervisor: None
            return
        self._ready.unlink(missing_ok=True)
        if self._is_watched:
            url = f"ws://127.0.0.1:{self._port}/api/v1/live/stream"
            figures = (str(TABLETS), str(SETTLE_S + WINDOW_S + 1), str(self._ready))
            command = [sys.executable, "-m", "didim.bench._tablets", url, *figures]
            self._tablets = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        else:
            self._ready.touch()
        self._mark_s = 0.0
        self._step = self._settle

    def _settle(self, supervisor: Supervisor) -> None:
        if self._mark_s == 0.0 and self._ready.exists():
            self._mark_s = time.monotonic() + SETTLE_S
        if self._mark_s and time.monotonic() >= self._mark_s:
            self._mark_s, self._mark_cpu_s = time.monotonic(), _cpu_s(supervisor)
            self._frame_ms.append([])
            self._step = self._measure

    def _measure(self, supervisor: Supervisor) -> None:
        state = _state(supervisor)
        if state is not None and state.phase == "play":
            self._frame_ms[-1].append(state.frame_ms)
        took_s = time.monotonic() - self._mark_s
        if took_s < WINDOW_S:
            return
        now = _cpu_s(supervisor)
        spent = {name: (now[name] - self._mark_cpu_s[name]) / took_s for name in ("stage", "console")}
        self._cpu_share[self._is_watched].append(spent["stage"])
        if self._is_watched:
            self._console_cpu.append(spent["console"])
            assert self._tablets is not None
            told, _ = self._tablets.communicate(timeout=30)
            self._seen += json.loads(told)
        self._turn += 1
        self._begin_turn(supervisor)

    def _figures(self) -> dict[str, Figure]:
        delays_ms = np.concatenate([_event_to_screen_ms(seen) for seen in self._seen])
        hz = median(len(seen) / (SETTLE_S + WINDOW_S + 1) for seen in self._seen)
        size = median(size for seen in self._seen for _, _, size in seen)
        turns_ms = [median(turn) for turn in self._frame_ms]
        apart_ms, watched_ms = median(turns_ms[0::2]), median(turns_ms[1::2])
        noise, cpu_noise = _noise(turns_ms[0::2]), _noise(self._cpu_share[False])
        cpu = median(self._cpu_share[True]) / median(self._cpu_share[False])
        return {
            "event_to_screen_p95_ms": Figure(
                float(np.percentile(delays_ms, 95)),
                "ms",
                "lower",
                250.0,
                note=f"{TABLETS} tablets; from anything that happens, to the state with it read by a tablet",
            ),
            "event_to_screen_median_ms": Figure(float(np.median(delays_ms)), "ms", "lower"),
            "states_hz": Figure(hz, "1/s", "higher", 9.0, note="that a tablet reads, the median tablet"),
            "state_kib": Figure(
                size / 1024, "KiB", "lower", note="four players and what the game draws, JSON"
            ),
            "frame_time_ratio": Figure(
                watched_ms / apart_ms,
                "x unwatched",
                "lower",
                noise,
                note=f"median time of a frame; {apart_ms:.1f} ms unwatched, turns differ by {noise:.2f} x",
            ),
            "stage_cpu_ratio": Figure(
                cpu,
                "x unwatched",
                "lower",
                cpu_noise,
                note="CPU of the stage process, telling what a game draws included",
            ),
            "console_cpu_share": Figure(
                median(self._console_cpu),
                "cores",
                "lower",
                note=f"the console process with {TABLETS} tablets",
            ),
        }


def _noise(unwatched: list[float]) -> float:
    """How far the same turn may differ from itself, as a ratio."""
    return max(NOISE_LEAST, max(unwatched) / min(unwatched))


def _state(supervisor: Supervisor) -> live.Live | None:
    """The newest state, read without looking on: who asks a desk is told what the game draws, too."""
    newest = supervisor.channels["live"].newest()
    return None if newest is None else live.unpack(newest[1])


def _cpu_s(supervisor: Supervisor) -> dict[str, float]:
    spent = {}
    for name, pid in supervisor.pid_of.items():
        times = psutil.Process(pid).cpu_times()
        spent[name] = times.user + times.system
    return spent


def _event_to_screen_ms(seen: list[tuple[int, int, int]]) -> Any:
    """How late a tablet showed what may have happened at any moment, ms.

    Whatever happens after one state was told is in the next that the tablet reads: its delay is until that
    was read. Moments are taken evenly between.
    """
    told_ns, read_ns = (np.array(column, float) for column in list(zip(*seen, strict=True))[:2])
    moments_ns = [np.linspace(a, b, 10, endpoint=False) for a, b in itertools.pairwise(told_ns)]
    delays = [read - moments for read, moments in zip(read_ns[1:], moments_ns, strict=True)]
    return np.concatenate(delays) / 1e6


def _records(scratch: Path) -> dict[str, Figure]:
    """Records and reports of single players among a million results."""
    from didim.console import rig_actor
    from didim.console.app import build
    from didim.console.pages import mounted
    from didim.console.service import Service
    from didim.records import open_book

    url = write_archive(scratch / "archive.sqlite", RESULTS)
    teacher = rig_actor("instructor")
    with open_book(url, now=lambda: NOW) as book:
        service = Service(MemoryDesk(), book, discover(content_roots("games")), lambda: NOW)
        chosen = list(range(1, PLAYERS, PLAYERS // OPENED))
        results = len(service.records.of_player(teacher, 1))
        cookie = f"didim={service.door.set_up(service.door.code, 'Bench', 'not a secret', '').key}"
        with _served(build(service, pages=mounted())) as address:
            page_ms = 1000 * median(_cpu_of(partial(_get, f"{address}/records", cookie)) for _ in range(5))
            api = f"{address}/api/v1/records/players"
            data_ms = 1000 * median(_cpu_of(partial(_get, f"{api}/{each}", cookie)) for each in chosen)
        report = partial(service.records.player_report, teacher, language="ko")
        report_s = [_cpu_of(partial(report, player_id=each)) for each in chosen[:5]]
        group_s = _cpu_of(lambda: service.records.group_report(teacher, 1, "ko"))
    among = f"of {RESULTS:,} results"
    return {
        "records_page_ms": Figure(
            page_ms + data_ms,
            "ms",
            "lower",
            300.0,
            note=f"CPU of the server: the page, and a player's {results} {among}, as JSON",
        ),
        "player_results_ms": Figure(data_ms, "ms", "lower", note="the second part of it alone"),
        "player_report_s": Figure(median(report_s), "s", "lower", 3.0, note=f"CPU of a PDF, {among}"),
        "group_report_s": Figure(group_s, "s", "lower", 3.0, note=f"CPU of a PDF of 25 players, {among}"),
    }


@contextmanager
def _served(app: ASGIApp) -> Iterator[str]:
    """The console in a thread of this process, whose CPU time can be told; its address."""
    from didim.console._listening import listen, serve

    listening, over, ready = listen("127.0.0.1", 0), threading.Event(), threading.Event()
    thread = threading.Thread(target=serve, args=(app, listening, over.is_set), kwargs={"started": ready.set})
    thread.start()
    try:
        if not ready.wait(START_MOST_S):
            raise BenchError(f"the console did not answer after {START_MOST_S:g} s")
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        over.set()
        thread.join()


def _cpu_of(action: Callable[[], object]) -> float:
    began_s = time.process_time()
    action()
    return time.process_time() - began_s


def _get(url: str, cookie: str) -> None:
    with urllib.request.urlopen(
        urllib.request.Request(url, headers={"Cookie": cookie}), timeout=60
    ) as answer:
        answer.read()
