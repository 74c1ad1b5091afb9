"""A game played by robots, without camera or people: to try it, to film it, to picture it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from didim.geometry import Surface
from didim.play import (
    Burst,
    Cue,
    GamePack,
    Player,
    Robot,
    Round,
    Settings,
    checked_settings,
    reloaded,
    robots,
    settings_of,
)
from didim.problem import Problem
from didim.project import Stage, Window, open_sink, straight_projector
from didim.rig import Loudness
from didim.run.hearing import SPEECH_FOLDER, Hearing
from didim.run.timing import Pacer

FLOOR, WALL = Surface("floor", 4.0, 2.25), Surface("wall", 3.2, 1.8)
FILM_HZ, STEPS = 30, 2
WATCHED_HZ = 60
LOOK_AT_FILES_S = 0.5


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What is played, and by whom.

    Attributes:
        skills: of each robot, by the names of `didim.play.SKILLS`.
        size_px: of the picture, (width, height).
    """

    pack: GamePack
    settings: Settings
    skills: tuple[str, ...] = ("good", "fair", "good")
    seed: int = 0
    size_px: tuple[int, int] = (1280, 720)

    @property
    def surface(self) -> Surface:
        """A usual surface of the game's kind."""
        return FLOOR if self.pack.surfaces[0] == "floor" else WALL

    def renewed(self) -> Rehearsal:
        """The same with the game as its files say now.

        Raises:
            PackError: its manifest cannot be used any more.
        """
        pack = reloaded(self.pack)
        known = settings_of(pack)
        values = {name: value for name, value in self.settings.values.items() if name in known}
        words = self.settings.words
        languages = (words.near.language, words.far.language)
        return replace(self, pack=pack, settings=checked_settings(pack, values, languages=languages))

    def begin(self) -> tuple[Round, list[Robot]]:
        """A fresh round and its players.

        Raises:
            PackError, GameError: the game cannot be loaded or crashed.
        """
        fresh = Round.start(self.pack, self.surface, seed=self.seed, settings=self.settings)
        return fresh, robots(self.surface, self.skills, seed=self.seed)


class _Troupe:
    """A round and its robots, stepped together."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.round, self._robots = rehearsal.begin()

    def advance(self, t_s: float, dt_s: float) -> tuple[Cue, ...]:
        cues: list[Cue] = []
        for step in range(STEPS):
            at_s = t_s + step * dt_s / STEPS
            cues += self.round.advance(at_s, self._players(at_s, dt_s / STEPS))
        return tuple(cues)

    def _players(self, t_s: float, dt_s: float) -> Sequence[Player]:
        targets = self.round.targets()
        return [robot.step(targets, t_s, dt_s) for robot in self._robots]


def film(rehearsal: Rehearsal, out: Path, seconds: float) -> None:
    """Write what the projector shows to a video or a folder of pictures, thirty a second.

    Raises:
        ProjectError: it cannot be written, or there is no OpenGL.
    """
    with ExitStack() as stack:
        stage = _stage(rehearsal, stack, offscreen=True)
        sink = stack.enter_context(open_sink(out, rehearsal.size_px))
        troupe = _Troupe(rehearsal)
        for index in range(round(seconds * FILM_HZ)):
            _show(stage, troupe, index / FILM_HZ, 1 / FILM_HZ)
            sink.write(stage.read_frame(), index / FILM_HZ)
            if troupe.round.finished:
                break


def frames(
    rehearsal: Rehearsal, window: Window, seconds: float, hz: float = FILM_HZ
) -> Iterator[tuple[float, Stage]]:
    """Play for some seconds in an open window; after each frame its time, and the stage that drew it."""
    projector = straight_projector(rehearsal.surface, rehearsal.size_px)
    troupe = _Troupe(rehearsal)
    with Stage(window, rehearsal.surface, projector, 1.0) as stage:
        for index in range(round(seconds * hz)):
            _show(stage, troupe, index / hz, 1 / hz)
            yield index / hz, stage


def film_ms(rehearsal: Rehearsal, seconds: float) -> list[float]:
    """How long each frame of a film takes to play and draw, by the clock, milliseconds."""
    took_ms = []
    with ExitStack() as stack:
        stage = _stage(rehearsal, stack, offscreen=True)
        troupe = _Troupe(rehearsal)
        for index in range(round(seconds * FILM_HZ)):
            began_s = time.perf_counter()
            _show(stage, troupe, index / FILM_HZ, 1 / FILM_HZ)
            took_ms.append(1e3 * (time.perf_counter() - began_s))
    return took_ms


def picture(rehearsal: Rehearsal, at_s: float, window: Window | None = None) -> NDArray[np.uint8]:
    """What the projector shows `at_s` seconds after the first player came: (height, width, 3) uint8 RGB.

    It is drawn with the `window` that is open, or with one of its own.
    """
    with ExitStack() as stack:
        if window is None:
            window = stack.enter_context(Window(rehearsal.size_px, offscreen=True))
        projector = straight_projector(rehearsal.surface, rehearsal.size_px)
        stage = stack.enter_context(Stage(window, rehearsal.surface, projector, 1.0))
        troupe = _Troupe(rehearsal)
        frames = round(at_s * FILM_HZ)
        for index in range(frames):
            t_s = index / FILM_HZ
            cues = troupe.advance(t_s, 1 / FILM_HZ)
            _burst(stage, cues, t_s)
        _show(stage, troupe, frames / FILM_HZ, 1 / FILM_HZ)
        return stage.read_frame()


def watch(rehearsal: Rehearsal, *, seconds: float | None) -> list[str]:
    """Play in a window, round after round, and load the game anew whenever one of its files is saved.

    Returns what was wrong with the game meanwhile; the last version that ran goes on.
    """
    complaints: list[str] = []
    with ExitStack() as stack:
        window = stack.enter_context(Window(rehearsal.size_px, clock_ns=time.perf_counter_ns))
        stage = stack.enter_context(
            Stage(
                window,
                rehearsal.surface,
                straight_projector(rehearsal.surface, rehearsal.size_px),
                budget_ms=1000 / window.rate_hz(WATCHED_HZ),
            )
        )
        hearing = stack.enter_context(
            Hearing(
                rehearsal.surface,
                rehearsal.settings.words,
                rehearsal.pack.folder / SPEECH_FOLDER,
                Loudness(),
                calm=rehearsal.settings["calm"],
            )
        )
        files = _Files(rehearsal.pack.folder)
        troupe, pacer = _Troupe(rehearsal), Pacer(WATCHED_HZ)
        began_s = opened_s = time.monotonic()
        while not window.closing() and (seconds is None or time.monotonic() - opened_s < seconds):
            pacer.wait()
            began_ns = time.perf_counter_ns()
            saved = files.changed()
            if troupe.round.finished or saved:
                try:
                    rehearsal = rehearsal.renewed() if saved else rehearsal
                    troupe, began_s = _Troupe(rehearsal), time.monotonic()
                except Problem as problem:
                    complaints.append(str(problem))
            t_s = time.monotonic() - began_s
            hearing.take(_show(stage, troupe, t_s, 1 / WATCHED_HZ), t_s)
            stage.govern((time.perf_counter_ns() - began_ns) / 1e6 - stage.waited_ms)
    return complaints


def _stage(rehearsal: Rehearsal, stack: ExitStack, *, offscreen: bool) -> Stage:
    window = stack.enter_context(Window(rehearsal.size_px, offscreen=offscreen))
    projector = straight_projector(rehearsal.surface, rehearsal.size_px)
    return stack.enter_context(Stage(window, rehearsal.surface, projector, 1.0 if offscreen else None))


def _show(stage: Stage, troupe: _Troupe, t_s: float, dt_s: float) -> tuple[Cue, ...]:
    cues = troupe.advance(t_s, dt_s)
    _burst(stage, cues, t_s)
    troupe.round.draw(stage.canvas(t_s))
    stage.present()
    return cues


def _burst(stage: Stage, cues: Sequence[Cue], t_s: float) -> None:
    for cue in cues:
        if isinstance(cue, Burst):
            stage.burst(cue.at, cue.color, cue.count, t_s, kind=cue.kind)


class _Files:
    """Tells when a file of a game was saved."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen = self._stamps()
        self._looked_s = time.monotonic()

    def changed(self) -> bool:
        now_s = time.monotonic()
        if now_s - self._looked_s < LOOK_AT_FILES_S:
            return False
        self._looked_s, before = now_s, self._seen
        self._seen = self._stamps()
        return self._seen != before

    def _stamps(self) -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in self._folder.glob("*") if path.is_file()}
