"""Processes to supervise; each is started by name in a fresh interpreter."""

from __future__ import annotations

import os
import time
from pathlib import Path

from didim.capture import CameraError
from didim.run.link import Link, Warned
from didim.run.processes import CUES


def finish(link: Link, job: str) -> str:
    link.started()
    return f"done with {job}"


def wait_for_stop(link: Link, job: str) -> str:
    link.started()
    while not link.stopped():
        time.sleep(0.01)
    return "stopped"


def crash_once(link: Link, job: str) -> str:
    """Die without a word the first time, work the second; `job` is a file that remembers."""
    remembered = Path(job)
    if not remembered.exists():
        remembered.touch()
        os._exit(9)
    return "back again"


def crash_always(link: Link, job: str) -> None:
    raise ZeroDivisionError("always")


def no_camera(link: Link, job: str) -> None:
    raise CameraError("webcam 7 does not answer; plug it in")


def warn_twice(link: Link, job: str) -> None:
    link.report(Warned("the light is low"))
    link.report(Warned("the light is low"))


def publish(link: Link, job: int) -> None:
    channel = link.attach(CUES)
    for number in range(job):
        channel.publish(str(number).encode())


def stay(link: Link, job: str) -> str:
    link.started()
    while not link.stopped():
        time.sleep(0.005)
    return job
