"""Emblems on paper."""

from __future__ import annotations

import math
from typing import Any

from didim.records._emblem import Emblem, EmblemColor
from didim.records.report._sheet import Color, Sheet

PAPER: dict[EmblemColor, Color] = {
    "cyan": (27, 163, 212),
    "magenta": (208, 26, 138),
    "orange": (230, 138, 0),
    "lime": (108, 178, 40),
    "blue": (43, 91, 222),
    "rose": (233, 140, 138),
}
"""Darker than on the floor, to be seen on white."""


def draw_emblem(sheet: Sheet, emblem: Emblem, x: float, y: float, radius: float) -> None:
    """Draw an emblem around a point."""
    sheet.fill(PAPER[emblem.color])
    path = sheet.canvas.beginPath()
    {
        "circle": _circle,
        "star": _star,
        "square": _square,
        "heart": _heart,
        "triangle": _triangle,
        "drop": _drop,
        "moon": _moon,
        "cross": _cross,
    }[emblem.sign](path, x, y, radius)
    sheet.canvas.drawPath(path, stroke=0, fill=1)


def _polygon(path: Any, x: float, y: float, points: list[tuple[float, float]]) -> None:
    path.moveTo(x + points[0][0], y + points[0][1])
    for dx, dy in points[1:]:
        path.lineTo(x + dx, y + dy)
    path.close()


def _ring(radius: float, degrees: list[float]) -> list[tuple[float, float]]:
    return [(radius * math.cos(math.radians(d)), radius * math.sin(math.radians(d))) for d in degrees]


def _circle(path: Any, x: float, y: float, r: float) -> None:
    path.circle(x, y, 0.9 * r)


def _star(path: Any, x: float, y: float, r: float) -> None:
    outer, inner = (
        _ring(1.05 * r, [90 + 72 * i for i in range(5)]),
        _ring(0.46 * r, [126 + 72 * i for i in range(5)]),
    )
    _polygon(path, x, y - 0.06 * r, [point for pair in zip(outer, inner, strict=True) for point in pair])


def _square(path: Any, x: float, y: float, r: float) -> None:
    path.roundRect(x - 0.8 * r, y - 0.8 * r, 1.6 * r, 1.6 * r, 0.18 * r)


def _heart(path: Any, x: float, y: float, r: float) -> None:
    path.moveTo(x, y - 0.9 * r)
    path.curveTo(x - 1.5 * r, y + 0.15 * r, x - 0.85 * r, y + 1.25 * r, x, y + 0.45 * r)
    path.curveTo(x + 0.85 * r, y + 1.25 * r, x + 1.5 * r, y + 0.15 * r, x, y - 0.9 * r)
    path.close()


def _triangle(path: Any, x: float, y: float, r: float) -> None:
    _polygon(path, x, y - 0.18 * r, _ring(1.05 * r, [90, 210, 330]))


def _drop(path: Any, x: float, y: float, r: float) -> None:
    path.moveTo(x, y + 1.05 * r)
    path.curveTo(x + 0.3 * r, y + 0.4 * r, x + 0.75 * r, y + 0.1 * r, x + 0.72 * r, y - 0.3 * r)
    path.curveTo(x + 0.7 * r, y - 1.15 * r, x - 0.7 * r, y - 1.15 * r, x - 0.72 * r, y - 0.3 * r)
    path.curveTo(x - 0.75 * r, y + 0.1 * r, x - 0.3 * r, y + 0.4 * r, x, y + 1.05 * r)
    path.close()


def _moon(path: Any, x: float, y: float, r: float) -> None:
    x -= 0.15 * r
    path.moveTo(x + 0.45 * r, y + 0.85 * r)
    path.curveTo(x - 1.1 * r, y + 1.1 * r, x - 1.1 * r, y - 1.1 * r, x + 0.45 * r, y - 0.85 * r)
    path.curveTo(x - 0.3 * r, y - 0.45 * r, x - 0.3 * r, y + 0.45 * r, x + 0.45 * r, y + 0.85 * r)
    path.close()


def _cross(path: Any, x: float, y: float, r: float) -> None:
    a, b = 0.9 * r, 0.32 * r
    corners = [
        (-b, a),
        (b, a),
        (b, b),
        (a, b),
        (a, -b),
        (b, -b),
        (b, -a),
        (-b, -a),
        (-b, -b),
        (-a, -b),
        (-a, b),
        (-b, b),
    ]
    _polygon(path, x, y, corners)
