"""What breaks didim before it starts: packages that overwrite each other, system libraries that lack."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import Distribution, requires
from pathlib import Path
from typing import NamedTuple


class _Shared(NamedTuple):
    """A module that several packages install into one folder: only `package` may be there."""

    package: str
    module: str
    rivals: tuple[str, ...]


_SHARED = (
    _Shared(
        "opencv-contrib-python",
        "cv2",
        ("opencv-python", "opencv-python-headless", "opencv-contrib-python-headless"),
    ),
    _Shared("pygame-ce", "pygame", ("pygame",)),
)

DEBIAN_PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libGLESv2.so.2": "libgles2",
    "libglib-2.0.so.0": "libglib2.0-0",
}
"""The system libraries that the graphics and vision packages load, and who brings them."""


def environment_problems() -> tuple[str, ...]:
    """What is broken about this installation, each with the command that mends it; imports none of it."""
    found = package_problems(sys.path)
    return (*found, *library_problems(DEBIAN_PACKAGES)) if sys.platform == "linux" else found


def package_problems(path: Sequence[str]) -> tuple[str, ...]:
    """The broken mixes among the packages that are installed on a module search path."""
    problems = []
    for shared in _SHARED:
        wanted, module = shared.package, shared.module
        rivals = [name for name in shared.rivals if _installed(name, path)]
        ours = _installed(wanted, path)
        if rivals:
            problems.append(
                f"{' and '.join(rivals)} and {wanted} share one folder, {module}, and overwrite each other. "
                + _mended_by(wanted, [*rivals, wanted] if ours else rivals)
            )
        elif ours is None:
            problems.append(f"{wanted} is not installed. {_mended_by(wanted)}")
        elif not Path(str(ours.locate_file(f"{module}/__init__.py"))).is_file():
            problems.append(
                f"{wanted} lost its files, as when another package of {module} is removed. "
                + _mended_by(wanted)
            )
    return tuple(problems)


def library_problems(debian_packages: Mapping[str, str]) -> tuple[str, ...]:
    """The system libraries that cannot be loaded, in one problem.

    Args:
        debian_packages: who brings each library, by the name it is loaded by.
    """
    missing = [library for library in debian_packages if not _loads(library)]
    if not missing:
        return ()
    packages = " ".join(debian_packages[library] for library in missing)
    return (
        f"the system lacks {', '.join(missing)}, which graphics and vision need. On Debian or Ubuntu: "
        f"sudo apt install {packages}",
    )


def _installed(name: str, path: Sequence[str]) -> Distribution | None:
    return next(iter(Distribution.discover(name=name, path=list(path))), None)


def _mended_by(wanted: str, unwanted: Sequence[str] = ()) -> str:
    """The commands of both common package clients; all go, because the survivor has lost files."""
    pinned = [r for r in requires("didim") or () if r.partition("==")[0] == wanted]
    requirement = pinned[0] if pinned else wanted
    pip = f"python -m pip install --force-reinstall --no-deps {requirement}"
    uv = f"uv pip install --reinstall --no-deps {requirement}"
    if unwanted:
        names = " ".join(unwanted)
        pip, uv = f"python -m pip uninstall -y {names} && {pip}", f"uv pip uninstall {names} && {uv}"
    return f"Mend it with: {pip}   (or with uv: {uv})"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
