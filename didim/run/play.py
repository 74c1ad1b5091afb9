"""One round of a game, from start to summary: what `didim play` and `didim demo` run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from didim.run.game import game_of
from didim.run.jobs import StageJob, StageSummary, VisionJob, VisionSummary
from didim.run.messages import Codec, CueSent
from didim.run.processes import CUES
from didim.run.supervisor import Outcome, Supervisor
from didim.run.timing import Spread, spread


@dataclass(frozen=True, slots=True)
class PlaySummary:
    """What happened in one round.

    Attributes:
        ms: milliseconds by stage of the road.
        picture_to_cue_ms: from the moment a picture was in hand to the cue that it led to.
        verdict: belief against truth, in a virtual venue.
        pictures_hz: camera pictures that were understood, a second, from the first on.
        started_cpu_s: by process, its CPU time until its first work: for the stage, the first drawn frame.
    """

    game: str
    seconds: float
    finished: bool
    pictures_in: int
    pictures_with_person: int
    pictures_missed: int
    players_seen: int
    steps: int
    score: int
    scores: dict[int, int]
    frames_drawn: int
    quality: str
    frames_damped: int
    ms: dict[str, Spread]
    picture_to_cue_ms: Spread
    started_cpu_s: dict[str, float]
    restarts: int
    warnings: tuple[str, ...]
    out: str | None
    verdict: dict[str, Any] | None
    pictures_hz: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class _Heard:
    """The cues so far."""

    last_sequence: int = 0
    scores: dict[int, int] = field(default_factory=dict)
    latencies_ms: list[float] = field(default_factory=list)
    first_ns: int | None = None

    def take(self, cue: CueSent) -> None:
        self.first_ns = self.first_ns or cue.sent_ns
        if cue.kind == "Score":
            self.scores[cue.player_id] = self.scores.get(cue.player_id, 0) + cue.points
            self.latencies_ms.append((cue.sent_ns - cue.captured_ns) / 1e6)

    def for_s(self) -> float:
        """Seconds since the game's first word; 0 before."""
        return 0.0 if self.first_ns is None else (time.monotonic_ns() - self.first_ns) / 1e9


_CUE = Codec(CueSent)


def play(
    vision: VisionJob,
    stage: StageJob,
    on_score: Callable[[dict[int, int]], None] | None = None,
    on_time: Callable[[float], None] | None = None,
) -> PlaySummary:
    """Run the processes until the game ends, the time is up, the source ends or the player leaves.

    Ctrl-C ends the round in good order: the summary tells what happened until then. Ten times a second
    `on_score` hears the points of each player and `on_time` the seconds since somebody came in, 0 before.

    Raises:
        PackError: the game cannot be played here; see `game_of`.
        RunError: a process failed for good; its message says why.
    """
    game_of(stage)  # a wrong game or setting is told before anything runs
    heard = _Heard()
    with Supervisor({"vision": vision, "stage": stage}) as supervisor:
        cues = supervisor.channels[CUES.name]

        def listen() -> None:
            for sequence, packed in cues.since(heard.last_sequence):
                heard.take(_CUE.unpack(packed))
                heard.last_sequence = sequence
            if on_score:
                on_score(heard.scores)
            if on_time:
                on_time(heard.for_s())

        try:
            outcome = supervisor.run(listen)
        except KeyboardInterrupt:
            supervisor.stop()
            outcome = supervisor.run(listen)
    return _summary(stage, outcome, heard)


def _summary(job: StageJob, outcome: Outcome, heard: _Heard) -> PlaySummary:
    seen: VisionSummary = outcome.summaries.get("vision") or VisionSummary(0, 0, 0, 0, 0, {})
    shown: StageSummary = outcome.summaries.get("stage") or StageSummary(0.0, False, 0, {})
    return PlaySummary(
        game=job.game,
        seconds=round(shown.seconds, 3),
        finished=shown.finished,
        pictures_in=seen.pictures_in,
        pictures_with_person=seen.pictures_with_person,
        pictures_missed=seen.pictures_missed,
        players_seen=seen.players_seen,
        steps=seen.steps,
        score=sum(heard.scores.values()),
        scores=heard.scores,
        frames_drawn=shown.frames_drawn,
        quality=shown.quality,
        frames_damped=shown.damped,
        ms={**seen.ms, **shown.ms},
        picture_to_cue_ms=spread(heard.latencies_ms),
        started_cpu_s=outcome.started_cpu_s,
        restarts=outcome.restarts,
        warnings=tuple(outcome.warnings),
        out=str(job.out) if job.out else None,
        verdict=seen.verdict,
        pictures_hz=round(seen.pictures_hz, 1),
    )
