"""`didim calibrate check`: does the rig still hold?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from rich.console import Console

from calibration.check import Drift, check_rig
from calibration.devices import Eye, Light
from calibration.words import Words
from didim.rig import Rig, RigError, read_rig

told = Console(stderr=True, highlight=False, soft_wrap=True)


def check_file(file: Path, venue: str | None) -> Drift:
    """Measure through the devices that the file names, or in the virtual venue that it was made in."""
    rig = read_rig(file)
    with _devices(rig, venue) as (light, eye):
        return check_rig(rig, light, eye)


def check(file: Path, words: Words, *, venue: str | None, as_json: bool) -> bool:
    """Measure, say what was found, and return whether the rig holds."""
    found = check_file(file, venue)
    if as_json:
        print(json.dumps(figures(found)))
    else:
        key = "check.good" if found.holds else "check.drift"
        mark = "[bold green]✓[/]" if found.holds else "[bold red]✗[/]"
        told.print(f"{mark} " + words(key, drift=f"{found.drift_mm:.1f}", p95=f"{found.p95_mm:.1f}"))
    return found.holds


def figures(found: Drift) -> dict[str, object]:
    """What was found, for a machine."""
    return {
        "holds": found.holds,
        "drift_mm": round(found.drift_mm, 2),
        "shift_mm": [round(value, 2) for value in found.shift_mm],
        "p95_mm": round(found.p95_mm, 2),
        "seen_share": round(found.seen_share, 3),
    }


@contextmanager
def _devices(rig: Rig, venue: str | None) -> Iterator[tuple[Light, Eye]]:
    if venue is not None:
        from calibration.venue import VenueStage
        from didim.sim.venue import open_venue

        stage = VenueStage(open_venue(venue))
        yield stage, stage
        return
    from calibration.live import CameraEye, ScreenLight

    source = rig.camera().source
    if not source:
        raise RigError(f"camera {rig.camera().name!r} has no source; add its [camera.source] to the rig file")
    with closing(CameraEye(source)) as eye, closing(ScreenLight()) as light:
        yield light, eye
