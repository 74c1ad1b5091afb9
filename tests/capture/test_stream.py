"""A network camera, played by a small server on this computer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import cv2
import pytest

from didim.capture import CameraError, CameraFrame
from didim.capture.stream import StreamCamera

if TYPE_CHECKING:
    from tests.capture.conftest import MakeVideo, Numbers

LONG_S = 10.0


class Server(ThreadingHTTPServer):
    """Plays one answer after another; the last one holds for every further visit."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Visit)
        self.answers: list[Callable[[_Visit], None]] = []
        self.visits = 0
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/video"


class _Visit(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        answer = self.server.answers[min(self.server.visits, len(self.server.answers) - 1)]
        self.server.visits += 1
        answer(self)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr("didim.capture._newest.FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr("didim.capture._newest.MOST_PAUSE_S", 0.01)
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True)
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()
    thread.join()


def motion_jpeg(numbers: Numbers, *shown: int, then_hold: bool = False) -> Callable[[_Visit], None]:
    """An answer of some pictures, after which the camera hangs up, or stays on the line in silence."""

    def answer(visit: _Visit) -> None:
        visit.send_response(200)
        visit.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        visit.end_headers()
        for number in shown:
            packed = cv2.imencode(".jpg", numbers.picture(number))[1].tobytes()
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(packed)}\r\n\r\n"
            visit.wfile.write(head.encode() + packed + b"\r\n")
        visit.wfile.write(b"--frame\r\n")
        visit.wfile.flush()
        if then_hold:
            visit.server.over.wait(LONG_S)

    return answer


def refusal(code: int) -> Callable[[_Visit], None]:
    return lambda visit: visit.send_error(code)


def read_until(camera: StreamCamera, wanted: int, numbers: Numbers) -> list[CameraFrame]:
    """Read on through losses until a picture of that number comes."""
    frames: list[CameraFrame] = []
    for _ in range(2000):
        try:
            frames.append(camera.read(timeout_s=0.01))
        except CameraError:
            continue
        if numbers.read(frames[-1].bgr) == wanted:
            return frames
    raise AssertionError(f"no picture {wanted} came")


def test_pictures_arrive_and_the_newest_wins(server: Server, numbers: Numbers) -> None:
    server.answers = [motion_jpeg(numbers, 1, 2, 3, 4, 5, 6, then_hold=True)]
    with closing(StreamCamera(server.url)) as camera:
        frames = read_until(camera, 6, numbers)
        assert frames[-1].bgr.shape == (48, 64, 3)
        assert frames[-1].seq == 5
        server.over.set()


def test_a_camera_that_hangs_up_is_called_again_and_the_numbers_go_on(
    server: Server, numbers: Numbers
) -> None:
    server.answers = [
        motion_jpeg(numbers, 1, 2, 3),
        refusal(503),
        motion_jpeg(numbers, 7, 8, 9, then_hold=True),
    ]
    with closing(StreamCamera(server.url)) as camera:
        frames = read_until(camera, 9, numbers)
        assert server.visits == 3
        assert frames[-1].seq == 5
        assert [frame.seq for frame in frames] == sorted({frame.seq for frame in frames})
        server.over.set()


def test_while_it_is_gone_reading_says_why(server: Server, numbers: Numbers) -> None:
    server.answers = [motion_jpeg(numbers, 1, 2, 3), refusal(503)]
    with closing(StreamCamera(server.url)) as camera:
        while server.visits < 4:
            try:
                camera.read(timeout_s=0.002)
            except CameraError as error:
                told = str(error)
        assert "/video does not open: Server returned 5XX" in told
        assert "It is tried again until it is back." in told


def test_an_address_that_is_refused_is_told_without_the_password(server: Server) -> None:
    server.answers = [refusal(404)]
    with pytest.raises(CameraError, match=r"127\.0\.0\.1:\d+/video does not open: .*404") as told:
        StreamCamera(server.url.replace("://", "://admin:open-sesame@"))
    assert "sesame" not in str(told.value)


def test_nobody_at_the_address_is_told(server: Server) -> None:
    with pytest.raises(CameraError, match=r"does not open: Connection refused\. Check the address"):
        StreamCamera("rtsp://127.0.0.1:1/live")


def test_a_recording_is_no_live_camera(server: Server, make_video: MakeVideo) -> None:
    packed = make_video(options={"movflags": "faststart"}).read_bytes()

    def answer(visit: _Visit) -> None:
        visit.send_response(200)
        visit.send_header("Content-Length", str(len(packed)))
        visit.end_headers()
        visit.wfile.write(packed)

    server.answers = [answer]
    with pytest.raises(CameraError, match="plays a recording"):
        StreamCamera(server.url)


def test_what_is_no_address_is_told() -> None:
    with pytest.raises(CameraError, match="stream camera-3 is no address"):
        StreamCamera("camera-3")
