"""`didim rig`: make a rig file from a published calibration, and show one."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from calibration._camera_files import opencv_yaml_of
from calibration.published import (
    CalibrationError,
    PublishedCamera,
    make_rig,
    read_calibration,
    seen_share,
)
from didim.geometry import PinholeCamera, Point
from didim.rig import Camera, Rig, read_rig, write_rig

rig_app = typer.Typer(
    help="The rig file: where cameras and projectors stand, in metres on the surface.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

UNITS_M = {"m": 1.0, "cm": 0.01, "mm": 0.001}


@rig_app.command("import")
def import_rig(
    file: Annotated[
        Path,
        typer.Argument(
            help="Pose2Sim, Anipose or Caliscope TOML, Qualisys .qca.txt, OpenCV YAML, RoomAlive XML."
        ),
    ],
    out: Annotated[Path, typer.Option(help="The rig file to write.")] = Path("rig.toml"),
    area: Annotated[
        str | None,
        typer.Option(metavar="WxH", help="Size of the play area in metres; else what the most cameras see."),
    ] = None,
    center: Annotated[
        str | None,
        typer.Option(metavar="X,Y", help="Middle of the play area in the recording's world, metres."),
    ] = None,
    level: Annotated[
        float, typer.Option(metavar="M", help="Height of the play floor in the recording's world, metres.")
    ] = 0.0,
    camera: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Take this camera; repeat for several. The first one leads."),
    ] = None,
    unit: Annotated[str, typer.Option(help="Length unit of a TOML or YAML file: m, cm or mm.")] = "m",
    force: Annotated[bool, typer.Option("--force", help="Write over a rig file that is there.")] = False,
) -> None:
    """Make a rig file from the calibration that came with a recording.

    The world's z axis is up and its floor lies at `--level`. The rig gets a virtual projector that shows
    the whole play area, so that `didim play --headless` works with it at once.
    """
    if out.exists() and not force:
        raise CalibrationError(f"{out} is there already; choose another --out, or --force to write over it")
    if unit not in UNITS_M:
        raise CalibrationError(f"--unit is one of {', '.join(UNITS_M)}, got {unit!r}")
    rig = make_rig(
        _chosen(read_calibration(file, unit_m=UNITS_M[unit]), camera or (), file),
        name=file.name.split(".")[0],
        area_m=_two("--area", area, "x", "4x3"),
        center_m=None if center is None else Point(*_pair("--center", center, ",", "0.5,-1")),
        level_m=level,
    )
    write_rig(rig, out)
    Console(stderr=True).print(f"wrote {out}: {_told(rig)}", highlight=False, soft_wrap=True)


@rig_app.command("export")
def export_rig(
    file: Annotated[Path, typer.Argument(help="The rig file.")] = Path("rig.toml"),
    out: Annotated[Path, typer.Option(help="The OpenCV YAML file to write.")] = Path("camera.yml"),
    camera: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which camera; else the rig's first.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write one camera of a rig as OpenCV's YAML: its lens, and its pose over the surface in metres."""
    if out.exists() and not force:
        raise CalibrationError(f"{out} is there already; choose another --out, or --force to write over it")
    chosen = read_rig(file).camera(camera)
    try:
        out.write_text(opencv_yaml_of(chosen), "utf-8")
    except (OSError, ValueError) as error:
        raise CalibrationError(f"{out}: {error}") from None
    Console(stderr=True).print(f"wrote {out}: camera {chosen.name}", highlight=False, soft_wrap=True)


@rig_app.command("show")
def show_rig(
    file: Annotated[Path, typer.Argument(help="The rig file.")] = Path("rig.toml"),
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show the surfaces, cameras and projectors of a rig file, in metres and degrees."""
    rig = read_rig(file)
    if as_json:
        print(json.dumps(_described(rig), indent=2, ensure_ascii=False))
        return
    console = Console()
    console.print(f"[bold]{rig.name}[/], pose engine {rig.engine}", highlight=False)
    for title, rows in _described(rig).items():
        if isinstance(rows, list) and rows:
            columns = (key.replace("_", " ") for key in rows[0])
            table = Table(*columns, title=title, title_justify="left", box=SIMPLE)
            for row in rows:
                table.add_row(*(_cell(value) for value in row.values()))
            console.print(table)


def _chosen(
    cameras: tuple[PublishedCamera, ...], names: Sequence[str], file: Path
) -> tuple[PublishedCamera, ...]:
    """The cameras of these names in their order; all where none is named."""
    by_name = {published.name: published for published in cameras}
    missing = [name for name in names if name not in by_name]
    if missing:
        raise CalibrationError(f"{file} has no camera {missing[0]!r}; it has: {', '.join(by_name)}")
    return tuple(by_name[name] for name in names) or cameras


def _two(option: str, text: str | None, mark: str, example: str) -> tuple[float, float] | None:
    return None if text is None else _pair(option, text, mark, example)


def _pair(option: str, text: str, mark: str, example: str) -> tuple[float, float]:
    number = r"\s*([-+]?\d*\.?\d+)\s*"
    found = re.fullmatch(number + mark + number, text.lower())
    if not found:
        raise CalibrationError(f"{option} expects two numbers such as {example}, got {text!r}")
    return float(found[1]), float(found[2])


def _told(rig: Rig) -> str:
    surface = next(iter(rig.surfaces.values()))
    cameras = ", ".join(f"{c.name} ({seen_share(c, surface):.0%} of it)" for c in rig.cameras)
    return f"a floor of {surface.width_m:g} x {surface.height_m:g} m, seen by {cameras}"


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, list):
        return ", ".join(f"{part:.4g}" for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _described(rig: Rig) -> dict[str, Any]:
    return {
        "name": rig.name,
        "engine": rig.engine,
        "surfaces": [
            {"name": name, "kind": s.kind, "width_m": s.width_m, "height_m": s.height_m}
            for name, s in rig.surfaces.items()
        ],
        "cameras": [_described_camera(camera, rig) for camera in rig.cameras],
        "projectors": [
            {
                "name": p.name,
                "surface": p.surface,
                "size_px": list(p.size_px),
                "display": p.display,
                "latency_s": p.latency_s,
            }
            for p in rig.projectors
        ],
    }


def _described_camera(camera: Camera, rig: Rig) -> dict[str, Any]:
    """A camera's place, tilt and view; a plain plane map knows none of them."""
    place_m = tilt_deg = view_deg = seen = None
    if isinstance(camera.view, PinholeCamera):
        pose = camera.view.surface_from_camera
        place_m = np.round(pose.translation_m, 2).tolist()
        tilt_deg = round(float(np.degrees(np.arcsin(-pose.rotation[2, 2]))), 1)
        half = camera.size_px[0] / 2 / camera.view.matrix[0, 0]
        view_deg = round(2 * float(np.degrees(np.arctan(half))), 1)
        seen = round(seen_share(camera, rig.surfaces[camera.surface]), 2)
    return {
        "name": camera.name,
        "surface": camera.surface,
        "size_px": list(camera.size_px),
        "place_m": place_m,
        "tilt_deg": tilt_deg,
        "view_deg": view_deg,
        "sees_share": seen,
        "latency_s": camera.latency_s,
    }
