"""Questions to drivers, asked in a child process: a driver that crashes or hangs takes nothing with it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

TIMEOUT_S = 30.0
FULL_PX, SPARED_PX = (1920, 1080), (960, 540)


def probe(name: str) -> dict[str, Any]:
    """Ask one question of `QUESTIONS` and return the answer's fields, or {"error": why there is none}."""
    # -P: a folder in the current directory is not ours, whatever its name.
    command = [sys.executable, "-P", "-m", "didim.cli._probe", name]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return {"error": f"the driver gave no answer in {TIMEOUT_S:.0f} s"}
    return answer_of(done.returncode, done.stdout)


def answer_of(exit_code: int, printed: str) -> dict[str, Any]:
    """Read what a child printed; drivers may have printed lines of their own before it."""
    try:
        answer = json.loads(printed.strip().rpartition("\n")[2])
    except json.JSONDecodeError:
        return {"error": f"the driver crashed (the test ended with code {exit_code})"}
    return answer if isinstance(answer, dict) else {"error": f"the test printed {answer!r}"}


def _displays() -> dict[str, Any]:
    from didim.project import displays

    return {"displays": [{"size_px": each.size_px, "hz": each.hz} for each in displays()]}


def _graphics() -> dict[str, Any]:
    from didim.project import Window, displays, trial

    with Window((64, 64), offscreen=not displays(), clock_ns=time.perf_counter_ns) as window:
        hz, size_px = (24, SPARED_PX) if window.is_software else (round(window.rate_hz(60)), FULL_PX)
        tried = trial(window, time.perf_counter, size_px, 1000 / hz)
        return {
            "renderer": window.renderer,
            "version": str(window.context.info["GL_VERSION"]),
            "software": window.is_software,
            "quality": str(tried.quality),
            "frame_ms": round(tried.frame_ms, 1),
            "size_px": size_px,
            "hz": hz,
        }


def _sound() -> dict[str, Any]:
    import pygame

    pygame.mixer.init()
    import pygame._sdl2.audio as devices  # only asks once the mixer is there

    return {"devices": list(devices.get_audio_device_names(False))}


QUESTIONS = {"displays": _displays, "graphics": _graphics, "sound": _sound}


def _main(name: str) -> None:
    try:
        answer = QUESTIONS[name]()
    except Exception as error:  # whatever a driver raises is the answer
        answer = {"error": str(error).rstrip(".") or type(error).__name__}
    print(f"\n{json.dumps(answer)}")


if __name__ == "__main__":
    _main(sys.argv[1])
