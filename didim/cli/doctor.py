"""What is on this computer, and what is wrong with it: one finding for each thing that a game needs."""

from __future__ import annotations

import os
import platform
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import platformdirs
import psutil

from didim.capture import WebcamInfo, list_webcams
from didim.cli._environment import environment_problems
from didim.cli._probe import probe
from didim.pose import choose_engine, try_providers
from didim.pose.supplied import supplied_models
from didim.pose.weights import ModelState, cache_folder, list_models, net_path
from didim.problem import Problem

Status = Literal["ok", "warning", "problem"]

CORES_LEAST = 4
MEMORY_LEAST_GIB = 4.0
DISK_TIGHT_GB = 1.0
DISK_LEAST_GB = 0.2
RESOLUTION_MOST_S = 1e-3
STEP_MOST_S = 1e-3
WATCH_CLOCK_S = 0.05


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a game needs.

    Attributes:
        subject: what was looked at, a word of `CHECKS`.
        status: "warning" where something works with a loss, "problem" where nothing can be played.
        sentence: what is there, and what is wrong with it.
        remedy: what mends it; empty where nothing has to be.
    """

    subject: str
    status: Status
    sentence: str
    remedy: str = ""


def as_fields(finding: Finding) -> dict[str, Any]:
    """A finding as JSON fields."""
    return asdict(finding)


def diagnose() -> tuple[Finding, ...]:
    """Make every check; one that fails itself is a finding too."""
    return tuple(_checked(subject, check) for subject, check in CHECKS.items())


def judge_packages(problems: Sequence[str]) -> Finding:
    if problems:
        return Finding("packages", "problem", " ".join(problems), "Run the command named there.")
    return Finding("packages", "ok", f"didim {version('didim')} on Python {platform.python_version()}.")


def judge_computer(cores: int, memory_gib: float) -> Finding:
    has = f"{cores} processor cores, {memory_gib:.1f} GiB of memory"
    if cores < CORES_LEAST or memory_gib < MEMORY_LEAST_GIB:
        wanted = f"{CORES_LEAST} cores and {MEMORY_LEAST_GIB:.0f} GiB"
        return Finding(
            "computer",
            "warning",
            f"{has}; a camera and a game run smoothly on {wanted}.",
            "Close other programs, or play on a larger computer.",
        )
    return Finding("computer", "ok", f"{has}.")


def judge_cameras(webcams: Sequence[WebcamInfo], closed: Sequence[str]) -> Finding:
    """Judge the webcams; `closed` are the paths of those that this account may not open."""
    if closed:
        return Finding(
            "cameras",
            "problem",
            f"This account may not use {', '.join(closed)}.",
            "Run: sudo usermod -aG video $USER, then log in again.",
        )
    if not webcams:
        return Finding(
            "cameras",
            "warning",
            "No webcam is connected; recordings and network cameras can be used.",
            "Plug a webcam in, straight into the computer and not through a hub.",
        )
    names = "; ".join(f"{info.index}: {info.name}, {info.path}" for info in webcams)
    return Finding("cameras", "ok", f"{_counted(len(webcams), 'webcam')} ({names}).")


def judge_displays(answer: dict[str, Any]) -> Finding:
    if "error" in answer:
        return Finding(
            "displays",
            "problem",
            f"The displays cannot be listed: {answer['error']}.",
            "Log in at the screen itself, or draw without one: didim play … --headless.",
        )
    found = answer["displays"]
    if not found:
        return Finding(
            "displays",
            "warning",
            "No screen is connected; games can only be drawn without one (--headless).",
            "Connect the projector and switch it on, then log in at the screen.",
        )
    sizes = (f"{n}: {d['size_px'][0]}x{d['size_px'][1]} at {d['hz']} Hz" for n, d in enumerate(found))
    return Finding("displays", "ok", f"{_counted(len(found), 'display')} ({'; '.join(sizes)}).")


def judge_graphics(answer: dict[str, Any]) -> Finding:
    if "error" in answer:
        return Finding(
            "graphics",
            "problem",
            f"Nothing can be drawn: {answer['error']}.",
            "Install the graphics driver; on Debian or Ubuntu also: "
            "sudo apt install libgl1 libegl1 libgles2 libgl1-mesa-dri",
        )
    drawn_by = f"{answer['renderer']}, OpenGL {answer['version']}"
    wide_px, high_px = answer["size_px"]
    tried = (
        f"A trial at {wide_px}x{high_px} and {answer['hz']} Hz chose {answer['quality']}: "
        f"{answer['frame_ms']:.0f} ms a frame."
    )
    late = answer["frame_ms"] > 1000 / answer["hz"]
    if answer["software"]:
        return Finding(
            "graphics",
            "warning",
            f"The processor draws, with a software renderer ({drawn_by}): games will stutter. {tried}",
            "Install the graphics card's driver; check that the screen is connected to the card.",
        )
    if late:
        return Finding(
            "graphics",
            "warning",
            f"{drawn_by}. {tried} That is too slow.",
            "Close other programs, set the projector to a smaller size, or use a stronger graphics card.",
        )
    return Finding("graphics", "ok", f"{drawn_by}. {tried}")


def judge_sound(answer: dict[str, Any]) -> Finding:
    devices = answer.get("devices")
    if devices:
        return Finding("sound", "ok", f"{_counted(len(devices), 'device')} ({'; '.join(devices)}).")
    why = answer.get("error", "no device is connected")
    return Finding(
        "sound",
        "warning",
        f"There is no sound: {why}. Games are played without.",
        "Connect a loudspeaker, or choose a sound device in the system's settings.",
    )


def judge_models(models: Sequence[ModelState]) -> Finding:
    missing = [model.name for model in models if not model.ready]
    if missing:
        commands = "; ".join(f"didim models prepare {name}" for name in missing)
        return Finding(
            "models",
            "warning",
            f"Not fetched yet: {', '.join(missing)}. The first game will wait for it and needs a network.",
            f"Run: {commands}",
        )
    sizes = ", ".join(f"{model.name} {model.size_bytes / 1e6:.1f} MB" for model in models)
    return Finding("models", "ok", f"Ready: {sizes}.")


def judge_engine(auto: str, damaged: Sequence[str], providers: dict[str, str | None]) -> Finding:
    """Judge what runs the pose networks.

    Args:
        auto: the engine that `auto` is here.
        damaged: what is wrong with networks that the site added.
        providers: those beside the processor that onnxruntime has, to what is wrong with each, or None.
    """
    if damaged:
        return Finding("engine", "problem", " ".join(damaged), "Do what it says there.")
    works = ", ".join(["cpu", *(name for name, fault in providers.items() if fault is None)])
    sentence = f"auto is {auto}; networks can run on: {works}."
    faults = [fault for fault in providers.values() if fault is not None]
    if faults:
        return Finding(
            "engine",
            "warning",
            f"{sentence} {'. '.join(faults)}.",
            "Install the graphics card's driver and libraries; docs/engines.md lists the providers.",
        )
    return Finding("engine", "ok", sentence)


def judge_clock(resolution_s: float, offsets_s: Sequence[float]) -> Finding:
    """Judge the clocks.

    Args:
        resolution_s: of the monotonic clock.
        offsets_s: the time of day against the monotonic clock, one after another.
    """
    step_s = max((abs(b - a) for a, b in pairwise(offsets_s)), default=0.0)
    if resolution_s > RESOLUTION_MOST_S:
        return Finding(
            "clock",
            "problem",
            f"The clock counts in steps of {resolution_s * 1e3:.0f} ms: pictures and games need 1 ms.",
            "Use another operating system or turn the virtual machine's clock settings up.",
        )
    if step_s > STEP_MOST_S:
        return Finding(
            "clock",
            "warning",
            f"The time of day jumped by {step_s * 1e3:.1f} ms while it was watched: records get wrong times.",
            "Let one service alone set the time: timedatectl status shows which does.",
        )
    return Finding("clock", "ok", f"It counts in steps of {resolution_s * 1e9:.0f} ns and runs evenly.")


def judge_disk(free_bytes: dict[Path, int], closed: Sequence[Path]) -> Finding:
    """Judge the folders that didim writes to; `closed` are those that it may not write to."""
    least_gb = min(free_bytes.values()) / 1e9
    free = "; ".join(f"{size / 1e9:.1f} GB at {folder}" for folder, size in free_bytes.items())
    if closed:
        folders = ", ".join(map(str, closed))
        return Finding("disk", "problem", f"Nothing can be written to {folders}.", "Make the folder yours.")
    if least_gb < DISK_TIGHT_GB:
        status: Status = "problem" if least_gb < DISK_LEAST_GB else "warning"
        return Finding("disk", status, f"The disk is nearly full: {free}.", "Delete or move large files.")
    return Finding("disk", "ok", f"Free: {free}.")


CHECKS: dict[str, Callable[[], Finding]] = {
    "packages": lambda: judge_packages(environment_problems()),
    "computer": lambda: judge_computer(psutil.cpu_count() or 1, psutil.virtual_memory().total / 2**30),
    "cameras": lambda: judge_cameras(webcams := list_webcams(), _closed_webcams(webcams)),
    "displays": lambda: judge_displays(probe("displays")),
    "graphics": lambda: judge_graphics(probe("graphics")),
    "sound": lambda: judge_sound(probe("sound")),
    "models": lambda: judge_models(list_models()),
    "engine": lambda: _look_at_engine(),
    "clock": lambda: judge_clock(time.get_clock_info("monotonic").resolution, _watched_offsets_s()),
    "disk": lambda: _look_at_disk((cache_folder(), platformdirs.user_data_path("didim", appauthor=False))),
}


def _checked(subject: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Problem as problem:
        return Finding(subject, "problem", str(problem))
    except Exception as error:  # the other checks still have something to say
        return Finding(subject, "problem", f"This check failed itself: {type(error).__name__}: {error}")


def _look_at_engine() -> Finding:
    """Compare the networks that were added with what was added, and try each provider."""
    damaged = []
    for model in supplied_models().values():
        try:
            model.verify()
        except Problem as problem:
            damaged.append(str(problem))
    ready = [model for model in list_models() if model.ready]
    providers = try_providers(net_path(ready[0].name, "landmarks")) if ready else {}
    return judge_engine(str(choose_engine("auto")), damaged, providers)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _closed_webcams(webcams: Sequence[WebcamInfo]) -> list[str]:
    paths = [info.path for info in webcams if Path(info.path).exists()]
    return [path for path in paths if not os.access(path, os.R_OK | os.W_OK)]


def _watched_offsets_s() -> list[float]:
    """The time of day against the monotonic clock for a moment; looks that were interrupted are left out."""
    offsets_s = []
    until_s = time.monotonic() + WATCH_CLOCK_S
    while time.monotonic() < until_s:
        before_s, wall_s, after_s = time.monotonic(), time.time(), time.monotonic()
        if after_s - before_s < STEP_MOST_S / 2:
            offsets_s.append(wall_s - before_s)
        time.sleep(0.001)
    return offsets_s


def _look_at_disk(folders: Sequence[Path]) -> Finding:
    """Look at each folder, or where it will be made."""
    there = [next(place for place in (folder, *folder.parents) if place.exists()) for folder in folders]
    free_bytes = {place: shutil.disk_usage(place).free for place in there}
    return judge_disk(free_bytes, [place for place in there if not os.access(place, os.W_OK)])
