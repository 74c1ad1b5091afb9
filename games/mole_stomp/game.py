"""Mole stomp: step on your mole before it hides; how quickly is measured in milliseconds."""

from __future__ import annotations

from didim.play import (
    Burst,
    Canvas,
    Cue,
    Finish,
    Floaters,
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
    Try,
    touching,
    up_rad,
)

from .board import Board
from .burrow import Burrow, Mole, points_for
from .garden import Dizzy, Garden
from .hedgehog import WARN, Hedgehog
from .mole import CRUMB

WAIT_S = (0.5, 1.3)  # before the next mole: none comes on a beat that can be counted
HEDGEHOG_SHARE = 0.14
HEDGEHOG_S = 2.6
OUCH_S = 1.5


class MoleStomp(KitGame):
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        super().__init__(surface, rng, settings)
        self._floaters = Floaters(surface, settings.words, cap_m=0.11)
        self._burrow = Burrow(surface, rng)
        self._garden = Garden(surface, rng)
        self._board = Board(settings.words)
        self._moles: list[Mole] = []
        self._hedgehogs: list[Hedgehog] = []
        self._dizzy: list[Dizzy] = []
        self._next_s: dict[int, float] = {}

    def targets(self) -> list[Target]:
        moles = [Target(mole.place, mole.radius_m, mole.player_id) for mole in self._moles]
        return moles + [Target(each.place, each.radius_m, kind="avoid") for each in self._hedgehogs]

    def update(self, tick: Tick) -> list[Cue]:
        self._see(tick)
        here = {player.id for player in tick.players}
        self._moles = [mole for mole in self._moles if mole.player_id in here]
        self._hedgehogs = [each for each in self._hedgehogs if each.left(tick.t_s) > 0]
        self._dizzy = [each for each in self._dizzy if each.left(tick.t_s) > 0]
        cues: list[Cue] = [Say("stomp"), Music("garden", 112)] if tick.index == 0 else []
        if self._board.update(tick):
            self._moles, self._hedgehogs = [], []
            cues += [Say("rest"), Sound("chime")]
        cues += self._hide()
        for player in tick.players:
            cues += self._step(player)
            cues += self._come_up(player, tick) if not self._board.shown else []
        if tick.t_s < self._settings.round_s:
            return cues
        return [*cues, *self._board.told(), Finish()]

    def _hide(self) -> list[Cue]:
        gone = [mole for mole in self._moles if mole.left(self._t_s) <= 0]
        for mole in gone:
            self._moles.remove(mole)
            self._wait(mole.player_id)
        return [self._challenge.tell(mole.player_id, success=False) for mole in gone]

    def _wait(self, player_id: int, longer_s: float = 0.0) -> None:
        self._next_s[player_id] = self._t_s + self._rng.uniform(*WAIT_S) + longer_s

    def _step(self, player: Player) -> list[Cue]:
        feet = touching(player, self._surface, side=self._settings["side"])
        cues: list[Cue] = []
        for mole in [mole for mole in self._moles if mole.player_id == player.id]:
            mole.watch(player, self._t_s)
        for mole in [m for m in self._moles if m.player_id == player.id and any(map(m.holds, feet))]:
            cues += self._stomp(player, mole)
        for each in [h for h in self._hedgehogs if any(f.distance_m(h.place) < h.radius_m for f in feet)]:
            self._hedgehogs.remove(each)
            self._wait(player.id, OUCH_S)
            self._floaters.add("ouch", each.place, self._t_s, WARN, reader=player)
            cues += [Try(player.id, False), Sound("oops", each.place), Burst(each.place, WARN, count=24)]
        return cues

    def _stomp(self, player: Player, mole: Mole) -> list[Cue]:
        self._moles.remove(mole)
        self._wait(mole.player_id)
        reaction_ms = mole.reaction_ms(self._t_s)
        self._board.note(mole.seat.number, reaction_ms)
        self._floaters.add("ms", mole.place, self._t_s, mole.seat.color, reader=player, ms=reaction_ms)
        self._dizzy.append(Dizzy(mole, self._t_s))
        points = points_for(round(1000 * (self._t_s - mole.born_s)))
        return [
            self._challenge.tell(mole.player_id, success=True),
            Score(mole.player_id, points, mole.place),
            Sound("thump", mole.place),
            Sound("pop", mole.place, 1.0 * points),
            Burst(mole.place, mole.seat.color, count=20),
            Burst(mole.place, CRUMB, count=12),
        ]

    def _come_up(self, player: Player, tick: Tick) -> list[Cue]:
        if tick.t_s < self._next_s.setdefault(player.id, tick.t_s + self._rng.uniform(*WAIT_S)):
            return []
        if any(mole.player_id == player.id for mole in self._moles):
            return []
        spacing_m, reach_m = self._settings["spacing_m"], self._settings["reach_m"]
        holes = self._burrow.free(player, tick.players, self.targets(), spacing_m, reach_m)
        if not holes:
            return []
        hole, radius_m = self._rng.choice(holes), self._burrow.radius_m
        if self._settings["hedgehogs"] and self._rng.random() < HEDGEHOG_SHARE and not self._hedgehogs:
            self._hedgehogs.append(Hedgehog(hole, radius_m, tick.t_s, HEDGEHOG_S))
            self._wait(player.id)
            return [Sound("whoosh", hole)]
        share = self._challenge.beyond(player.id, 1.3, 0.5)
        life_s = self._settings.lasting_s(share * self._settings["mole_s"])
        seat, up = tick.seats[player.id], up_rad(player, hole)
        stood = player.left.place, player.right.place
        self._moles.append(Mole(player.id, hole, radius_m, tick.t_s, life_s, seat, up, stood))
        return [Sound("plop", hole, 4.0)]

    def draw(self, canvas: Canvas) -> None:
        canvas.fill("meadow")
        self._garden.draw(canvas, self._t_s)
        self._garden.draw_air(canvas, self._t_s)
        self._burrow.draw(canvas)
        for dizzy in self._dizzy:
            dizzy.draw(canvas, self._t_s)
        for hedgehog in self._hedgehogs:
            hedgehog.draw(canvas, self._t_s)
        for mole in sorted(self._moles, key=lambda mole: -mole.place.y_m):
            mole.draw(canvas, self._t_s, timed=not self._settings["calm"])
        if self._t_s < self._settings.round_s - 10:
            self._signs.edges(canvas, "rest" if self._board.shown else "stomp")
        self._marks.draw(canvas, self._t_s)
        self._floaters.draw(canvas, self._t_s)
        self._board.draw(canvas, self._t_s)
