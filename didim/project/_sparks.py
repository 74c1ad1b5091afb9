"""Bursts of sparks and paper, and fountains: started once, then a pure function of their age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from didim.geometry import Point
from didim.project._programs import Programs

Kind = Literal["sparks", "confetti", "fountain"]
LIFE_S: dict[Kind, float] = {"sparks": 1.6, "confetti": 3.6, "fountain": 3.4}
SPREAD_S: dict[Kind, float] = {"sparks": 0.0, "confetti": 0.0, "fountain": 2.0}
"""For how long new ones come out, of their whole life."""
_PROGRAMS: dict[Kind, str] = {"sparks": "spark", "confetti": "confetti", "fountain": "spark"}
_MOST = 400
CROWD_S, CROWD_M = 1.5, 0.8
"""Bursts so soon after and so near one another share their sparks: much that comes and goes would flash."""


@dataclass(frozen=True, slots=True)
class _Burst:
    at: Point
    color: tuple[float, float, float]
    count: int
    born_s: float
    seed: float
    kind: Kind


class Sparks:
    """The bursts that still fly; the same calls at the same times give the same sparks."""

    def __init__(self) -> None:
        self._bursts: list[_Burst] = []
        self._started = 0

    def burst(
        self,
        at: Point,
        color: tuple[float, float, float],
        count: int,
        t_s: float,
        kind: Kind = "sparks",
    ) -> None:
        """Start `count` of them (at most 400) at `at`; sparks are out after 1.6 s, paper after 3.6 s.

        A fountain throws sparks for 2 s, one after another; it is out after 3.4 s.

        Where others have just begun, there are fewer.
        """
        near = sum(
            t_s - other.born_s < CROWD_S and other.at.distance_m(at) < CROWD_M for other in self._bursts
        )
        self._started += 1
        most = max(1, min(count, _MOST) // (1 + near))
        self._bursts.append(_Burst(at, color, most, t_s, float(self._started % 97), kind))

    def draw(self, programs: Programs, t_s: float) -> None:
        self._bursts = [burst for burst in self._bursts if t_s - burst.born_s < LIFE_S[burst.kind]]
        for burst in self._bursts:
            programs.draw(
                _PROGRAMS[burst.kind],
                _PROGRAMS[burst.kind],
                instances=burst.count,
                origin_m=tuple(burst.at),
                tint=tuple(burst.color),
                age_s=t_s - burst.born_s,
                life_s=LIFE_S[burst.kind] - SPREAD_S[burst.kind],
                spread_s=SPREAD_S[burst.kind],
                seed=burst.seed,
            )
