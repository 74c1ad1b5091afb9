"""Lily pads: step on a pad before it sinks; an early landing scores more."""

from __future__ import annotations

import math
from collections import Counter
from typing import Literal

from didim.play import (
    Burst,
    Canvas,
    Cue,
    Finish,
    Player,
    Point,
    Rng,
    Say,
    Score,
    Seats,
    Settings,
    Sound,
    Surface,
    Tick,
)

from .pads import FRESH, STAR, Bloom, Pad, fitting_radius_m, path, place_for
from .pond import Pond
from .signs import Signs

LEAD_IN_S = 5.0
RESULTS_S = 10.0
LAST_CALL_S = 10.0
PADS_PER_PLAYER = 2
RISE_EVERY_S = 0.8
GOLDEN_SHARE = 0.15
HINT_AFTER_S = 6.0

Phase = Literal["waiting", "lead_in", "play", "results", "over"]


class LilyPads:
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        self._surface = surface
        self._rng = rng
        self._round_s: float = settings["round_s"]
        self._pad_life_s: float = settings["pad_life_s"]
        self._pad_radius_m: float = settings["pad_radius_m"]
        self._pond = Pond(surface, rng)
        self._signs = Signs(surface, settings.words)
        self._seats = Seats()
        self._phase: Phase = "waiting"
        self._t_s = self._since_s = self._rose_s = 0.0
        self._players: tuple[Player, ...] = ()
        self._pads: list[Pad] = []
        self._blooms: list[Bloom] = []
        self._points: dict[int, int] = {}
        self._landed_s: dict[int, float] = {}

    def update(self, tick: Tick) -> list[Cue]:
        self._t_s, self._players = tick.t_s, tick.players
        self._seats.update(tick.players, tick.t_s)
        self._pond.update(tick, self._seats)
        self._blooms = [bloom for bloom in self._blooms if bloom.left(tick.t_s) > 0]
        cues = self._turn_page()
        if self._phase == "play":
            self._pads = [pad for pad in self._pads if pad.left(tick.t_s) > 0]
            for player in tick.players:
                self._points.setdefault(self._seats[player.id].number, 0)
                self._landed_s.setdefault(player.id, tick.t_s)
            cues += [cue for pad in list(self._pads) for cue in self._land(pad)]
            self._rise()
        return cues

    def _turn_page(self) -> list[Cue]:
        """Waiting, lead-in, play, results, over: the round's course."""
        age_s = self._t_s - self._since_s
        if self._phase == "waiting" and self._players:
            return self._enter("lead_in", Say("get_ready"))
        if self._phase == "lead_in" and not self._players:
            return self._enter("waiting")
        if self._phase == "lead_in" and age_s >= LEAD_IN_S:
            return self._enter("play", Say("leaf"), Sound("chime"))
        if self._phase == "play" and age_s >= self._round_s:
            self._pads = []
            here = {self._seats[player.id].number for player in self._players}
            self._points = {n: points for n, points in self._points.items() if points or n in here}
            return self._enter("results", Say("well_done"), Sound("fanfare"))
        if self._phase == "results" and age_s >= RESULTS_S:
            self._phase = "over"
            return [Finish()]
        return []

    def _enter(self, phase: Phase, *cues: Cue) -> list[Cue]:
        self._phase, self._since_s = phase, self._t_s
        return list(cues)

    def _land(self, pad: Pad) -> list[Cue]:
        """Everyone who stands on the pad scores: nobody loses it to a faster foot of the same moment."""
        landed = [p for p in self._players if pad.holds(p.left) or pad.holds(p.right)]
        if not landed:
            return []
        points = pad.points(self._t_s)
        self._pads.remove(pad)
        self._blooms.append(Bloom(pad, self._t_s, points))
        for player in landed:
            self._points[self._seats[player.id].number] += points
            self._landed_s[player.id] = self._t_s
        scores = [Score(player.id, points, pad.center) for player in landed]
        spray = Burst(pad.center, STAR if pad.golden else self._seats[landed[0].id].color)
        return [*scores, Sound("chime" if pad.golden else "plop", pad.center), spray]

    def _rise(self) -> None:
        """Let a pad rise near whoever has the fewest; each player gets one in `RISE_EVERY_S` at most."""
        if (self._t_s - self._rose_s) * len(self._players) < RISE_EVERY_S:
            return
        self._rose_s = self._t_s
        radius_m = fitting_radius_m(self._surface, len(self._players), self._pad_radius_m)
        taken = [*self._pads, *(bloom.pad for bloom in self._blooms)]
        risen = Counter(pad.risen_for for pad in self._pads)
        for player in sorted(self._players, key=lambda player: risen[player.id]):
            if risen[player.id] >= PADS_PER_PLAYER:
                return
            place = place_for(player, self._players, taken, radius_m, self._surface, self._rng)
            if place is not None:
                self._pads.append(self._fresh_pad(player, place, radius_m))
                return

    def _fresh_pad(self, player: Player, place: Point, radius_m: float) -> Pad:
        golden = self._rng.random() < GOLDEN_SHARE
        turn_rad = self._rng.uniform(-math.pi, math.pi)
        return Pad(player.id, place, radius_m, self._t_s, self._pad_life_s, golden, turn_rad)

    def draw(self, canvas: Canvas) -> None:
        self._pond.draw_water(canvas)
        for pad in self._pads:
            pad.draw(canvas, self._t_s)
        for player in self._players:
            if self._pads and self._t_s - self._landed_s.get(player.id, self._t_s) > HINT_AFTER_S:
                pad = min(self._pads, key=lambda pad: pad.center.distance_m(player.feet))
                canvas.trail(path(player.feet, pad.center), FRESH, width_m=0.025)
        self._draw_signs(canvas)
        self._pond.draw_feet(canvas)
        for bloom in self._blooms:
            bloom.draw(canvas, self._t_s)
            self._signs.points(canvas, bloom, self._t_s)

    def _draw_signs(self, canvas: Canvas) -> None:
        signs, age_s = self._signs, self._t_s - self._since_s
        if self._phase == "waiting":
            signs.welcome(canvas, self._t_s)
        elif self._phase == "lead_in":
            signs.edges(canvas, "get_ready")
            signs.countdown(canvas, LEAD_IN_S - age_s, LEAD_IN_S)
        elif self._phase == "play":
            signs.scores(canvas, self._points)
            left_s = self._round_s - age_s
            if left_s <= LAST_CALL_S:
                signs.edges(canvas, "seconds_left", seconds=max(1, math.ceil(left_s)))
            else:
                signs.edges(canvas, "star" if any(pad.golden for pad in self._pads) else "leaf")
        else:
            signs.results(canvas, self._points, age_s)
