"""Color islands: the music stops, an island is called; be on it before the wave comes."""

from __future__ import annotations

from typing import Literal

from didim.play import (
    Burst,
    Canvas,
    Cue,
    Finish,
    KitGame,
    Music,
    Rng,
    Say,
    Score,
    Settings,
    Sound,
    Surface,
    Target,
    Tick,
    touching,
)

from .islands import CREAM, Island, distance_share, risen
from .sea import BPM, FOAM, Sea

WAVE_S = 1.7
ALL_THERE_S = 0.5
PATIENCE_S = 40.0  # in calm play the wave waits for everybody, and so long for who will not come
LEAST, QUICK = 4, 6  # points for being there, and on top of it for being there at once
HINT_SHARE = 0.5

Phase = Literal["dance", "call", "wave"]


class ColorIslands(KitGame):
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        super().__init__(surface, rng, settings)
        self._sea = Sea(surface, rng)
        self._phase: Phase = "dance"
        self._since_s = self._sea_s = 0.0
        self._dance_s: float = settings["dance_s"]
        self._call_s = 1.0
        self._islands: list[Island] = []
        self._called: Island | None = None
        self._arrived_s: dict[int, float] = {}

    def targets(self) -> list[Target]:
        if self._called is None or self._phase != "call":
            return []
        return [Target(self._called.place, self._called.radius_m)]

    def update(self, tick: Tick) -> list[Cue]:
        self._see(tick)
        self._sea_s += tick.dt_s if self._phase == "dance" else 0.3 * tick.dt_s
        cues: list[Cue] = [Say("dance"), Music("island", BPM)] if tick.index == 0 else []
        age_s = tick.t_s - self._since_s
        if self._phase == "dance" and age_s >= self._dance_s and tick.players:
            cues += self._call()
        elif self._phase == "call" and self._called is not None:
            cues += self._arrive(self._called)
            everybody = bool(self._arrived_s) and len(self._arrived_s) == len(tick.players)
            settled_s = tick.t_s - max(self._arrived_s.values(), default=tick.t_s)
            if age_s >= self._call_s or (everybody and settled_s >= ALL_THERE_S):
                cues += self._wave(self._called)
        elif self._phase == "wave" and age_s >= WAVE_S:
            self._enter("dance")
            self._called = None
            self._dance_s = self._settings["dance_s"] * self._rng.uniform(0.7, 1.2)
            cues += [Music("island", BPM)]
        return [*cues, Finish()] if tick.t_s >= self._settings.round_s else cues

    def _enter(self, phase: Phase) -> None:
        self._phase, self._since_s = phase, self._t_s

    def _call(self) -> list[Cue]:
        """The islands rise at new places; it is as hard as the one who finds it hardest can bear."""
        hard = min(self._challenge[player.id] for player in self._players)
        self._islands = risen(self._surface, self._rng, 3 + round(3 * hard), len(self._players))
        self._called = self._rng.choice(self._islands)
        share = (1.25 - 0.65 * hard) * distance_share(self._surface) / self._settings.pace
        self._call_s = PATIENCE_S if self._settings["calm"] else share * self._settings["call_s"]
        self._arrived_s.clear()
        self._enter("call")
        spray = [Burst(each.place, FOAM, count=12) for each in self._islands]
        return [Music(None), Sound("go"), Say(self._called.kind), *spray]

    def _arrive(self, called: Island) -> list[Cue]:
        cues: list[Cue] = []
        for player in self._players:
            if not any(called.holds(foot) for foot in touching(player, self._surface)):
                self._arrived_s.pop(player.id, None)
            elif player.id not in self._arrived_s:
                self._arrived_s[player.id] = self._t_s
                cues += [Sound("chime", called.place, 2.0 * len(self._arrived_s))]
        here = {player.id for player in self._players}
        self._arrived_s = {who: at_s for who, at_s in self._arrived_s.items() if who in here}
        return cues

    def _wave(self, called: Island) -> list[Cue]:
        """Who is on the island has points, the sooner the more; the others get their feet wet."""
        cues: list[Cue] = [Sound("splash"), Sound("whoosh")]
        for player in self._players:
            at_s = self._arrived_s.get(player.id)
            cues.append(self._challenge.tell(player.id, success=at_s is not None))
            if at_s is None:
                cues += [Sound("oops", player.feet)]
                continue
            points = LEAST + round(QUICK * max(0.0, 1 - (at_s - self._since_s) / self._call_s))
            cues += [Score(player.id, points, called.place), Burst(player.feet, called.color, count=40)]
            self._floaters.add("points", player.feet, self._t_s, reader=player, points=points)
        self._enter("wave")
        return [*cues, Sound("star", called.place)] if self._arrived_s else cues

    def draw(self, canvas: Canvas) -> None:
        age_s = self._t_s - self._since_s
        self._sea.draw(canvas, self._sea_s, lively=min(1.0, age_s) if self._phase == "dance" else 0.0)
        if self._phase != "dance":
            self._draw_islands(canvas, age_s)
        if self._t_s < self._settings.round_s - 10 or self._phase == "call":
            self._signs.edges(canvas, self._called.kind if self._called else "dance")
        self._marks.draw(canvas, self._t_s)
        self._floaters.draw(canvas, self._t_s)

    def _draw_islands(self, canvas: Canvas, age_s: float) -> None:
        called, waves = self._called, self._phase == "wave"
        left = None if waves or self._settings["calm"] else max(0.0, 1 - age_s / self._call_s)
        for each in self._islands:
            sink = (age_s if each is not called else 4 * age_s - 3 * WAVE_S) / WAVE_S if waves else 0.0
            each.draw(canvas, self._t_s, age_s=9.0 if waves else age_s, sink=sink, left=left)
        if called is None:
            return
        if waves:
            self._sea.draw_wave(canvas, called.place, called.radius_m, min(1.0, age_s / WAVE_S))
        elif self._settings["level"] <= 2 and age_s > HINT_SHARE * self._call_s:
            canvas.ring(called.place, 1.1 * called.radius_m, CREAM, width_m=0.05, opacity=0.8)
        if not waves:
            self._sea.draw_call(canvas, called.kind, called.color, age_s)
