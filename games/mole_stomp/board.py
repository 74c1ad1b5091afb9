"""How quick everybody is: reaction times by seat, shown in a breather."""

from __future__ import annotations

from collections.abc import Sequence

from didim.play import Canvas, Color, Player, Seats, Tell, Tick, Words, eased, popped

EVERY_S, SHOWN_S = 22.0, 5.0
DARK = Color(0.004, 0.012, 0.03)


class Board:
    """Attributes: shown: whether there is a breather now."""

    def __init__(self, words: Words) -> None:
        self.shown = False
        self._words = words
        self._took_ms: dict[int, list[int]] = {}
        self._since_s = 0.0
        self._players: Sequence[Player] = ()
        self._seats = Seats()

    def note(self, number: int, took_ms: int) -> None:
        """Take down a reaction time of a seat."""
        self._took_ms.setdefault(number, []).append(took_ms)

    def mean_ms(self, number: int) -> int | None:
        """The mean of all its reaction times, None where there is none yet."""
        took_ms = self._took_ms.get(number)
        return round(sum(took_ms) / len(took_ms)) if took_ms else None

    def told(self) -> list[Tell]:
        """What the results say of everybody."""
        means = {player.id: self.mean_ms(self._seats[player.id].number) for player in self._players}
        return [Tell(who, "ms", {"ms": ms}) for who, ms in means.items() if ms is not None]

    def update(self, tick: Tick) -> bool:
        """Whether a breather begins with this tick."""
        self._players, self._seats = tick.players, tick.seats
        if tick.t_s - self._since_s < (SHOWN_S if self.shown else EVERY_S):
            return False
        self.shown, self._since_s = not self.shown, tick.t_s
        return self.shown

    def draw(self, canvas: Canvas, t_s: float) -> None:
        """In a breather everybody reads their mean around their feet."""
        if not self.shown:
            return
        age_s = t_s - self._since_s
        opacity = eased(min(4 * age_s, 2 * (SHOWN_S - age_s)))
        for player in self._players:
            seat = self._seats[player.id]
            ms = self.mean_ms(seat.number)
            if ms is None or opacity <= 0:
                continue
            size_m = 0.34 * max(0.1, popped(2 * age_s))
            canvas.disc(player.feet, size_m, DARK, opacity=0.5 * opacity)
            canvas.ring(player.feet, size_m, seat.color.times(1.4), width_m=0.035, opacity=opacity)
            canvas.symbol(seat.symbol, player.feet, 0.09, seat.color.times(1.3), opacity=opacity)
            canvas.text(
                self._words.of(player, player.feet)("mean", ms=ms),
                player.feet,
                0.11,
                seat.color.times(1.8),
                facing=player,
                arc_radius_m=size_m + 0.05,
                opacity=opacity,
            )
