"""rig.toml: the surfaces, cameras and projectors of one place.

The file is read once, checked whole and never changed while running. docs/rig.md lists every key.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
import numpy as np
import tomli_w

from didim.geometry import DenseMap, PinholeCamera, PlaneMap, RigidPose, Surface
from didim.problem import Problem
from didim.toml_table import read_table

FORMAT = 1
DAY_MIN = 24 * 60
PROCESSOR = "cpu"

Row3 = tuple[float, float, float]
Matrix3 = tuple[Row3, Row3, Row3]


class RigError(Problem):
    """rig.toml cannot be used; the message names the key, what was expected and what to do."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Camera:
    """One camera of the rig.

    Attributes:
        source: the capture driver's `kind` and its settings, as `didim.capture.open_camera` takes them.
        size_px: (width, height) that the calibration holds for.
        view: the calibrated camera in the surface's frame, or a plain plane map `surface_from_picture`.
        latency_s: from light on the sensor to the picture in hand.
        plays: how everybody before it plays; None where that is told from the posture of each.
    """

    name: str
    surface: str
    size_px: tuple[int, int]
    view: PinholeCamera | PlaneMap
    source: dict[str, Any] = field(default_factory=dict)
    latency_s: float = 0.0
    plays: Literal["standing", "seated"] | None = None

    def view_at(self, size_px: tuple[int, int]) -> PinholeCamera | PlaneMap:
        """The view for pictures of another size: the calibrated picture fitted whole and centred into it.

        Raises:
            RigError: the shape differs by more than 2 %: the picture was cut or squeezed.
        """
        (width, height), (new_width, new_height) = self.size_px, size_px
        across, down = new_width / width, new_height / height
        if abs(across / down - 1) > 0.02:
            raise RigError(
                f"camera {self.name!r} is calibrated for {width}x{height} pictures and gives "
                f"{new_width}x{new_height}, another shape; set its size, or calibrate at that size"
            )
        scale = min(across, down)
        left_px = (new_width - 1 - scale * (width - 1)) / 2
        top_px = (new_height - 1 - scale * (height - 1)) / 2
        new_from_old = np.array([[scale, 0.0, left_px], [0.0, scale, top_px], [0.0, 0.0, 1.0]])
        if isinstance(self.view, PlaneMap):
            return self.view.after(PlaneMap(new_from_old).inverse())
        return PinholeCamera(
            new_from_old @ self.view.matrix, self.view.surface_from_camera, self.view.distortion
        )


@dataclass(frozen=True, slots=True)
class Projector:
    """One projector of the rig.

    Attributes:
        size_px: (width, height) of its picture.
        projector_from_surface: metres to projector pixels.
        surface_from_projector: where the plane map alone is too coarse (lens, uneven floor): metres for
            each projector pixel, `xy` of shape (height, width, 2).
        display: which of the computer's displays it is, counted from 0.
        latency_s: from the drawn frame to the light on the surface.
    """

    name: str
    surface: str
    size_px: tuple[int, int]
    projector_from_surface: PlaneMap
    surface_from_projector: DenseMap | None = None
    display: int = 0
    latency_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a place may be, by day and by night.

    Attributes:
        volume: 0 to 1, the master volume.
        night_volume: 0 to 1, the most at night.
        night: from and to, "HH:MM" by the clock on the wall; the same twice is no night.

    Raises:
        ValueError: a value is out of range or no time of day.
    """

    volume: float = 0.8
    night_volume: float = 0.3
    night: tuple[str, str] = ("21:00", "07:00")

    def __post_init__(self) -> None:
        for name in ("volume", "night_volume"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"[sound] {name} lies between 0 and 1, got {getattr(self, name)}")
        for clock in self.night:
            _minute(clock)

    def at(self, minute_of_day: int) -> float:
        """The volume at that minute of the day."""
        begins, ends = (_minute(clock) for clock in self.night)
        is_night = (minute_of_day - begins) % DAY_MIN < (ends - begins) % DAY_MIN
        return min(self.volume, self.night_volume) if is_night else self.volume


def _minute(clock: str) -> int:
    found = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", clock)
    if found is None:
        raise ValueError(f'[sound] night: expected times of day such as "21:00", got {clock!r}')
    return 60 * int(found[1]) + int(found[2])


@dataclass(frozen=True, slots=True)
class Rig:
    """Everything that is bolted down in one place.

    Attributes:
        engine: the pose engine, as `didim.pose.choose_engine` reads it: "auto" for the strongest whose
            weights are present, a name, or DETECTOR+LANDMARKS; then @PROVIDER, but for the processor.
    """

    name: str
    surfaces: dict[str, Surface]
    cameras: tuple[Camera, ...]
    projectors: tuple[Projector, ...]
    engine: str = "auto"
    loudness: Loudness = Loudness()

    def camera(self, name: str | None = None) -> Camera:
        """The camera of that name, or the first.

        Raises:
            RigError: there is none; the message lists those there are.
        """
        return _named("camera", self.cameras, name)

    def projector(self, name: str | None = None) -> Projector:
        """The projector of that name, or the first; raises RigError as `camera` does."""
        return _named("projector", self.projectors, name)


_Thing = TypeVar("_Thing", Camera, Projector)


def _named(kind: str, things: tuple[_Thing, ...], name: str | None) -> _Thing:
    for thing in things:
        if name is None or thing.name == name:
            return thing
    have = ", ".join(repr(thing.name) for thing in things) or "none"
    raise RigError(f"the rig has no {kind} {name or ''!r}; it has: {have}. Add a [[{kind}]] to rig.toml.")


class _Table(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A table of the file, as written; no unknown key passes."""


class _SurfaceTable(_Table):
    name: str
    kind: Literal["floor", "wall"]
    width_m: float
    height_m: float


class _PoseTable(_Table):
    rotation: Matrix3
    translation_m: Row3


class _CameraTable(_Table, kw_only=True):
    name: str
    surface: str
    size_px: tuple[int, int]
    matrix: Matrix3 | None = None
    distortion: tuple[float, float, float, float, float] = (0.0, 0.0, 0.0, 0.0, 0.0)
    surface_from_camera: _PoseTable | None = None
    surface_from_picture: Matrix3 | None = None
    latency_s: float = 0.0
    plays: Literal["standing", "seated"] | None = None
    source: dict[str, Any] = {}


class _ProjectorTable(_Table):
    name: str
    surface: str
    size_px: tuple[int, int]
    projector_from_surface: Matrix3
    surface_from_projector_file: str | None = None
    display: int = 0
    latency_s: float = 0.0


class _SoundTable(_Table):
    volume: float = 0.8
    night_volume: float = 0.3
    night: tuple[str, str] = ("21:00", "07:00")


class _RigTable(_Table, kw_only=True):
    format: int
    name: str
    engine: str = "auto"
    detector: str | None = None
    landmarks: str | None = None
    provider: str = PROCESSOR
    surface: list[_SurfaceTable]
    camera: list[_CameraTable] = []
    projector: list[_ProjectorTable] = []
    sound: _SoundTable = msgspec.field(default_factory=_SoundTable)


TABLES = (_RigTable, _SurfaceTable, _CameraTable, _PoseTable, _ProjectorTable, _SoundTable)
"""Every table of the file, for who documents or checks its keys."""


def read_rig(path: Path) -> Rig:
    """Read and check a rig file.

    Raises:
        RigError: the file is missing, is no TOML, holds an unknown key or a value out of range.
    """
    if not path.is_file():
        raise RigError(f"{path}: no such rig file; make one with `didim rig import`")
    table = read_table(path, _RigTable, RigError)
    try:
        return _rig(table, path.parent)
    except (ValueError, OSError) as error:
        raise RigError(f"{path}: {error}") from None


def write_rig(rig: Rig, path: Path) -> None:
    """Write `rig` to `path` whole or not at all; dense maps go beside it as `<projector>.npy`.

    Raises:
        RigError: nothing can be written there.
    """
    try:
        _write_whole(rig, path)
    except OSError as error:
        raise RigError(f"{path} cannot be written: {error.strerror}; choose another file") from None


def _write_whole(rig: Rig, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for projector in rig.projectors:
        if projector.surface_from_projector is not None:
            _save_whole(path.parent / f"{projector.name}.npy", projector.surface_from_projector)
    text = tomli_w.dumps(msgspec.to_builtins(_table(rig)))
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_text(text, "utf-8")
    unfinished.replace(path)


def _save_whole(path: Path, dense: DenseMap) -> None:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    with unfinished.open("wb") as file:
        np.save(file, dense.xy)
    unfinished.replace(path)


def _rig(table: _RigTable, folder: Path) -> Rig:
    if table.format != FORMAT:
        raise ValueError(f"format {table.format} is not {FORMAT}: another version of didim wrote this file")
    surfaces = {t.name: Surface(t.kind, t.width_m, t.height_m) for t in table.surface}
    users = [(t.name, t.surface) for t in table.camera] + [(t.name, t.surface) for t in table.projector]
    for name, surface in users:
        if surface not in surfaces:
            raise RigError(f"{name!r} names the surface {surface!r}; the file has {sorted(surfaces)}")
    return Rig(
        name=table.name,
        engine=_spelled_engine(table),
        surfaces=surfaces,
        cameras=tuple(_camera(t) for t in table.camera),
        projectors=tuple(_projector(t, folder) for t in table.projector),
        loudness=Loudness(table.sound.volume, table.sound.night_volume, table.sound.night),
    )


def _spelled_engine(table: _RigTable) -> str:
    """The file's four keys as one text, as `didim.pose.choose_engine` reads it."""
    if (table.detector is None) != (table.landmarks is None):
        raise RigError("detector and landmarks are two halves of one engine: give both, or engine alone")
    engine = table.engine
    if table.detector is not None:
        if engine != "auto":
            raise RigError(f"give either engine = {engine!r} or detector and landmarks, not both")
        engine = f"{table.detector}+{table.landmarks}"
    return engine if table.provider == PROCESSOR else f"{engine}@{table.provider}"


def _engine_keys(spelled: str) -> dict[str, Any]:
    """The keys of the file for an engine as `_spelled_engine` gives it."""
    engine, _, provider = spelled.partition("@")
    detector, plus, landmarks = engine.partition("+")
    keys: dict[str, Any] = {"detector": detector, "landmarks": landmarks} if plus else {"engine": engine}
    return keys | {"provider": provider or PROCESSOR}


def _camera(table: _CameraTable) -> Camera:
    view: PinholeCamera | PlaneMap
    if table.surface_from_picture is not None:
        view = PlaneMap(np.array(table.surface_from_picture))
    elif table.matrix is not None and table.surface_from_camera is not None:
        pose = table.surface_from_camera
        surface_from_camera = RigidPose(np.array(pose.rotation), np.array(pose.translation_m))
        view = PinholeCamera(np.array(table.matrix), surface_from_camera, np.array(table.distortion))
    else:
        raise RigError(
            f"camera {table.name!r} needs matrix and surface_from_camera, or surface_from_picture; "
            "import a calibration with `didim rig import`"
        )
    return Camera(
        table.name, table.surface, table.size_px, view, table.source, table.latency_s, plays=table.plays
    )


def _projector(table: _ProjectorTable, folder: Path) -> Projector:
    dense = None
    if table.surface_from_projector_file is not None:
        dense = DenseMap(np.load(folder / table.surface_from_projector_file, allow_pickle=False))
        if dense.xy.shape[1::-1] != table.size_px:
            raise RigError(
                f"projector {table.name!r}: {table.surface_from_projector_file} maps "
                f"{dense.xy.shape[1]}x{dense.xy.shape[0]} pixels, size_px says {table.size_px}; "
                "calibrate again"
            )
    return Projector(
        name=table.name,
        surface=table.surface,
        size_px=table.size_px,
        projector_from_surface=PlaneMap(np.array(table.projector_from_surface)),
        surface_from_projector=dense,
        display=table.display,
        latency_s=table.latency_s,
    )


def _table(rig: Rig) -> _RigTable:
    return _RigTable(
        format=FORMAT,
        name=rig.name,
        **_engine_keys(rig.engine),
        surface=[
            _SurfaceTable(name=name, kind=s.kind, width_m=s.width_m, height_m=s.height_m)
            for name, s in rig.surfaces.items()
        ],
        camera=[_camera_table(camera) for camera in rig.cameras],
        projector=[_projector_table(projector) for projector in rig.projectors],
        sound=_SoundTable(rig.loudness.volume, rig.loudness.night_volume, rig.loudness.night),
    )


def _camera_table(camera: Camera) -> _CameraTable:
    table = _CameraTable(
        name=camera.name,
        surface=camera.surface,
        size_px=camera.size_px,
        latency_s=camera.latency_s,
        plays=camera.plays,
        source=camera.source,
    )
    if isinstance(camera.view, PlaneMap):
        table.surface_from_picture = camera.view.matrix.tolist()
        return table
    pose = camera.view.surface_from_camera
    table.matrix = camera.view.matrix.tolist()
    table.distortion = tuple(camera.view.distortion.tolist())
    table.surface_from_camera = _PoseTable(pose.rotation.tolist(), pose.translation_m.tolist())
    return table


def _projector_table(projector: Projector) -> _ProjectorTable:
    dense = projector.surface_from_projector
    return _ProjectorTable(
        name=projector.name,
        surface=projector.surface,
        size_px=projector.size_px,
        projector_from_surface=projector.projector_from_surface.matrix.tolist(),
        surface_from_projector_file=None if dense is None else f"{projector.name}.npy",
        display=projector.display,
        latency_s=projector.latency_s,
    )
