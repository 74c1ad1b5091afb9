"""Numbers on the floor that nobody reads upside down."""

from __future__ import annotations

from didim.play import Canvas, Color, Facing, Point

CREAM = Color(1.6, 1.5, 1.3)
GOLD = Color(2.2, 1.35, 0.14)


def draw_number(canvas: Canvas, text: str, place: Point, size_m: float, cap_m: float, opacity: float) -> None:
    """For both edges; a bar below tells a 6 from a 9 that is read upside down."""
    facings: tuple[tuple[Facing, float], ...] = (("near", -1.0), ("far", 1.0))
    for facing, down in facings:
        center = place.moved(0.0, 0.42 * size_m * down)
        canvas.text(text, center, cap_m, CREAM, facing=facing, opacity=opacity)
        if set(text) & set("69"):
            y_m, half_m = 0.42 * size_m * down + 0.68 * cap_m * down, 0.3 * cap_m * len(text)
            canvas.line(
                place.moved(-half_m, y_m),
                place.moved(half_m, y_m),
                GOLD,
                width_m=0.1 * cap_m,
                opacity=opacity,
            )
