"""Compiling kernels: single-threaded, without the GIL, kept on disk between runs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import platformdirs
from numba import config, njit

_Kernel = TypeVar("_Kernel", bound=Callable[..., Any])

# infinities and nan keep their meaning
_FAST = {"nsz", "arcp", "contract", "afn", "reassoc"}


def _cache_folder() -> Path:
    """A folder for this state of the sources: numba does not see a change in parts from other files."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return platformdirs.user_cache_path("didim", appauthor=False) / "kernels" / digest.hexdigest()[:16]


_FOLDER = str(_cache_folder())


def kernel(function: _Kernel) -> _Kernel:
    """Compile at first use; the machine code is kept in the user's cache folder, or beside the source
    where that cannot be written. Where neither can it is compiled anew in each process.
    """
    before = config.CACHE_DIR  # type: ignore[attr-defined]  # numba fills its settings in at import
    config.CACHE_DIR = _FOLDER  # type: ignore[attr-defined]
    try:
        return cast(_Kernel, njit(function, cache=True, nogil=True, fastmath=_FAST, error_model="numpy"))
    except RuntimeError:  # numba found no place to write to
        return part(function)
    finally:
        config.CACHE_DIR = before  # type: ignore[attr-defined]


def part(function: _Kernel) -> _Kernel:
    """A piece of a kernel, compiled into each that calls it."""
    return cast(_Kernel, njit(function, nogil=True, fastmath=_FAST, error_model="numpy"))
