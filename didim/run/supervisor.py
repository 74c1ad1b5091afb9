"""Starts the processes of the table, watches them, restarts what may be restarted, and ends them all."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from typing import Any

from didim.problem import Problem
from didim.run.channel import Channel, sweep
from didim.run.link import Done, Failed, Link, Report, Started, Warned, channel_names, run_process
from didim.run.processes import CHANNELS, PROCESSES, ChannelSpec, ProcessSpec

WATCH_PERIOD_S = 0.1
FAREWELL_S = 15.0
RESTARTS_MOST = 5
LONGEST_PAUSE_S = 5.0
STEADY_S = 30.0
"""Who ran for so long has recovered: earlier failures no longer count."""
LEAVES_S = 5.0
"""A process that was asked to leave has so long; a camera may block for two seconds."""


class RunError(Problem):
    """A process of the running system failed for good; the message is what it said last."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


@dataclass(slots=True)
class _Child:
    spec: ProcessSpec
    process: BaseProcess
    reports: Connection
    started_s: float
    leave: Event
    left_s: float | None = None
    failed: Failed | None = None


@dataclass(slots=True)
class Outcome:
    """What a run came to.

    Attributes:
        summaries: by process, what it returned.
        started_cpu_s: by process, the CPU time until its first work; the supervisor's own until the last
            of them had started.
        restarts: how often a process was started again.
        warnings: what the processes lived with, each once.
    """

    summaries: dict[str, Any] = field(default_factory=dict)
    started_cpu_s: dict[str, float] = field(default_factory=dict)
    restarts: int = 0
    warnings: list[str] = field(default_factory=list)


class Supervisor:
    """Runs every process of the table, each with its job, until one of them comes to its end.

    Use it under `with`; on the way out every process is gone and the shared memory is freed.
    """

    def __init__(
        self,
        jobs: dict[str, Any],
        processes: tuple[ProcessSpec, ...] = PROCESSES,
        channels: tuple[ChannelSpec, ...] = CHANNELS,
    ) -> None:
        self._jobs, self._channel_specs = jobs, channels
        self._specs = {spec.name: spec for spec in processes}
        self._context = multiprocessing.get_context("spawn")
        self._stop = self._context.Event()
        self.channels: dict[str, Channel] = {}
        self._children: dict[str, _Child] = {}
        self._due_s: dict[str, float] = {}
        self._fails: dict[str, int] = {}
        self._lent: set[str] = set()
        self.outcome = Outcome()

    def __enter__(self) -> Supervisor:
        # glibc would keep the memory of every large picture that came and went, tens of MB of vision's; given
        # back at once, though, each page of the next one is a page fault: a fifth of the time of a picture.
        os.environ.setdefault("MALLOC_MMAP_THRESHOLD_", "8000000")
        os.environ.setdefault("MALLOC_TRIM_THRESHOLD_", "8000000")
        sweep()
        self.channels = {spec.name: Channel(spec) for spec in self._channel_specs}
        for spec in self._specs.values():
            self._start(spec)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for child in self._children.values():
            child.process.join(timeout=1.0)
            if child.process.is_alive():
                child.process.kill()
                child.process.join()
        for channel in self.channels.values():
            channel.close()

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that run now, for who measures them."""
        return tuple(self.pid_of.values())

    @property
    def pid_of(self) -> dict[str, int]:
        """The processes that run now, by name."""
        return {name: child.process.pid or 0 for name, child in self._children.items()}

    def run(self, each_round: Callable[[], None]) -> Outcome:
        """Watch until a process is done, calling `each_round` ten times a second; then end the others.

        Raises:
            RunError: a process failed for good.
        """
        while not self._stop.is_set():
            self._watch(WATCH_PERIOD_S)
            each_round()
        give_up_s = time.monotonic() + FAREWELL_S
        while self._children and time.monotonic() < give_up_s:
            self._watch(WATCH_PERIOD_S)
        each_round()
        return self.outcome

    def stop(self) -> None:
        """Tell every process to come to its end; `run` returns when they have."""
        self._stop.set()

    def lend(self, names: tuple[str, ...]) -> bool:
        """Have these processes end, without an end to the run; whether they are gone. May be said again."""
        self._lent |= set(names)
        running = [child for name, child in self._children.items() if name in names]
        for name in names:
            self._due_s.pop(name, None)
        for child in running:
            child.leave.set()
            child.left_s = child.left_s or time.monotonic()
            if time.monotonic() - child.left_s > LEAVES_S:
                child.process.kill()
        return not running

    def take_back(self, jobs: dict[str, Any]) -> None:
        """Start the processes that `lend` ended, with these jobs in place of theirs."""
        self._jobs = {**self._jobs, **jobs}
        for name in self._lent - set(self._children):  # who is still on the way out starts once it is gone
            self._due_s[name] = time.monotonic()
        self._lent.clear()

    def _start(self, spec: ProcessSpec) -> None:
        reports, sender = self._context.Pipe(duplex=False)
        leave = self._context.Event()
        link = Link(spec.name, channel_names(self.channels), sender, self._stop, leave)
        process = self._context.Process(
            target=run_process, args=(spec, link, self._jobs[spec.name]), name=spec.name, daemon=True
        )
        _start_deaf_to_ctrl_c(process)
        sender.close()
        self._children[spec.name] = _Child(spec, process, reports, time.monotonic(), leave)

    def _watch(self, timeout_s: float) -> None:
        wait([child.reports for child in self._children.values()], timeout=timeout_s)
        for child in list(self._children.values()):
            self._hear(child)
        now_s = time.monotonic()
        for name in [name for name, due_s in self._due_s.items() if due_s <= now_s]:
            del self._due_s[name]
            if not self._stop.is_set():
                self._start(self._specs[name])

    def _hear(self, child: _Child) -> None:
        try:
            while child.reports.poll():
                self._take(child, child.reports.recv())
        except (EOFError, OSError):
            self._ended(child)

    def _take(self, child: _Child, report: Report) -> None:
        match report:
            case Started(cpu_s):
                self.outcome.started_cpu_s.setdefault(child.spec.name, cpu_s)
                self.outcome.started_cpu_s["supervisor"] = time.process_time()
            case Warned(message):
                if message not in self.outcome.warnings:
                    self.outcome.warnings.append(message)
            case Failed():
                child.failed = report
            case Done(summary):
                self.outcome.summaries[child.spec.name] = summary
                if not child.spec.tireless and not child.leave.is_set():
                    self._stop.set()

    def _ended(self, child: _Child) -> None:
        child.process.join()
        child.reports.close()
        name = child.spec.name
        del self._children[name]
        if self._stop.is_set() and (child.failed is None or child.spec.tireless):
            return
        if child.leave.is_set():
            self.outcome.summaries.pop(name, None)
            if name not in self._lent:
                self._due_s[name] = time.monotonic()
            return
        if name in self.outcome.summaries:
            if child.spec.tireless:  # it asked to be started anew
                del self.outcome.summaries[name]
                self._due_s[name] = time.monotonic()
            return
        failed = child.failed or Failed(f"it ended with code {child.process.exitcode}", 70, lasting=False)
        steady = time.monotonic() - child.started_s >= STEADY_S
        fails = self._fails[name] = 1 if steady else self._fails.get(name, 0) + 1
        if child.spec.restart_after_s is None or (self._hopeless(failed, fails) and not child.spec.tireless):
            self._stop.set()
            told = failed.message if failed.lasting else f"the {name} process failed: {failed.message}"
            raise RunError(told, failed.exit_code)
        self.outcome.restarts += 1
        warning = f"the {name} process was started again: {failed.message}"
        if warning not in self.outcome.warnings:
            self.outcome.warnings.append(warning)
        pause_s = min(LONGEST_PAUSE_S, child.spec.restart_after_s * 2.0 ** min(fails - 1, 10))
        self._due_s[name] = time.monotonic() + pause_s

    def _hopeless(self, failed: Failed, fails: int) -> bool:
        return failed.lasting or fails > RESTARTS_MOST


def _start_deaf_to_ctrl_c(process: BaseProcess) -> None:
    """Ctrl-C is the supervisor's to hear, from the first moment on: a child inherits what is ignored."""
    if threading.current_thread() is not threading.main_thread():
        process.start()
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        process.start()
    finally:
        signal.signal(signal.SIGINT, before)
