"""Copy the pose: stand like the figure of light, and hold it until the ring is full."""

from __future__ import annotations

import math

from didim.play import (
    Burst,
    Canvas,
    Color,
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
    Tick,
    eased,
    popped,
)

from .figure import GOLD, draw_figure, draw_self
from .head import CREAM
from .poses import next_pose
from .stand import Stands
from .turn import FADE_S, Turn

TOLERANCE_EASY_DEG, TOLERANCE_HARD_DEG = 52.0, 28.0
TOLERANCE_LEAST_DEG = 14.0  # the camera sees a limb no more exactly
RING = 0.56  # radius, of the stature
PRAISE_LOW = 0.5  # of the stature: praise rises from that far below the middle, where no face is
FRESH, LATE = Color(0.5, 0.9, 1.8), Color(1.6, 0.14, 0.12)


class CopyPose(KitGame):
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        super().__init__(surface, rng, settings)
        self._stands = Stands(surface, self._signs)
        self._turns: dict[int, Turn] = {}

    def targets(self) -> list[Target]:
        return [
            Target(
                self._stands.middle(who),
                0.5 * self._stands.stature_m,
                who,
                "pose",
                due_s=turn.born_s + turn.life_s,
                pose_deg=turn.pose,
            )
            for who, turn in self._turns.items()
            if turn.solved is None
        ]

    def update(self, tick: Tick) -> list[Cue]:
        self._see(tick)
        self._stands.update(tick.players, tick.dt_s)
        here = {player.id for player in tick.players}
        self._turns = {who: turn for who, turn in self._turns.items() if who in here}
        cues: list[Cue] = [Say("copy"), Music("pose", 92)] if tick.index == 0 else []
        for player in tick.players:
            turn = self._turns.get(player.id)
            if turn is None or turn.is_over(tick.t_s):
                self._turns[player.id] = self._fresh(player, turn)
            elif turn.solved is None:
                cues += self._pose(player, turn, tick.dt_s)
        return [*cues, Finish()] if tick.t_s >= self._settings.round_s else cues

    def _fresh(self, player: Player, last: Turn | None) -> Turn:
        pose = next_pose(
            self._challenge[player.id],
            None if last is None else last.pose,
            self._rng,
            side=self._settings["side"],
            legs=player.plays == "standing",
        )
        between = self._challenge.between
        return Turn(
            pose,
            born_s=self._t_s,
            life_s=self._settings.lasting_s(
                self._settings["pose_s"] * self._challenge.beyond(player.id, 1.25, 0.6)
            ),
            hold_s=self._settings["hold_s"] * between(player.id, 0.8, 1.4),
            tolerance_deg=max(
                TOLERANCE_LEAST_DEG,
                self._challenge.beyond(player.id, TOLERANCE_EASY_DEG, TOLERANCE_HARD_DEG),
            ),
        )

    def _pose(self, player: Player, turn: Turn, dt_s: float) -> list[Cue]:
        place = self._stands.middle(player.id)
        began = turn.look(player, dt_s)
        if turn.filled >= 1.0:
            return self._solved(player, turn, place)
        if turn.left(self._t_s) <= 0 and turn.filled == 0.0:  # who is holding may finish
            turn.end(self._t_s, solved=False)
            return [self._challenge.tell(player.id, success=False), Sound("whoosh", place)]
        return [Sound("tick", place)] if began else []

    def _solved(self, player: Player, turn: Turn, place: Point) -> list[Cue]:
        key, points = turn.grade()
        turn.end(self._t_s, solved=True)
        hit = self._challenge.tell(player.id, success=True)
        low, room_m = (
            place.moved(0.0, -PRAISE_LOW * self._stands.stature_m),
            1.9 * RING * self._stands.stature_m,
        )
        self._floaters.add(key, low, self._t_s, reader=player, room_m=room_m, points=points)
        sound = Sound("star", place) if key == "perfect" else Sound("chime", place)
        return [hit, Score(player.id, points, place), sound, Burst(place, self._seats[player.id].color, 70)]

    def draw(self, canvas: Canvas) -> None:
        canvas.fill("theatre")
        holding = any(turn.filled > 0.3 and turn.solved is None for turn in self._turns.values())
        if self._t_s < self._settings.round_s - 10:
            self._signs.edges(canvas, "hold" if holding else "copy")
        for player in self._players:
            if player.id in self._turns:
                self._draw_turn(canvas, player, self._turns[player.id])
        self._floaters.draw(canvas, self._t_s)

    def _draw_turn(self, canvas: Canvas, player: Player, turn: Turn) -> None:
        seat, stature_m = self._seats[player.id], self._stands.stature_m
        ground, middle = self._stands.ground(player.id), self._stands.middle(player.id)
        age_s, gone = self._t_s - turn.born_s, eased((self._t_s - turn.ended_s) / FADE_S)
        opacity = min(1.0, 3 * age_s + 0.02) * (1 - gone)
        size_m = stature_m * (0.9 + 0.1 * popped(2 * age_s)) * (1 + 0.12 * gone * bool(turn.solved))
        canvas.glow(ground, 0.5 * stature_m, seat.color, opacity=0.35)
        canvas.symbol(seat.symbol, ground.moved(0, -0.05 * stature_m), 0.045 * stature_m, seat.color)
        ring_m, left = RING * size_m, turn.left(self._t_s)
        canvas.ring(
            middle, ring_m, LATE.mixed(FRESH, left), width_m=0.012, progress=left, opacity=0.6 * opacity
        )
        if turn.filled > 0:
            width_m = 0.035 * (1 + 0.15 * math.sin(12 * self._t_s))
            canvas.ring(middle, ring_m, GOLD, width_m=width_m, progress=turn.filled, opacity=opacity)
        color = GOLD.mixed(CREAM, 0.3) if turn.solved else seat.color
        draw_figure(canvas, turn.pose, ground, size_m, color, matched=turn.matched, opacity=opacity)
        if turn.solved is None:
            draw_self(canvas, player, turn.pose, ground, size_m, opacity=opacity)
