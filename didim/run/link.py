"""One process's end of the running system: its channels, its reports, and the word to stop."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from typing import Any

from didim.problem import Problem, fault
from didim.run.channel import Channel
from didim.run.processes import ChannelSpec, ProcessSpec


@dataclass(frozen=True, slots=True)
class Started:
    """The process does its work now; `cpu_s` is what it took to get there."""

    cpu_s: float


@dataclass(frozen=True, slots=True)
class Warned:
    """Something went wrong that the process lives with."""

    message: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The process cannot go on; `lasting` means that starting it again would not help."""

    message: str
    exit_code: int
    lasting: bool


@dataclass(frozen=True, slots=True)
class Done:
    """The process came to its end; `summary` is what it has to say."""

    summary: Any


Report = Started | Warned | Failed | Done


@dataclass(frozen=True, slots=True)
class Link:
    """What the supervisor hands to each process it starts."""

    process: str
    channel_names: dict[str, str]
    reports: Connection
    stop: Event
    leave: Event | None = None

    def attach(self, spec: ChannelSpec) -> Channel:
        return Channel(spec, attach_to=self.channel_names[spec.name])

    def report(self, report: Report) -> None:
        """Tell the supervisor; who is left alone has nobody to tell."""
        with suppress(BrokenPipeError, OSError):
            self.reports.send(report)

    def started(self) -> None:
        self.report(Started(cpu_s=time.process_time()))

    def stopped(self) -> bool:
        """Whether to come to an end: the supervisor said so, to all or to this one, or it is gone."""
        parent = multiprocessing.parent_process()
        told = self.stop.is_set() or (self.leave is not None and self.leave.is_set())
        return told or (parent is not None and not parent.is_alive())


def run_process(spec: ProcessSpec, link: Link, job: Any) -> None:
    """The first function of every started process: run `spec.entry` and report how it ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the supervisor's to hear
    if spec.nice and hasattr(os, "nice"):
        os.nice(spec.nice)
    module, _, name = spec.entry.partition(":")
    try:
        entry: Callable[[Link, Any], Any] = getattr(importlib.import_module(module), name)
        link.report(Done(entry(link, job)))
    except Problem as problem:
        link.report(Failed(str(problem), problem.exit_code, lasting=True))
    except Exception as error:
        link.report(Failed(fault(error), exit_code=70, lasting=False))
    finally:
        link.reports.close()


def channel_names(channels: dict[str, Channel]) -> dict[str, str]:
    """What a process needs to attach to the channels of the table."""
    return {name: channel.name for name, channel in channels.items()}
