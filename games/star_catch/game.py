"""Star catch: stand where a star comes down; all fill the nest together."""

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
    Try,
    touching,
)

from .nest import FULL, Nest
from .rain import Rain
from .stars import PALE, STAR, VIOLET, Homing, Star

POINTS, GREAT_POINTS, FULL_POINTS = 5, 15, 10
GREAT_STARS = 3  # that it counts for in the nest
SCALE = (0, 2, 4, 7, 9, 12, 14, 16, 19, 21, 24, 26)  # pentatonic: the nest fills with a melody


class StarCatch(KitGame):
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        super().__init__(surface, rng, settings)
        self._nest = Nest(surface, rng)
        self._rain = Rain(surface, rng, settings, Target(self._nest.middle, 1.15 * self._nest.radius_m))
        self._homing: list[Homing] = []

    def targets(self) -> list[Target]:
        return self._rain.targets()

    def update(self, tick: Tick) -> list[Cue]:
        self._see(tick)
        self._homing = [star for star in self._homing if star.left(tick.t_s) > 0]
        cues: list[Cue] = [Say("catch"), Music("space", 92)] if tick.index == 0 else []
        for star in list(self._rain.stars):
            cues += self._land(star)
        for star in self._rain.fall(tick.players, tick.t_s):
            cues += [Say("great"), Sound("go")] if star.great else [Sound("tick", star.source, 12.0)]
        return [*cues, Finish()] if tick.t_s >= self._settings.round_s else cues

    def _land(self, star: Star) -> list[Cue]:
        """A star is caught as soon as somebody is in its ring; the great one by all who are there in time."""
        inside = [p for p in self._players if any(star.holds(f) for f in touching(p, self._surface))]
        down = star.left(self._t_s) <= 0
        if inside and (down or not star.great or len(inside) == len(self._players)):
            return self._caught(star, inside)
        if not down or self._settings["calm"]:  # in calm play it waits where it came down
            return []
        self._rain.end(star, self._players, self._t_s, caught=False)
        cues: list[Cue] = [Sound("whoosh", star.place), Burst(star.place, STAR.times(0.3), count=14)]
        return [*self._tries(star, []), *cues]

    def _tries(self, star: Star, by: list[Player]) -> list[Try]:
        """A star is its player's to catch, or whoever's comes; the great one is everybody's."""
        caught = {player.id for player in by}
        asked = {star.falls_for} if not by else set()
        here = [player.id for player in self._players]
        return [Try(who, who in caught) for who in here if star.great or who in caught | asked]

    def _caught(self, star: Star, by: list[Player]) -> list[Cue]:
        self._rain.end(star, self._players, self._t_s, caught=True)
        points = GREAT_POINTS if star.great else POINTS
        reader = by[0] if len(by) == 1 else None
        self._floaters.add("points", star.place, self._t_s, reader=reader, points=points * len(by))
        size_m = 0.5 * min(0.4, star.radius_m)
        self._homing.append(Homing(star.at(self._t_s), self._nest.middle, size_m, self._t_s))
        pitch = SCALE[min(self._nest.held, FULL - 1)] - 12.0
        color = VIOLET if star.great else self._seats[by[0].id].color
        return [
            *self._tries(star, by),
            *(Score(player.id, points, star.place) for player in by),
            Sound("star", star.place) if star.great else Sound("chime", star.place, pitch),
            Burst(star.place, color, count=90 if star.great else 45),
            *(cue for _ in range(GREAT_STARS if star.great else 1) for cue in self._fill()),
        ]

    def _fill(self) -> list[Cue]:
        if not self._nest.take(self._t_s):
            return []
        middle = self._nest.middle
        self._floaters.add("full", middle, self._t_s, PALE, points=FULL_POINTS * len(self._players))
        scores = [Score(player.id, FULL_POINTS, middle) for player in self._players]
        return [*scores, Sound("fanfare", middle), Burst(middle, STAR, count=90, kind="confetti")]

    def draw(self, canvas: Canvas) -> None:
        canvas.fill("space")
        self._nest.draw_sky(canvas, self._t_s)
        self._nest.draw(canvas, self._t_s)
        for star in self._rain.stars:
            star.draw(canvas, self._t_s, timed=not self._settings["calm"])
        if self._t_s < self._settings.round_s - 10:
            self._signs.edges(canvas, "great" if self._rain.great else "catch")
        self._marks.draw(canvas, self._t_s)
        for homing in self._homing:
            homing.draw(canvas, self._t_s)
        self._floaters.draw(canvas, self._t_s)
