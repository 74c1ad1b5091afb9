"""Sounds are made of numbers, come from where they happen, and are measured in the mix that SDL writes."""

from __future__ import annotations

import subprocess
import sys
import wave
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from didim.play import SoundName
from didim.play._game import Tune
from didim.project.sound import EFFECTS, RATE_HZ, TUNES, Speaker, Speech, effect, tune, voice_found
from didim.project.sound._prompts import Prompt, Prompts
from didim.project.sound._speaker import panned

MIX = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from didim.project.sound import Speaker, Speech
with ThreadPoolExecutor(1) as worker:
    speaker = Speaker(4.0, Speech(Path(sys.argv[1])), worker)
    assert speaker.silent_because is None
    speaker.set_volume(float(sys.argv[2]))
    exec(sys.argv[3])
    for step in range(60):
        speaker.refresh(step / 60)
        time.sleep(1 / 60)
    speaker.close()
"""


def mixed(
    tmp_path: Path, does: str, *, volume: float = 1.0
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """A second of what is heard, (n, 2), -1 to 1."""
    out = tmp_path / "mix.raw"
    subprocess.run(
        [sys.executable, "-c", MIX, str(tmp_path), str(volume), does],
        check=True,
        env={"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(out), "PATH": "/usr/bin:/bin"},
        cwd=tmp_path,
        timeout=120,
    )
    return np.fromfile(out, np.int16).reshape(-1, 2) / 32768


def test_every_sound_and_tune_that_a_game_may_ask_for_exists() -> None:
    assert set(EFFECTS) == set(get_args(SoundName))
    assert set(TUNES) == set(get_args(Tune))


@pytest.mark.parametrize("name", EFFECTS)
def test_an_effect_is_short_clean_and_the_same_each_time(name: str) -> None:
    wave = effect(name)
    assert 0.05 <= len(wave) / RATE_HZ <= 2.5
    assert 0.6 <= np.abs(wave).max() <= 0.81
    assert abs(float(wave.mean())) < 0.02
    assert abs(wave[0]) < 0.02
    assert abs(wave[-1]) < 0.02
    effect.cache_clear()
    assert np.array_equal(effect(name), wave)


def test_semitones_raise_the_pitch() -> None:
    def loudest_hz(semitones: float) -> float:
        wave = effect("beep", semitones)
        return float(np.fft.rfftfreq(len(wave), 1 / RATE_HZ)[np.abs(np.fft.rfft(wave)).argmax()])

    assert loudest_hz(0) == pytest.approx(880, rel=0.01)
    assert loudest_hz(12) == pytest.approx(1760, rel=0.01)


@pytest.mark.parametrize("name", TUNES)
def test_a_tune_goes_round_without_a_seam(name: str) -> None:
    wave = tune(name, 120.0)
    assert len(wave) == round(16.0 * RATE_HZ)
    steps = np.abs(np.diff(wave))
    assert abs(float(wave[0] - wave[-1])) <= np.quantile(steps, 0.9999) + 0.02
    quarters = np.array_split(wave, 4)
    assert min(float(np.sqrt((part**2).mean())) for part in quarters) > 0.01, "it never falls silent"


def test_a_dance_has_its_beat_where_it_says() -> None:
    wave, beat = tune("dance", 120.0), RATE_HZ // 2
    low = np.convolve(np.abs(wave), np.ones(480) / 480, "same")
    on_beat = np.mean([low[k * beat + 1200] for k in range(1, 31)])
    between = np.mean([low[k * beat + beat // 2 - 2400] for k in range(1, 31)])
    assert on_beat > 1.3 * between


def test_a_wrong_pace_is_refused() -> None:
    with pytest.raises(ValueError, match="40 to 220"):
        tune("calm", 10.0)


def test_sounds_come_from_where_they_happen(tmp_path: Path) -> None:
    for x_m, louder in ((0.0, 0), (4.0, 1)):
        mix = mixed(tmp_path, f"speaker.play('chime', {x_m})")
        power = (mix**2).sum(axis=0)
        assert power[louder] > 20 * power[1 - louder] > 0
    left, right = panned(2.0, 4.0)
    assert left == pytest.approx(right)
    assert left**2 + right**2 == pytest.approx(1.0)


def test_the_master_volume_holds(tmp_path: Path) -> None:
    loud = np.abs(mixed(tmp_path, "speaker.play('beep')")).max()
    soft = np.abs(mixed(tmp_path, "speaker.play('beep')", volume=0.25)).max()
    assert soft == pytest.approx(0.25 * loud, rel=0.1)
    assert np.abs(mixed(tmp_path, "speaker.play('beep')", volume=0.0)).max() == 0


def test_music_plays_and_silence_silences(tmp_path: Path) -> None:
    playing = mixed(tmp_path, "speaker.music('dance', 120, 0.0); worker.shutdown(wait=True)")
    assert np.abs(playing[len(playing) // 2 :]).max() > 0.05
    stopped = (
        "speaker.music('dance', 120, 0.0); worker.shutdown(wait=True); speaker.refresh(0); speaker.silence()"
    )
    assert np.abs(mixed(tmp_path, stopped)).max() < 1e-3


def test_a_recorded_prompt_is_spoken_and_the_tune_ducks(tmp_path: Path) -> None:
    (tmp_path / "ko").mkdir()
    with wave.open(str(tmp_path / "ko" / "go.wav"), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(np.zeros(RATE_HZ, np.int16).tobytes())  # a silent word: what is left is the tune
    music = "speaker.music('dance', 120, 0.0); worker.shutdown(wait=True)"
    alone, under = (
        mixed(tmp_path, does) for does in (music, f"{music}; speaker.say('ko', 'go', '시작!', 0.0)")
    )
    # on a busy computer tune and word come late: it is enough that one part is ducked
    played = [mix[np.flatnonzero(mix.any(axis=1))[0] :] for mix in (alone, under)]
    parts = [np.array_split(mix[len(mix) // 4 : len(mix) * 3 // 4], 2) for mix in played]
    loud, ducked = ([float(np.sqrt((part**2).mean())) for part in each] for each in parts)
    assert min(quiet / full for full, quiet in zip(loud, ducked, strict=True) if full > 0.0) < 0.5


def recorded(folder: Path, message: str, hz: float) -> None:
    """A prompt of 0.25 s: a tone."""
    folder.mkdir(exist_ok=True)
    tone = 8000 * np.sin(2 * np.pi * hz * np.arange(RATE_HZ // 4) / RATE_HZ)
    with wave.open(str(folder / f"{message}.wav"), "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(tone.astype(np.int16).tobytes())


def heard_hz(mix: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[int]:
    """The tones of parts of 50 ms, hundreds of hertz, each once, in order."""
    parts = mix[: len(mix) // 2400 * 2400, 0].reshape(-1, 2400)
    loud = [part for part in parts if np.abs(part).max() > 0.1]
    tones = [round(float(np.abs(np.fft.rfft(part)).argmax()) * 20, -2) for part in loud]
    return [int(tone) for tone in dict.fromkeys(tones)]


def test_go_and_the_games_own_prompt_are_both_heard(tmp_path: Path) -> None:
    recorded(tmp_path / "ko", "go", 600.0)
    recorded(tmp_path / "ko", "pop", 1000.0)
    mix = mixed(tmp_path, "speaker.say('ko', 'go', '시작!', 0.0); speaker.say('ko', 'pop', '터뜨려요', 0.0)")
    assert heard_hz(mix) == [600, 1000]


def prompt(message: str, asked_s: float) -> Prompt:
    return Prompt("en", message, message, asked_s)


def test_prompts_wait_for_one_another_but_not_for_long() -> None:
    prompts = Prompts()
    for message in ("go", "pop", "great", "rest"):
        prompts.add(prompt(message, 1.0))
    prompts.add(prompt("great", 1.5))
    assert prompts.due(1.6, speaking=True) is None
    assert prompts.due(1.6, speaking=False) == prompt("pop", 1.0), "of four the oldest has gone"
    prompts.done()
    assert prompts.due(4.2, speaking=True) is None, "'rest' is stale, 'great' waits and is there once"
    assert prompts.due(4.6, speaking=True) == prompt("great", 1.5), "the newest is said in any case"
    prompts.done()
    assert prompts.due(4.6, speaking=False) is None


VOICE = """#!{python}
import shutil, sys
with open("said", "a") as said:
    print(sys.argv[-1], file=said)
shutil.copy("voice.wav", sys.argv[sys.argv.index("-w") + 1])
"""


@pytest.fixture
def voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in place of espeak-ng that answers with a tone of 1600 Hz; where it notes what it says."""
    recorded(tmp_path, "voice", 1600.0)
    program = tmp_path / "espeak-ng"
    program.write_text(VOICE.format(python=sys.executable), "utf-8")
    program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("didim.project.sound._speech.voice_found", lambda: str(program))
    return tmp_path / "said"


def test_a_broken_recording_gives_way_to_the_voice_and_that_to_the_text(tmp_path: Path, voice: Path) -> None:
    (tmp_path / "ko").mkdir()
    (tmp_path / "ko" / "go.ogg").write_bytes(b"no sound at all")
    say = f"speaker._speech._voice = '{voice.parent}/espeak-ng'; speaker.say('ko', 'go', '시작!', 0.0)"
    assert heard_hz(mixed(tmp_path, say)) == [1600]
    silent = "speaker.say('ko', 'go', '시작!', 0.0); speaker._speech._voice = None"
    assert heard_hz(mixed(tmp_path, silent)) == []


def test_voices_are_made_before_they_are_asked_for(tmp_path: Path, voice: Path) -> None:
    recorded(tmp_path / "en", "rest", 600.0)
    speech = Speech(tmp_path)
    speech.prepare("en", {"go": "Go!", "rest": "Have a rest", "pop": "Pop them!"})
    for text in ("Go!", "Pop them!"):
        speech.go_on()
        assert speech._making["en", text].wait() == 0
    speech.go_on()
    speech.close()
    assert voice.read_text("utf-8").splitlines() == ["Go!", "Pop them!"], "'rest' is recorded"


@pytest.mark.skipif(voice_found() is None, reason="needs espeak-ng")
def test_a_synthetic_voice_speaks_both_languages(tmp_path: Path) -> None:
    for language, text in (("ko", "별을 밟아요"), ("en", "Step on the star")):
        mix = mixed(tmp_path, f"speaker.say('{language}', 'star', '{text}', 0.0)")
        assert np.abs(mix).max() > 0.05


def test_without_a_device_play_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    with ThreadPoolExecutor(1) as worker:
        speaker = Speaker(4.0, Speech(None), worker)
        assert speaker.silent_because is not None
        speaker.play("plop", 1.0)
        speaker.music("calm", 90, 0.0)
        speaker.say("en", "go", "Go!", 0.0)
        speaker.refresh(1.0)
        speaker.close()
