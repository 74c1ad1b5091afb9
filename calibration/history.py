"""Rig files as they stood before: kept at each save, brought back whole."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from didim.problem import Problem
from didim.rig import Rig, RigError, arrays_named, read_rig, write_rig

STAMP = "%Y%m%d-%H%M%S"


class HistoryError(Problem):
    """There is nothing to bring back, or it cannot be read."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Kept:
    """A rig file kept aside; `name` says when, local time."""

    name: str
    file: Path


def history_folder(rig_file: Path) -> Path:
    """Where the versions before are kept: beside the rig file."""
    return rig_file.with_name(f"{rig_file.stem}-history")


def kept_rigs(rig_file: Path) -> tuple[Kept, ...]:
    """Every version kept, the newest first."""
    folder = history_folder(rig_file)
    files = sorted(folder.glob(f"*/{rig_file.name}"), reverse=True) if folder.is_dir() else []
    return tuple(Kept(file.parent.name, file) for file in files)


def save_rig(rig: Rig, rig_file: Path, now: datetime) -> Kept | None:
    """Write a rig, whole or not at all, and keep what stood there.

    Returns what was kept; None where there was none.

    Raises:
        RigError: nothing can be written there.
    """
    kept = _keep(rig_file, now)
    write_rig(rig, rig_file)
    return kept


def restore_rig(rig_file: Path, now: datetime, name: str | None = None) -> tuple[Kept, Kept | None]:
    """Bring a kept version back, the newest if no name is given; what stands there is kept first.

    Raises:
        HistoryError: there is no such version. RigError: it cannot be read or written.
    """
    known = kept_rigs(rig_file)
    if not known:
        raise HistoryError(f"no version of {rig_file} has been kept yet; each `didim calibrate` keeps one")
    chosen = known[0] if name is None else next((each for each in known if each.name == name), None)
    if chosen is None:
        raise HistoryError(
            f"no version {name!r} of {rig_file}; there are: {', '.join(k.name for k in known)}"
        )
    rig = read_rig(chosen.file)
    return chosen, save_rig(rig, rig_file, now)


def _keep(rig_file: Path, now: datetime) -> Kept | None:
    if not rig_file.is_file():
        return None
    stamp = now.strftime(STAMP)
    folder = history_folder(rig_file) / stamp
    number = 1
    while folder.exists():
        number += 1
        folder = folder.with_name(f"{stamp}-{number}")
    unfinished = folder.with_name(f".{folder.name}")
    try:
        unfinished.mkdir(parents=True)
        text = rig_file.read_text("utf-8")
        shutil.copy2(rig_file, unfinished)
        for name in arrays_named(text):
            if (rig_file.parent / name).is_file():
                shutil.copy2(rig_file.parent / name, unfinished)
        unfinished.rename(folder)
    except OSError as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise RigError(f"{rig_file} cannot be kept in {folder}: {error.strerror}") from None
    return Kept(folder.name, folder / rig_file.name)
