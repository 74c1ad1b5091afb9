"""The arrays that go beside a rig file, each named by what it holds.

A rig file names its arrays by their content. They are written first and the file last, so that whoever
reads the file at any moment finds exactly the arrays that it was written with.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_NAMED = re.compile(r'_file\s*=\s*"([^"/\\]+\.npy)"')


def array_name(label: str, array: Array) -> str:
    """The file's name: `<label>-<hash>.npy`, the hash over type, shape and values."""
    held = hashlib.sha256(f"{array.dtype.str} {array.shape}".encode())
    held.update(np.ascontiguousarray(array).tobytes())
    plain = re.sub(r"[^\w-]+", "_", label)
    return f"{plain}-{held.hexdigest()[:12]}.npy"


def save_array(folder: Path, name: str, array: Array) -> None:
    """Write an array whole or not at all; one that lies there already is left as it is."""
    path = folder / name
    if path.is_file():
        return
    unfinished = folder / f".{name}.{os.getpid()}"
    try:
        with unfinished.open("wb") as file:
            np.save(file, array)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def load_array(folder: Path, name: str) -> Array:
    """Read an array; raises ValueError where it is none, OSError where it cannot be read."""
    array = np.load(folder / name, allow_pickle=False)
    if not isinstance(array, np.ndarray):
        raise ValueError(f"{name} holds no single array; calibrate again")
    return array


def arrays_named(text: str) -> set[str]:
    """The names of the arrays that a rig file's text asks for."""
    return set(_NAMED.findall(text))


def remove_unnamed(folder: Path, names: Iterable[str]) -> None:
    """Remove those of the arrays that no rig file of the folder asks for any more."""
    files = list(folder.glob("*.toml"))
    still = set().union(*(arrays_named(file.read_text("utf-8", errors="replace")) for file in files))
    for name in set(names) - still:
        (folder / name).unlink(missing_ok=True)
