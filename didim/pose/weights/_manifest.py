"""models/<name>.toml: what a network is and where it comes from."""

from __future__ import annotations

import msgspec

from didim.content import content_roots, read_manifest
from didim.pose.weights._problem import WeightsError


class _Table(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A table of the file, as written; no unknown key passes."""


class Origin(_Table, frozen=True):
    """The wheel that holds the files of all nets, in the words of the package client's options."""

    requirement: str
    platform: str
    python_version: str
    implementation: str
    abi: str
    size_bytes: int


class Input(_Table, frozen=True):
    """What a net takes.

    Attributes:
        shape: for one picture.
        layout: what the axes and the values mean.
    """

    shape: tuple[int, ...]
    layout: str


class Output(_Table, frozen=True):
    """What a net gives; the table's own name is the output's name in the converted net.

    Attributes:
        tensor: its name in the file as published.
        shape, layout: as for `Input`.
    """

    tensor: str
    shape: tuple[int, ...]
    layout: str


class Net(_Table, frozen=True):
    """One network.

    Attributes:
        file: its path inside the wheel.
        sha256: of that file, in lower-case hex.
        outputs: those that are kept, by name.
    """

    file: str
    sha256: str
    input: Input
    outputs: dict[str, Output]


class ModelManifest(_Table, frozen=True):
    """One model: networks that work together, from one origin under one licence."""

    title: str
    licence: str
    author: str
    origin: Origin
    nets: dict[str, Net]

    def net(self, name: str) -> Net:
        """The net of that name; raises WeightsError with the names there are."""
        if name not in self.nets:
            raise WeightsError(f"{self.title} has no net {name!r}; it has {', '.join(self.nets)}")
        return self.nets[name]


def read_manifests() -> dict[str, ModelManifest]:
    """Every model that the content folders describe, by the name of its file.

    Raises:
        ContentError: a manifest cannot be read.
        WeightsError: two folders describe a model of one name.
    """
    manifests: dict[str, ModelManifest] = {}
    for root in content_roots("models"):
        for path in sorted(root.glob("*.toml")):
            if path.stem in manifests:
                raise WeightsError(
                    f"{path}: there is a model {path.stem!r} already; give this file another name"
                )
            manifests[path.stem] = read_manifest(path, ModelManifest)
    return manifests


def find_manifest(model: str) -> ModelManifest:
    """The description of one model; raises as `read_manifests`, and where there is no such model."""
    manifests = read_manifests()
    if model not in manifests:
        raise WeightsError(f"there is no model {model!r}; there is {', '.join(manifests) or 'none at all'}")
    return manifests[model]
