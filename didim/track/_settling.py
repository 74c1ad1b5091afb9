"""Who is who, settled by how people look once they stand apart again."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from didim.geometry import FloatArray
from didim.track._assignment import assign
from didim.track._person import Person

CLEARLY = 4.0
"""So much likelier, as a difference of costs, others have to be before ids change hands."""
BELIEVED = 6.0
LITTLE_SEEN, ELSEWHERE, LOST = 3, 0.5, 1.0
REACH_M, REACH_M_S = 1.5, 1.5
FAR = 50.0


def settle(named: Sequence[Person], gone: Sequence[Person], t_s: float) -> None:
    """Give ids back to whom they belong, where people were so near that they may have been mixed up.

    While people are near each other, bodies wrongly found between them draw walks aside, and one may go on
    as another. Afterwards each is seen apart for a while, and nothing is learnt from that before it is known
    who it is: all of whom that is open, and those out of sight, are given to the looks at the least total
    cost. Ids change only where that is clearly better than how it is.

    Args:
        named: everybody with an id; gone: who left a while ago, and may be back.
    """
    if not any(person.identity.is_ripe for person in named):
        return
    tracks = [each for each in named if each.identity.in_doubt and each.identity.trail.seen_s == t_s]
    away = [each for each in (*named, *gone) if each.identity.trail.seen_s < t_s]
    holders = [*tracks, *away]
    costs = np.array([_row(track, holders, t_s) for track in tracks])
    found = dict(assign(costs, np.full(len(tracks), 2.0 * FAR)))
    before = float(np.trace(costs))
    after = float(sum(costs[row, column] for row, column in found.items()))
    if before - after > CLEARLY and len(found) == len(tracks):
        _exchange(holders, [found[row] for row in range(len(tracks))])
    for track in tracks:
        if track.identity.is_ripe:
            track.identity.believe(within=BELIEVED)


def _row(track: Person, holders: Sequence[Person], t_s: float) -> FloatArray:
    """What it costs to take a track for each of them."""
    looks = track.identity.open_looks
    row = np.empty(len(holders))
    for column, holder in enumerate(holders):
        own = holder is track
        bias = 0.0 if own else LOST if holder.identity.trail.seen_s < t_s else ELSEWHERE
        unlike = holder.identity.unlike_looks(looks) if len(looks) >= LITTLE_SEEN else 0.0
        row[column] = bias + unlike if own or _in_reach(track, holder, t_s) else FAR
    return row


def _in_reach(track: Person, holder: Person, t_s: float) -> bool:
    trail = holder.identity.trail
    away_m = math.dist(trail.place, track.identity.trail.place)
    return away_m < REACH_M + REACH_M_S * (t_s - trail.seen_s) or trail.seen_s == t_s


def _exchange(holders: Sequence[Person], taken: Sequence[int]) -> None:
    """Let each track, the first of the holders, go on as the holder given to it.

    Others stay who they are where nobody took that; else they are who is left over.
    """
    over = [column for column in range(len(holders)) if column not in taken]
    others = range(len(taken), len(holders))
    spare = [column for column in over if column not in others]
    now = [*taken, *(row if row in over else spare.pop() for row in others)]
    known = [holder.known() for holder in holders]
    for holder, column in zip(holders, now, strict=True):
        holder.take_up(known[column])
