"""People followed over time: where their feet are, when they step and jump, and who is who."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from didim.bench._films import Film
from didim.bench._followed import followed
from didim.bench._halls import CROSSING_HZ, CROSSING_S, crossing_film, stepping_films
from didim.bench._report import Curve, Figure, Report
from didim.bench._table import BenchError
from didim.bench._wall import touch_figures
from didim.bench.contacts import Count, contact_figures, count
from didim.bench.identity import SAME_PERSON_M, IdentityCount
from didim.people import Event, Player
from didim.sim import Contact, Pose3D

FOOT_MEDIAN_CM, FOOT_P95_CM = 3.0, 8.0
IDF1_LEAST, SWITCHES_MOST = 0.97, 2
FROM_S = 1.0
"""Nothing before that is judged: everybody is there from the first picture on, and has to be found."""
STANDS_S = 0.1
"""A foot that has just landed does not stand yet."""

_LOG = logging.getLogger(__name__)


def run(data: Path, part: str | None = None) -> Report:
    """Measure on films of the small hall, which are drawn once and kept in the user's cache.

    Args:
        part: "steps", "identity" or "touch"; all of them where None.

    Raises:
        BenchError: there is no such part.
    """
    if part not in (None, "steps", "identity", "touch"):
        raise BenchError(f"benchmark 'following' has no part {part!r}; it has steps, identity, touch")
    figures: dict[str, Figure] = {}
    curves: tuple[Curve, ...] = ()
    if part in (None, "steps"):
        steps, jumps, feet = Count(), Count(), FeetErrors()
        for film in stepping_films():
            feel(film, steps, jumps, feet)
        figures |= contact_figures(steps, jumps) | feet.figures()
        curves = (feet.curve(),)
    if part in (None, "identity"):
        figures |= _identity(crossing_film())
    if part in (None, "touch"):
        figures |= touch_figures()
    return Report("following" if part is None else f"following-{part}", figures, curves)


@dataclass(slots=True)
class FeetErrors:
    """How far feet are off on the floor, centimetres: those that stand, and those on their way."""

    standing_cm: list[float] = field(default_factory=list)
    stepping_cm: list[float] = field(default_factory=list)

    def add(self, pose: Pose3D, players: Sequence[Player], t_s: float) -> None:
        """Take one picture: the nearest player is the person's, if there is one near."""
        player = _nearest(pose, players)
        if player is None:
            return
        for true, foot in ((pose.left, player.left), (pose.right, player.right)):
            off_cm = 100.0 * true.place.distance_m(foot.place)
            if true.down and t_s - true.since_s > STANDS_S:
                self.standing_cm.append(off_cm)
            elif not true.down:
                self.stepping_cm.append(off_cm)

    def figures(self) -> dict[str, Figure]:
        """Of standing feet against the bound; of the others, which the truth has in the air, as they are."""
        note = "standing feet of one person who walks, jumps, hops and squats; 640x480, 30 pictures a second"
        aloft = "feet in the air: where the camera sees them on the floor"
        return {
            "foot_median_cm": _percentile(self.standing_cm, 50, FOOT_MEDIAN_CM, note),
            "foot_p95_cm": _percentile(self.standing_cm, 95, FOOT_P95_CM, note),
            "foot_stepping_median_cm": _percentile(self.stepping_cm, 50, None, aloft),
        }

    def curve(self) -> Curve:
        shares = np.linspace(0, 99, 50)
        series = {"standing": self.standing_cm, "in the air": self.stepping_cm}
        return Curve(
            "Feet in the virtual hall",
            "share of pictures, %",
            "off by at most, cm",
            {
                name: (shares.tolist(), np.percentile(cm, shares).tolist())
                for name, cm in series.items()
                if cm
            },
        )


def feel(film: Film, steps: Count, jumps: Count, feet: FeetErrors) -> None:
    """Follow the one person of a film, and count."""
    crowd = film.crowd()
    if crowd is None:
        raise ValueError("a film of somebody: expected one person, got nobody")
    events: list[Event] = []
    for moment in followed(film, _LOG.info):
        (pose,) = crowd.advance(moment.t_s)
        events += moment.events
        if moment.t_s >= FROM_S:
            feet.add(pose, moment.players, moment.t_s)
    count(events, crowd.motions[0], film.pictures / film.fps, steps, jumps)


def _identity(film: Film) -> dict[str, Figure]:
    counted = IdentityCount()
    for moment, truth in zip(followed(film, _LOG.info), film.truth(), strict=True):
        if moment.t_s >= FROM_S:
            counted.add_poses(truth, moment.players)
    score = counted.score()
    note = (
        f"{len(film.heights_m)} people crossing for {CROSSING_S:.0f} s, {CROSSING_HZ:.0f} pictures a second; "
        f"followed {score.found:.3f} of the time, {score.false_players:.3f} false players at a time"
    )
    return {
        "idf1": Figure(score.idf1, "", "higher", IDF1_LEAST, note=note),
        "id_switches": Figure(score.switches, "", "lower", SWITCHES_MOST, note=note.partition(";")[0]),
    }


def _nearest(pose: Pose3D, players: Sequence[Player]) -> Player | None:
    def away_m(player: Player) -> float:
        return math.dist(player.feet, _middle(pose.left, pose.right))

    nearest = min(players, key=away_m, default=None)
    return nearest if nearest is not None and away_m(nearest) <= SAME_PERSON_M else None


def _middle(left: Contact, right: Contact) -> tuple[float, ...]:
    return tuple((a + b) / 2 for a, b in zip(left.place, right.place, strict=True))


def _percentile(errors_cm: Sequence[float], percent: float, bound: float | None, note: str) -> Figure:
    value = float(np.percentile(errors_cm, percent)) if errors_cm else math.inf
    return Figure(value, "cm", "lower", bound, note=note)
