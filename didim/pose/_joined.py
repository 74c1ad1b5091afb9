"""A detector and a landmark net joined: find people, then follow each by a region of their own."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.pose._following import Followed, chosen, distinct, newcomers, renewed
from didim.pose._ground import Ground
from didim.pose._net import Net, notes_of
from didim.pose._region import Region
from didim.pose._seams import Detector, Landmarker
from didim.pose._search import LOOKS_HZ, Search
from didim.pose._skeleton import Skeleton
from didim.pose._sweep import Sweep
from didim.pose._tiles import Tile
from didim.pose._veil import Veil, covered

MAX_PASSES = 3
FULL_BUDGET_S = 0.05  # pictures that come faster than one in so long share the passes of that time
MOST_COVERED = 0.5  # of a newcomer's joints


def passes_in(gap_ns: int, max_passes: int) -> int:
    """Landmark passes for a picture so long after the one before, one at least.

    What has moved since is what a pass is worth: of pictures that come more often each needs fewer.
    """
    return max(1, round(max_passes * min(1.0, gap_ns * 1e-9 / FULL_BUDGET_S)))


class JoinedEngine:
    """Any detector with any landmark net: a few landmark passes a picture, a detector that mostly rests.

    People come in the order in which they were first seen. Of more people than a picture has landmark passes
    those in fast motion and those who waited longest get a pass; the others are where they were going, with
    a lower score, for three pictures at most.

    Args:
        detector, landmarker: the two nets.
        max_people: how many are followed at most.
        tiles: where a detector that needs them looks, one a picture; the picture as a whole where there are
            none.
        max_passes: landmark passes a picture, of about 10 ms each, fewer where pictures come quickly, see
            `passes_in`; a newcomer's first pass counts. Beyond four times as many people it takes more.
        looks_hz: the most searches for newcomers a second, where it is less than usual.
        ground: who cannot stand on it is nobody; None where nothing is known of it.
        nets: those of the detector and the landmarker whose notes are to be told.
    """

    def __init__(
        self,
        detector: Detector,
        landmarker: Landmarker,
        *,
        max_people: int = 10,
        tiles: Sequence[Tile] = (),
        max_passes: int = MAX_PASSES,
        looks_hz: float = LOOKS_HZ,
        ground: Ground | None = None,
        nets: Sequence[Net] = (),
    ) -> None:
        # For the whole process: crops are too small for threads, which cost more than they win.
        cv2.setNumThreads(1)
        self._max_people, self._max_passes = max_people, max_passes
        self._detector, self._landmarker = detector, landmarker
        regions = [Region(tile.x_px, tile.y_px, tile.side_px) for tile in tiles]
        self._search = Sweep() if detector.whole else Search(max_people, regions, looks_hz)
        self._people: list[Followed] = []
        self._ground, self._nets = ground, nets
        self._veil = Veil()
        self._seen_ns: int | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        return notes_of(self._nets)

    def find(self, bgr: NDArray[np.uint8], captured_ns: int) -> tuple[Skeleton, ...]:
        """Return the people in a (height, width, 3) uint8 picture; pictures come in order of time."""
        passes = self._passes(captured_ns)
        self._veil.see(bgr)
        candidates = self._candidates(bgr, captured_ns)
        expected = [one.now.skeleton for one in self._people]
        due = chosen(self._people, passes - bool(candidates))
        looked = [
            self._look_again(index, expected) if index in due else one.unseen()
            for index, one in enumerate(self._people)
        ]
        spare = max(1, passes - len(due))
        first = [self._look_first(region, expected) for region in candidates[:spare]]
        looked += [one for one in first if covered(one.seen.skeleton, expected) <= MOST_COVERED]
        self._follow(looked)
        return tuple(one.now.skeleton for one in self._people)

    def close(self) -> None:
        """Forget who was followed."""
        self._people = []

    def _passes(self, captured_ns: int) -> int:
        before_ns, self._seen_ns = self._seen_ns, captured_ns
        return self._max_passes if before_ns is None else passes_in(captured_ns - before_ns, self._max_passes)

    def _candidates(self, bgr: NDArray[np.uint8], captured_ns: int) -> list[Region]:
        """Where somebody may be whom nobody follows."""
        now = [one.now for one in self._people]
        followed, known = [one.next_region for one in now], [one.skeleton for one in now]
        self._search.see(bgr, captured_ns, followed)
        look = self._search.next(Region.around(bgr), followed)
        candidates: list[Region] = []
        while look is not None:
            found = [look.region] if look.direct else self._detect(look.region, known)
            if self._detector.whole:
                self._people, found = renewed(self._people, found)
            candidates += newcomers(found, [*followed, *candidates])
            look = self._search.again()
        return candidates[: self._max_people - len(followed)]

    def _detect(self, region: Region, known: Sequence[Skeleton]) -> list[Region]:
        hidden = () if self._detector.whole else known
        return self._detector.find(self._veil.without(region, hidden), region)

    def _look_again(self, index: int, expected: Sequence[Skeleton]) -> Followed:
        one, own = self._people[index], expected[index]
        region = one.now.next_region
        others = [*expected[:index], *expected[index + 1 :]]
        return one.seen_again(self._landmarker.look(self._veil.without(region, others, own), region))

    def _look_first(self, region: Region, expected: Sequence[Skeleton]) -> Followed:
        return Followed(self._landmarker.look(self._veil.without(region, expected), region))

    def _follow(self, looked: list[Followed]) -> None:
        bodies = distinct(looked)
        if self._ground is not None:
            borne = self._ground.bears([one.now.skeleton for one in bodies])
            bodies = [one for one, stands in zip(bodies, borne, strict=True) if stands]
        before, self._people = self._people, bodies
        kept = {id(one) for one in self._people}
        lost = [old for old, new in zip(before, looked, strict=False) if id(new) not in kept]
        self._search.picture_done(len(self._people), [one.now.next_region for one in lost])
