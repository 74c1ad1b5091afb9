"""Where the console listens: on the rig alone until it is opened, over TLS where there is a certificate."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from didim.console._listening import Certificate, ListenError, host_to_listen_on, listen, serve
from didim.console.app import build
from tests.console.desks import PASSWORD, Bench


@contextmanager
def served(bench: Bench, certificate: Certificate | None = None) -> Iterator[int]:
    """The console on a free port of loopback, in a thread; the port."""
    listening, over, ready = listen("127.0.0.1", 0), threading.Event(), threading.Event()
    port = listening.getsockname()[1]
    app = build(bench.service, tls=certificate is not None)
    thread = threading.Thread(
        target=serve,
        args=(app, listening, over.is_set),
        kwargs={"certificate": certificate, "started": ready.set},
    )
    thread.start()
    try:
        assert ready.wait(20)
        yield port
    finally:
        over.set()
        thread.join(20)
    assert not thread.is_alive(), "it ends when it is told to"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    folder = tmp_path_factory.mktemp("tls")
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "cert.pem"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("needs openssl on the path, to make a certificate")
    return Certificate(folder / "cert.pem", folder / "key.pem")


def test_it_answers_on_loopback_and_tells_nothing_of_itself() -> None:
    with served(Bench()) as port:
        answer = httpx2.get(f"http://localhost:{port}/api/v1/games", headers={"host": f"localhost:{port}"})
        assert answer.status_code == 200
        assert "server" not in answer.headers
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((own_address(), port), timeout=5).close()


def test_what_a_proxy_says_of_a_client_is_believed_by_nobody() -> None:
    with served(Bench()) as port:
        for header in ("x-forwarded-for", "forwarded", "x-real-ip"):
            answer = httpx2.get(f"http://localhost:{port}/api/v1/games", headers={header: "127.0.0.1"})
            assert answer.status_code == 401


def test_over_tls_the_cookie_is_bound_to_it(certificate: Certificate) -> None:
    bench = Bench()
    bench.admin()
    trusting = ssl.create_default_context(cafile=str(certificate.file))
    with served(bench, certificate) as port, httpx2.Client(verify=trusting) as client:
        told = client.post(
            f"https://localhost:{port}/api/v1/sign-in", json={"name": "Head", "secret": PASSWORD}
        )
        assert told.status_code == 200
        assert "__Host-didim" in client.cookies
        assert client.get(f"https://localhost:{port}/api/v1/me").json()["kind"] == "user"
        with pytest.raises(httpx2.HTTPError):
            httpx2.get(f"http://localhost:{port}/api/v1/me")


def test_a_certificate_that_cannot_be_used_is_told_before_anything_starts(
    certificate: Certificate, tmp_path: Path
) -> None:
    other = tmp_path / "other.pem"
    other.write_text("no key")
    for file, key in ((tmp_path / "none.pem", None), (certificate.file, other), (other, certificate.key)):
        with pytest.raises(ListenError, match="TLS"):
            Certificate(file, key)


def test_a_port_that_is_taken_is_told_with_the_way_out() -> None:
    taken = listen("127.0.0.1", 0)
    with pytest.raises(ListenError, match="--port"):
        listen("127.0.0.1", taken.getsockname()[1])
    with pytest.raises(ListenError):
        listen("203.0.113.9", 0)
    taken.close()


@pytest.mark.parametrize(
    ("asked", "is_open", "bound"),
    [
        ("127.0.0.1", False, "127.0.0.1"),
        ("localhost", False, "localhost"),
        ("127.0.0.1", True, "0.0.0.0"),
        ("192.168.0.5", False, "192.168.0.5"),
        ("192.168.0.5", True, "192.168.0.5"),
    ],
)
def test_it_listens_on_loopback_until_it_is_opened_or_told_otherwise(
    asked: str, is_open: bool, bound: str
) -> None:
    assert host_to_listen_on(asked, is_open=is_open) == bound


def own_address() -> str:
    """An address of this computer that is not loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pytest.skip("needs a network address beside loopback")
        return str(probe.getsockname()[0])
