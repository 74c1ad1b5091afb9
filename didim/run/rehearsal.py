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
from didim.project import Stage, Window, open_sink, straight_projector

FLOOR, WALL = Surface("floor", 4.0, 2.25), Surface("wall", 3.2, 1.8)
FILM_HZ, STEPS = 30, 2


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


class Troupe:
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
        troupe = Troupe(rehearsal)
        for index in range(round(seconds * FILM_HZ)):
            show(stage, troupe, index / FILM_HZ, 1 / FILM_HZ)
            sink.write(stage.read_frame(), index / FILM_HZ)
            if troupe.round.finished:
                break


def frames(
    rehearsal: Rehearsal, window: Window, seconds: float, hz: float = FILM_HZ
) -> Iterator[tuple[float, Stage]]:
    """Play for some seconds in an open window; after each frame its time, and the stage that drew it."""
    projector = straight_projector(rehearsal.surface, rehearsal.size_px)
    troupe = Troupe(rehearsal)
    with Stage(window, rehearsal.surface, projector, 1.0) as stage:
        for index in range(round(seconds * hz)):
            show(stage, troupe, index / hz, 1 / hz)
            yield index / hz, stage


def film_ms(rehearsal: Rehearsal, seconds: float) -> list[float]:
    """How long each frame of a film takes to play and draw, by the clock, milliseconds."""
    took_ms = []
    with ExitStack() as stack:
        stage = _stage(rehearsal, stack, offscreen=True)
        troupe = Troupe(rehearsal)
        for index in range(round(seconds * FILM_HZ)):
            began_s = time.perf_counter()
            show(stage, troupe, index / FILM_HZ, 1 / FILM_HZ)
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
        troupe = Troupe(rehearsal)
        frames = round(at_s * FILM_HZ)
        for index in range(frames):
            t_s = index / FILM_HZ
            cues = troupe.advance(t_s, 1 / FILM_HZ)
            _burst(stage, cues, t_s)
        show(stage, troupe, frames / FILM_HZ, 1 / FILM_HZ)
        return stage.read_frame()


def _stage(rehearsal: Rehearsal, stack: ExitStack, *, offscreen: bool) -> Stage:
    window = stack.enter_context(Window(rehearsal.size_px, offscreen=offscreen))
    projector = straight_projector(rehearsal.surface, rehearsal.size_px)
    return stack.enter_context(Stage(window, rehearsal.surface, projector, 1.0 if offscreen else None))


def show(stage: Stage, troupe: Troupe, t_s: float, dt_s: float) -> tuple[Cue, ...]:
    """Play on to `t_s` and draw it.

    Raises:
        GameError: the game crashed.
    """
    cues = troupe.advance(t_s, dt_s)
    _burst(stage, cues, t_s)
    troupe.round.draw(stage.canvas(t_s))
    stage.present()
    return cues


def _burst(stage: Stage, cues: Sequence[Cue], t_s: float) -> None:
    for cue in cues:
        if isinstance(cue, Burst):
            stage.burst(cue.at, cue.color, cue.count, t_s, kind=cue.kind)
