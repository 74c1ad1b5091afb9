"""Dance steps: step on the pad when the arrow reaches it, in time with the music."""

from __future__ import annotations

from collections import defaultdict, deque

from didim.play import (
    Burst,
    Canvas,
    Challenge,
    Cue,
    Finish,
    Floaters,
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
)

from .homes import Homes
from .show import draw_floor, draw_home, draw_lights, draw_pads, draw_steps
from .steps import POINTS, Contacts, Step, Verdict, dance, judged, window_s

LEAD_BEATS = 4
SLACK_M = 0.03
BPM_LEAST, BPM_MOST = 60.0, 140.0
MELODY = (0.0, 4.0, 7.0, 12.0)  # what each pad sounds like
SIDES = {"both": (0, 1, 2, 3), "left": (1, 2, 3), "right": (0, 1, 3)}


class DanceSteps(KitGame):
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        super().__init__(surface, rng, settings)
        self._challenge = Challenge(settings, easiest=-0.5)  # the whole window is in time
        seated, expected = settings["seated"], settings["players"]
        self._homes = Homes(surface, settings["spacing_m"], seated=seated, at_least=expected)
        self._floaters = Floaters(surface, settings.words, cap_m=0.1)
        self._contacts = Contacts(surface)
        self.bpm = min(BPM_MOST, max(BPM_LEAST, settings["bpm"] * settings.pace))
        self._beat_s, level = 60.0 / self.bpm, settings["level"]
        self._window_s = window_s(self._beat_s, level)
        self._coming = dance(self._beat_s, level, SIDES[settings["side"]], rng)
        self._steps: deque[Step] = deque([next(self._coming)])
        self._done: set[int] = set()  # who has danced the step at hand
        self._hits: dict[int, tuple[int, float]] = {}
        self._streaks: defaultdict[int, int] = defaultdict(int)

    def targets(self) -> list[Target]:
        """The step at hand, or the next one for who has danced it, where that draws nobody to another."""
        at_hand = [self._target(who, 0) for who, _ in self._homes.items() if who not in self._done]
        ahead = [self._target(who, 1) for who, _ in self._homes.items() if who in self._done]
        near = self._homes.spacing_m
        return at_hand + [
            each for each in ahead if all(each.place.distance_m(other.place) >= near for other in at_hand)
        ]

    def _target(self, who: int, ahead: int) -> Target:
        step = self._steps[min(ahead, len(self._steps) - 1)]
        pad = self._homes.pad(self._homes.of(who), step.direction)
        return Target(pad, self._homes.pad_m, who, due_s=step.due_s)

    def update(self, tick: Tick) -> list[Cue]:
        self._see(tick)
        self._homes.update(tick.players)
        cues: list[Cue] = [Say("dance"), Music("dance", self.bpm)] if tick.index == 0 else []
        while self._steps[-1].due_s < tick.t_s + (LEAD_BEATS + 1) * self._beat_s:
            self._steps.append(next(self._coming))
        players = {player.id: player for player in tick.players}
        for who, home in self._homes.items():
            cues += self._dance(players[who], home)
        if tick.t_s >= self._steps[0].due_s + self._window_s:
            self._steps.popleft()
            self._done.clear()
            self._contacts.forget(tick.t_s - 1.0)
        return [*cues, Finish()] if tick.t_s >= self._settings.round_s else cues

    def _dance(self, player: Player, home: Point) -> list[Cue]:
        """Judge the player's contact with the pad that is due; every pad is watched, so that none is late."""
        step = self._steps[0]
        pads = {each: self._homes.pad(home, each) for each in range(4)}
        seen = {
            each: self._contacts.look(player, pad, self._homes.pad_m + SLACK_M, self._t_s)
            for each, pad in pads.items()
        }
        off_s = self._t_s - step.due_s
        if player.id in self._done or off_s < -self._window_s:
            return []
        came, stands = seen[step.direction]
        if came:
            return self._hit(player, pads[step.direction], self._verdict(player, off_s))
        if off_s >= self._window_s:
            # who stood there all along is on it, too
            return self._hit(player, pads[step.direction], "there") if stands else self._miss(player)
        return []

    def _verdict(self, player: Player, off_s: float) -> Verdict:
        perfect_s = self._window_s * self._challenge.beyond(player.id, 0.42, 0.18)
        good_s = self._window_s * min(1.0, self._challenge.beyond(player.id, 0.75, 0.45))
        return judged(off_s, perfect_s, good_s)

    def _miss(self, player: Player) -> list[Cue]:
        self._done.add(player.id)
        self._streaks[player.id] = 0
        return [self._challenge.tell(player.id, success=False)]

    def _hit(self, player: Player, pad: Point, verdict: Verdict) -> list[Cue]:
        direction, points = self._steps[0].direction, POINTS[verdict]
        in_time = verdict in ("perfect", "good")
        self._done.add(player.id)
        self._hits[player.id] = (direction, self._t_s)
        self._streaks[player.id] = self._streaks[player.id] + 1 if in_time else 0
        self._floaters.add(verdict, pad, self._t_s, reader=player, points=points)
        color = self._seats[player.id].color
        told = self._challenge.tell(player.id, success=in_time)
        cues: list[Cue] = [told, Score(player.id, points, pad)]
        if verdict == "perfect":
            return [*cues, Sound("chime", pad, MELODY[direction]), Burst(pad, color, 36)]
        return [*cues, Sound("pop" if in_time else "thump", pad, MELODY[direction])]

    def draw(self, canvas: Canvas) -> None:
        canvas.fill("stage")
        beat = self._t_s / self._beat_s
        draw_floor(canvas, self._surface.width_m, self._surface.height_m, beat)
        draw_lights(canvas, self._surface.width_m, self._surface.height_m, beat)
        if self._homes.is_roomy and self._t_s < self._settings.round_s - 10:
            self._signs.edges(canvas, "dance")
        coming = list(self._steps)
        for who, home in self._homes.items():
            seat, last = self._seats[who], self._hits.get(who)
            draw_home(canvas, self._homes, home, seat, self._streaks.get(who, 0), beat, self._t_s)
            hit = None if last is None else (last[0], self._t_s - last[1])
            draw_pads(canvas, self._homes, home, hit, beat)
            steps = coming[1:] if who in self._done else coming
            draw_steps(canvas, self._homes, home, steps, LEAD_BEATS * self._beat_s, self._t_s)
        self._marks.draw(canvas, self._t_s)
        self._floaters.draw(canvas, self._t_s)
