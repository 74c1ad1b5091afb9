"""What is on this computer, and what is wrong with it: one finding for each thing that a game needs."""

from __future__ import annotations

import os
import platform
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
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
from didim.records import DAMPED_OF, default_url, open_book
from didim.words import Language, Words

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
        what: the key of what is there or wrong, below the subject in `doctor.toml`.
        values: what fills its places.
    """

    subject: str
    status: Status
    what: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def sentence(self, language: Language = "en") -> str:
        """What is there, and what is wrong with it."""
        words = Words("didim.cli", "doctor.toml", language)
        own = f"{self.subject}.{self.what}"
        return words(own if own in words else self.what, **self.values)

    def remedy(self, language: Language = "en") -> str:
        """What mends it; empty where nothing has to be."""
        words = Words("didim.cli", "doctor.toml", language)
        own = f"{self.subject}.mend.{self.what}"
        return words(own, **self.values) if own in words else ""


def as_fields(finding: Finding, language: Language = "en") -> dict[str, Any]:
    """A finding as JSON fields."""
    return {
        "subject": finding.subject,
        "status": finding.status,
        "sentence": finding.sentence(language),
        "remedy": finding.remedy(language),
    }


def diagnose() -> tuple[Finding, ...]:
    """Make every check; one that fails itself is a finding too."""
    return tuple(_checked(subject, check) for subject, check in CHECKS.items())


def judge_packages(problems: Sequence[str]) -> Finding:
    if problems:
        return Finding("packages", "problem", "wrong", {"problems": " ".join(problems)})
    return Finding("packages", "ok", "ok", {"didim": version("didim"), "python": platform.python_version()})


def judge_computer(cores: int, memory_gib: float) -> Finding:
    has = {"cores": cores, "memory_gib": memory_gib}
    if cores < CORES_LEAST or memory_gib < MEMORY_LEAST_GIB:
        wanted = {"cores_least": CORES_LEAST, "memory_least_gib": MEMORY_LEAST_GIB}
        return Finding("computer", "warning", "small", {**has, **wanted})
    return Finding("computer", "ok", "ok", has)


def judge_cameras(webcams: Sequence[WebcamInfo], closed: Sequence[str]) -> Finding:
    """Judge the webcams; `closed` are the paths of those that this account may not open."""
    if closed:
        return Finding("cameras", "problem", "closed", {"paths": ", ".join(closed)})
    if not webcams:
        return Finding("cameras", "warning", "none")
    names = "; ".join(f"{info.index}: {info.name}, {info.path}" for info in webcams)
    return Finding("cameras", "ok", "ok", {"count": len(webcams), "names": names})


def judge_displays(answer: dict[str, Any]) -> Finding:
    if "error" in answer:
        return Finding("displays", "problem", "unlisted", {"error": answer["error"]})
    found = answer["displays"]
    if not found:
        return Finding("displays", "warning", "none")
    sizes = (f"{n}: {d['size_px'][0]}x{d['size_px'][1]}, {d['hz']} Hz" for n, d in enumerate(found))
    return Finding("displays", "ok", "ok", {"count": len(found), "sizes": "; ".join(sizes)})


def judge_graphics(answer: dict[str, Any]) -> Finding:
    if "error" in answer:
        return Finding("graphics", "problem", "nothing", {"error": answer["error"]})
    wide_px, high_px = answer["size_px"]
    told = {**answer, "size": f"{wide_px}x{high_px}"}
    if answer["software"]:
        return Finding("graphics", "warning", "software", told)
    if answer["frame_ms"] > 1000 / answer["hz"]:
        return Finding("graphics", "warning", "slow", told)
    return Finding("graphics", "ok", "ok", told)


def judge_sound(answer: dict[str, Any]) -> Finding:
    devices = answer.get("devices")
    if devices:
        return Finding("sound", "ok", "ok", {"count": len(devices), "names": "; ".join(devices)})
    if "error" in answer:
        return Finding("sound", "warning", "silent", {"error": answer["error"]})
    return Finding("sound", "warning", "none")


def judge_models(models: Sequence[ModelState]) -> Finding:
    missing = [model.name for model in models if not model.ready]
    if missing:
        commands = "; ".join(f"didim models prepare {name}" for name in missing)
        return Finding("models", "warning", "missing", {"names": ", ".join(missing), "commands": commands})
    sizes = ", ".join(f"{model.name} {model.size_bytes / 1e6:.1f} MB" for model in models)
    return Finding("models", "ok", "ok", {"sizes": sizes})


def judge_engine(auto: str, damaged: Sequence[str], providers: dict[str, str | None]) -> Finding:
    """Judge what runs the pose networks.

    Args:
        auto: the engine that `auto` is here.
        damaged: what is wrong with networks that the site added.
        providers: those beside the processor that onnxruntime has, to what is wrong with each, or None.
    """
    if damaged:
        return Finding("engine", "problem", "damaged", {"damaged": " ".join(damaged)})
    works = ", ".join(["cpu", *(name for name, fault in providers.items() if fault is None)])
    faults = [fault for fault in providers.values() if fault is not None]
    told = {"auto": auto, "works": works}
    if faults:
        return Finding("engine", "warning", "faults", {**told, "faults": ". ".join(faults)})
    return Finding("engine", "ok", "ok", told)


def judge_clock(resolution_s: float, offsets_s: Sequence[float]) -> Finding:
    """Judge the clocks.

    Args:
        resolution_s: of the monotonic clock.
        offsets_s: the time of day against the monotonic clock, one after another.
    """
    step_s = max((abs(b - a) for a, b in pairwise(offsets_s)), default=0.0)
    if resolution_s > RESOLUTION_MOST_S:
        return Finding("clock", "problem", "coarse", {"resolution_ms": 1e3 * resolution_s})
    if step_s > STEP_MOST_S:
        return Finding("clock", "warning", "jumps", {"step_ms": 1e3 * step_s})
    return Finding("clock", "ok", "ok", {"resolution_ns": 1e9 * resolution_s})


def judge_disk(free_bytes: dict[Path, int], closed: Sequence[Path]) -> Finding:
    """Judge the folders that didim writes to; `closed` are those that it may not write to."""
    least_gb = min(free_bytes.values()) / 1e9
    told = {"free": "; ".join(f"{folder} {size / 1e9:.1f} GB" for folder, size in free_bytes.items())}
    if closed:
        return Finding("disk", "problem", "closed", {"folders": ", ".join(map(str, closed))})
    if least_gb < DISK_TIGHT_GB:
        return Finding("disk", "problem" if least_gb < DISK_LEAST_GB else "warning", "tight", told)
    return Finding("disk", "ok", "ok", told)


def judge_light(damped: Mapping[str, int] | None) -> Finding:
    """Judge the games' light by how often the flash guard softened it, by game; None: nothing was played."""
    days = DAMPED_OF.days
    if damped is None:
        return Finding("light", "ok", "none")
    if not damped:
        return Finding("light", "ok", "ok", {"days": days})
    games = ", ".join(f"{game} {count}" for game, count in damped.items())
    return Finding("light", "warning", "softened", {"days": days, "games": games})


CHECKS: dict[str, Callable[[], Finding]] = {
    "packages": lambda: judge_packages(environment_problems()),
    "computer": lambda: judge_computer(psutil.cpu_count() or 1, psutil.virtual_memory().total / 2**30),
    "cameras": lambda: judge_cameras(webcams := list_webcams(), _closed_webcams(webcams)),
    "displays": lambda: judge_displays(probe("displays")),
    "graphics": lambda: judge_graphics(probe("graphics")),
    "sound": lambda: judge_sound(probe("sound")),
    "models": lambda: judge_models(list_models()),
    "engine": lambda: _look_at_engine(),
    "light": lambda: _look_at_light(default_url()),
    "clock": lambda: judge_clock(time.get_clock_info("monotonic").resolution, _watched_offsets_s()),
    "disk": lambda: _look_at_disk((cache_folder(), platformdirs.user_data_path("didim", appauthor=False))),
}


def _checked(subject: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except Problem as problem:
        return Finding(subject, "problem", "raw", {"text": str(problem)})
    except Exception as error:  # the other checks still have something to say
        return Finding(subject, "problem", "failed", {"error": f"{type(error).__name__}: {error}"})


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


def _look_at_light(url: str) -> Finding:
    """Ask the records; where there are none, none are made."""
    file = url.removeprefix("sqlite:///")
    if file != url and not Path(file).exists():
        return judge_light(None)
    with open_book(url) as book:
        return judge_light(book.rounds.damped(datetime.now().astimezone() - DAMPED_OF))


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
