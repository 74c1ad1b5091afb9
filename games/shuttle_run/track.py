"""How the track looks: bright lanes, the line to reach, and the place of those who wait."""

from __future__ import annotations

import math
from collections.abc import Mapping

from didim.play import Canvas, Color, Facing, Point, Seat, popped

from .hare import draw_hare
from .lanes import Lanes, Runner

FLOODLIGHT = Color(0.20, 0.26, 0.62)
RUBBER = (Color(0.030, 0.030, 0.095), Color(0.045, 0.026, 0.085))
GRASS = Color(0.05, 0.26, 0.05)
CREAM = Color(1.6, 1.5, 1.3)
PAINT = Color(0.95, 0.9, 0.82)
GOLD = Color(2.2, 1.35, 0.14)
DARK = Color(0.03, 0.02, 0.03)
CHEVRONS = 4
FLASH_S = 0.6
BENCH_RADIUS_M = 0.22
LAMP_M = 0.45


class Track:
    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes

    def draw_lane(self, canvas: Canvas, lane: int, t_s: float) -> None:
        """The empty lane: rubber between painted lines, lamps that run along them."""
        lanes, y_m = self._lanes, self._lanes.y_m[lane]
        whole_m = lanes.length_m + 2 * lanes.end_m
        middle = Point((lanes.line_x_m(0) + lanes.line_x_m(1)) / 2, y_m)
        size_m = whole_m, lanes.width_m
        canvas.box(middle, size_m, RUBBER[lane % 2], corner_m=0.05, opacity=0.80)  # the ground's grain shows
        for share in (0.0, 0.5, 1.0):  # floodlights on the lane
            lit = middle.moved((share - 0.5) * lanes.length_m, 0.0)
            canvas.glow(lit, 0.75 * lanes.width_m, FLOODLIGHT, opacity=0.20)
        for side in (-0.5, 0.5):
            start = middle.moved(-whole_m / 2, side * lanes.width_m)
            end = start.moved(whole_m, 0)
            canvas.line(start, end, PAINT, width_m=0.018)
            for lamp in range(int(whole_m / LAMP_M) + 1):
                beat = 0.5 + 0.5 * math.sin(2.2 * t_s - 0.8 * lamp + lane)
                at = start.moved(min(whole_m, LAMP_M * lamp), 0)
                canvas.glow(at, 0.07, GOLD, opacity=0.2 + 0.4 * beat)

    def draw_bench(self, canvas: Canvas, waiting: Mapping[int | None, Seat], t_s: float) -> None:
        """A round of grass for each who waits, in their color, with dots that circle: the turn comes."""
        for index, place in enumerate(self._lanes.bench):
            seat = waiting.get(index)
            canvas.disc(place, BENCH_RADIUS_M, GRASS, opacity=0.95)
            color = PAINT.times(0.6) if seat is None else seat.color
            canvas.ring(place, BENCH_RADIUS_M, color, width_m=0.03, opacity=0.5 if seat is None else 1.0)
            if seat is None:
                continue
            canvas.symbol(seat.symbol, place, 0.1, color, opacity=0.8)
            for dot in range(6):
                angle_rad = math.tau * dot / 6 - 1.2 * t_s
                far_m = BENCH_RADIUS_M + 0.05
                at = place.moved(far_m * math.cos(angle_rad), far_m * math.sin(angle_rad))
                canvas.disc(at, 0.014, CREAM)

    def draw_run(
        self, canvas: Canvas, runner: Runner, seat: Seat, length: float, paced: float | None, t_s: float
    ) -> None:
        """A runner's lane: how many laps, the line to reach, where to, and the hare that runs ahead."""
        if runner.lane is None:
            return
        self._draw_laps(canvas, runner, t_s)
        for side in (0, 1):
            self._draw_end(canvas, runner, side, seat, length, t_s)
        if runner.due_s is not None:
            self._draw_way(canvas, runner, seat.color, length, t_s)
        if paced is not None:
            self._draw_pace(canvas, runner, length, paced, t_s)

    def _draw_end(
        self, canvas: Canvas, runner: Runner, side: int, seat: Seat, length: float, t_s: float
    ) -> None:
        """The ground behind a line, in the runner's color; the one to reach shines."""
        assert runner.lane is not None
        lanes, wanted = self._lanes, side == runner.side
        end, half_m = lanes.end(runner.lane, side, length), 0.46 * lanes.width_m
        size_m = (0.98 * lanes.end_m, 0.92 * lanes.width_m)
        canvas.box(end, size_m, seat.color.times(0.55 if wanted else 0.12), corner_m=0.12, opacity=0.85)
        beat = math.sin(6 * t_s) if wanted else 0.0
        radius_m = 0.36 * min(lanes.end_m, lanes.width_m) * (1 + 0.1 * beat)
        if wanted:
            canvas.glow(end, 0.7 * lanes.width_m, seat.color, opacity=0.5 + 0.2 * beat)
        canvas.disc(end, 1.3 * radius_m, DARK, opacity=0.75)
        canvas.symbol(seat.symbol, end, radius_m, seat.color.times(1.5 if wanted else 0.5))
        line = Point(lanes.line_x_m(side, length), lanes.y_m[runner.lane])
        lit = 0.0 if wanted else max(0.0, 1 - (t_s - runner.lit_s) / FLASH_S)
        canvas.line(line.moved(0, -half_m), line.moved(0, half_m), PAINT.mixed(GOLD, lit), width_m=0.05)
        for check in range(6):  # the line is chequered
            at = line.moved(0.0125 * (1 if check % 2 else -1), half_m * (check - 2.5) / 3)
            canvas.box(at, (0.025, half_m / 3), DARK, corner_m=0.002, opacity=0.9)
        if lit > 0:
            canvas.glow(line, half_m * (1 + popped(1 - lit)), GOLD, opacity=0.6 * lit)

    def _draw_way(self, canvas: Canvas, runner: Runner, color: Color, length: float, t_s: float) -> None:
        """Chevrons that flow towards the line to reach."""
        assert runner.lane is not None
        lanes, way = self._lanes, 2 * runner.side - 1
        start_m, y_m = lanes.line_x_m(1 - runner.side, length), lanes.y_m[runner.lane]
        span_m, half_m = lanes.length_m * length, 0.22 * lanes.width_m
        for index in range(CHEVRONS):
            share = (index / CHEVRONS + 0.3 * t_s) % 1.0
            tip = Point(start_m + way * span_m * share, y_m)
            opacity = 0.9 * math.sin(math.pi * share)
            canvas.glow(tip.moved(-0.5 * way * half_m, 0.0), 1.7 * half_m, color, opacity=0.45 * opacity)
            for back, width_m, tint in ((0.0, 0.045, color.times(1.5)), (0.5, 0.022, color.times(0.9))):
                nose = tip.moved(-way * back * half_m, 0.0)
                for dy_m in (-half_m, half_m):
                    wing = nose.moved(-0.75 * way * half_m, dy_m)
                    canvas.line(wing, nose, tint, width_m=width_m, opacity=opacity)

    def _draw_pace(self, canvas: Canvas, runner: Runner, length: float, paced: float, t_s: float) -> None:
        """The hare is at the line when the beep comes, and waits there for the late and for the next lap."""
        assert runner.lane is not None
        lanes, way = self._lanes, 2 * runner.side - 1
        late = runner.due_s is not None and runner.due_s <= t_s
        share = 0.0 if runner.due_s is None else 1.0 if late else paced
        beside_m = 0.3 * lanes.width_m  # the middle of the lane is for feet
        start_m, y_m = lanes.line_x_m(1 - runner.side, length), lanes.y_m[runner.lane]
        place = Point(start_m + way * lanes.length_m * length * share, y_m + beside_m)
        draw_hare(canvas, place, way, 0.42 * lanes.width_m, t_s, late=late)

    def _draw_laps(self, canvas: Canvas, runner: Runner, t_s: float) -> None:
        """How many laps, painted on the ground, read from the end that the runner comes from."""
        assert runner.lane is not None
        fresh = max(0.0, 1 - (t_s - runner.lit_s) / FLASH_S)
        facing: Facing = "left" if runner.side == 1 else "right"
        place = Point((self._lanes.line_x_m(0) + self._lanes.line_x_m(1)) / 2, self._lanes.y_m[runner.lane])
        cap_m, shade = 0.4 * self._lanes.width_m * (1 + 0.25 * fresh), PAINT.mixed(GOLD, fresh)
        canvas.text(str(runner.laps), place, cap_m, shade, facing=facing, opacity=0.55 + 0.4 * fresh)
