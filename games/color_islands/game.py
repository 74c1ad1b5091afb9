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

from .atoll import distance_share, risen
from .islands import CREAM, Island
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
        self._called: list[Island] = []
        self._arrived_s: dict[int, float] = {}

    def targets(self) -> list[Target]:
        if self._phase != "call":
            return []
        return [Target(each.place, each.radius_m, each.owner) for each in self._called]

    def update(self, tick: Tick) -> list[Cue]:
        self._see(tick)
        self._sea_s += tick.dt_s if self._phase == "dance" else 0.3 * tick.dt_s
        cues: list[Cue] = [Say("dance"), Music("island", BPM)] if tick.index == 0 else []
        age_s = tick.t_s - self._since_s
        if self._phase == "dance" and age_s >= self._dance_s and tick.players:
            cues += self._call()
        elif self._phase == "call":
            cues += self._arrive()
            everybody = bool(self._arrived_s) and len(self._arrived_s) == len(tick.players)
            settled_s = tick.t_s - max(self._arrived_s.values(), default=tick.t_s)
            if age_s >= self._call_s or (everybody and settled_s >= ALL_THERE_S):
                cues += self._wave()
        elif self._phase == "wave" and age_s >= WAVE_S:
            self._enter("dance")
            self._called = []
            self._dance_s = self._settings["dance_s"] * self._rng.uniform(0.7, 1.2)
            cues += [Music("island", BPM)]
        return [*cues, Finish()] if tick.t_s >= self._settings.round_s else cues

    def _enter(self, phase: Phase) -> None:
        self._phase, self._since_s = phase, self._t_s

    def _call(self) -> list[Cue]:
        """The islands rise at new places; it is as hard as the one who finds it hardest can bear."""
        here, spacing_m = self._players, self._settings["spacing_m"]
        hard = min(self._challenge[player.id] for player in here)
        self._islands = risen(self._surface, self._rng, 3 + round(3 * hard), here, spacing_m)
        self._called = [each for each in self._islands if each.kind == self._islands[0].kind]
        share = max(self._challenge.beyond(player.id, 1.25, 0.6) for player in here)
        share *= distance_share(self._surface) / self._settings.pace
        self._call_s = PATIENCE_S if self._settings["calm"] else share * self._settings["call_s"]
        self._arrived_s.clear()
        self._enter("call")
        spray = [Burst(each.place, FOAM, count=12) for each in self._islands]
        return [Music(None), Sound("go"), Say(self._called[0].kind), *spray]

    def _arrive(self) -> list[Cue]:
        """Any island of the called sign will do; one's own is nobody else's way."""
        cues: list[Cue] = []
        for player in self._players:
            feet = touching(player, self._surface)
            if not any(each.holds(foot) for each in self._called for foot in feet):
                self._arrived_s.pop(player.id, None)
            elif player.id not in self._arrived_s:
                self._arrived_s[player.id] = self._t_s
                cues += [Sound("chime", player.feet, 2.0 * len(self._arrived_s))]
        here = {player.id for player in self._players}
        self._arrived_s = {who: at_s for who, at_s in self._arrived_s.items() if who in here}
        return cues

    def _wave(self) -> list[Cue]:
        """Who is on such an island has points, the sooner the more; the others get their feet wet."""
        cues: list[Cue] = [Sound("splash"), Sound("whoosh")]
        for player in self._players:
            at_s = self._arrived_s.get(player.id)
            cues.append(self._challenge.tell(player.id, success=at_s is not None))
            if at_s is None:
                cues += [Sound("oops", player.feet)]
                continue
            points = LEAST + round(QUICK * max(0.0, 1 - (at_s - self._since_s) / self._call_s))
            color = self._called[0].color
            cues += [Score(player.id, points, player.feet), Burst(player.feet, color, count=40)]
            self._floaters.add("points", player.feet, self._t_s, reader=player, points=points)
        self._enter("wave")
        return [*cues, Sound("star")] if self._arrived_s else cues

    def draw(self, canvas: Canvas) -> None:
        age_s = self._t_s - self._since_s
        self._sea.draw(canvas, self._sea_s, lively=min(1.0, age_s) if self._phase == "dance" else 0.0)
        if self._phase != "dance":
            self._draw_islands(canvas, age_s)
        if self._t_s < self._settings.round_s - 10 or self._phase == "call":
            self._signs.edges(canvas, self._called[0].kind if self._called else "dance")
        self._marks.draw(canvas, self._t_s)
        self._floaters.draw(canvas, self._t_s)

    def _draw_islands(self, canvas: Canvas, age_s: float) -> None:
        waves = self._phase == "wave"
        left = None if waves or self._settings["calm"] else max(0.0, 1 - age_s / self._call_s)
        crowd = len(self._called) > 1
        for each in self._islands:
            sink = (4 * age_s - 3 * WAVE_S if each in self._called else age_s) / WAVE_S if waves else 0.0
            flag = self._seats[each.owner] if crowd and each.owner in self._seats else None
            since_s = 9.0 if waves else age_s
            each.draw(canvas, self._t_s, age_s=since_s, sink=sink, left=left, flag=flag)
        for each in self._called:
            if waves:
                share = min(1.0, age_s / WAVE_S)
                self._sea.draw_wave(canvas, each.place, each.radius_m, share, crowd=crowd)
            elif self._settings["level"] <= 2 and age_s > HINT_SHARE * self._call_s:
                canvas.ring(each.place, 1.1 * each.radius_m, CREAM, width_m=0.05, opacity=0.8)
        if self._called and not waves:
            self._sea.draw_call(canvas, self._called[0].kind, self._called[0].color, age_s)
