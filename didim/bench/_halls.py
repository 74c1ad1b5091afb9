"""Halls in which people are as tall in the picture as a benchmark asks."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from didim.bench._films import Film
from didim.sim.venue import PlaySurface, Room, Venue, open_venue

HEIGHTS_PX = (120, 160, 240, 300)
COUNTS = (1, 4, 8)
SIZE_PX = (1280, 720)
STATURES_M = (1.4, 1.2, 1.65, 1.1, 1.3, 1.5, 1.05, 1.75)
AIM_M, HFOV_DEG = (2.0, 2.2, 0.0), 80.0  # the small hall's camera turned so that a wide picture holds all
SETTLED = 40  # pictures before it counts who is found
COUNTED = 40
EMPTY_PICTURES = 120
STEPPING_PICTURES = 750
CROSSING_S, CROSSING_HZ = 60.0, 15.0
SMALL_HALL_PX, NEARER = 240.0, 0.84  # how tall people are in the small hall itself, and how that grows


def hall_for(height_px: float) -> Venue:
    """The small hall, made larger or smaller until people of 1.3 m are about `height_px` tall in it.

    Floor, walls, lamps, camera and projector move apart alike; the lamps' and the projector's light grows
    with the floor.
    """
    hall = open_venue("small-hall")
    scale = (SMALL_HALL_PX / height_px) ** NEARER
    camera, (projector, *_) = hall.camera[0], hall.projector
    grown = Room(
        x_m=_scaled(hall.room.x_m, scale),
        y_m=_scaled(hall.room.y_m, scale),
        height_m=scale * hall.room.height_m,
    )
    surface = PlaySurface(width_m=scale * hall.surface.width_m, height_m=scale * hall.surface.height_m)
    return replace(
        hall,
        name=f"hall-{height_px:.0f}px",
        room=grown,
        surface=surface,
        box=(),
        window=(),
        lamp=tuple(
            replace(lamp, at_m=_scaled(lamp.at_m, scale), lumen=scale**2 * lamp.lumen) for lamp in hall.lamp
        ),
        camera=(
            replace(
                camera,
                at_m=_scaled(camera.at_m, scale),
                look_at_m=_scaled(AIM_M, scale),
                hfov_deg=HFOV_DEG,
                size_px=SIZE_PX,
            ),
        ),
        projector=(
            replace(
                projector,
                at_m=_scaled(projector.at_m, scale),
                look_at_m=_scaled(projector.look_at_m, scale),
                lumen=min(scale**2 * projector.lumen, 12_000.0),
            ),
        ),
    )


def people_films() -> dict[int, list[Film]]:
    """By how tall people are: films of four and eight of them, of the tallest one alone as well."""
    return {
        height_px: [
            Film(
                hall_for(height_px),
                heights_m=STATURES_M[:count],
                seed=10 * number + count,
                pictures=SETTLED + COUNTED,
            )
            for count in (COUNTS if height_px == HEIGHTS_PX[-1] else COUNTS[1:])
        ]
        for number, height_px in enumerate(HEIGHTS_PX)
    }


def latency_film(count: int) -> Film:
    """So many people in the small hall, as its own camera sees them."""
    return Film(
        open_venue("small-hall"), heights_m=STATURES_M[:count], seed=70 + count, pictures=SETTLED + COUNTED
    )


def stepping_films() -> list[Film]:
    """The small hall, each with one person who walks about, stops for moves and jumps."""
    return [
        Film(
            open_venue("small-hall"),
            heights_m=(height_m,),
            seed=90 + number,
            pictures=STEPPING_PICTURES,
            leaps=True,
        )
        for number, height_m in enumerate((1.2, 1.5))
    ]


def crossing_film() -> Film:
    """Four people in the small hall who cross each other's ways for a minute."""
    pictures = round(CROSSING_S * CROSSING_HZ)
    return Film(
        open_venue("small-hall"), heights_m=STATURES_M[:4], seed=60, pictures=pictures, fps=CROSSING_HZ
    )


def empty_films() -> list[Film]:
    """Rooms with nobody in them and a game on the floor."""
    names = ("small-hall", "bright-game", "glossy", "dark")
    return [
        Film(open_venue(name), heights_m=(), seed=80 + number, pictures=EMPTY_PICTURES)
        for number, name in enumerate(names)
    ]


def _scaled(values_m: tuple[float, ...], scale: float) -> tuple[Any, ...]:
    return tuple(round(scale * value, 3) for value in values_m)
