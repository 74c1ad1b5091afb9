"""The whole road on a real recording: `didim play`, watched from outside."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from didim.bench._recordings import FLOOR_RECORDING, recording
from didim.bench._report import Figure, Report
from didim.bench._table import BenchError

SECONDS = 20.0
PLAY_AREA = ("--level", "0.05", "--area", "3x2", "--center", "-1,0")
"""The person of the recording walks on a beam 5 cm above the published floor, left of its origin."""
SAMPLE_PERIOD_S = 0.5
COMMAND = (sys.executable, "-P", "-c", "from didim.cli import main; main()")


def run(data: Path) -> Report:
    """Play lily_pads for 20 s on the first camera of the floor recording, without a screen."""
    folder = recording(data, FLOOR_RECORDING)
    with tempfile.TemporaryDirectory() as scratch:
        rig = Path(scratch) / "rig.toml"
        calibration = str(folder / "calibration" / "Calib.qca.txt")
        _didim("rig", "import", calibration, "--out", str(rig), *PLAY_AREA)
        summary, memory_mb, resident_mb = _watched_play(rig, folder / "videos" / "cam01.mp4")
    return Report("loop", {**_figures(summary), **_memory(memory_mb, resident_mb)})


def _didim(*arguments: str) -> None:
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True)
    if done.returncode:
        raise BenchError(f"`didim {' '.join(arguments)}` ended with {done.returncode}: {done.stderr.strip()}")


def _watched_play(rig: Path, video: Path) -> tuple[dict[str, Any], float, float]:
    """Run the game; return its summary and the most memory that its processes held, in MB."""
    arguments = ["play", "lily_pads", "--rig", str(rig), "--camera", str(video), "--headless", "--json"]
    arguments += ["--seconds", str(SECONDS)]
    process = psutil.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    memory_mb, resident_mb = 0.0, 0.0
    while process.poll() is None:
        held = [_memory_of(each) for each in [process, *process.children(recursive=True)]]
        memory_mb = max(memory_mb, sum(proportional for proportional, _ in held))
        resident_mb = max(resident_mb, sum(resident for _, resident in held))
        time.sleep(SAMPLE_PERIOD_S)
    stdout, stderr = process.communicate()
    if process.returncode:
        raise BenchError(f"`didim play` ended with {process.returncode}: {stderr.strip()}")
    return json.loads(stdout), memory_mb, resident_mb


def _memory_of(process: psutil.Process) -> tuple[float, float]:
    """Proportional set size and resident set size, MB; a process that is just ending holds nothing."""
    try:
        memory = process.memory_full_info()
    except psutil.Error:
        return 0.0, 0.0
    return getattr(memory, "pss", memory.uss) / 1e6, memory.rss / 1e6


def _memory(memory_mb: float, resident_mb: float) -> dict[str, Figure]:
    return {
        "memory_mb": Figure(
            memory_mb, "MB", "lower", 350.0, note="all processes of `didim play`; shared pages counted once"
        ),
        "resident_sum_mb": Figure(
            resident_mb, "MB", "lower", note="the same, each process's resident set added up"
        ),
    }


def _figures(summary: dict[str, Any]) -> dict[str, Figure]:
    cue, people = summary["picture_to_cue_ms"], summary["ms"]["picture_to_people"]
    figures = {
        "start_cpu_s": Figure(
            sum(summary["started_cpu_s"].values()),
            "s",
            "lower",
            3.0,
            note="CPU of all processes to the first drawn frame",
        ),
        "picture_to_cue_median_ms": Figure(cue["median_ms"], "ms", "lower", note=f"{cue['count']} cues"),
        "picture_to_cue_p95_ms": Figure(cue["p95_ms"], "ms", "lower"),
        "picture_to_people_p95_ms": Figure(people["p95_ms"], "ms", "lower"),
        "pictures_with_person": Figure(
            summary["pictures_with_person"] / max(1, summary["pictures_in"]), "share", "higher"
        ),
        "frames_per_s": Figure(summary["frames_drawn"] / summary["seconds"], "1/s", "higher"),
    }
    for stage in ("pose", "track", "update", "draw"):
        figures[f"{stage}_median_ms"] = Figure(summary["ms"][stage]["median_ms"], "ms", "lower")
    return figures
