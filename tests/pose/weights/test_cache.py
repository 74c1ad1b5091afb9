"""The cache holds whole files only, whatever goes wrong, and the next start works."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import filelock
import pytest

from didim.pose.weights import WeightsError, _cache, list_models, net_path, prepare, remove

if TYPE_CHECKING:
    from tests.pose.weights.conftest import TinyModel

# Prepares the tiny model from argv[1] and prints its progress; with "stop" it halts before it converts.
PREPARE = """
import sys
from pathlib import Path
from didim.pose.weights import prepare

def tell(message, fraction):
    print(message, flush=True)
    if sys.argv[2:] == ["stop"] and message.startswith("converting"):
        sys.stdin.read()

prepare("tiny", wheel=Path(sys.argv[1]), progress=tell)
"""


def started(tiny: TinyModel, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PREPARE, str(tiny.wheel), *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def assert_works(tiny: TinyModel) -> None:
    prepare("tiny", wheel=tiny.wheel)
    assert len(tiny.files()) == 2
    assert net_path("tiny", "net").suffix == ".onnx"


def test_a_model_is_prepared_listed_and_removed(tiny: TinyModel) -> None:
    before = list_models()[1]
    assert (before.ready, before.size_bytes, before.licence) == (False, 0, "CC0-1.0")
    seen: list[tuple[str, float | None]] = []
    prepare("tiny", wheel=tiny.wheel, progress=lambda message, fraction: seen.append((message, fraction)))
    assert seen == [("converting net", 0.9), ("ready", 1.0)]
    after = list_models()[1]
    assert after.ready
    assert after.size_bytes == sum(path.stat().st_size for path in after.paths)
    assert set(after.paths) == {net_path("tiny", "net"), net_path("tiny", "net", form="tflite")}
    remove("tiny")
    assert list_models()[1] == before
    remove("tiny")


def test_the_wheel_may_have_any_name(tiny: TinyModel) -> None:
    prepare("tiny", wheel=tiny.wheel.rename(tiny.wheel.with_name("from a stick.bin")))
    assert net_path("tiny", "net").is_file()


def test_a_prepared_net_needs_no_network_and_no_converter(tiny: TinyModel) -> None:
    prepare("tiny", wheel=tiny.wheel)
    code = (
        "import sys; from didim.pose.weights import net_path; net_path('tiny', 'net');"
        "print(*{'onnx', 'mediapipe', 'flatbuffers'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


def test_a_newer_converter_converts_again_without_fetching(
    tiny: TinyModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare("tiny", wheel=tiny.wheel)
    older = net_path("tiny", "net")
    tiny.wheel.unlink()
    monkeypatch.setattr(_cache, "CONVERTER_VERSION", _cache.CONVERTER_VERSION + 1)
    assert net_path("tiny", "net") != older
    remove("tiny")
    assert tiny.files() == []


def test_a_full_disk_leaves_nothing_half_written(tiny: TinyModel, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(WeightsError, match=r"No space left on device\. Make room .*DIDIM_CACHE"):
            prepare("tiny", wheel=tiny.wheel)
    assert tiny.files() == []
    assert_works(tiny)


def test_a_cache_that_cannot_be_made_is_named(tiny: TinyModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIDIM_CACHE", str(tiny.wheel))
    with pytest.raises(WeightsError, match=r"models: expected to keep the models here .*directory"):
        prepare("tiny", wheel=tiny.wheel)


def test_a_wrong_hash_is_refused(tiny: TinyModel) -> None:
    tiny.write_manifest(sha256="0" * 64)
    with pytest.raises(WeightsError, match=r"expected sha256 0000.*another one and was not used"):
        prepare("tiny", wheel=tiny.wheel)
    assert tiny.files() == []
    tiny.write_manifest()
    assert_works(tiny)


@pytest.mark.parametrize("kept_bytes", [0, 100, 100_000])
def test_a_cut_off_wheel_is_refused(tiny: TinyModel, kept_bytes: int) -> None:
    whole = tiny.wheel.read_bytes()
    tiny.wheel.write_bytes(whole[:kept_bytes])
    with pytest.raises(WeightsError, match="expected a whole wheel, got: File is not a zip file"):
        prepare("tiny", wheel=tiny.wheel)
    assert tiny.files() == []
    tiny.wheel.write_bytes(whole)
    assert_works(tiny)


def test_a_damaged_wheel_is_refused(tiny: TinyModel) -> None:
    with zipfile.ZipFile(tiny.wheel) as archive:
        place = archive.infolist()[0]
    damaged = bytearray(tiny.wheel.read_bytes())
    start = place.header_offset + 30 + len(place.filename)
    damaged[start : start + 40] = bytes(40)
    tiny.wheel.write_bytes(damaged)
    with pytest.raises(WeightsError, match="expected a whole wheel, got: "):
        prepare("tiny", wheel=tiny.wheel)
    assert tiny.files() == []


def test_another_wheel_or_none_is_refused(tiny: TinyModel, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as archive:
        archive.writestr("something", "else")
    with pytest.raises(WeightsError, match=r"expected tiny/net.tflite inside, found none"):
        prepare("tiny", wheel=tmp_path / "other.whl")
    with pytest.raises(WeightsError, match=r"nowhere.whl: .*No such file"):
        prepare("tiny", wheel=tmp_path / "nowhere.whl")


def test_a_damaged_file_in_the_cache_is_made_again(tiny: TinyModel) -> None:
    prepare("tiny", wheel=tiny.wheel)
    published = net_path("tiny", "net", form="tflite")
    whole = published.read_bytes()
    published.write_bytes(whole[:-8])
    prepare("tiny", wheel=tiny.wheel)
    assert published.read_bytes() == whole


def test_two_processes_that_start_at_once_share_one_preparation(tiny: TinyModel) -> None:
    folder = tiny.cache / "models"
    folder.mkdir(parents=True)
    with filelock.FileLock(folder / "tiny.lock"):
        both = [started(tiny), started(tiny)]
        assert [line(process) for process in both] == ["waiting for another didim to prepare tiny"] * 2
        assert not (folder / "tiny").exists()
    told = [process.communicate(timeout=60)[0].split("\n") for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(told) == [["converting net", "ready", ""], ["ready", ""]]
    assert len(tiny.files()) == 2


def test_a_process_killed_at_work_leaves_no_trouble(tiny: TinyModel) -> None:
    with started(tiny, "stop") as killed:
        assert line(killed) == "converting net"
        killed.kill()
    own = tiny.cache / "models" / "tiny"
    published = next(own.glob("*.tflite"))
    published.rename(own / f"{published.name}.part")
    assert_works(tiny)


def test_what_goes_wrong_in_the_display_is_not_put_on_the_disk(tiny: TinyModel) -> None:
    def hang_up(message: str, fraction: float | None) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        prepare("tiny", wheel=tiny.wheel, progress=hang_up)
    assert_works(tiny)


def test_a_lock_that_is_never_given_back_ends_in_an_error(
    tiny: TinyModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_cache, "LOCK_TIMEOUT_S", 0.1)
    with started(tiny, "stop") as other:
        assert line(other) == "converting net"
        with pytest.raises(WeightsError, match="expected the other process to finish within 0 s"):
            prepare("tiny", wheel=tiny.wheel)
        other.communicate()
    assert other.returncode == 0
    assert net_path("tiny", "net").is_file()
