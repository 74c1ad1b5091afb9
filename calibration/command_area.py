"""`didim calibrate area`: which part of a surface may be played on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from calibration.areas import set_above_floor, set_area
from calibration.command_check import told
from calibration.words import Words
from didim.geometry import Surface
from didim.rig import Area, RigError, read_rig

Polygon = tuple[tuple[float, float], ...]
CELL_M = 0.25


@dataclass(frozen=True, slots=True)
class AreaFound:
    """A surface of a rig file and the part of it that may be played on."""

    name: str
    surface: Surface
    area: Area


def polygon_of(text: str) -> Polygon:
    """Read corners such as "0,0 1.5,0 1.5,1".

    Raises:
        RigError: they are no corners, or fewer than three.
    """
    try:
        corners = tuple(_corner(part) for part in text.replace(";", " ").split())
    except ValueError:
        raise RigError(f"expected corners such as '0,0 1.5,0 1.5,1', metres, got {text!r}") from None
    if len(corners) < 3:
        raise RigError(f"a part to keep off has three corners or more, got {len(corners)} in {text!r}")
    return corners


def _corner(text: str) -> tuple[float, float]:
    x, y = (float(number) for number in text.split(","))
    return x, y


def change(
    rig_file: Path,
    surface: str | None,
    keep_out: tuple[Polygon, ...],
    *,
    clear: bool,
    now: datetime,
    above_floor_m: float | None = None,
) -> AreaFound:
    """Add what is to be kept off, after taking back what was before where asked; nothing is written else.

    Args:
        above_floor_m: how high a wall's lower edge is; None keeps what the file says.

    Raises:
        RigError: there is no such file or surface, a corner lies outside of it, or a floor is to hang.
    """
    rig = read_rig(rig_file)
    name = surface or next(iter(rig.surfaces))
    before = rig.area(name)
    if keep_out or clear:
        area = Area(before.usable, (*(() if clear else before.keep_out), *keep_out))
        rig = set_area(rig_file, area, now, name)
    if above_floor_m is not None:
        rig = set_above_floor(rig_file, above_floor_m, now, name)
    if name not in rig.surfaces:
        raise RigError(f"{rig_file}: no surface {name!r}; the file has {sorted(rig.surfaces)}")
    return AreaFound(name, rig.surfaces[name], rig.area(name))


def tell(found: AreaFound, words: Words, *, as_json: bool) -> None:
    """Say it, with a plan: a mark each 25 cm, the far side on top."""
    cells, usable_m2 = plan(found)
    if as_json:
        area: dict[str, Any] = {"usable": found.area.usable, "keep_out": found.area.keep_out}
        area["above_floor_m"] = found.surface.above_floor_m
        print(json.dumps({"surface": found.name, "usable_m2": round(usable_m2, 2)} | area))
        return
    size_m = f"{found.surface.width_m:g} x {found.surface.height_m:g}"
    told.print(words("area.found", surface=found.name, size=size_m, usable=f"{usable_m2:.1f}"))
    if found.surface.kind == "wall":
        known = found.surface.above_floor_m is not None
        told.print(
            words("area.above" if known else "area.above_unknown", above=f"{found.surface.above_floor_m}")
        )
    for row in cells[::-1]:
        print("  " + "".join("· " if held else "■ " for held in row).rstrip())


def plan(found: AreaFound) -> tuple[np.ndarray, float]:
    """Which cells of 25 cm may be played on, (rows, columns) bool, first row at y = 0; and square metres."""
    columns, rows = (max(1, round(side / CELL_M)) for side in (found.surface.width_m, found.surface.height_m))
    x = (np.arange(columns) + 0.5) * found.surface.width_m / columns
    y = (np.arange(rows) + 0.5) * found.surface.height_m / rows
    held = found.area.holds(np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)).reshape(rows, columns)
    return held, float(held.mean() * found.surface.width_m * found.surface.height_m)
