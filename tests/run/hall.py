"""An engagement with robots, for tests of what stands on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from didim.play import Cue, Player, RecordingCanvas, Robot, Surface, discover, robots
from didim.run.commands import Command, GamePart
from didim.run.engagement import Engagement
from didim.run.ledger import Entry, RoundEntry
from didim.run.outside import Outside, Place

FLOOR = Surface("floor", 4.0, 3.0)
GAMES = discover([Path(__file__).parents[2] / "games"])
HZ = 30
NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
SHORT = GamePart("lily_pads", {"round_s": 20, "lobby": False})


@dataclass
class Hall:
    """An engagement with robots, stepped by hand."""

    skills: tuple[str, ...] = ("good", "good")
    told: list[Entry] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    t_s: float = 100.0
    said: int = 0
    keeps: bool = True
    players: list[Player] = field(default_factory=list)

    def __post_init__(self) -> None:
        outside = Outside(
            self.told.append, lambda: NOON + timedelta(seconds=self.t_s), lambda: f"round {len(self.told)}"
        )
        self.engagement = Engagement(Place("Sunshine", "floor", FLOOR, GAMES), outside)
        self.robots: list[Robot] = robots(FLOOR, self.skills, seed=3)
        self.step()

    @property
    def phase(self) -> str:
        return self.engagement.phase

    def say(self, command: Command) -> None:
        self.said += 1
        self.engagement.take(command, self.said)
        self.step()

    def step(self, *, people: bool = True, silent: bool = False) -> None:
        self.t_s += 1 / HZ
        targets = self.engagement.targets()
        self.players = [robot.step(targets, self.engagement.act_s, 1 / HZ) for robot in self.robots if people]
        self.cues += self.engagement.advance(self.t_s, self.players, (), silent=silent)
        if self.keeps:
            for entry in self.told:
                if isinstance(entry, RoundEntry) and entry.state == "finished":
                    self.engagement.kept(entry.began.key)

    def until(self, reached: Callable[[], bool], *, within_s: float = 120.0) -> float:
        began_s = self.t_s
        while not reached():
            assert self.t_s - began_s < within_s, f"still {self.phase}"
            self.step()
        return self.t_s - began_s

    def wait(self, seconds: float) -> None:
        for _ in range(round(seconds * HZ)):
            self.step()

    def rounds(self) -> list[RoundEntry]:
        return [entry for entry in self.told if isinstance(entry, RoundEntry)]

    def texts(self) -> set[str]:
        canvas = RecordingCanvas()
        self.engagement.draw(canvas, self.t_s)
        return {word.details["words"] for word in canvas.drawn if word.word == "text"}
