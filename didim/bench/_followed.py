"""A film watched as didim watches a camera: the pose engine over the calibrated floor, and the tracker."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from didim.bench._films import Film
from didim.people import Event, Player
from didim.pose import floor_tiles, ground_of, open_engine
from didim.track import FloorTracker

MOST_PEOPLE = 10


@dataclass(frozen=True, slots=True)
class Moment:
    """What was made of one picture.

    Attributes:
        spent_ms: CPU time from the picture in hand to its players, all threads.
    """

    t_s: float
    players: tuple[Player, ...]
    events: tuple[Event, ...]
    spent_ms: float


def followed(film: Film, tell: Callable[[str], None]) -> Iterator[Moment]:
    """Each picture of a film in turn."""
    tracker = FloorTracker(film.view, film.surface)
    tiles, ground = floor_tiles(film.view, film.surface, film.size_px), ground_of(film.view, film.surface)
    with closing(open_engine("auto", max_people=MOST_PEOPLE, tiles=tiles, ground=ground)) as engine:
        for number, picture in enumerate(film.read(tell)):
            captured_ns = round(number / film.fps * 1e9)
            start = time.process_time()
            players = tracker.follow(engine.find(picture, captured_ns), captured_ns, picture)
            spent_ms = (time.process_time() - start) * 1e3
            yield Moment(number / film.fps, players, tracker.events, spent_ms)
