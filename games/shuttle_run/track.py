"""How the track looks: lanes, lines that light up, and the light that sets the pace."""

from __future__ import annotations

import math

from didim.play import Canvas, Color, Facing, Player, Point, Seat, Surface, Words, popped

from .lanes import Lanes, Runner

RUBBER = Color(0.30, 0.045, 0.035)
CREAM = Color(1.6, 1.5, 1.3)
PAINT = Color(0.95, 0.9, 0.82)
DIM = Color(0.28, 0.26, 0.26)
GOLD = Color(2.2, 1.35, 0.14)
HURRY = Color(1.7, 0.20, 0.10)
CROWD = (Color(1.2, 0.8, 0.25), Color(0.4, 0.7, 1.5), Color(1.2, 0.3, 0.7), Color(0.5, 1.2, 0.5))
CROWD_COUNT, GOLDEN = 150, 0.618034  # of the width from light to light: spread evenly
CHEVRONS = 6
TAIL = 9
FLASH_S = 0.6


class Track:
    def __init__(self, surface: Surface, lanes: Lanes, words: Words) -> None:
        self._words = words
        self._surface = surface
        self._lanes = lanes
        places = [
            Point(
                surface.width_m * (0.5 + index * GOLDEN) % surface.width_m,
                surface.height_m * (index + 0.5) / CROWD_COUNT,
            )
            for index in range(CROWD_COUNT)
        ]
        beside_m = 0.5 * lanes.width_m + 0.07
        self._crowd = [place for place in places if all(abs(place.y_m - y_m) > beside_m for y_m in lanes.y_m)]

    def draw_crowd(self, canvas: Canvas, t_s: float) -> None:
        """Lights of those who look on, wherever no lane is; they sway like a wave that goes round."""
        for index, place in enumerate(self._crowd):
            wave = 0.5 + 0.5 * math.sin(1.6 * t_s - 2.2 * place.x_m)
            color = CROWD[index % len(CROWD)]
            at = place.moved(0.0, 0.03 * wave)
            canvas.glow(at, 0.05 + 0.05 * wave, color, opacity=0.25 + 0.45 * wave)
            canvas.disc(at, 0.010 + 0.004 * wave, color.times(1.2), opacity=0.5 + 0.4 * wave)

    def draw_lane(self, canvas: Canvas, lane: int) -> None:
        """The empty lane: rubber between painted lines, its number at both ends."""
        lanes, y_m = self._lanes, self._lanes.y_m[lane]
        middle = Point(self._surface.width_m / 2, y_m)
        whole_m = lanes.length_m + 2 * lanes.end_m
        canvas.box(middle, (whole_m, lanes.width_m), RUBBER, corner_m=0.06, opacity=0.55)
        for side in (-0.5, 0.5):
            start, end = middle.moved(-whole_m / 2, 0), middle.moved(whole_m / 2, 0)
            dy_m = side * lanes.width_m
            canvas.line(start.moved(0, dy_m), end.moved(0, dy_m), PAINT, width_m=0.022, opacity=0.85)

    def draw_run(
        self, canvas: Canvas, runner: Runner, seat: Seat, length: float, paced: float | None, t_s: float
    ) -> None:
        """A runner's lane: the line to reach, where to, and the light that runs ahead."""
        if runner.lane is None:
            return
        lanes, color = self._lanes, seat.color
        for side in (0, 1):
            wanted = side == runner.side
            end = lanes.end(runner.lane, side, length)
            self._draw_end(canvas, end, color if wanted else DIM, t_s if wanted else None)
            self._draw_line(canvas, runner, side, length, color if wanted else PAINT, t_s)
            size_m = 0.3 * min(lanes.end_m, lanes.width_m)
            beat = 1 + (0.1 * math.sin(6 * t_s) if wanted else 0.0)
            canvas.symbol(seat.symbol, end, size_m * beat, color.times(1.5 if wanted else 0.5))
        self._draw_laps(canvas, runner, t_s)
        if runner.due_s is not None:
            self._draw_way(canvas, runner, color, length, t_s)
            if paced is not None:
                self._draw_pace(canvas, runner, HURRY if runner.late else GOLD, length, paced)

    def _draw_end(self, canvas: Canvas, end: Point, color: Color, t_s: float | None) -> None:
        """The ground behind a line; the one to reach glows."""
        size_m = (0.9 * self._lanes.end_m, 0.84 * self._lanes.width_m)
        canvas.box(end, size_m, color.times(0.35 if t_s is not None else 0.22), corner_m=0.05, opacity=0.8)
        if t_s is not None:
            pulse = 0.45 + 0.2 * math.sin(6 * t_s)
            canvas.glow(end, 0.75 * self._lanes.width_m, color, opacity=pulse)

    def draw_waiting(self, canvas: Canvas, player: Player) -> None:
        """Tell somebody whose turn is yet to come."""
        rest = self._words.of(player, player.feet)("rest")
        canvas.text(rest, player.feet, 0.09, CREAM, facing=player, arc_radius_m=0.36)

    def _draw_line(
        self, canvas: Canvas, runner: Runner, side: int, length: float, color: Color, t_s: float
    ) -> None:
        assert runner.lane is not None
        x_m, y_m = self._lanes.line_x_m(side, length), self._lanes.y_m[runner.lane]
        half_m = 0.44 * self._lanes.width_m
        lit = max(0.0, 1 - (t_s - runner.lit_s) / FLASH_S) if side != runner.side else 0.0
        shade = color.mixed(GOLD, lit)
        canvas.line(
            Point(x_m, y_m - half_m), Point(x_m, y_m + half_m), shade.times(1.3), width_m=0.035 + 0.03 * lit
        )
        if lit > 0:
            canvas.glow(Point(x_m, y_m), half_m * (1 + popped(1 - lit)), GOLD, opacity=0.7 * lit)

    def _draw_way(self, canvas: Canvas, runner: Runner, color: Color, length: float, t_s: float) -> None:
        """Chevrons that flow towards the line to reach."""
        assert runner.lane is not None
        lanes, way = self._lanes, 2 * runner.side - 1
        start_m, y_m = lanes.line_x_m(1 - runner.side, length), lanes.y_m[runner.lane]
        span_m, half_m = lanes.length_m * length, 0.16 * lanes.width_m
        for index in range(CHEVRONS):
            share = (index / CHEVRONS + 0.35 * t_s) % 1.0
            tip = Point(start_m + way * span_m * share, y_m)
            opacity = 0.8 * math.sin(math.pi * share)
            for dy_m in (-half_m, half_m):
                canvas.line(tip.moved(-way * half_m, dy_m), tip, color, width_m=0.035, opacity=opacity)

    def _draw_pace(self, canvas: Canvas, runner: Runner, color: Color, length: float, paced: float) -> None:
        """The light that is at the line when the beep comes."""
        assert runner.lane is not None
        lanes, way = self._lanes, 2 * runner.side - 1
        start_m, y_m = lanes.line_x_m(1 - runner.side, length), lanes.y_m[runner.lane]
        span_m = lanes.length_m * length
        head = Point(start_m + way * span_m * paced, y_m)
        tail = [
            head.moved(-way * min(0.6, span_m * paced) * (TAIL - step) / TAIL, 0) for step in range(TAIL + 1)
        ]
        size_m = 0.07 * lanes.width_m
        canvas.trail(tail, color, width_m=size_m)
        canvas.glow(head, 6 * size_m, color, opacity=0.8)
        canvas.disc(head, size_m, CREAM)

    def _draw_laps(self, canvas: Canvas, runner: Runner, t_s: float) -> None:
        """How many laps, large on the ground, read from the end that the runner comes from."""
        assert runner.lane is not None
        cap_m, y_m = 0.36 * self._lanes.width_m, self._lanes.y_m[runner.lane]
        age_s = t_s - runner.lit_s
        beat = 1 + 0.35 * max(0.0, 1 - age_s / FLASH_S)
        shade = CREAM.mixed(GOLD, max(0.0, 1 - age_s / FLASH_S))
        facing: Facing = "left" if runner.side == 1 else "right"
        place = Point(self._surface.width_m / 2, y_m)
        canvas.text(str(runner.laps), place, cap_m * beat, shade, facing=facing, opacity=0.9)
