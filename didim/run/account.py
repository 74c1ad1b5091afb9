"""The account of one round: who did how much, by seat, as it goes to the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from didim.people import Event, Player
from didim.play import Cue, Score, Seats, Target, Try
from didim.records import RoundBegan
from didim.records.measures import BAND_YEARS, Delay, Meter, Prompts
from didim.rig import Camera, Projector
from didim.run.commands import Seated
from didim.run.ledger import RoundEntry

STATED_SD_S, UNSTATED_SD_S = 0.01, 0.05
"""Of the rig's delay where calibration did not measure its uncertainty: a delay that is stated is taken for
as sure as a picture of a 30 Hz camera (1/30 s over the root of 12); without one, screens and cameras of the
trade differ by so much."""


def delay_of(camera: Camera, projector: Projector) -> Delay:
    """What a rig adds to a reaction time."""
    stated = camera.latency_s + projector.latency_s > 0
    return Delay(projector.latency_s, camera.latency_sd_s or (STATED_SD_S if stated else UNSTATED_SD_S))


class RoundAccount:
    """Adds up a round while it is played.

    Args:
        began: what the round is.
        known: who has a seat, by its number; everybody else is a guest, whose marks name no player.
        delay: the rig's.
        on_floor: False before a wall.
    """

    def __init__(
        self, began: RoundBegan, known: Mapping[int, Seated], delay: Delay, *, on_floor: bool
    ) -> None:
        self.began = began
        self._known, self._delay, self._on_floor = known, delay, on_floor
        self._meters: dict[int, Meter] = {}
        self._prompts = Prompts()
        self._now_s = 0.0

    def take(
        self,
        t_s: float,
        players: Sequence[Player],
        events: Sequence[Event],
        cues: Sequence[Cue],
        targets: Sequence[Target],
        seats: Seats,
    ) -> None:
        """Count what was seen up to `t_s`; every time is of the clock that stands still in pauses."""
        self._now_s = t_s
        places = [(target.place, target.player_id) for target in targets if target.kind == "reach"]
        self._prompts.show(t_s, places)
        seen = {seats[player.id].number: player for player in players if player.id in seats}
        for number in seen.keys() - self._meters.keys():
            self._meters[number] = self._meter(number)
        for number, meter in self._meters.items():
            meter.see(t_s, seen.get(number))
        for event in events:
            if event.player_id in seats and (heard := self._meters.get(seats[event.player_id].number)):
                heard.hear(event)
        for cue in cues:
            if isinstance(cue, Score | Try) and cue.player_id in seats:
                number = seats[cue.player_id].number
                self._count(cue, self._meters.setdefault(number, self._meter(number)), t_s)

    def _count(self, cue: Score | Try, meter: Meter, t_s: float) -> None:
        """In calm play nothing runs out of time: a share of tries that hit would tell nothing."""
        if isinstance(cue, Score):
            meter.score(cue.points, t_s, drawn_s=self._prompts.since(cue.at, cue.player_id))
        elif not self.began.settings.get("calm"):
            meter.tried(hit=cue.hit)

    def entry(
        self, at: datetime, state: Literal["running", "finished", "stopped"] = "running", *, damped: int = 0
    ) -> RoundEntry:
        """The round as it stands at this moment of the day; `damped` is as in `RoundEntry`."""
        marks = tuple(meter.marks(self._now_s) for _, meter in sorted(self._meters.items()))
        return RoundEntry(self.began, at, state, marks, damped)

    def _meter(self, number: int) -> Meter:
        who = self._known.get(number)
        age_years = who.age_years if who and who.age_years is not None else BAND_YEARS[self.began.age]
        return Meter(
            number,
            age_years,
            player_id=who.player_id if who else None,
            delay=self._delay,
            on_floor=self._on_floor,
        )
