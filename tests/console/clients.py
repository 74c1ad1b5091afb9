"""A browser and a program that talk to the console in this process."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from didim.console import Role
from didim.console.app import build
from tests.console.desks import PASSWORD, Bench

ELSEWHERE = ("192.168.0.20", 40000)
"""A tablet in the site's network."""
HERE = ("127.0.0.1", 40000)


def client(
    bench: Bench,
    headers: dict[str, str] | None = None,
    *,
    address: tuple[str, int] = ELSEWHERE,
    host: str = "192.168.0.5",
    tls: bool = False,
) -> TestClient:
    """A client without any right yet."""
    app = build(bench.service, tls=tls, names=lambda: ("hall.example",))
    scheme = "https" if tls else "http"
    return TestClient(
        app,
        base_url=f"{scheme}://{host}",
        client=address,
        headers=headers,
        follow_redirects=False,
        raise_server_exceptions=False,
    )


def program(bench: Bench, role: Role = "admin", **more: Any) -> TestClient:
    """A program with a token of that role."""
    token = bench.service.users.add_token(bench.admin(), "A program", role).token
    return client(bench, {"authorization": f"Bearer {token}"}, **more)


def browser(bench: Bench, **more: Any) -> TestClient:
    """A browser in which the admin has signed in through the form."""
    bench.admin()
    opened = client(bench, **more)
    answer = opened.post("/sign-in", data={"name": "Head", "secret": PASSWORD})
    assert answer.status_code == 303, answer.text
    return opened
