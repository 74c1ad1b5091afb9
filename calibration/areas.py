"""The part of a surface that may be played on: computed, drawn by hand, and kept in the rig file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from calibration.history import save_rig
from calibration.projector import PlayArea
from didim.rig import Area, Rig, RigError, read_rig

ROUND_M = 3


def area_of(found: PlayArea, keep_out: tuple[tuple[tuple[float, float], ...], ...] = ()) -> Area:
    """What was found as the rig file holds it."""
    usable = tuple(
        tuple((round(p.x_m, ROUND_M), round(p.y_m, ROUND_M)) for p in outline) for outline in found.outlines
    )
    return Area(usable, keep_out)


def set_area(rig_file: Path, area: Area, now: datetime, surface: str | None = None) -> Rig:
    """Write a rig file with another area; the version before is kept.

    Args:
        surface: its name; the first if none is named.

    Raises:
        RigError: there is no such surface, a corner lies far outside of it, or nothing can be written.
    """
    rig, name = _named(rig_file, surface)
    check_on(area, rig, name)
    changed = replace(rig, areas=rig.areas | {name: area})
    save_rig(changed, rig_file, now)
    return changed


def set_above_floor(rig_file: Path, above_floor_m: float, now: datetime, surface: str | None = None) -> Rig:
    """Write a rig file with another height of a wall's lower edge above the floor; keep the version before.

    Raises:
        RigError: there is no such surface, it is a floor, or nothing can be written.
    """
    rig, name = _named(rig_file, surface)
    try:
        hung = replace(rig.surfaces[name], above_floor_m=above_floor_m)
    except ValueError as error:
        raise RigError(f"surface {name!r}: {error}") from None
    changed = replace(rig, surfaces=rig.surfaces | {name: hung})
    save_rig(changed, rig_file, now)
    return changed


def _named(rig_file: Path, surface: str | None) -> tuple[Rig, str]:
    rig = read_rig(rig_file)
    name = surface or next(iter(rig.surfaces))
    if name not in rig.surfaces:
        raise RigError(f"{rig_file}: no surface {name!r}; the file has {sorted(rig.surfaces)}")
    return rig, name


def check_on(area: Area, rig: Rig, surface: str) -> None:
    """Refuse corners that lie more than a metre outside of the surface, and an area without any room.

    Raises:
        RigError: with the corner.
    """
    on = rig.surfaces[surface]
    for x, y in (corner for polygon in (*area.usable, *area.keep_out) for corner in polygon):
        if not (-1 <= x <= on.width_m + 1 and -1 <= y <= on.height_m + 1):
            raise RigError(
                f"the corner {x:g},{y:g} lies outside of the surface {surface!r}, which is "
                f"{on.width_m:g} x {on.height_m:g} m from its lower left corner; give metres"
            )
