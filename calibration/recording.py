"""A calibration kept as a folder of pictures, and solved from it again.

`run.toml` says what was found before the patterns; pictures lie in one folder a step. Pictures of patterns
are 16-bit grey PNG, 256 for each of the camera's grey values, because they are means.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import tomli_w

from calibration.camera import Sheet
from calibration.devices import Bytes
from calibration.flow import CameraName, Desk, Link, Setup, Step
from calibration.patterns._matches import Floats
from calibration.projector import Delay, Taken, Taker
from didim.problem import Problem

FORMAT = 2
FINE = 256.0


class RecordingError(Problem):
    """A recorded calibration cannot be written or read."""

    exit_code = 3


class SavingDesk:
    """A desk whose pictures are kept.

    Raises:
        RecordingError: the folder holds something already, or cannot be written.
    """

    def __init__(self, desk: Desk, folder: Path, setup: Setup) -> None:
        self._desk, self._folder, self._setup = desk, folder, setup
        self._step = Step("light")
        if folder.exists() and any(folder.iterdir()):
            raise RecordingError(f"{folder} is not empty; name a new folder to keep the calibration in")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RecordingError(f"{folder} cannot be made: {error.strerror}") from None

    @property
    def cameras_px(self) -> tuple[tuple[int, int], ...]:
        return self._desk.cameras_px

    @property
    def displays_px(self) -> Mapping[int, tuple[int, int]]:
        return self._desk.displays_px

    def begin(self, step: Step) -> None:
        self._step = step
        shutil.rmtree(self._folder / folder_of(step), ignore_errors=True)
        self._desk.begin(step)

    def find_light(self, rng: np.random.Generator, display: int | None) -> tuple[Link, ...]:
        links = self._desk.find_light(rng, display)
        table = {
            "format": FORMAT,
            "cameras_px": [list(size) for size in self.cameras_px],
            "displays_px": {str(each): list(size) for each, size in self.displays_px.items()},
            "link": [
                {
                    "camera": link.camera,
                    "display": link.display,
                    "delay_ns": link.delay.delay_ns,
                    "sure": link.delay.sure,
                    "lit_share": link.lit_share,
                    "automatic": list(link.automatic),
                }
                for link in links
            ],
            "setup": _table(self._setup),
        }
        (self._folder / "run.toml").write_text(tomli_w.dumps(table), "utf-8")
        return links

    def last(self, camera: int) -> Bytes | None:
        return self._desk.last(camera)

    def look(self, camera: int) -> Bytes:
        return self._desk.look(camera)

    def outline(self, step: Step) -> None:
        self._desk.outline(step)

    def sheet_pictures(self, grey: int) -> list[list[Bytes]]:
        pictures = self._desk.sheet_pictures(grey)
        folder = self._folder / folder_of(self._step)
        for camera, pair in enumerate(pictures):
            for index, picture in enumerate(pair):
                _write(folder / f"camera-{camera}" / f"grey-{grey:03d}-{index}.png", picture)
        return pictures

    def taker(self, camera: int, display: int) -> Taker:
        folder = self._folder / folder_of(self._step) / _pair(camera, display)
        return _SavingTaker(self._desk.taker(camera, display), folder)


class SavedDesk:
    """A recorded calibration in place of devices.

    Attributes:
        setup: as it was recorded.

    Raises:
        RecordingError: the folder holds no recorded calibration.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._step = Step("light")
        try:
            run = tomllib.loads((folder / "run.toml").read_text("utf-8"))
            if run["format"] != FORMAT:
                raise RecordingError(f"{folder}: format {run['format']} is not {FORMAT}; calibrate anew")
            self.setup = _setup(run["setup"])
            self._links = tuple(_link(each) for each in run["link"])
            self.cameras_px = tuple(_size(each) for each in run["cameras_px"])
            self.displays_px = {int(each): _size(size) for each, size in run["displays_px"].items()}
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise RecordingError(
                f"{folder} holds no recorded calibration ({error}); `didim calibrate --save DIR` makes one"
            ) from None
        except (KeyError, TypeError, ValueError) as error:
            raise RecordingError(f"{folder / 'run.toml'} is not as it was written: {error!r}") from None

    def begin(self, step: Step) -> None:
        self._step = step

    def find_light(self, rng: np.random.Generator, display: int | None) -> tuple[Link, ...]:
        return self._links

    def last(self, camera: int) -> Bytes | None:
        return None

    def look(self, camera: int) -> Bytes:
        """The first picture of the sheet that was kept."""
        files = sorted(self._folder.glob(f"*/camera-{camera}/*.png"))
        if not files:
            raise RecordingError(f"{self._folder} holds no picture of camera {camera}")
        return np.asarray(_read(files[0], cv2.IMREAD_COLOR), np.uint8)

    def outline(self, step: Step) -> None:
        """Nobody lays a sheet down."""

    def sheet_pictures(self, grey: int) -> list[list[Bytes]]:
        folder = self._folder / folder_of(self._step)
        pictures = []
        for camera in range(len(self.cameras_px)):
            own = folder / f"camera-{camera}"
            files = sorted(own.glob(f"grey-{grey:03d}-*.png")) or sorted(own.glob("*.png"))
            if not files:
                raise RecordingError(f"{own} holds no picture of the sheet")
            pictures.append([np.asarray(_read(file, cv2.IMREAD_COLOR), np.uint8) for file in files])
        return pictures

    def taker(self, camera: int, display: int) -> Taker:
        folder = self._folder / folder_of(self._step) / _pair(camera, display)
        return _SavedTaker(folder, self.cameras_px[camera], self.displays_px[display])


def _pair(camera: int, display: int) -> str:
    return f"camera-{camera}-display-{display}"


def _link(table: dict[str, Any]) -> Link:
    delay = Delay(int(table["delay_ns"]), float(table["sure"]))
    automatic = tuple(table.get("automatic", ()))
    return Link(int(table["camera"]), int(table["display"]), delay, float(table["lit_share"]), automatic)


class _SavingTaker(Taker):
    """Takes as another does, and keeps every picture."""

    def __init__(self, taker: Taker, folder: Path) -> None:
        self._taker, self._folder = taker, folder

    @property
    def size_px(self) -> tuple[int, int]:
        return self._taker.size_px

    @property
    def camera_px(self) -> tuple[int, int]:
        return self._taker.camera_px

    def with_repeats(self, repeats: int) -> Taker:
        return _SavingTaker(self._taker.with_repeats(repeats), self._folder)

    def take(self, frames: Sequence[Bytes]) -> Taken:
        taken = self._taker.take(frames)
        number = len(list(self._folder.glob("take-*-000.png"))) if self._folder.is_dir() else 0
        for index, picture in enumerate(taken.pictures):
            fine = np.clip(np.round(picture * FINE), 0, 65535).astype(np.uint16)
            _write(self._folder / f"take-{number:02d}-{index:03d}.png", fine)
        return Taken([_whole(p) for p in taken.pictures], taken.retaken, taken.torn)


class _SavedTaker(Taker):
    """Gives the pictures that were kept, in their order."""

    def __init__(self, folder: Path, camera_px: tuple[int, int], projector_px: tuple[int, int]) -> None:
        self._folder = folder
        self._sizes = camera_px, projector_px
        self._taken = [0]

    @property
    def size_px(self) -> tuple[int, int]:
        return self._sizes[1]

    @property
    def camera_px(self) -> tuple[int, int]:
        return self._sizes[0]

    def with_repeats(self, repeats: int) -> Taker:
        return self

    def take(self, frames: Sequence[Bytes]) -> Taken:
        number = self._taken[0]
        self._taken[0] += 1
        files = sorted(self._folder.glob(f"take-{number:02d}-*.png"))
        if len(files) != len(frames):
            raise RecordingError(
                f"{self._folder} holds {len(files)} pictures of pattern {number} where {len(frames)} are "
                "needed: it was ended early, or recorded by another version of didim"
            )
        pictures = [np.asarray(_read(f, cv2.IMREAD_UNCHANGED) / FINE, np.float32) for f in files]
        return Taken(pictures, 0, 0)


def folder_of(step: Step) -> str:
    """The name of a step's folder."""
    return f"{step.kind}-{step.number}" if step.number else step.kind


def _whole(picture: Floats) -> Floats:
    """A picture as it will be read again, so that a replay gives the same to the last digit."""
    return np.asarray(np.clip(np.round(picture * FINE), 0, 65535) / FINE, np.float32)


def _write(path: Path, picture: np.ndarray) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes())
    except OSError as error:
        raise RecordingError(f"{path} cannot be written: {error.strerror}") from None


def _read(path: Path, how: int) -> np.ndarray:
    picture = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), how)
    if picture is None:
        raise RecordingError(f"{path} is no picture")
    return picture


def _size(pair: Any) -> tuple[int, int]:
    width, height = pair
    return int(width), int(height)


def _table(setup: Setup) -> dict[str, Any]:
    sheet = setup.sheet
    table = {
        "name": setup.name,
        "kind": setup.kind,
        "cameras": [{"name": each.name, "source": each.source} for each in setup.cameras],
        "projectors": list(setup.projectors),
        "seed": setup.seed,
        "sheet": {"paper": sheet.paper, "scale": sheet.scale, "scale_sigma": sheet.scale_sigma},
    }
    return table if setup.places is None else table | {"places": setup.places}


def _setup(table: dict[str, Any]) -> Setup:
    changed = {
        "sheet": Sheet(**table["sheet"]),
        "cameras": tuple(CameraName(**each) for each in table["cameras"]),
        "projectors": tuple(table["projectors"]),
    }
    return Setup(**table | changed)
