"""The console's end of the network: where it listens, over TLS or not, and until when."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from didim.console.web._origin import is_loopback
from didim.problem import Problem

LOOK_EVERY_S = 0.25
FAREWELL_S = 2
MESSAGE_MOST_BYTES = 2 * 2**20
EVERYWHERE = "0.0.0.0"
LOOPBACK = "127.0.0.1"


class ListenError(Problem):
    """The console cannot listen; the message says what to change."""

    exit_code = 11


@dataclass(frozen=True, slots=True)
class Certificate:
    """The files for TLS, PEM; `key` may lie in the certificate's own file.

    Raises:
        ListenError: they cannot be read, or do not belong together.
    """

    file: Path
    key: Path | None = None

    def __post_init__(self) -> None:
        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(self.file, self.key)
        except (OSError, ssl.SSLError) as cause:
            raise ListenError(
                f"no TLS with {self.file} and {self.key or 'the key in it'}: {cause}; expected a certificate "
                "and its key as PEM files, without a password"
            ) from None


def host_to_listen_on(asked: str, *, is_open: bool) -> str:
    """The address to bind: the one asked for; loopback until the site's network was opened."""
    return EVERYWHERE if is_open and is_loopback(asked) else asked


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes any that is free.

    Raises:
        ListenError: the port is taken, or the host is none of this computer's.
    """
    try:
        if host == EVERYWHERE and socket.has_dualstack_ipv6():
            return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as cause:
        raise ListenError(
            f"cannot listen on {host}, port {port}: {cause}; close what uses it, or choose another: --port"
        ) from None


class _Server(uvicorn.Server):
    """Leaves Ctrl-C to the supervisor."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def serve(
    app: ASGIApp,
    listening: socket.socket,
    over: Callable[[], bool],
    *,
    certificate: Certificate | None = None,
    started: Callable[[], None] = lambda: None,
) -> None:
    """Answer until `over()`, which is asked four times a second; then let everybody finish, and return.

    Args:
        certificate: for TLS.
        started: called once the first request can be answered.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,  # it would name who looked at whom
        server_header=False,
        proxy_headers=False,  # what a proxy says of a client is taken from nobody
        ws_per_message_deflate=False,
        ws_max_size=MESSAGE_MOST_BYTES,
        timeout_graceful_shutdown=FAREWELL_S,
        ssl_certfile=str(certificate.file) if certificate else None,
        ssl_keyfile=str(certificate.key) if certificate and certificate.key else None,
    )
    server = _Server(config)

    async def watched() -> None:
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        told = False
        while not serving.done():
            if server.started and not told:
                told = True
                started()
            server.should_exit = server.should_exit or over()
            await asyncio.sleep(LOOK_EVERY_S if told else 0.02)
        await serving

    asyncio.run(watched())
