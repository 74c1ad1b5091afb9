"""The course of a round: lobby, countdown, the game itself, results. Written once, for every game."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from didim.drawing import Canvas
from didim.geometry import Point, Surface
from didim.people import Foot, Player
from didim.play._calm import softened
from didim.play._catalog import load
from didim.play._chance import Rng
from didim.play._effects import Marks
from didim.play._game import Burst, Cue, Finish, Game, Music, Say, Score, Settings, Sound, Tell, Tick
from didim.play._lobby import Lobby
from didim.play._manifest import GamePack
from didim.play._palette import PLAYER_SYMBOLS, Seats, seat
from didim.play._passing import SoftCanvas, Unlabelled
from didim.play._signs import DARK, Signs
from didim.play._target import Target

COUNTDOWN_S = 3.0
RESULTS_S = 9.0
LEFT_ALONE_S = 20.0
EMPTY_LOBBY_S = 300.0
LAST_CALL_S = 10
CONFETTI_EVERY_S = 1.1

Phase = Literal["lobby", "countdown", "play", "keeping", "results", "over"]


class Course:
    """A game from the lobby to its results; itself a `Game`, and what the host runs.

    The game's own time begins when it does. Its points are shown as it goes; a game that everybody has
    left ends after 20 s, an empty lobby after five minutes. Where seats are reserved, the lobby asks those
    who are known to stand on their signs, and is left out where they do.

    Attributes:
        phase: where the round stands.
        since_s: when that phase began, in the round's time.
        points: by seat number, of everyone who played.
        told: by seat number, what the results tell beside the points.
        seats: who sits where.

    Args:
        seats: that are taken already, as from a check-in.
        keeps: the results wait for `kept`: somebody writes them down first.
    """

    def __init__(
        self,
        pack: GamePack,
        surface: Surface,
        rng: Rng,
        settings: Settings,
        *,
        seats: Seats | None = None,
        keeps: bool = False,
    ) -> None:
        self.phase: Phase = "lobby"
        self.points: dict[int, int] = {}
        self.told: dict[int, Tell] = {}
        self._keeps = keeps
        self._pack = pack
        self._surface = surface
        self._settings = settings
        self._game: Game = load(pack)(surface, rng, settings)
        self._signs = Signs(surface, settings.words)
        self._marks = Marks(surface)  # where the game itself draws none
        self.seats = Seats() if seats is None else seats
        numbers = sorted(self.seats.reserved) or range(1, min(pack.max_players, len(PLAYER_SYMBOLS)) + 1)
        self._lobby = Lobby(surface, self._signs, self.seats, numbers, expected=settings["players"])
        self._t_s = self.since_s = self._here_s = self._sprayed_s = 0.0
        self._began_index = self._counted = 0

    @property
    def lasts_s(self) -> float | None:
        """How long the present phase lasts at most; None: as long as it takes."""
        lasts: dict[Phase, float] = {
            "countdown": COUNTDOWN_S,
            "play": self._settings.round_s,
            "results": RESULTS_S,
        }
        return lasts.get(self.phase)

    def targets(self) -> Sequence[Target]:
        """What players are drawn to now, in the lobby and in the game; due in the round's time."""
        if self.phase == "lobby":
            return self._lobby.targets()
        if self.phase != "play":
            return []
        return [self._in_round_time(target) for target in self._game.targets()]

    def _in_round_time(self, target: Target) -> Target:
        if target.due_s is None:
            return target
        return replace(target, due_s=target.due_s + self.since_s if target.due_s < math.inf else None)

    def update(self, tick: Tick) -> list[Cue]:
        self._t_s = tick.t_s
        if self._settings["seated"]:
            tick = replace(tick, players=tuple(map(_seated, tick.players)))
        if tick.players:
            self._here_s = tick.t_s
        steps: dict[Phase, Callable[[Tick], list[Cue]]] = {
            "lobby": self._gather,
            "countdown": self._count,
            "play": self._play,
            "keeping": lambda tick: [] if self._keeps else self._show_results(),
            "results": self._celebrate,
            "over": lambda tick: [],
        }
        if self.phase != "lobby":
            self.seats.update(tick.players, tick.t_s)
        if self.phase in ("countdown", "results"):
            self._marks.update(tick.players, self.seats, tick.t_s)
        cues = steps[self.phase](tick)
        return [softened(cue) for cue in cues] if self._settings["calm"] else cues

    def _enter(self, phase: Phase, *cues: Cue) -> list[Cue]:
        self.phase, self.since_s = phase, self._t_s
        return list(cues)

    def _gather(self, tick: Tick) -> list[Cue]:
        if tick.players and not self._needs_lobby(tick):
            return self._enter("countdown", Say("get_ready"), Sound("tick"))
        cues = self._lobby.update(tick)
        if self._lobby.ready:
            return [*cues, *self._enter("countdown", Say("get_ready"), Sound("tick"))]
        if self._t_s - self._here_s >= EMPTY_LOBBY_S:
            return self._enter("over", Finish())
        return cues

    def _needs_lobby(self, tick: Tick) -> bool:
        """Those who are known must stand on their signs, unless they do; others as the setting says."""
        if not self.seats.reserved:
            return bool(self._settings["lobby"])
        seated = {self.seats[player.id].number for player in tick.players if player.id in self.seats}
        return not self.seats.reserved <= seated

    def _count(self, tick: Tick) -> list[Cue]:
        age_s = self._t_s - self.since_s
        if age_s >= COUNTDOWN_S:
            self._began_index = tick.index
            return [*self._enter("play", Say("go"), Sound("go")), *self._play(tick)]
        second = int(age_s + 0.5 * tick.dt_s)
        if second <= self._counted:
            return []
        self._counted = second
        return [Sound("tick")]

    def _play(self, tick: Tick) -> list[Cue]:
        for player in tick.players:
            self.points.setdefault(self.seats[player.id].number, 0)
        own = replace(
            tick, index=tick.index - self._began_index, t_s=self._t_s - self.since_s, seats=self.seats
        )
        cues: list[Cue] = []
        over = self._t_s - self._here_s >= LEFT_ALONE_S
        for cue in self._game.update(own):
            if isinstance(cue, Score) and cue.player_id in self.seats:
                number = self.seats[cue.player_id].number
                self.points[number] = self.points.get(number, 0) + cue.points
            if isinstance(cue, Tell) and cue.player_id in self.seats:
                self.told[self.seats[cue.player_id].number] = cue
            over = over or isinstance(cue, Finish)
            cues += [] if isinstance(cue, Finish) else [cue]
        if over:
            return [
                *cues,
                *self._enter("keeping", Music(None)),
                *([] if self._keeps else self._show_results()),
            ]
        return cues

    def kept(self) -> None:
        """The result is written down: show it."""
        self._keeps = False

    def _show_results(self) -> list[Cue]:
        self._sprayed_s = self._t_s
        return [*self._enter("results", Sound("fanfare"), Say("well_done")), *self._confetti()]

    def _celebrate(self, tick: Tick) -> list[Cue]:
        if self._t_s - self.since_s >= RESULTS_S:
            return self._enter("over", Finish())
        if self._t_s - self._sprayed_s >= CONFETTI_EVERY_S and self._t_s - self.since_s < RESULTS_S / 2:
            self._sprayed_s = self._t_s
            return self._confetti()
        return []

    def _confetti(self) -> list[Cue]:
        """For everyone, in their colors."""
        room_m = self._surface.width_m / (len(self.points) + 1)
        return [
            Burst(
                Point(room_m * (column + 1), self._surface.height_m / 2),
                seat(number).color,
                count=24,
                kind="confetti",
            )
            for column, number in enumerate(sorted(self.points))
        ]

    def draw(self, canvas: Canvas) -> None:
        canvas = SoftCanvas(canvas) if self._settings["calm"] else canvas
        age_s = self._t_s - self.since_s
        if self.phase == "countdown":
            self._game.draw(Unlabelled(canvas))
            self._marks.draw(canvas, self._t_s)
            self._signs.countdown(canvas, COUNTDOWN_S - age_s, COUNTDOWN_S)
            self._signs.edges(canvas, "get_ready")
            return
        if self.phase in ("play", "keeping"):
            self._game.draw(canvas)
            if self.phase == "play":
                self._draw_standing(canvas, age_s)
            return
        canvas.fill(self._pack.ground)
        if self.phase == "lobby":
            self._lobby.draw(canvas)
        else:
            self._marks.draw(canvas, self._t_s)
            self._signs.results(
                canvas, self.points, age_s, together=self._pack.scoring == "together", told=self.told
            )

    def _draw_standing(self, canvas: Canvas, age_s: float) -> None:
        """Points and the last seconds, over the game."""
        if self._pack.scoring == "together":
            self._signs.together(canvas, sum(self.points.values()))
        else:
            self._signs.scores(canvas, self.points)
        left_s = self._settings.round_s - age_s
        if 0 < left_s <= LAST_CALL_S and not self._settings["calm"]:
            self._signs.edges(canvas, "seconds_left", seconds=math.ceil(left_s))

    def draw_pause(self, canvas: Canvas) -> None:
        """The game as it stands, veiled, with a word to those who wait."""
        self.draw(Unlabelled(canvas))
        middle = Point(self._surface.width_m / 2, self._surface.height_m / 2)
        canvas.disc(middle, 2 * max(self._surface.width_m, self._surface.height_m), DARK, opacity=0.55)
        self._signs.pause(canvas)
        self._signs.edges(canvas, "paused")


def _seated(player: Player) -> Player:
    """Where the setting says that everybody plays from a chair, whatever the camera makes of them."""
    foot = Foot(player.feet, player.heading_rad, True, max(player.left.score, player.right.score))
    return player if player.plays == "seated" else replace(player, left=foot, right=foot, plays="seated")
