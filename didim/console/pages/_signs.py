"""Drawn signs: the mark of didim, and the emblems as the floor draws them."""

from __future__ import annotations

from didim.play import PLAYER_COLORS, Color

SHAPES = {
    "circle": '<circle cx="50" cy="50" r="40"/>',
    "star": '<path d="M50 8 62 36 92 39 69 59 76 89 50 73 24 89 31 59 8 39 38 36Z"/>',
    "square": '<rect x="15" y="15" width="70" height="70" rx="10"/>',
    "heart": '<path d="M50 88C22 68 9 52 9 34A21 21 0 0 1 50 27 21 21 0 0 1 91 34C91 52 78 68 50 88Z"/>',
    "triangle": '<path d="M50 12 91 84H9Z"/>',
    "drop": '<path d="M50 8C64 30 80 46 80 62A30 30 0 0 1 20 62C20 46 36 30 50 8Z"/>',
    "moon": '<path d="M62 10A41 41 0 1 0 88 66 33 33 0 0 1 62 10Z"/>',
    "cross": '<path d="M36 10H64V36H90V64H64V90H36V64H10V36H36Z"/>',
}
"""What each sign is, in a square of 100."""

MARK = (
    '<svg viewBox="0 0 100 100" fill="none" stroke="currentColor" stroke-width="7" stroke-linecap="round" '
    'stroke-linejoin="round" aria-hidden="true"><path d="M58 13A39 39 0 1 0 88 44L54 51Z" '
    'stroke="var(--lily)"/><path d="m82 8 4 11 11 4-11 4-4 11-4-11-11-4 11-4Z" fill="currentColor" '
    'stroke="none"/></svg>'
)


def srgb(color: Color) -> str:
    """Linear light as "#rrggbb" (IEC 61966-2-1), what is brighter than white at its hue."""
    most = max(1.0, *color)
    levels = [max(0.0, part / most) for part in color]
    coded = [12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in levels]
    return "#" + "".join(f"{round(255 * v):02x}" for v in coded)


COLORS = {named.name: srgb(named.color) for named in PLAYER_COLORS}
"""sRGB of each player's color."""


def sign_svg(sign: str, color: str, number: str = "") -> str:
    """An emblem as a picture that says nothing to a reader: its name stands beside it.

    `number` is written on it, light with a dark edge: some colors are dark, and the moon has no middle.
    """
    told = (
        '<text x="50" y="57" text-anchor="middle" dominant-baseline="middle" font-size="50" '
        'font-weight="800" fill="#fff" stroke="#08131b" stroke-width="13" paint-order="stroke">'
        f"{number}</text>"
    )
    return (
        f'<svg viewBox="0 0 100 100" aria-hidden="true" fill="{color}" stroke="{color}" stroke-width="7" '
        f'stroke-linejoin="round">{SHAPES[sign]}{told if number else ""}</svg>'
    )
