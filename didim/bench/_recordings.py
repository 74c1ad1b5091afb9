"""Which recordings the benchmarks use, and where they lie under the data folder."""

from __future__ import annotations

from pathlib import Path

from didim.bench._table import BenchError

FLOOR_RECORDING = "C_floor/pose2sim_single/Demo_SinglePerson"
"""One person walking before four calibrated, synchronised cameras."""


def recording(data: Path, name: str) -> Path:
    """The folder of a recording.

    Raises:
        BenchError: it is not there; the message says how to name the data folder.
    """
    folder = data / name
    if not folder.exists():
        raise BenchError(
            f"no recording {name} under {data}: give the folder that holds MANIFEST.json with --data "
            "or DIDIM_DATA"
        )
    return folder
