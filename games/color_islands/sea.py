"""The sea around the islands, that no rule hangs on: fish in a round dance, rings on the beat, the wave."""

from __future__ import annotations

import math

from didim.play import Canvas, Color, Point, Rng, Surface, Symbol, eased, popped

BPM = 116.0
NOTES = 8
FISH = (Color(1.5, 0.5, 0.05), Color(1.4, 0.2, 0.3), Color(0.5, 0.9, 1.5), Color(1.5, 1.2, 0.2))
FOAM, DEEP, DEEP_LIGHT = Color(0.9, 1.35, 1.4), Color(0.004, 0.012, 0.03), Color(0.02, 0.16, 0.30)
WHIRL_STEPS = 9
LIGHTS = (Color(1.2, 0.2, 0.6), Color(0.2, 0.6, 1.5), Color(1.3, 0.8, 0.1), Color(0.3, 1.1, 0.4))


class Sea:
    def __init__(self, surface: Surface, rng: Rng) -> None:
        self._surface = surface
        self._short_m = min(surface.width_m, surface.height_m)
        self._middle = Point(surface.width_m / 2, surface.height_m / 2)
        self._fish = [(rng.uniform(0.45, 0.85), rng.random(), rng.uniform(0.8, 1.2)) for _ in range(7)]

    def draw(self, canvas: Canvas, t_s: float, *, lively: float) -> None:
        """`lively`: 1 while the music plays, 0 when all is still."""
        canvas.fill("sea")
        beat = (t_s * BPM / 60) % 1.0
        if lively > 0:
            self._draw_whirl(canvas, t_s, beat, lively)
        for index, (out, phase, size) in enumerate(self._fish):
            self._draw_fish(canvas, t_s, index, out, phase, size)
        if lively > 0:
            self._draw_dance(canvas, t_s, beat, lively)

    def _draw_whirl(self, canvas: Canvas, t_s: float, beat: float, lively: float) -> None:
        """Lights wind out of the middle in four arms, and rings of water go out with the beat."""
        canvas.glow(self._middle, 0.5 * self._short_m, DEEP_LIGHT, opacity=0.8 * lively)
        for ring in range(3):
            share = (t_s * BPM / 480 + ring / 3) % 1.0
            out_m = self._short_m * (0.08 + 0.42 * share)
            canvas.ripple(self._middle, out_m, FOAM, opacity=0.30 * lively * (1 - share))
        for arm in range(4):
            for step in range(WHIRL_STEPS):
                share = (step + (0.5 * t_s) % 1.0) / WHIRL_STEPS
                turn_rad = math.tau * arm / 4 + 2.9 * share - 0.45 * t_s
                out_m = self._short_m * (0.05 + 0.40 * share)
                place = self._middle.moved(out_m * math.cos(turn_rad), out_m * math.sin(turn_rad))
                fade = lively * min(1.0, 4 * share) * (1 - share)
                size_m = self._short_m * (0.020 + 0.050 * share)
                canvas.glow(place, 1.8 * size_m, LIGHTS[arm], opacity=0.9 * fade)
        canvas.glow(
            self._middle, 0.13 * self._short_m * (1 + 0.3 * (1 - beat) ** 2), FOAM, opacity=0.5 * lively
        )

    def _draw_dance(self, canvas: Canvas, t_s: float, beat: float, lively: float) -> None:
        """Notes dance in a round and hop with the beat, every second one: there is nothing to step on yet."""
        half = int(t_s * BPM / 60) % 2
        for index in range(NOTES):
            way_rad = 0.35 * t_s + math.tau * index / NOTES
            place = self._middle.moved(
                0.27 * self._surface.width_m * math.cos(way_rad),
                0.29 * self._surface.height_m * math.sin(way_rad),
            )
            hop = math.sin(math.pi * beat) if index % 2 == half else 0.0
            size_m = 0.03 * self._short_m * (1 + 0.3 * hop)
            lean_rad = way_rad + 0.3 * math.sin(math.tau * beat)
            self._draw_note(canvas, place, size_m, lean_rad, LIGHTS[index % 4].times(1.1), 0.9 * lively)

    def _draw_note(
        self, canvas: Canvas, head: Point, size_m: float, up_rad: float, color: Color, opacity: float
    ) -> None:
        sin, cos = math.sin(up_rad), math.cos(up_rad)

        def at(right: float, up: float) -> Point:
            return head.moved(size_m * (right * sin + up * cos), size_m * (-right * cos + up * sin))

        canvas.glow(at(0.9, 1.2), 4.2 * size_m, color, opacity=0.35 * opacity)
        for dark, tint in ((0.24, DEEP), (0.0, color.times(1.25))):  # an outline, and the note on it
            for foot in (0.0, 1.9):
                left, right = at(foot - 0.22, -0.1), at(foot + 0.22, 0.1)
                canvas.line(left, right, tint, width_m=(0.92 + dark) * size_m, opacity=opacity)
                stem = at(foot + 0.58, 0.1), at(foot + 0.58, 2.7 + 0.12 * foot)
                canvas.line(*stem, tint, width_m=(0.20 + dark) * size_m, opacity=opacity)
            canvas.line(at(0.58, 2.6), at(2.48, 2.85), tint, width_m=(0.46 + dark) * size_m, opacity=opacity)

    def _draw_fish(
        self, canvas: Canvas, t_s: float, index: int, out: float, phase: float, size: float
    ) -> None:
        way_rad = 0.35 * size * t_s * (1 if index % 2 else -1) + math.tau * phase
        wide_m, deep_m = 0.5 * out * self._surface.width_m, 0.5 * out * self._surface.height_m
        place = self._middle.moved(wide_m * math.cos(way_rad), deep_m * math.sin(way_rad))
        turn = 1 if index % 2 else -1
        heading_rad = math.atan2(turn * deep_m * math.cos(way_rad), -turn * wide_m * math.sin(way_rad))
        canvas.koi(
            place,
            min(0.3, 0.11 * self._short_m) * size,
            FISH[index % len(FISH)],
            turn_rad=heading_rad,
            stroke=7 * t_s * size + index,
        )

    def draw_wave(self, canvas: Canvas, island: Point, radius_m: float, share: float, *, crowd: bool) -> None:
        """Water that closes in on an island from all sides, `share` 0 to 1; in a crowd from nearby."""
        far_m = 2.5 * radius_m if crowd else math.hypot(self._surface.width_m, self._surface.height_m)
        out_m = far_m + (1.12 * radius_m - far_m) * eased(1.15 * share)
        fade = min(1.0, 4 * (1 - share))
        for back_m, width_m, opacity in (
            (0.0, 0.09, 0.8),
            (0.1, 0.16, 0.5),
            (0.24, 0.2, 0.28),
            (0.42, 0.24, 0.14),
        ):
            canvas.ring(island, out_m + back_m, FOAM, width_m=width_m, opacity=opacity * fade)

    def draw_call(self, canvas: Canvas, kind: Symbol, color: Color, age_s: float) -> None:
        """The sign that is called, large in the middle and then gone."""
        fade = min(1.0, max(0.0, 2.2 - age_s))
        if fade <= 0:
            return
        size_m = 0.2 * self._short_m * max(0.05, popped(2.5 * age_s))
        canvas.glow(self._middle, 2.4 * size_m, color, opacity=0.5 * fade)
        canvas.disc(self._middle, 1.25 * size_m, Color(0.004, 0.012, 0.03), opacity=0.7 * fade)
        canvas.ring(self._middle, 1.25 * size_m, color.times(1.3), width_m=0.1 * size_m, opacity=fade)
        canvas.symbol(kind, self._middle, 0.85 * size_m, color.times(1.3), opacity=fade)
