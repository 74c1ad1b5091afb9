"""Balloon pop: pop each balloon with the hand it shows; one on that hand's far side counts double."""

from __future__ import annotations

from didim.play import (
    Burst,
    Canvas,
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
    hands,
    touching,
)

from .balloons import Balloon, side_of
from .hand import GLOVES, SIDES, Side, Swings, draw_hand, way
from .sky import Sky

PER_PLAYER = 3
POINTS, OTHER_POINTS, ACROSS_FACTOR = 5, 2, 2
ACROSS_SHARE = 0.35
RISE_EVERY_S = 0.4
SPARKS, DIM = 16, 0.45  # bursts come often, side by side: few and soft sparks
HAND_M = 0.1
CLEAR_M, CLEAR_S = 0.25, 1.2  # where one burst no next one lights up at once: that would flicker


class BalloonPop(KitGame):
    def __init__(self, surface: Surface, rng: Rng, settings: Settings) -> None:
        super().__init__(surface, rng, settings)
        self._sky = Sky(surface, rng)
        self._balloons: list[Balloon] = []
        self._rose_s: dict[int, float] = {}
        self._popped: list[tuple[Target, float]] = []
        self._swings = Swings()

    def targets(self) -> list[Target]:
        return [Target(each.place, each.radius_m, each.player_id, side=each.hand) for each in self._balloons]

    def update(self, tick: Tick) -> list[Cue]:
        self._see(tick)
        here = {player.id for player in tick.players}
        self._balloons = [each for each in self._balloons if each.player_id in here]
        cues: list[Cue] = [Say("pop"), Music("fair", 104)] if tick.index == 0 else []
        cues += self._fly_away()
        for player in tick.players:
            places = {side: self._touched(player, side, tick) for side in SIDES}
            cues += [cue for each in list(self._balloons) for cue in self._touch(player, each, places)]
            self._swings.see(player, tick.dt_s)
            self._blow_up(player, tick)
        return [*cues, Finish()] if tick.t_s >= self._settings.round_s else cues

    def _fly_away(self) -> list[Cue]:
        gone = [each for each in self._balloons if each.left(self._t_s) <= 0]
        self._balloons = [each for each in self._balloons if each not in gone]
        return [self._challenge.tell(each.player_id, success=False) for each in gone]

    def _touched(self, player: Player, side: Side, tick: Tick) -> list[Point]:
        """Where that hand of the player is at the wall now, or came to it since the tick before."""
        if self._settings["side"] not in (side, "both"):
            return []
        mine = [event for event in tick.events if event.kind == "touch" and event.player_id == player.id]
        told = [event.place for event in mine if event.side in (side, None)]
        return [*told, *touching(player, self._surface, side=side)]

    def _touch(self, player: Player, balloon: Balloon, places: dict[Side, list[Point]]) -> list[Cue]:
        """A hand of its own player pops a balloon, the one that it shows for more; nobody takes another's."""
        if balloon.player_id != player.id:
            return []
        by = [side for side in SIDES if any(balloon.holds(place) for place in places[side])]
        if not by:
            return []
        self._balloons.remove(balloon)
        self._popped.append((Target(balloon.place, CLEAR_M), self._t_s))
        right = balloon.hand in by
        points = POINTS * (ACROSS_FACTOR if balloon.across else 1) if right else OTHER_POINTS
        if right and balloon.across:
            self._floaters.add("across", balloon.place, self._t_s, reader=player, points=points)
        return [
            self._challenge.tell(player.id, success=right),
            Score(player.id, points, balloon.place),
            Sound("pop", balloon.place, 2.0 * (len(self._balloons) % 5) if right else -7.0),
            *([Sound("star", balloon.place)] if right and balloon.across else []),
            Burst(balloon.place, balloon.color.times(DIM), count=SPARKS if right else SPARKS // 3),
        ]

    def _blow_up(self, player: Player, tick: Tick) -> None:
        own = [each for each in self._balloons if each.player_id == player.id]
        if len(own) >= PER_PLAYER or tick.t_s - self._rose_s.get(player.id, -1.0) < RISE_EVERY_S:
            return
        self._rose_s[player.id] = tick.t_s
        most_m = 0.09 * min(self._surface.width_m, self._surface.height_m)
        radius_m = min(self._challenge.between(player.id, 0.19, 0.12), most_m)
        self._popped = [(at, t_s) for at, t_s in self._popped if tick.t_s - t_s < CLEAR_S]
        taken = [*self.targets(), *(at for at, _ in self._popped)]
        place = self._places.find(player, tick.players, taken, radius_m, self._rng)
        if place is None:
            return
        of = tick.seats[player.id]
        side = side_of(player, place)
        hand = self._hand(side)
        life_s = self._settings.lasting_s(self._challenge.beyond(player.id, 6.0, 2.2))
        across = side is not None and side != hand
        new = Balloon(player.id, place, radius_m, tick.t_s, life_s, of.color, of.symbol, hand, across)
        self._balloons.append(new)

    def _hand(self, side: Side | None) -> Side:
        """The hand to ask for: mostly the one on that side of the body, now and then the other one."""
        if self._settings["side"] != "both":
            return "left" if self._settings["side"] == "left" else "right"
        other: Side = "left" if side == "right" else "right"
        if side is None:
            return self._rng.choice(SIDES)
        return other if self._rng.random() < ACROSS_SHARE else side

    def draw(self, canvas: Canvas) -> None:
        self._sky.draw(canvas, self._t_s)
        if self._t_s < self._settings.round_s - 10:
            self._signs.edges(canvas, "pop")
        for each in self._balloons:
            each.draw(canvas, self._t_s)
        for player in self._players:
            for side in SIDES:
                for hand in hands(player, side=side):
                    if self._surface.contains(hand):
                        self._draw_way(canvas, player, side)
                        draw_hand(canvas, hand, HAND_M, side, opacity=self._swings.clear(player.id, side))
        self._floaters.draw(canvas, self._t_s)

    def _draw_way(self, canvas: Canvas, player: Player, side: Side) -> None:
        """Beads run from the hand over the middle of the body to the balloon that asks for it."""
        across = [each for each in self._balloons if each.player_id == player.id and each.across]
        for each in [each for each in across if each.hand == side][:1]:
            for dot in way(hands(player, side=side)[0], each.place, self._t_s):
                canvas.disc(dot, 0.022, GLOVES[side], opacity=self._swings.clear(player.id, side))
