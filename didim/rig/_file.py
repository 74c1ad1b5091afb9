"""Reading and writing rig.toml."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np
import tomli_w

from didim.geometry import DenseMap, PinholeCamera, PlaneMap, RigidPose, Surface
from didim.rig._area import Area
from didim.rig._blend import Blend
from didim.rig._loudness import Loudness
from didim.rig._maps import Array, array_name, arrays_named, load_array, remove_unnamed, save_array
from didim.rig._parts import USUAL_GAMMA, Camera, Projector, Rig, RigError
from didim.toml_table import read_table

FORMAT = 1
PROCESSOR = "cpu"

Row3 = tuple[float, float, float]
Matrix3 = tuple[Row3, Row3, Row3]
Polygons = list[list[tuple[float, float]]]


class _Table(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A table of the file, as written; no unknown key passes."""


class _SurfaceTable(_Table):
    name: str
    kind: Literal["floor", "wall"]
    width_m: float
    height_m: float
    above_floor_m: float | None = None
    usable: Polygons = []
    keep_out: Polygons = []


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
    latency_sd_s: float = 0.0
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
    gamma: float = USUAL_GAMMA
    blend_file: str | None = None


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
        raise RigError(f"{path}: no such rig file; make one with `didim calibrate` or `didim rig import`")
    try:
        try:
            return _rig(read_table(path, _RigTable, RigError), path.parent)
        except FileNotFoundError:  # written anew between the file and its arrays
            return _rig(read_table(path, _RigTable, RigError), path.parent)
    except (ValueError, OSError) as error:
        raise RigError(f"{path}: {error}") from None


def write_rig(rig: Rig, path: Path) -> None:
    """Write `rig` to `path` with the arrays that it names, all of it or nothing.

    Arrays go beside the file as `<projector>-<hash>.npy` and `<projector>-blend-<hash>.npy`; those of the
    file before are removed after it.

    Raises:
        RigError: nothing can be written there.
    """
    try:
        _write_whole(rig, path)
    except OSError as error:
        raise RigError(f"{path} cannot be written: {error.strerror}; choose another file") from None


def _write_whole(rig: Rig, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    before = arrays_named(path.read_text("utf-8", errors="replace")) if path.is_file() else set()
    for projector in rig.projectors:
        for name, array in _arrays(projector).values():
            save_array(path.parent, name, array)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_text(tomli_w.dumps(msgspec.to_builtins(_table(rig))), "utf-8")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    remove_unnamed(path.parent, before)


def _arrays(projector: Projector) -> dict[str, tuple[str, Array]]:
    """The name and content of each array of a projector, by its key in the file."""
    arrays: dict[str, tuple[str, Array]] = {}
    if projector.surface_from_projector is not None:
        xy = projector.surface_from_projector.xy
        arrays["surface_from_projector_file"] = array_name(projector.name, xy), xy
    if projector.blend is not None:
        both = np.stack([projector.blend.weight, projector.blend.lift], axis=-1)
        arrays["blend_file"] = array_name(f"{projector.name}-blend", both), both
    return arrays


def _rig(table: _RigTable, folder: Path) -> Rig:
    if table.format != FORMAT:
        raise ValueError(f"format {table.format} is not {FORMAT}: another version of didim wrote this file")
    surfaces = {t.name: Surface(t.kind, t.width_m, t.height_m, t.above_floor_m) for t in table.surface}
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
        areas={t.name: _area(t) for t in table.surface if t.usable or t.keep_out},
    )


def _area(table: _SurfaceTable) -> Area:
    usable = tuple(tuple(polygon) for polygon in table.usable)
    return Area(usable, tuple(tuple(polygon) for polygon in table.keep_out))


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
        table.name,
        table.surface,
        table.size_px,
        view,
        table.source,
        table.latency_s,
        table.latency_sd_s,
        table.plays,
    )


def _projector(table: _ProjectorTable, folder: Path) -> Projector:
    dense = blend = None
    if table.surface_from_projector_file is not None:
        dense = DenseMap(load_array(folder, table.surface_from_projector_file))
        if dense.xy.shape[1::-1] != table.size_px:
            raise RigError(
                f"projector {table.name!r}: {table.surface_from_projector_file} maps "
                f"{dense.xy.shape[1]}x{dense.xy.shape[0]} pixels, size_px says {table.size_px}; "
                "calibrate again"
            )
    if table.blend_file is not None:
        both = load_array(folder, table.blend_file).astype(np.float16, copy=False)
        if both.ndim != 3 or both.shape[2] != 2:
            raise RigError(
                f"projector {table.name!r}: {table.blend_file} is (height, width, 2), got {both.shape}; "
                "calibrate again"
            )
        blend = Blend(both[..., 0], both[..., 1])
    return Projector(
        name=table.name,
        surface=table.surface,
        size_px=table.size_px,
        projector_from_surface=PlaneMap(np.array(table.projector_from_surface)),
        surface_from_projector=dense,
        display=table.display,
        latency_s=table.latency_s,
        gamma=table.gamma,
        blend=blend,
    )


def _table(rig: Rig) -> _RigTable:
    return _RigTable(
        format=FORMAT,
        name=rig.name,
        **_engine_keys(rig.engine),
        surface=[_surface_table(name, surface, rig.area(name)) for name, surface in rig.surfaces.items()],
        camera=[_camera_table(camera) for camera in rig.cameras],
        projector=[_projector_table(projector) for projector in rig.projectors],
        sound=_SoundTable(rig.loudness.volume, rig.loudness.night_volume, rig.loudness.night),
    )


def _surface_table(name: str, surface: Surface, area: Area) -> _SurfaceTable:
    usable, keep_out = ([list(each) for each in polygons] for polygons in (area.usable, area.keep_out))
    return _SurfaceTable(
        name, surface.kind, surface.width_m, surface.height_m, surface.above_floor_m, usable, keep_out
    )


def _camera_table(camera: Camera) -> _CameraTable:
    table = _CameraTable(
        name=camera.name,
        surface=camera.surface,
        size_px=camera.size_px,
        latency_s=camera.latency_s,
        latency_sd_s=camera.latency_sd_s,
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
    return _ProjectorTable(
        name=projector.name,
        surface=projector.surface,
        size_px=projector.size_px,
        projector_from_surface=projector.projector_from_surface.matrix.tolist(),
        display=projector.display,
        latency_s=projector.latency_s,
        gamma=projector.gamma,
        **{key: name for key, (name, _) in _arrays(projector).items()},
    )
