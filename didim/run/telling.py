"""Makes the `Live` message out of an engagement, the people and the time that frames take."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

import msgspec
import numpy as np

from didim.drawing import Background, up_rad
from didim.people import Player
from didim.play import Drawn, RecordingCanvas, seat
from didim.run.acts import CheckingIn
from didim.run.engagement import Engagement
from didim.run.live import (
    SHAPES_MOST,
    Live,
    LiveSeat,
    Notice,
    Silence,
    Surroundings,
    Told,
    Tracking,
    srgb,
)
from didim.run.playing import Playing

RECENT_S = 10.0
PICTURES_OVER_S = 2.0
FRAMES_RECENT = 60
SEEN_WELL = 0.5


class Teller:
    """Says how an engagement stands; keeps what is told as a mean over the last seconds.

    Args:
        rig: its name.
        silent_because: as in `Live`.
    """

    def __init__(self, rig: str, surroundings: Surroundings, silent_because: Silence = "") -> None:
        self._rig, self._surroundings, self._silent_because = rig, surroundings, silent_because
        self._number = 0
        self._seen: deque[tuple[float, float]] = deque()
        self._pictures: deque[tuple[float, int]] = deque()
        self._frames_ms: deque[float] = deque(maxlen=FRAMES_RECENT)
        self._phase: tuple[str, int] = ("", 0)
        self._phase_since_s = 0.0

    def add_frame(self, took_ms: float) -> None:
        """A frame took so long to play and draw."""
        self._frames_ms.append(took_ms)

    def live(
        self,
        engagement: Engagement,
        t_s: float,
        at_ns: int,
        players: Sequence[Player],
        *,
        pictures: int,
        age_ms: float,
        shapes: bool,
        quality: str = "",
        notices: Sequence[Notice] = (),
    ) -> Told:
        """How everything stands at `t_s`.

        Args:
            pictures, age_ms: how many pictures vision has told of, and how old the newest is.
            shapes: tell what is drawn, too.
            quality: how finely.
            notices: beside those of the engagement.
        """
        self._number += 1
        background, drawn = self._drawn(engagement, t_s) if shapes else (None, ())
        live = msgspec.structs.replace(
            self._stands(engagement, t_s, at_ns, players),
            background=background,
            tracking=self._tracking(t_s, players, pictures, age_ms),
            quality=quality,
            notices=(*engagement.notices, *notices),
        )
        seats = engagement.act.seats
        seated = {p.id: seats[p.id].number for p in players if p.id in seats} if seats is not None else {}
        return Told(live, tuple(players), seated, drawn)

    def _stands(self, engagement: Engagement, t_s: float, at_ns: int, players: Sequence[Player]) -> Live:
        """The part of `Live` that the engagement and this teller know."""
        act, start = engagement.act, engagement.start
        return Live(
            number=self._number,
            at_ns=at_ns,
            rig=self._rig,
            surface=self._surroundings,
            phase=act.phase,
            held=engagement.held,
            phase_s=round(self._phase_s(engagement, t_s), 2),
            left_s=_rounded(engagement.left_s()),
            game=act.game if isinstance(act, Playing) else "",
            title=start.title if start else "",
            part=engagement.part + 1 if start else 0,
            parts=len(start.parts) if start else 0,
            session_id=start.session_id if start else None,
            round_key=act.key if isinstance(act, Playing) else "",
            trial=start is not None and start.trial,
            broken=engagement.broken,
            heard=engagement.heard,
            seats=_seats(engagement, players),
            expected=act.missing if isinstance(act, CheckingIn) else (),
            checked_in=engagement.who,
            volume=engagement.volume,
            silent_because=self._silent_because,
            languages=engagement.languages,
            frame_ms=round(float(np.median(self._frames_ms)), 2) if self._frames_ms else 0.0,
        )

    def _phase_s(self, engagement: Engagement, t_s: float) -> float:
        phase = (engagement.phase, engagement.part)
        if phase != self._phase:
            self._phase, self._phase_since_s = phase, t_s
        return t_s - self._phase_since_s

    def _tracking(self, t_s: float, players: Sequence[Player], pictures: int, age_ms: float) -> Tracking:
        if players:
            well = sum(min(each.left.score, each.right.score) >= SEEN_WELL for each in players)
            self._seen.append((t_s, well / len(players)))
        while self._seen and self._seen[0][0] < t_s - RECENT_S:
            self._seen.popleft()
        self._pictures.append((t_s, pictures))
        while self._pictures[0][0] < t_s - PICTURES_OVER_S:
            self._pictures.popleft()
        (from_s, before), (to_s, after) = self._pictures[0], self._pictures[-1]
        return Tracking(
            good_share=round(float(np.mean([share for _, share in self._seen])), 3) if self._seen else None,
            pictures_hz=round((after - before) / (to_s - from_s), 1) if to_s > from_s else 0.0,
            age_ms=round(age_ms, 1),
        )

    def _drawn(self, engagement: Engagement, t_s: float) -> tuple[Background | None, tuple[Drawn, ...]]:
        """The last words of a picture lie on top and are the ones that are kept."""
        canvas = RecordingCanvas()
        engagement.draw(canvas, t_s)
        return canvas.background, tuple(_turned(word) for word in canvas.drawn[-SHAPES_MOST:])


def _turned(word: Drawn) -> Drawn:
    """Words that face a player are told by the angle of their tops."""
    facing = word.details.get("facing")
    if not isinstance(facing, Player):
        return word
    return replace(word, details={**word.details, "facing": up_rad(facing, word.places[0])})


def _seats(engagement: Engagement, players: Sequence[Player]) -> tuple[LiveSeat, ...]:
    act = engagement.act
    if isinstance(act, CheckingIn):
        found = {seated.seat for seated in act.found}
        return tuple(_seat(n, e.player_id, 0, n in found) for n, e in sorted(act.expected.items()))
    if not isinstance(act, Playing):
        return ()
    here = {act.seats[player.id].number for player in players if player.id in act.seats}
    return tuple(
        _seat(number, known.player_id if (known := act.known.get(number)) else None, points, number in here)
        for number in sorted({*act.points, *act.known, *here})
        for points in (act.points.get(number, 0),)
    )


def _seat(number: int, player_id: int | None, points: int, here: bool) -> LiveSeat:
    looks = seat(number)
    return LiveSeat(number, player_id, srgb(looks.color), looks.symbol, points, here)


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 2)
