"""What was measured of several cameras and projectors, as the rig file holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np

from calibration.areas import area_of
from calibration.flow._frame import Framed
from calibration.flow._light import Link
from calibration.projector import (
    LitProjector,
    ProjectorMeasure,
    Registration,
    Verified,
    blends,
    overlap,
    registration,
)
from calibration.projector.failures import NotEnoughOverlap
from didim.rig import Blend, Camera, Projector, Rig

Pair = tuple[int, int]
"""A camera and a display."""


@dataclass(frozen=True, slots=True)
class CameraName:
    """What a camera is called, and its driver with its settings."""

    name: str = "camera"
    source: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measured:
    """All that patterns told.

    Attributes:
        links: which camera sees which display; measures, verified: by camera and display.
        sizes_px: of each display.
    """

    links: tuple[Link, ...]
    sizes_px: Mapping[int, tuple[int, int]]
    measures: Mapping[Pair, ProjectorMeasure]
    verified: Mapping[Pair, Verified]

    @property
    def displays(self) -> tuple[int, ...]:
        return tuple(sorted({display for _, display in self.measures}))

    def best_pair(self, display: int) -> Pair:
        """The camera that saw most of a display's test pattern, with it."""
        pairs = [pair for pair in self.verified if pair[1] == display]
        return max(pairs, key=lambda pair: len(self.verified[pair].places_m))


def meeting(framed: Framed, measured: Measured) -> Registration | None:
    """How well projectors meet, each pair through the camera that saw most of what both drew.

    Raises:
        NotEnoughOverlap: a projector meets no other.
    """
    displays = measured.displays
    if len(displays) < 2:
        return None
    apart, met = [], set()
    for one, other in combinations(range(len(displays)), 2):
        maps = framed.maps[one], framed.maps[other]
        sizes = [measured.sizes_px[displays[each]] for each in (one, other)]
        try:
            overlap(*maps, sizes, framed.surface)
            found = _through_one_camera(measured, displays[one], displays[other])
        except NotEnoughOverlap as cause:
            lonely = cause
            continue
        apart.append(found.apart_mm)
        met |= {one, other}
    if len(met) < len(displays):
        raise lonely
    return Registration(np.concatenate(apart))


def _through_one_camera(measured: Measured, one: int, other: int) -> Registration:
    seen = measured.verified
    cameras = [camera for camera, display in seen if display == one and (camera, other) in seen]
    found: list[Registration] = []
    cause = NotEnoughOverlap(
        "no camera sees the light of both projectors where they meet: turn one until it sees the seam"
    )
    for camera in cameras:
        try:
            found.append(registration(seen[camera, one], seen[camera, other]))
        except NotEnoughOverlap as missed:
            cause = missed
    if not found:
        raise cause
    return max(found, key=lambda each: len(each.apart_mm))


def shared_light(framed: Framed, measured: Measured) -> list[Blend | None]:
    """How each projector shares the surface; through the camera that sees most of them."""
    displays = measured.displays
    if len(displays) < 2:
        return [None]
    cameras = {camera for camera, _ in measured.measures}
    camera = max(cameras, key=lambda each: sum((each, display) in measured.measures for display in displays))
    lit = []
    for index, display in enumerate(displays):
        pair = (camera, display) if (camera, display) in measured.measures else measured.best_pair(display)
        seen, gamma = measured.measures[pair].seen, measured.measures[pair].response.gamma
        lit.append(LitProjector(framed.maps[index], measured.sizes_px[display], seen, gamma))
    return list(blends(lit, framed.views[camera], framed.surface))


def latencies_s(links: Sequence[Link]) -> tuple[dict[int, float], dict[int, float]]:
    """Of each camera and each display, seconds: only their sums are measured, so that each takes half."""
    cameras, displays = (sorted({getattr(link, key) for link in links}) for key in ("camera", "display"))
    rows = np.zeros((len(links), len(cameras) + len(displays)))
    for row, link in zip(rows, links, strict=True):
        row[cameras.index(link.camera)] = row[len(cameras) + displays.index(link.display)] = 1.0
    delays_s = np.array([link.delay.delay_ns / 1e9 for link in links])
    even = np.full(rows.shape[1], delays_s.mean() / 2)
    found = np.maximum(even + np.linalg.pinv(rows) @ (delays_s - rows @ even), 0.0)
    return (
        dict(zip(cameras, found.tolist(), strict=False)),
        dict(zip(displays, found[len(cameras) :].tolist(), strict=True)),
    )


def rig_of(
    name: str,
    cameras: Sequence[CameraName],
    cameras_px: Sequence[tuple[int, int]],
    framed: Framed,
    measured: Measured,
    projectors: Sequence[str] = (),
) -> Rig:
    """The rig file's content: one surface, "play", with all cameras and projectors."""
    of_camera, of_display = latencies_s(measured.links)
    shares = shared_light(framed, measured)
    return Rig(
        name,
        {"play": framed.surface},
        tuple(
            Camera(
                each.name,
                "play",
                size_px,
                view,
                dict(each.source),
                of_camera.get(index, 0.0),
                max((link.delay.sd_ns / 1e9 for link in measured.links if link.camera == index), default=0.0),
            )
            for index, (each, size_px, view) in enumerate(zip(cameras, cameras_px, framed.views, strict=True))
        ),
        tuple(
            Projector(
                _called(projectors, display, index),
                "play",
                measured.sizes_px[display],
                framed.maps[index].projector_from_surface,
                framed.maps[index].surface_from_projector,
                display,
                of_display[display],
                measured.measures[measured.best_pair(display)].response.gamma,
                shares[index],
            )
            for index, display in enumerate(measured.displays)
        ),
        areas={"play": area_of(framed.area)},
    )


def _called(names: Sequence[str], display: int, index: int) -> str:
    if display < len(names):
        return names[display]
    return "projector" if index == 0 else f"projector-{index + 1}"
