"""The whole console run in a process of its own, so that it can be killed: robots, no window, no tablet.

Run as `python rig_runner.py FOLDER`: the records, the driver's journal and the file of pids lie there.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

from didim.run.commands import GamePart, Replay, RestPart, Skip, Start
from didim.run.console import ConsoleRun, run_console, sim_rig
from didim.run.desk import ChannelDesk
from didim.run.jobs import ConsoleJob, HostJob, RobotsJob, ScribeJob
from didim.run.link import Link
from didim.run.processes import COMMANDS, CONSOLE_PROCESSES, LIVE, ProcessSpec
from didim.run.supervisor import Supervisor

JOURNAL, PIDS, RECORDS = "journal", "pids.json", "records.sqlite"
FOLDER, DRIVER = "RIG_RUNNER_FOLDER", "RIG_RUNNER_DRIVER"
PLAN = (
    GamePart("quick", {"lobby": False, "round_s": 8.0}),
    RestPart(4.0),
    GamePart("quick", {"lobby": False}),
)
HZ = 20.0


def drive(link: Link, job: ConsoleJob) -> None:
    """Begin one round after the other, like an instructor in a hurry; write down what is seen of them."""
    folder = Path(os.environ[FOLDER])
    desk = ChannelDesk(link.attach(COMMANDS), link.attach(LIVE))
    asked_s, last = 0.0, ""
    link.started()
    with (folder / JOURNAL).open("a", buffering=1) as journal:
        while not link.stopped():
            live = desk.live()
            now_s = time.time()
            points = max((seat.points for seat in live.seats), default=0)
            line = f"{live.phase} {live.round_key} {points}"
            if live.phase in ("play", "results") and line != last:
                journal.write(f"{now_s:.3f} {line}\n")
                last = line
            if now_s - asked_s > 0.5 and live.phase in ("idle", "results"):
                asked_s = now_s
                begin = Start((GamePart("quick", {"lobby": False}),), seats=(), seed=1)
                desk.send(begin if live.phase == "idle" else Skip())
            time.sleep(0.05)


def drive_plan(link: Link, job: ConsoleJob) -> None:
    """Begin one plan; have a round that broke off played again; write down what is seen of it."""
    folder = Path(os.environ[FOLDER])
    desk = ChannelDesk(link.attach(COMMANDS), link.attach(LIVE))
    begun, last = False, ""
    link.started()
    with (folder / JOURNAL).open("a", buffering=1) as journal:
        while not link.stopped():
            live = desk.live()
            line = f"{live.phase} {live.round_key or '-'} {live.part}"
            if line != last:
                journal.write(f"{time.time():.3f} {line}\n")
                last = line
            if live.phase == "idle" and not begun:
                begun = True
                desk.send(Start(PLAN, seats=(), session_id=1))
            if live.broken:
                desk.send(Replay())
                time.sleep(0.5)
            time.sleep(0.05)


def processes() -> tuple[ProcessSpec, ...]:
    driver = os.environ.get(DRIVER, "drive")
    return tuple(
        replace(spec, entry=f"rig_runner:{driver}", restart_after_s=0.05) if spec.name == "console" else spec
        for spec in CONSOLE_PROCESSES
    )


def run(folder: Path) -> None:
    os.environ[FOLDER] = str(folder)  # for the driver
    rig, url = sim_rig(), f"sqlite:///{folder / RECORDS}"

    def tell(supervisor: Supervisor) -> None:
        part = folder / "pids.part"
        part.write_text(json.dumps({"supervisor": os.getpid(), **supervisor.pid_of}))
        part.replace(folder / PIDS)

    job = ConsoleRun(
        HostJob(rig, window="none", frame_hz=HZ, to_robots=True),
        RobotsJob(rig, ("good", "good")),
        ScribeJob(url),
        ConsoleJob(url),
    )
    outcome = run_console(job, processes=processes(), each_round=tell)
    (folder / "outcome").write_text("\n".join(outcome.warnings))


if __name__ == "__main__":
    run(Path(sys.argv[1]))
