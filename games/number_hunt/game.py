"""Number hunt: count, read or reckon, and stand on the number that is the answer."""

from __future__ import annotations

import math

from didim.play import (
    Burst,
    Canvas,
    Cue,
    Finish,
    KitGame,
    Music,
    Places,
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
    touching,
)

from .planets import Planet, Task, room
from .question import Question
from .sums import asked, lures, next_kind

POINTS = (10, 6, 3)  # at the first, second, third try
REACH_MOST_M = 1.1
LURES_APART = 0.6  # of the spacing, from another's numbers
LURES_EASY, LURES_HARD = 1, 4


class NumberHunt(KitGame):
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        super().__init__(surface, rng, settings)
        reach_m = min(REACH_MOST_M, settings["reach_m"])
        self._places = Places(surface, spacing_m=settings["spacing_m"], reach_m=reach_m)
        self._question = Question(surface, settings.words, self._signs)
        self._tasks: dict[int, Task] = {}
        self._free_s: dict[int, float] = {}
        self._apart_m = LURES_APART * settings["spacing_m"]
        self._radius_m = min(0.19, 0.12 * min(surface.width_m, surface.height_m))

    def targets(self) -> list[Target]:
        found = []
        for task in self._tasks.values():
            if task.solved is None:
                right = task.right
                found.append(Target(right.place, right.radius_m, task.player_id))
                found += [Target(p.place, p.radius_m, task.player_id, "avoid") for p in task.planets[1:]]
        return found

    def update(self, tick: Tick) -> list[Cue]:
        self._see(tick)
        cues: list[Cue] = [Say("hunt"), Music("riddle", 96)] if tick.index == 0 else []
        here = {player.id for player in tick.players}
        for who in [who for who, task in self._tasks.items() if who not in here or task.is_over(tick.t_s)]:
            del self._tasks[who]
            self._free_s[who] = tick.t_s
        for player in tick.players:
            self._free_s.setdefault(player.id, tick.t_s)
            task = self._tasks.get(player.id)
            if task is not None and task.solved is None:
                cues += self._answer(player, task, tick.dt_s)
        cues += self._ask()
        return [*cues, Finish()] if tick.t_s >= self._settings.round_s else cues

    def _answer(self, player: Player, task: Task, dt_s: float) -> list[Cue]:
        if task.left(self._t_s) <= 0:
            task.end(self._t_s, solved=False)
            return [self._challenge.tell(player.id, success=False)]
        feet = touching(player, self._surface)
        for planet in list(task.planets):
            on_it = any(foot.distance_m(planet.place) <= planet.radius_m for foot in feet)
            if planet.stand(on_it, dt_s):
                return self._right(player, task) if planet is task.right else self._wrong(task, planet)
        return []

    def _right(self, player: Player, task: Task) -> list[Cue]:
        place, points = task.right.place, POINTS[min(task.slips, len(POINTS) - 1)]
        task.end(self._t_s, solved=True)
        told = self._challenge.tell(player.id, success=task.slips == 0)
        self._floaters.add("points", place, self._t_s, reader=player, points=points)
        chime, color = Sound("chime", place, float(task.sum.answer % 8)), self._seats[player.id].color
        return [told, Score(player.id, points, place), chime, Burst(place, color, 60)]

    def _wrong(self, task: Task, planet: Planet) -> list[Cue]:
        """A wrong number goes out; the task goes on, for less."""
        task.planets.remove(planet)
        task.slips += 1
        return [Sound("oops", planet.place)]

    def _ask(self) -> list[Cue]:
        """Whoever has waited longest gets the next task, once there is room for all its numbers."""
        waiting = [player for player in self._players if player.id not in self._tasks]
        player = min(waiting, key=lambda p: (self._free_s[p.id], p.id), default=None)
        if player is None:
            return []
        kind = next_kind(self._challenge[player.id], self._rng, self._settings["sums"])
        task = asked(kind, self._challenge[player.id], self._rng)
        count = round(self._challenge.between(player.id, LURES_EASY, LURES_HARD))
        tasks, sizes_m = list(self._tasks.values()), (self._radius_m, self._apart_m)
        places = room(self._places, player, self._players, tasks, sizes_m, count + 1, self._rng)
        if not places:
            return []
        numbers = [task.answer, *lures(task, len(places) - 1, self._rng)]
        planets = [
            Planet(place, self._radius_m, number, self._rng.uniform(-math.pi, math.pi))
            for place, number in zip(places, numbers, strict=False)
        ]
        share = self._challenge.beyond(player.id, 1.3, 0.7)
        life_s = self._settings.lasting_s(share * self._settings["answer_s"])
        ask_at = self._question.spot(player, [*places, *self._covered()])
        self._tasks[player.id] = Task(player.id, task, planets, ask_at, self._t_s, life_s)
        return (
            [Say(task.key)] if kind == "words" and len(self._players) == 1 else [Sound("whoosh", player.feet)]
        )

    def _covered(self) -> list[Point]:
        """Where something of somebody lies or stands already."""
        tasks = [task for task in self._tasks.values() if task.solved is None]
        found = [planet.place for task in tasks for planet in task.planets]
        return [*found, *(task.ask_at for task in tasks), *(player.feet for player in self._players)]

    def draw(self, canvas: Canvas) -> None:
        canvas.fill("space")
        if self._t_s < self._settings.round_s - 10:
            self._signs.edges(canvas, "hunt")
        for task in self._tasks.values():
            reader = next((p for p in self._players if p.id == task.player_id), None)
            task.draw(canvas, self._t_s, self._seats[task.player_id], reader)
        for player in self._players:
            if player.id in self._tasks:
                self._question.draw(canvas, player, self._tasks[player.id], self._seats[player.id], self._t_s)
        self._marks.draw(canvas, self._t_s)
        self._floaters.draw(canvas, self._t_s)
