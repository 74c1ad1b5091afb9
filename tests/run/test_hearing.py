"""A pack brings its own recorded prompts; calm play is quieter."""

from __future__ import annotations

import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from didim.play import create

RATE_HZ, TONE_HZ = 48_000, 660.0

HEARD = """
import sys, time
from pathlib import Path
from didim.geometry import Surface
from didim.play import Say, checked_settings, discover
from didim.rig import Loudness
from didim.run.hearing import SPEECH_FOLDER, Hearing
pack = discover([Path(sys.argv[1])])["hop"]
settings = checked_settings(pack, {"calm": sys.argv[3] == "calm"}, languages=(sys.argv[2], "en"))
folder = pack.folder / SPEECH_FOLDER
floor, calm = Surface("floor", 4.0, 3.0), settings["calm"]
with Hearing(floor, settings.words, folder, Loudness(1.0, 1.0), calm=calm) as hearing:
    assert hearing.silent_because is None
    hearing.take([Say("step")], 0.0)
    for step in range(40):
        hearing.take([], step / 60)
        time.sleep(1 / 60)
"""


def heard(
    root: Path, language: str, manner: str = "usual"
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """What is heard of the prompt in the first half second, -1 to 1."""
    out = root / "mix.raw"
    subprocess.run(
        [sys.executable, "-c", HEARD, str(root), language, manner],
        check=True,
        env={"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(out), "PATH": "/nowhere"},
        cwd=root,
        timeout=120,
    )
    return np.fromfile(out, np.int16).reshape(-1, 2)[: RATE_HZ // 2, 0] / 32768


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A folder with one game, whose prompt "step" is recorded in Korean alone: a tone."""
    folder = create("hop", tmp_path) / "speech" / "ko"
    folder.mkdir(parents=True)
    tone = 8000 * np.sin(2 * np.pi * TONE_HZ * np.arange(RATE_HZ) / RATE_HZ)
    with wave.open(str(folder / "step.wav"), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(tone.astype(np.int16).tobytes())
    return tmp_path


def test_a_pack_speaks_with_its_own_recordings(packs: Path) -> None:
    spoken = heard(packs, "ko")
    loudest_hz = np.fft.rfftfreq(len(spoken), 1 / RATE_HZ)[np.abs(np.fft.rfft(spoken)).argmax()]
    assert loudest_hz == pytest.approx(TONE_HZ, abs=5)
    assert np.abs(heard(packs, "en")).max() == 0, "no English recording, and no voice on that path"


def test_calm_play_is_quieter(packs: Path) -> None:
    usual, calm = (np.abs(heard(packs, "ko", manner)).max() for manner in ("usual", "calm"))
    assert calm == pytest.approx(0.6 * usual, rel=0.1)
