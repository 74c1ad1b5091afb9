"""Networks that a site supplied itself: taken in after a trial, each in a folder of its own."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
import tomli_w

from didim.content import ContentError, content_roots, read_manifest, site_folder
from didim.pose._engine import PoseError
from didim.pose._net import CPU, Net, Tensor
from didim.pose.layouts import LAYOUTS, Checked, Layout, check
from didim.pose.weights import WeightsError, list_models

__all__ = [
    "Checked",
    "SuppliedModel",
    "Tensor",
    "add_model",
    "recheck_model",
    "remove_model",
    "supplied_models",
]

MANIFEST, NET = "model.toml", "net.onnx"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


class SuppliedManifest(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """model.toml beside the network.

    Attributes:
        title: the name of the file that it came from.
        outputs: names of the outputs that the layout reads, in its order.
        sha256: of the file, in lower-case hex.
        cost_ms: CPU time of a look when it was taken in.
    """

    format: Literal[1]
    title: str
    layout: str
    outputs: tuple[str, ...]
    sha256: str
    size_bytes: int
    cost_ms: float


@dataclass(frozen=True, slots=True)
class SuppliedModel:
    """A network that was taken in."""

    name: str
    folder: Path
    manifest: SuppliedManifest

    @property
    def layout(self) -> Layout:
        return LAYOUTS[self.manifest.layout]

    @property
    def path(self) -> Path:
        return self.folder / NET

    def open(self, provider: str = CPU) -> Net:
        """Open the network.

        Raises:
            WeightsError: its file is gone or was changed.
            PoseError: it cannot be opened.
        """
        self.verify()
        return Net(self.path, self.manifest.outputs, provider=provider, mend=self._mend)

    def verify(self) -> None:
        """Compare the file with what was taken in; raises WeightsError where it differs."""
        try:
            digest = hashlib.sha256(self.path.read_bytes()).hexdigest()
        except OSError as error:
            raise WeightsError(f"{self.path} cannot be read: {error.strerror}; {self._mend}") from None
        if digest != self.manifest.sha256:
            raise WeightsError(
                f"{self.path}: expected the file that was added (sha256 {self.manifest.sha256[:12]}…); "
                f"got {digest[:12]}…; {self._mend}"
            )

    @property
    def _mend(self) -> str:
        return f"run `didim models remove {self.name}`, then `didim models add` again"


def supplied_models() -> dict[str, SuppliedModel]:
    """Every network that was taken in, by name.

    Raises:
        ContentError: a manifest cannot be read, or names a layout that this version does not know.
    """
    models: dict[str, SuppliedModel] = {}
    for root in content_roots("models"):
        for path in sorted(root.glob(f"*/{MANIFEST}")):
            if path.parent.name.startswith("."):
                continue  # left by a process that was killed
            manifest = read_manifest(path, SuppliedManifest)
            if manifest.layout not in LAYOUTS:
                raise ContentError(
                    f"{path}: layout {manifest.layout!r} is not one of {', '.join(LAYOUTS)}; "
                    f"delete the folder or update didim"
                )
            models.setdefault(path.parent.name, SuppliedModel(path.parent.name, path.parent, manifest))
    return models


def add_model(
    file: Path, layout: str, name: str | None, cpu_s: Callable[[], float]
) -> tuple[SuppliedModel, Checked]:
    """Try a file as a network of a layout and take a copy in, whole or not at all.

    Args:
        name: what to call it; by default as the file.
        cpu_s: the CPU time spent so far.

    Raises:
        PoseError: the file is not of that layout, or the name will not do.
        WeightsError: it cannot be written.
    """
    chosen = _free_name(file, name)
    if not file.is_file():
        raise PoseError(f"{file}: no such file; give the path of an ONNX network")
    root = site_folder("models")
    unfinished = root / f".{chosen}.{os.getpid()}"
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        copy = unfinished / file.name
        shutil.copyfile(file, copy)
        checked = check(copy, layout, cpu_s)  # the copy: a network may lean on other files beside it
        manifest = _manifest(copy, layout, checked)
        _flushed(copy.rename(unfinished / NET))
        (unfinished / MANIFEST).write_text(tomli_w.dumps(msgspec.to_builtins(manifest)), "utf-8")
        _flushed(unfinished / MANIFEST)
        unfinished.rename(root / chosen)
    except OSError as error:
        raise WeightsError(
            f"{root}: expected to keep the network here, got: {error.strerror or error}; "
            "make room or give rights, or let DIDIM_CONTENT name another folder"
        ) from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return SuppliedModel(chosen, root / chosen, manifest), checked


def remove_model(name: str) -> bool:
    """Delete a network that was taken in; False where there is none of that name.

    Raises:
        WeightsError: it cannot be deleted.
    """
    model = supplied_models().get(name)
    if model is None:
        return False
    try:
        shutil.rmtree(model.folder)
    except OSError as error:
        raise WeightsError(f"{model.folder} cannot be deleted: {error.strerror}") from None
    return True


def recheck_model(name: str, cpu_s: Callable[[], float]) -> Checked | None:
    """Try a network that was taken in once more; None where there is none of that name.

    Raises:
        PoseError, WeightsError: it is no longer what it was.
    """
    model = supplied_models().get(name)
    if model is None:
        return None
    model.verify()
    return check(model.path, model.manifest.layout, cpu_s)


def _free_name(file: Path, name: str | None) -> str:
    chosen = name or re.sub(r"[^a-z0-9_-]+", "_", file.stem.lower()).strip("_-")
    if not NAME.fullmatch(chosen):
        raise PoseError(
            f"a model's name is small letters, digits, - and _, got {chosen!r}; give one with --name"
        )
    taken = {model.name for model in list_models()} | {"auto", "mediapipe"} | set(supplied_models())
    if chosen in taken:
        raise PoseError(
            f"there is {chosen!r} already; give another --name, or run `didim models remove {chosen}` first"
        )
    return chosen


def _manifest(file: Path, layout: str, checked: Checked) -> SuppliedManifest:
    data = file.read_bytes()
    return SuppliedManifest(
        format=1,
        title=file.name,
        layout=layout,
        outputs=checked.names,
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        cost_ms=round(checked.cost_ms, 2),
    )


def _flushed(path: Path) -> None:
    """See that a file survives a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
