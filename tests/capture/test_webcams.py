"""Which webcams are connected."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest

from didim.capture import WebcamInfo
from didim.capture._webcams import from_linux, list_webcams


def device(devices: Path, name: str, *, title: str, index: int) -> None:
    (devices / name).mkdir(parents=True)
    (devices / name / "name").write_text(f"{title}\n")
    (devices / name / "index").write_text(f"{index}\n")


def test_linux_lists_cameras_by_number_with_their_lasting_paths(tmp_path: Path) -> None:
    devices, nodes, by_id = tmp_path / "sys", tmp_path / "dev", tmp_path / "by-id"
    device(devices, "video10", title="Other camera", index=0)
    device(devices, "video2", title="Wide camera", index=0)
    device(devices, "video3", title="Wide camera", index=1)
    nodes.mkdir()
    by_id.mkdir()
    (nodes / "video2").touch()
    lasting = by_id / "usb-Wide_camera_1234-video-index0"
    lasting.symlink_to(nodes / "video2")
    assert from_linux(devices, by_id) == (
        WebcamInfo(2, "Wide camera", str(lasting)),
        WebcamInfo(10, "Other camera", "/dev/video10"),
    )


def test_linux_without_cameras_lists_none(tmp_path: Path) -> None:
    assert from_linux(tmp_path / "nowhere", tmp_path / "neither") == ()


@pytest.mark.parametrize("present", [0, 2])
def test_elsewhere_indices_are_tried_until_one_is_silent(
    monkeypatch: pytest.MonkeyPatch, present: int
) -> None:
    tried = []

    class Capture:
        def __init__(self, index: int) -> None:
            tried.append(index)
            self._index = index

        def isOpened(self) -> bool:  # noqa: N802  OpenCV's own name
            return self._index < present

        def release(self) -> None:
            pass

    monkeypatch.setattr("didim.capture._webcams.sys.platform", "win32")
    monkeypatch.setattr(cv2, "VideoCapture", Capture)
    found = list_webcams()
    assert [info.index for info in found] == list(range(present))
    assert tried == list(range(present + 1))


def test_trying_what_is_not_there_prints_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("didim.capture._webcams.PROBED", 1)
    monkeypatch.setattr("didim.capture._webcams.sys.platform", "win32")
    list_webcams()
    assert capfd.readouterr() == ("", "")
