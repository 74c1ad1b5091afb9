"""The HTTP API: what it describes is what it does, whatever it is sent."""

from __future__ import annotations

import json
import re
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from didim.console.app import build
from didim.run.commands import Pause, Start
from didim.run.live import Live
from tests.console.clients import browser, client, program
from tests.console.desks import PASSWORD, Bench

NOT_ASKED_FOR: list[Any] = [positive_data_acceptance]
"""A well-formed PIN may be too easy, a well-formed setting none of that game's."""

DOCS = Path(__file__).parents[2] / "docs"

EXAMPLES = 5
"""Of each kind, right and wrong, for each operation."""


@cache
def described() -> tuple[Any, dict[str, str]]:
    """The API as it describes itself, and the headers of an admin's program."""
    bench = Bench()
    token = bench.service.users.add_token(bench.admin(), "Schemathesis", "admin").token
    headers = {"Authorization": f"Bearer {token}", "Host": "localhost"}
    app = build(bench.service)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=headers), headers


OPERATIONS = {found.ok().label: found.ok() for found in described()[0].get_all_operations()}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_it_is_sent_it_answers_as_described(operation: str, mode: GenerationMode) -> None:
    _, headers = described()
    if mode is GenerationMode.NEGATIVE and not (
        OPERATIONS[operation].body or OPERATIONS[operation].query or OPERATIONS[operation].path_parameters
    ):
        return  # it takes nothing that could be wrong

    @seed(0)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[operation].as_strategy(generation_mode=mode))
    def answered(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers=headers, excluded_checks=NOT_ASKED_FOR)

    answered()
    assert app_client(described()).get("/api/v1/me").status_code == 200, "it was asked as an admin to the end"


def app_client(api: tuple[Any, dict[str, str]]) -> TestClient:
    schema, headers = api
    return TestClient(schema.app, headers=headers)


def test_every_operation_is_in_the_page_on_the_api() -> None:
    page = (DOCS / "api.md").read_text("utf-8")
    assert [label for label in OPERATIONS if f"| `{label}` |" not in page] == []


def test_nothing_but_signing_in_is_open_to_a_stranger() -> None:
    bench = Bench()
    bench.admin()
    stranger = client(bench)
    closed = [operation for operation in OPERATIONS if operation != "POST /sign-in"]
    assert len(closed) > 20
    for operation in [*closed, "GET /openapi.json"]:
        method, path = operation.split()
        asked = "/api/v1" + re.sub(r"\{\w+\}", "1", path)
        assert stranger.request(method, asked, json={}).status_code == 401, operation


def test_problems_are_told_in_the_language_asked_for() -> None:
    opened = program(Bench())
    for header, word in (("ko-KR,ko;q=0.9,en;q=0.8", "게임"), ("en,ko;q=0.5", "game"), ("fr", "game")):
        answer = opened.get("/api/v1/games/chess", headers={"accept-language": header})
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
        assert word in answer.json()["detail"]
        assert answer.json()["key"] == "no_game"


def test_a_game_is_started_with_settings_that_it_knows() -> None:
    bench = Bench()
    opened = program(bench, "instructor")
    body = {
        "game": "lily_pads",
        "settings": {"round_s": 60},
        "seats": [{"seat": 1, "player_id": 7}],
        "seed": 3,
    }
    assert opened.post("/api/v1/sessions/current", json=body).status_code == 202
    (start,) = bench.desk.sent
    assert isinstance(start, Start)
    assert start.seed == 3
    assert start.seats is not None
    assert start.seats[0].player_id == 7
    wrong = opened.post("/api/v1/sessions/current", json={"game": "lily_pads", "settings": {"speed": 9}})
    assert wrong.status_code == 422
    assert "no setting 'speed'" in wrong.json()["detail"]
    assert len(bench.desk.sent) == 1


def test_signing_in_over_the_api_gives_a_cookie_and_its_csrf_token() -> None:
    bench = Bench()
    bench.admin()
    opened = client(bench)
    told = opened.post("/api/v1/sign-in", json={"name": "Head", "secret": PASSWORD}).json()
    assert told["role"] == "admin"
    assert opened.get("/api/v1/me").json()["kind"] == "user"
    pause = "/api/v1/sessions/current/pause"
    assert opened.post(pause).status_code == 403
    assert opened.post(pause, headers={"X-CSRF-Token": told["csrf"]}).status_code == 202
    assert bench.desk.sent == [Pause()]
    assert opened.post("/api/v1/sign-out", headers={"X-CSRF-Token": told["csrf"]}).status_code == 204
    assert opened.get("/api/v1/me").status_code == 401


def test_wrong_tries_are_slowed_down() -> None:
    bench = Bench()
    bench.admin()
    tries = [
        client(bench).post("/api/v1/sign-in", json={"name": "Head", "secret": "wrong"}) for _ in range(5)
    ]
    assert [answer.status_code for answer in tries] == [401, 401, 401, 401, 429]
    assert int(tries[-1].headers["retry-after"]) >= 1


def test_the_live_state_is_streamed_as_text_or_deflated() -> None:
    bench = Bench()
    bench.desk.now = Live(number=4, phase="play", game="lily_pads")
    opened = program(bench, "instructor")
    whole = opened.get("/api/v1/live").json()
    with watching(opened) as socket:
        assert json.loads(socket.receive_text()) == whole
        bench.desk.now = Live(number=5, phase="results", game="lily_pads")
        assert json.loads(socket.receive_text())["phase"] == "results"
    with watching(opened, "?squeezed=true") as socket:
        assert json.loads(zlib.decompress(socket.receive_bytes()))["number"] == 5


def test_a_stranger_sees_no_stream() -> None:
    bench = Bench()
    bench.admin()
    assert closed_with(client(bench)) == 4401
    assert closed_with(client(bench, {"authorization": "Bearer didim_wrong"})) == 4401
    assert closed_with(browser(bench), origin="http://evil.example") == 1008


def test_who_is_signed_out_sees_no_more() -> None:
    bench = Bench()
    opened = browser(bench)
    key = opened.cookies["didim"]
    with watching(opened) as socket:
        socket.receive_text()
        bench.service.door.sign_out(key)
        while (message := socket.receive())["type"] == "websocket.send":
            pass
    assert message["code"] == 4401


def watching(opened: TestClient, query: str = "", **headers: str) -> Any:
    return opened.websocket_connect(f"ws://192.168.0.5/api/v1/live/stream{query}", headers=headers)


def closed_with(opened: TestClient, **headers: str) -> int:
    try:
        with watching(opened, **headers) as socket:
            return int(socket.receive()["code"])
    except WebSocketDisconnect as closed:
        return closed.code
