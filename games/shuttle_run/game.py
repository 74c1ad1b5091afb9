"""Shuttle run: from line to line by the beep; the beeps come faster from stage to stage."""

from __future__ import annotations

import math

from didim.play import (
    Burst,
    Canvas,
    Challenge,
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
    Tell,
    Tick,
    touching,
)

from .lanes import SHORTEST, Lanes, Runner
from .protocol import EASY_SHARE, HARD_SHARE, Beeps
from .track import BENCH_RADIUS_M, Track

IN_TIME, LATE = 2, 1  # points of a lap
GRACE_S, FIRST_S = 0.3, 3.0
TURN_BEEPS, TELL_S = 4, 5.0
FASTER_SHOWN_S = 2.0  # words lie over the lanes: only as long as they are news
REPORT_S = 4.0  # at the end, laps and stage stand still to be read


class ShuttleRun(KitGame):
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        super().__init__(surface, rng, settings)
        self._challenge = Challenge(settings, hardest=1.0)  # the lane is no longer
        self._lanes = Lanes(surface, settings["spacing_m"])
        self._track = Track(self._lanes)
        self._faster_s = -math.inf
        share = EASY_SHARE + (HARD_SHARE - EASY_SHARE) * self._challenge.start
        self._beeps = Beeps(
            self._lanes.length_m,
            share=share * settings.pace,
            turn_s=settings["turn_s"],
            stage_s=math.inf if settings["calm"] else settings["stage_s"],
            first_s=FIRST_S + rng.uniform(0.0, 0.5),  # nobody runs before the beep
        )
        self._runners: dict[int, Runner] = {}

    def targets(self) -> list[Target]:
        lanes, radius_m = self._lanes, 0.5 * self._lanes.end_m
        found = []
        for who, each in self._runners.items():
            if each.spot is not None:
                found.append(Target(lanes.bench[each.spot], BENCH_RADIUS_M, who))
            elif each.lane is not None and each.due_s is not None:
                end = lanes.end(each.lane, each.side, self._length(each))
                found.append(Target(end, radius_m, who, due_s=each.due_s))
        return found

    def _length(self, runner: Runner) -> float:
        """The share of the full length that this player runs."""
        return min(1.0, self._challenge.beyond(runner.player_id, SHORTEST, 1.0))

    def update(self, tick: Tick) -> list[Cue]:
        self._see(tick)
        here = {player.id: player for player in tick.players}
        self._runners = {who: self._runners.get(who, Runner(who)) for who in here}
        self._lanes.fit(max(len(here), self._settings["players"]))
        self._beeps.length_m = self._lanes.length_m
        if tick.t_s >= self._settings.round_s:
            return self._report(tick.dt_s)
        cues: list[Cue] = [Say("run"), Music("march", 112)] if tick.index == 0 else []
        stage, runners = self._beeps.stage, list(self._runners.values())
        turn = (beep := self._beeps.passed(tick.t_s)) and self._beeps.number % TURN_BEEPS == 0
        self._lanes.share_out(runners, tick.players, next_turn=turn)
        for runner in runners:
            if runner.lane is not None:
                cues += self._run(runner, here[runner.player_id], beep=beep)
        if beep:
            cues.append(Sound("beep", semitones=min(12.0, self._beeps.stage - 1.0)))
        if self._beeps.stage > stage:
            self._faster_s = tick.t_s
            cues += [Say("faster"), Sound("whoosh")]
        return cues

    def _run(self, runner: Runner, player: Player, *, beep: bool) -> list[Cue]:
        assert runner.lane is not None
        runner.ran_s = self._t_s
        if beep and runner.due_s is None:
            runner.due_s = self._beeps.next_s
        if runner.due_s is None:
            return []
        missed = not (runner.late or self._settings["calm"]) and self._t_s > runner.due_s + GRACE_S
        runner.late = runner.late or missed
        cues: list[Cue] = [self._challenge.tell(runner.player_id, success=False)] if missed else []
        length, feet = self._length(runner), touching(player, self._surface)
        there = any(self._lanes.is_behind(foot, runner.lane, runner.side, length) for foot in feet)
        place = self._lanes.end(runner.lane, runner.side, length)
        return [*cues, *self._lap(runner, player, place)] if there else cues

    def _lap(self, runner: Runner, player: Player, place: Point) -> list[Cue]:
        """A line is reached; who has just heard the beep runs on at once."""
        assert runner.due_s is not None
        runs_on = runner.due_s <= self._t_s <= self._beeps.last_s + GRACE_S
        late, points = runner.late, LATE if runner.late else IN_TIME
        self._floaters.add("points", place, self._t_s, reader=player, points=points)
        runner.due_s = self._beeps.next_s if runs_on else None
        runner.side, runner.late = 1 - runner.side, False
        runner.laps, runner.lit_s = runner.laps + 1, self._t_s
        score = Score(runner.player_id, points, place)
        if late:  # told when it was missed
            return [score, Sound("plop", place)]
        told = self._challenge.tell(runner.player_id, success=True)
        return [told, score, Sound("pop", place, 5.0), Burst(place, self._seats[runner.player_id].color, 30)]

    def _report(self, dt_s: float) -> list[Cue]:
        for runner in self._runners.values():
            runner.due_s = None
        over_s = self._t_s - self._settings.round_s
        if over_s >= REPORT_S:
            return [Finish()]
        if over_s >= dt_s:
            return []
        told = [Tell(who, "laps", {"laps": each.laps}) for who, each in self._runners.items()]
        return [Music(None), Sound("chime"), *told]

    def draw(self, canvas: Canvas) -> None:
        canvas.fill("stadium")
        for lane in range(len(self._lanes.y_m)):
            self._track.draw_lane(canvas, lane, self._t_s)
        waiting = {each.spot: self._seats[who] for who, each in self._runners.items()}
        self._track.draw_bench(canvas, waiting, self._t_s)
        for who, each in self._runners.items():
            paced = None if self._settings["calm"] else self._beeps.share(self._t_s)
            self._track.draw_run(canvas, each, self._seats[who], self._length(each), paced, self._t_s)
        self._marks.draw(canvas, self._t_s)
        self._floaters.draw(canvas, self._t_s)
        left_s = self._settings.round_s - self._t_s
        if self._t_s < TELL_S:
            self._signs.edges(canvas, "scaled", cm=round(100 * self._lanes.length_m))
        elif left_s <= 0 or (left_s > 10 and self._t_s - self._faster_s < FASTER_SHOWN_S):
            self._signs.edges(canvas, "faster" if left_s > 0 else "stage", stage=self._beeps.stage)
