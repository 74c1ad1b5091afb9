"""Hopscotch: a way lights up tile by tile; remember it and walk it."""

from __future__ import annotations

from didim.play import (
    Burst,
    Canvas,
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
    footing,
)

from .bench import Bench
from .field import CREAM, GOLD, draw_field
from .grid import side_by_side
from .lane import Event, Lane
from .playground import Playground

LANES_MOST = 4
ROOM_M = 0.6  # that chalk takes beside a field
SHORTEST = 3
DWELL_S = 0.5  # a foot that only brushes a tile on its way has not chosen it
STEP, HELPED_STEP = 2, 1  # points for a tile
SCALE = (0, 2, 4, 7, 9, 12, 14, 16, 19, 21)  # pentatonic: a way is a melody


class Hopscotch(KitGame):
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        super().__init__(surface, rng, settings)
        self._lanes = [Lane(grid) for grid in side_by_side(surface, settings["spacing_m"], LANES_MOST)]
        self._turns = Turns(len(self._lanes))
        count = len(self._lanes)
        beside_m = [surface.width_m * index / count for index in range(1, count)]
        margin_m = self._lanes[0].grid.left_m
        outside_m = [margin_m / 2, surface.width_m - margin_m / 2] if margin_m > ROOM_M else []
        self._bench = Bench(surface, beside_m or [margin_m / 2, surface.width_m - margin_m / 2])
        self._playground = Playground(surface, rng, [*beside_m, *outside_m])

    def targets(self) -> list[Target]:
        return [
            Target(lane.next_place, lane.grid.tile_m / 2, self._turns.at(index))
            for index, lane in enumerate(self._lanes)
            if lane.next_place is not None and self._turns.at(index) is not None
        ]

    def update(self, tick: Tick) -> list[Cue]:
        self._see(tick)
        cues: list[Cue] = [Say("watch"), Music("chalk", 96)] if tick.index == 0 else []
        before = [self._turns.at(index) for index in range(len(self._lanes))]
        self._turns.update(player.id for player in tick.players)
        players = {player.id: player for player in tick.players}
        for index, lane in enumerate(self._lanes):
            player = players.get(self._turns.at(index) or -1)
            if player is None:
                lane.clear()
                continue
            if player.id != before[index] or not lane.way:
                self._begin(lane, player)
            patience = self._challenge.beyond(player.id, 1.1, 0.7) / self._settings.pace
            help_after_s = patience * self._settings["help_after_s"]
            for event in lane.update(footing(player), tick.t_s, help_after_s, patience * DWELL_S):
                cues += self._cues(event, lane, player)
        return [*cues, Finish()] if tick.t_s >= self._settings.round_s else cues

    def _begin(self, lane: Lane, player: Player) -> None:
        length = round(self._challenge.between(player.id, SHORTEST, lane.grid.rows + 2))
        share = self._challenge.between(player.id, 1.15, 0.7) / self._settings.pace
        lane.begin(self._rng, length, share * self._settings["show_s"], player.feet, self._t_s)

    def _cues(self, event: Event, lane: Lane, player: Player) -> list[Cue]:
        color = self._seats[player.id].color
        pitch = SCALE[min(event.number, len(SCALE) - 1)] - 12.0
        if event.kind == "shown":
            return [Sound("chime", event.place, pitch), Burst(event.place, CREAM, count=8)]
        if event.kind == "stepped":
            points = STEP if lane.clean else HELPED_STEP
            return [
                Score(player.id, points, event.place),
                Sound("chime", event.place, pitch),
                Sound("plop", event.place),
                Burst(event.place, color, count=26),
            ]
        if event.kind == "walked":
            return self._walked(event, lane, player)
        missed = self._challenge.tell(player.id, success=False)
        return [missed, Sound("oops" if event.kind == "wrong" else "whoosh", event.place)]

    def _walked(self, event: Event, lane: Lane, player: Player) -> list[Cue]:
        points = event.number if lane.clean else 1
        hit = [self._challenge.tell(player.id, success=True)] if lane.clean else []
        self._floaters.add("points", event.place, self._t_s, reader=player, points=points)
        self._turns.end(player.id)
        lane.clear()
        cues: list[Cue] = [Score(player.id, points, event.place), Sound("star", event.place)]
        return [*hit, *cues, *(Burst(lane.grid.place(tile), GOLD, count=12) for tile in lane.grid.tiles[::2])]

    def draw(self, canvas: Canvas) -> None:
        self._playground.draw(canvas, self._t_s)
        for index, lane in enumerate(self._lanes):
            who = self._turns.at(index)
            draw_field(canvas, lane, self._t_s, self._seats[who] if who is not None else None)
        if self._t_s < self._settings.round_s - 10:
            walking = any(lane.walking for lane in self._lanes)
            self._signs.edges(canvas, "walk" if walking else "watch")
        players = {player.id: player for player in self._players}
        seats = {who: self._seats[who] for who in players}
        self._bench.draw(canvas, self._turns.waiting, players, seats, self._t_s)
        self._marks.draw(canvas, self._t_s)
        self._floaters.draw(canvas, self._t_s)
