"""Lily pads: step on a pad before it sinks; an early landing scores more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from didim.play import (
    Burst,
    Canvas,
    Cue,
    Finish,
    KitGame,
    Music,
    Player,
    Point,
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
)

from .pads import FRESH, STAR, Bloom, Pad, fitting_radius_m, path
from .pond import Pond

PADS_PER_PLAYER = 2
RISE_EVERY_S = 0.3
TRIES, URGENT_TRIES, AGAIN_S = 3, 10, 0.1
NEAREST_M = 0.5  # a leaf is a step away
GOLDEN_SHARE = 0.15
HINT_AFTER_S = 6.0
RING_RADII = 1.2  # of a pad, with its ring of time


class LilyPads(KitGame):
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        super().__init__(surface, rng, settings)
        self._pond = Pond(surface, rng)
        self._rose_s: dict[int, float] = {}
        self._pads: list[Pad] = []
        self._blooms: list[Bloom] = []
        self._landed_s: dict[int, float] = {}

    def targets(self) -> list[Target]:
        return [Target(pad.center, pad.radius_m, pad.risen_for) for pad in self._pads]

    def update(self, tick: Tick) -> list[Cue]:
        self._see(tick)
        self._pond.update(tick)
        self._blooms = [bloom for bloom in self._blooms if bloom.left(tick.t_s) > 0]
        cues: list[Cue] = [Say("leaf"), Music("calm", 84)] if tick.index == 0 else []
        for player in tick.players:
            self._landed_s.setdefault(player.id, tick.t_s)
        cues += self._sink()
        feet = {p.id: touching(p, self._surface, side=self._settings["side"]) for p in tick.players}
        cues += [cue for pad in list(self._pads) for cue in self._land(pad, feet)]
        self._rise()
        return [*cues, Finish()] if tick.t_s >= self._settings.round_s else cues

    def _sink(self) -> list[Cue]:
        here = {player.id for player in self._players}
        sunk = [pad for pad in self._pads if pad.left(self._t_s) <= 0]
        self._pads = [pad for pad in self._pads if pad not in sunk]
        missed = [pad.risen_for for pad in sunk if pad.risen_for in here]
        return [self._challenge.tell(who, success=False) for who in missed]

    def _land(self, pad: Pad, feet: Mapping[int, Sequence[Point]]) -> list[Cue]:
        """Everyone who stands on the pad scores: nobody loses it to a faster foot of the same moment."""
        landed = [player for player in self._players if any(map(pad.holds, feet[player.id]))]
        if not landed:
            return []
        points = pad.points(self._t_s)
        self._pads.remove(pad)
        self._blooms.append(Bloom(pad, self._t_s))
        self._floaters.add("points", pad.center, self._t_s, reader=landed[0], points=points)
        self._challenge.tell(pad.risen_for, success=True)
        for player in landed:
            self._landed_s[player.id] = self._t_s
        scores = [Score(player.id, points, pad.center) for player in landed]
        hits = [Try(player.id, True) for player in landed]  # whoever it had risen for
        spray = Burst(pad.center, STAR if pad.golden else self._seats[landed[0].id].color)
        return [*hits, *scores, Sound("chime" if pad.golden else "plop", pad.center), spray]

    def _rise(self) -> None:
        """Let pads rise for whoever has too few, who has fewest first."""
        count = max(1, len(self._players), self._settings["players"])
        radius_m = fitting_radius_m(self._surface, count, self._settings["pad_radius_m"])
        risen = Counter(pad.risen_for for pad in self._pads)
        for player in sorted(self._players, key=lambda p: (risen[p.id], self._landed_s[p.id])):
            waits = self._t_s - self._rose_s.get(player.id, -math.inf) < RISE_EVERY_S
            if risen[player.id] >= PADS_PER_PLAYER or waits:
                continue
            tries = TRIES if risen[player.id] else URGENT_TRIES
            place = self._roomiest(player, radius_m, tries)
            self._rose_s[player.id] = self._t_s if place else self._t_s - RISE_EVERY_S + AGAIN_S
            if place is not None:
                self._pads.append(self._fresh_pad(player, place, radius_m))
            elif not risen[player.id]:
                self._make_room(player, risen)

    def _roomiest(self, player: Player, radius_m: float, tries: int) -> Point | None:
        """Of a few places the one that draws the player away from the others, who need room, too."""
        taken = [Target(pad.center, RING_RADII * pad.radius_m, pad.risen_for) for pad in self._pads]
        asked = player, self._players, taken, RING_RADII * radius_m, self._rng
        found = [
            place
            for place in (self._places.find(*asked, nearest_m=NEAREST_M) for _ in range(tries))
            if place is not None
        ]
        others = [other.feet for other in self._players if other.id != player.id]
        others += [pad.center for pad in self._pads if pad.risen_for != player.id]
        return max(found, key=lambda place: min(map(place.distance_m, others), default=0.0), default=None)

    def _make_room(self, player: Player, risen: Counter[int]) -> None:
        """The nearest pad of somebody who has another one dives for who has none."""
        spare = [pad for pad in self._pads if risen[pad.risen_for] > 1]
        pad = min(spare, key=lambda pad: pad.center.distance_m(player.feet), default=None)
        if pad is not None:
            self._pads.remove(pad)
            risen[pad.risen_for] -= 1

    def _fresh_pad(self, player: Player, place: Point, radius_m: float) -> Pad:
        golden = self._rng.random() < GOLDEN_SHARE
        turn_rad = self._rng.uniform(-math.pi, math.pi)
        share = self._challenge.beyond(player.id, 1.5, 0.5)
        life_s = self._settings.lasting_s(share * self._settings["pad_life_s"])
        return Pad(player.id, place, radius_m, self._t_s, life_s, golden, turn_rad)

    def draw(self, canvas: Canvas) -> None:
        self._pond.draw(canvas)
        for bloom in self._blooms:
            bloom.draw(canvas, self._t_s)
        for pad in self._pads:
            pad.draw(canvas, self._t_s)
        for player in self._players:
            if self._pads and self._t_s - self._landed_s.get(player.id, self._t_s) > HINT_AFTER_S:
                pad = min(self._pads, key=lambda pad: pad.center.distance_m(player.feet))
                canvas.trail(path(player.feet, pad.center), FRESH, width_m=0.025)
        if self._t_s < self._settings.round_s - 10:
            self._signs.edges(canvas, "star" if any(pad.golden for pad in self._pads) else "leaf")
        self._marks.draw(canvas, self._t_s)
        self._floaters.draw(canvas, self._t_s)
