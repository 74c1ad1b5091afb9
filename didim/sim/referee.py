"""What a tracker believed against what was true."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from didim.people import Event, Foot, Player, Side
from didim.sim._motion import Contact, Pose3D

SAME_PERSON_M = 0.5
"""A player farther than this from everybody is nobody."""

LANDING_LATEST_S = 0.5
"""A landing that is not felt within this time is missed."""

TOLD_WITHIN_S = 0.25
"""A landing whose told time is off by more is another one."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far belief and truth were apart.

    Attributes:
        found: share of people who had a player, over all moments.
        phantoms: players who were nobody, a moment.
        foot_error_cm: of standing feet: median and 95th percentile.
        contact_delay_ms: from a foot's true landing to the moment for which the tracker calls it down, or
            tells of it: median and 95th percentile.
        landings, landings_felt: of people who had a player.
    """

    moments: int
    found: float
    phantoms: float
    foot_error_cm: tuple[float, float] | None
    contact_delay_ms: tuple[float, float] | None
    landings: int
    landings_felt: int


_SIDES: tuple[Side, Side] = ("left", "right")


@dataclass(slots=True)
class _Landing:
    true_s: float
    felt: bool = False


@dataclass(slots=True)
class Referee:
    """Compares moment by moment; times rise."""

    _moments: int = 0
    _people: int = 0
    _found: int = 0
    _phantoms: int = 0
    _errors_m: list[float] = field(default_factory=list)
    _delays_s: list[float] = field(default_factory=list)
    _landings: dict[tuple[int, int], _Landing] = field(default_factory=dict)
    _landed: int = 0
    _was_down: dict[tuple[int, int], bool] = field(default_factory=dict)

    def judge(
        self, t_s: float, truth: Sequence[Pose3D], players: Sequence[Player], told: Sequence[Event] = ()
    ) -> None:
        """Compare the players believed to be on the surface at `t_s` with who truly was.

        Args:
            told: what the tracker told with this belief, times on the same clock as `t_s`.
        """
        self._moments += 1
        self._people += len(truth)
        pairs = _pairs(truth, players)
        self._found += len(pairs)
        self._phantoms += len(players) - len(pairs)
        for pose, player in pairs:
            for side, (contact, foot) in enumerate(((pose.left, player.left), (pose.right, player.right))):
                if contact.down and t_s - contact.since_s > 0.1:
                    self._errors_m.append(contact.place.distance_m(foot.place))
                touched_s = [
                    event.t_s
                    for event in told
                    if (event.player_id, event.kind, event.side) == (player.id, "down", _SIDES[side])
                ]
                self._hear((pose.person, side), t_s, contact, foot, touched_s)

    def verdict(self) -> Verdict:
        """Everything so far; errors and delays are None where there was nothing to compare."""
        return Verdict(
            moments=self._moments,
            found=self._found / max(1, self._people),
            phantoms=self._phantoms / max(1, self._moments),
            foot_error_cm=_middle_and_tail([100.0 * error for error in self._errors_m]),
            contact_delay_ms=_middle_and_tail([1000.0 * delay for delay in self._delays_s]),
            landings=self._landed,
            landings_felt=len(self._delays_s),
        )

    def _hear(
        self, foot_of: tuple[int, int], t_s: float, contact: Contact, foot: Foot, touched_s: Sequence[float]
    ) -> None:
        if foot_of not in self._landings:  # a foot that is down at first sight landed before anybody looked
            self._landings[foot_of] = _Landing(contact.since_s if contact.down else -math.inf, felt=True)
        landing = self._landings[foot_of]
        if contact.down and landing.true_s < contact.since_s:
            landing = self._landings[foot_of] = _Landing(contact.since_s)
            self._landed += 1
        felt = foot.down and not self._was_down.get(foot_of, foot.down)
        felt = felt or any(abs(each_s - landing.true_s) < TOLD_WITHIN_S for each_s in touched_s)
        self._was_down[foot_of] = foot.down
        if felt and not landing.felt and t_s - landing.true_s < LANDING_LATEST_S:
            landing.felt = True
            self._delays_s.append(t_s - landing.true_s)


def _pairs(truth: Sequence[Pose3D], players: Sequence[Player]) -> list[tuple[Pose3D, Player]]:
    """The nearest pairs first, each person and player once."""
    distances = sorted(
        (math.dist(_middle(pose), player.feet), i, j)
        for i, pose in enumerate(truth)
        for j, player in enumerate(players)
    )
    taken_poses: set[int] = set()
    taken_players: set[int] = set()
    pairs = []
    for distance_m, i, j in distances:
        if distance_m < SAME_PERSON_M and i not in taken_poses and j not in taken_players:
            taken_poses.add(i)
            taken_players.add(j)
            pairs.append((truth[i], players[j]))
    return pairs


def _middle(pose: Pose3D) -> tuple[float, float]:
    left, right = pose.left.place, pose.right.place
    return (left.x_m + right.x_m) / 2, (left.y_m + right.y_m) / 2


def _middle_and_tail(values: list[float]) -> tuple[float, float] | None:
    if not values:
        return None
    return round(float(np.median(values)), 2), round(float(np.percentile(values, 95)), 2)
