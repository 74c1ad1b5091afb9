"""Lava bridge: cross on stones that grow narrow, from gem to gem, without a foot in the lava."""

from __future__ import annotations

import math

from didim.play import (
    Burst,
    Canvas,
    Challenge,
    Color,
    Cue,
    Finish,
    KitGame,
    Music,
    Player,
    Rng,
    Say,
    Score,
    Settings,
    Sound,
    Surface,
    Target,
    Tick,
    Turns,
    around,
    footing,
)

from .bridge import HOT, side_by_side
from .cavern import Cavern
from .crossing import CREAM, Crossing, Event

BRIDGES_MOST = 6
GEM, SINGED_GEM, OVER = 3, 1, 6  # points: a gem, one after a slip, a crossing without any
WIDER = 1.4  # than the widest, for whom that is too narrow still
NARROWER, NARROWEST_SHARE = 0.96, 0.9  # with each crossing without a slip
HELP_AFTER_S = 5.0
SINGED_S = 0.9
GOLD = Color(2.0, 1.3, 0.14)


class LavaBridge(KitGame):
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        super().__init__(surface, rng, settings)
        self._challenge = Challenge(settings, easiest=-0.5, hardest=1.0)  # no wider, no narrower
        self._bridges = side_by_side(surface, settings["spacing_m"], BRIDGES_MOST)
        self._turns = Turns(len(self._bridges))
        count = len(self._bridges)
        clear_x_m = [surface.width_m * index / count for index in range(1, count)]
        self._cavern = Cavern(surface, rng, clear_x_m or [0.2 * surface.width_m, 0.8 * surface.width_m])
        self._crossings: dict[int, Crossing] = {}
        self._share: dict[int, float] = {}
        self._singed_s: dict[int, float] = {}
        self._gems: dict[int, int] = {}
        self._earned: dict[int, int] = {}

    def targets(self) -> list[Target]:
        return [Target(crossing.place, 0.15, who) for who, crossing in self._crossings.items()]

    def update(self, tick: Tick) -> list[Cue]:
        self._see(tick)
        cues: list[Cue] = [Say("cross"), Music("lava", 88)] if tick.index == 0 else []
        self._turns.update(player.id for player in tick.players)
        for player in tick.players:
            index = self._turns.place_of(player.id)
            if index is not None and player.id not in self._crossings:
                self._begin(player, index)
        here = {p.id for p in tick.players if self._turns.place_of(p.id) is not None}
        self._crossings = {who: each for who, each in self._crossings.items() if who in here}
        for player in tick.players:
            if player.id in self._crossings:
                crossing, feet = self._crossings[player.id], footing(player)
                for event in crossing.update(feet, tick.t_s, HELP_AFTER_S / self._settings.pace):
                    cues += self._cues(event, player)
        return [*cues, Finish()] if tick.t_s >= self._settings.round_s else cues

    def _begin(self, player: Player, index: int) -> None:
        widest_m, narrowest_m = self._settings["widest_m"], self._settings["narrowest_m"]
        wide_m = self._challenge.beyond(player.id, widest_m, narrowest_m)
        wide_m = min(WIDER * widest_m, max(narrowest_m, wide_m)) * self._share.get(player.id, 1.0)
        self._crossings[player.id] = Crossing(self._bridges[index], wide_m, player.feet, self._t_s, self._rng)
        self._gems[player.id] = self._earned[player.id] = 0

    def _cues(self, event: Event, player: Player) -> list[Cue]:
        color = self._seats[player.id].color
        if event.kind == "on":
            return [Sound("join", event.place), Burst(event.place, color, count=16)]
        if event.kind == "slip":
            self._singed_s[player.id] = self._t_s
            self._floaters.add("hot", event.place, self._t_s, HOT, reader=player)
            return [
                Sound("splash", event.place),
                Sound("oops", event.place),
                Burst(event.place, HOT, count=50),
            ]
        if event.kind == "over":
            return self._over(event, player)
        self._gems[player.id] += 1
        points = GEM if event.clean else SINGED_GEM
        self._earned[player.id] += points
        chime = Sound("chime", event.place, 2.0 * (self._gems[player.id] % 8) - 8)
        return [Score(player.id, points, event.place), chime, Burst(event.place, color, count=30)]

    def _over(self, event: Event, player: Player) -> list[Cue]:
        """The other bank: the next bridge is a little narrower, or wider after a slip."""
        told = self._challenge.tell(player.id, success=event.clean)
        share = self._share.get(player.id, 1.0)
        self._share[player.id] = max(NARROWEST_SHARE, NARROWER * share) if event.clean else 1.0
        self._turns.end(player.id)
        del self._crossings[player.id]
        earned = self._earned[player.id] + (OVER if event.clean else 0)
        self._floaters.add("points", event.place, self._t_s, reader=player, points=earned)
        bonus: list[Cue] = [Score(player.id, OVER, event.place)] if event.clean else []
        return [told, *bonus, Sound("star", event.place), Burst(event.place, GOLD, count=70)]

    def draw(self, canvas: Canvas) -> None:
        self._cavern.draw(canvas, self._t_s)
        for index, bridge in enumerate(self._bridges):
            crossing = self._crossings.get(self._turns.at(index) or -1)
            if crossing is None:
                bridge.draw(canvas, self._t_s, self._settings["widest_m"], upwards=True, seat=None)
        for who, crossing in self._crossings.items():
            crossing.draw(canvas, self._t_s, self._seats[who])
        if self._t_s < self._settings.round_s - 10:
            self._signs.edges(canvas, "cross")
        self._marks.draw(canvas, self._t_s)
        for player in self._players:
            self._draw_state(canvas, player)
        self._cavern.draw_air(canvas, self._t_s)
        self._floaters.draw(canvas, self._t_s)

    def _draw_state(self, canvas: Canvas, player: Player) -> None:
        """Heat around who slipped; dots that circle around who waits."""
        cool = (self._t_s - self._singed_s.get(player.id, -9.0)) / SINGED_S
        if 0 <= cool < 1:
            canvas.glow(player.feet, 0.5, HOT, opacity=0.8 * (1 - cool))
            canvas.ring(player.feet, 0.2 + 0.3 * cool, HOT, width_m=0.03, opacity=1 - cool)
        if player.id in self._turns.waiting:
            for dot in around(player.feet, 0.3, 5, from_rad=-1.5 * self._t_s):
                canvas.disc(dot, 0.022 + 0.008 * math.sin(3 * self._t_s + dot.x_m), CREAM)
