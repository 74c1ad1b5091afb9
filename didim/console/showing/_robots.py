"""A desk whose stage is in this very process: robots do what the light asks of them."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count

from didim.geometry import Surface
from didim.play import GamePack, Player, robots
from didim.run.commands import Command
from didim.run.engagement import Engagement
from didim.run.ledger import Entry, RoundEntry
from didim.run.live import Live, Surroundings
from didim.run.outside import Outside, Place
from didim.run.telling import Teller

STEP_S = 1 / 30


class RobotDesk:
    """A `Desk`; its time goes on by `play`, and by a little each time somebody looks.

    Args:
        skills: of the robots, by the names of `didim.play.SKILLS`.
        look_s: how much time goes by with each look, seconds; 0 makes a still.
    """

    def __init__(
        self,
        games: Mapping[str, GamePack],
        surface: Surface,
        skills: tuple[str, ...] = ("good", "fair", "good", "fair"),
        *,
        seed: int = 0,
        look_s: float = 0.0,
    ) -> None:
        self._lock = threading.Lock()
        names = count(1)
        place = Place("didim", surface.kind, surface, games)
        outside = Outside(self._tell, lambda: datetime.now(UTC), lambda: f"show-{next(names)}")
        self._engagement = Engagement(place, outside)
        self._teller = Teller("hall", Surroundings(surface.kind, surface.width_m, surface.height_m))
        self._robots = robots(surface, skills, seed=seed)
        self._look_s, self._t_s, self._numbers = look_s, 0.0, count(1)
        self._ended: list[str] = []
        self._players: tuple[Player, ...] = ()
        self._live = Live()
        self.play(STEP_S)

    def send(self, command: Command) -> int:
        """As `Desk.send`."""
        with self._lock:
            number = next(self._numbers)
            self._engagement.take(command, number)
            self._look()
        return number

    def live(self) -> Live:
        """As `Desk.live`."""
        if self._look_s:
            self.play(self._look_s)
        return self._live

    def play(self, seconds: float) -> None:
        """Let some time go by."""
        with self._lock:
            for _ in range(max(1, round(seconds / STEP_S))):
                self._step()
            self._look()

    def _step(self) -> None:
        self._t_s += STEP_S
        targets = self._engagement.targets()
        walked = [robot.step(targets, self._t_s, STEP_S) for robot in self._robots]
        self._players = tuple(walked)
        self._engagement.advance(self._t_s, self._players, ())
        while self._ended:
            self._engagement.kept(self._ended.pop())

    def _look(self) -> None:
        self._live = self._teller.live(
            self._engagement,
            self._t_s,
            int(self._t_s * 1e9),
            self._players,
            pictures=round(self._t_s * 30),
            age_ms=18.0,
            shapes=True,
        ).whole()

    def _tell(self, entry: Entry) -> None:
        """Nobody writes here: what is over is taken for kept."""
        if isinstance(entry, RoundEntry) and entry.state != "running":
            self._ended.append(entry.began.key)
