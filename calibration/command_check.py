"""`didim calibrate check`: does the rig still hold?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from rich.console import Console

from calibration.check import Drift, check_rig
from calibration.devices import Eye, Light
from calibration.patterns import level
from calibration.projector.failures import PatternNotSeen
from calibration.words import Words
from didim.rig import Rig, RigError, read_rig

told = Console(stderr=True, highlight=False, soft_wrap=True)


def check_file(file: Path, venue: str | None) -> Drift:
    """Measure through the devices that the file names, or in the virtual venue that it was made in.

    Of several projectors the one that drifted most counts, each seen by the first camera that can.
    """
    rig = read_rig(file)
    with _devices(rig, venue) as (light, eyes):
        names: list[str | None] = [each.name for each in rig.projectors] or [None]
        return max((_drift_of(rig, light, eyes, name) for name in names), key=lambda each: each.drift_mm)


def _drift_of(rig: Rig, light: Light, eyes: dict[str, Eye], name: str | None) -> Drift:
    """One projector's drift; the others are dark meanwhile."""
    own = rig.projector(name)
    for other in rig.projectors:
        if other is not own and other.display < len(light.sizes_px):
            light.show(level(light.sizes_px[other.display], 0), other.display)
    cause: PatternNotSeen | None = None
    for camera, eye in eyes.items():
        if rig.camera(camera).surface == own.surface:
            try:
                return check_rig(rig, light, eye, camera=camera, projector=name)
            except PatternNotSeen as unseen:
                cause = cause or unseen
    raise cause or RigError(f"no camera of the rig file looks at the surface of projector {own.name!r}")


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
def _devices(rig: Rig, venue: str | None) -> Iterator[tuple[Light, dict[str, Eye]]]:
    if venue is not None:
        from calibration.venue import VenueStage
        from didim.sim.venue import open_venue

        stage = VenueStage(open_venue(venue))
        cameras = [rig.camera().name] if len(stage.eyes) == 1 else [c.name for c in stage.venue.camera]
        yield stage, {name: eye for name, eye in zip(cameras, stage.eyes, strict=True) if name in _names(rig)}
        return
    from calibration.live import CameraEye, ScreenLight

    sources = {camera.name: camera.source for camera in rig.cameras if camera.source}
    if not sources:
        raise RigError(f"camera {rig.camera().name!r} has no source; add its [camera.source] to the rig file")
    with ExitStack() as held:
        eyes: dict[str, Eye] = {
            name: held.enter_context(closing(CameraEye(source))) for name, source in sources.items()
        }
        yield held.enter_context(closing(ScreenLight())), eyes


def _names(rig: Rig) -> set[str]:
    return {camera.name for camera in rig.cameras}
