"""The rig's daily run: everything that `didim console` starts, until somebody ends it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from didim.geometry import Surface
from didim.problem import Problem
from didim.project import straight_projector
from didim.rig import Rig
from didim.run.jobs import ConsoleJob, HostJob, RobotsJob, ScribeJob, VisionJob
from didim.run.lending import Lender
from didim.run.processes import (
    CONSOLE_CHANNELS,
    CONSOLE_PROCESSES,
    HOLD_DEVICES,
    LENT,
    WANTED,
    ProcessSpec,
    with_robots,
)
from didim.run.supervisor import Outcome, Supervisor

SIM_FLOOR, SIM_LIGHT_PX = Surface("floor", 4.0, 2.25), (1280, 720)


@dataclass(frozen=True, slots=True)
class ConsoleRun:
    """What each process is to do.

    Attributes:
        vision: seeing people, or robots in its place.
        anew: the jobs of stage and vision once the rig was measured anew; None where they stay.
    """

    host: HostJob
    vision: VisionJob | RobotsJob
    scribe: ScribeJob
    console: ConsoleJob
    anew: Callable[[], tuple[HostJob, VisionJob]] | None = None


def sim_rig() -> Rig:
    """A floor with a projector and no camera, for robots."""
    projector = straight_projector(SIM_FLOOR, SIM_LIGHT_PX)
    return Rig("simulation", {projector.surface: SIM_FLOOR}, (), (projector,))


def run_console(
    run: ConsoleRun,
    *,
    warn: Callable[[str], None] = lambda message: None,
    processes: tuple[ProcessSpec, ...] = CONSOLE_PROCESSES,
    each_round: Callable[[Supervisor], None] = lambda supervisor: None,
) -> Outcome:
    """Run until Ctrl-C, SIGTERM or the window is closed; everything ends in good order then.

    Args:
        warn: hears what goes wrong, once each.
        each_round: is called ten times a second.

    Raises:
        RunError: the stage failed for good; its message says why.
    """
    if isinstance(run.vision, RobotsJob):
        processes = with_robots(processes)
    jobs = {"stage": run.host, "vision": run.vision, "scribe": run.scribe, "console": run.console}
    with _ended_by_sigterm(), Supervisor(jobs, processes, CONSOLE_CHANNELS) as supervisor:
        channels = supervisor.channels
        lender = Lender(supervisor, channels[WANTED.name], channels[LENT.name], HOLD_DEVICES, _renewed(run))
        told = 0

        def watch() -> None:
            nonlocal told
            fresh = supervisor.outcome.warnings[told:]
            told += len(fresh)
            for message in fresh:
                warn(message)
            lender.look()
            each_round(supervisor)

        try:
            return supervisor.run(watch)
        except KeyboardInterrupt:
            supervisor.stop()
            return supervisor.run(watch)


def _renewed(run: ConsoleRun) -> Callable[[], dict[str, Any]]:
    """What stage and vision do once the rig was measured anew; as before where its file cannot be read."""

    def jobs() -> dict[str, Any]:
        with suppress(Problem):
            if run.anew is not None:
                host, vision = run.anew()
                return {"stage": host, "vision": vision}
        return {}

    return jobs


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """SIGTERM, as a service is ended by, is taken for Ctrl-C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
