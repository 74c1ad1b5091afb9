"""No picture of anybody leaves by any door of the console, and nothing is asked of any other computer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from didim.console._settings import DEFAULTS
from didim.run.live import Live, LiveFoot, LivePlayer, LiveSeat
from tests.console.clients import browser, program
from tests.console.desks import Bench
from tests.console.test_api import OPERATIONS

PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"BM", b"\x00\x00\x00\x18ftyp", b"\x1aE\xdf\xa3")
"""How JPEG, PNG, GIF, WebP, BMP, MP4 and Matroska begin."""
FOOT = LiveFoot((1.0, 1.0), 0.0, True)
SOMEBODY = Live(
    number=1,
    phase="play",
    players=(LivePlayer(1, 1, (1.0, 1.0), FOOT, FOOT, ((1.0, 1.0, 1.0),) * 33),),
    seats=(LiveSeat(1, 1, "#00aaff", "star"),),
)


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    bench.desk.now = SOMEBODY
    bench.service.players.add(bench.somebody("instructor"))
    return bench


def answers(opened: TestClient) -> Iterator[tuple[str, Any]]:
    """What every route that only tells something answers."""
    for operation in OPERATIONS:
        method, path = operation.split()
        if method == "GET":
            asked = re.sub(r"\{slug\}", "lily_pads", path)
            yield operation, opened.get("/api/v1" + re.sub(r"\{\w+\}", "1", asked))


def test_no_route_of_the_api_describes_or_answers_with_a_picture(bench: Bench) -> None:
    opened = program(bench)
    described = opened.get("/api/v1/openapi.json").text
    assert "image/" not in described
    assert "video/" not in described
    seen = 0
    for operation, answer in answers(opened):
        kind = answer.headers.get("content-type", "")
        assert not kind.startswith(("image/", "video/", "multipart/")), operation
        assert not answer.content.startswith(PICTURES), operation
        assert "data:image" not in answer.text[:100_000], operation
        seen += answer.status_code == 200
    assert seen > 15


def test_what_a_tablet_sees_of_somebody_is_joints_and_feet(bench: Bench) -> None:
    told = program(bench).get("/api/v1/live").json()
    (player,) = told["players"]
    assert set(player) == {"id", "seat", "feet", "left", "right", "joints", "heading_rad", "plays"}
    assert len(player["joints"]) == 33
    schema = msgspec.json.schema(Live)
    assert "contentEncoding" not in json.dumps(schema), "no field of it holds bytes"


def test_a_report_holds_no_photograph(bench: Bench) -> None:
    pdf = program(bench).get("/api/v1/exports/players/1.pdf").content
    assert b"/DCTDecode" not in pdf
    assert b"/JPXDecode" not in pdf


def test_pages_load_nothing_from_elsewhere_and_are_shown_in_nobody_elses(bench: Bench) -> None:
    policy = browser(bench).get("/").headers["content-security-policy"]
    sources = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert sources["frame-ancestors"] == "'none'"
    assert sources["object-src"] == "'none'"
    for rule, allowed in sources.items():
        assert set(allowed.split()) <= {
            "'self'",
            "'none'",
            "'unsafe-inline'",
            "'unsafe-eval'",
            "data:",
            "blob:",
        }, rule


def test_a_whole_visit_leaves_no_file_beside_the_records(bench: Bench) -> None:
    opened = program(bench)
    for _ in answers(opened):
        pass
    for action in ("pause", "resume", "safe", "stop"):
        opened.post(f"/api/v1/sessions/current/{action}")
    names = {path.name for path in bench.folder.rglob("*") if path.is_file()}
    assert names <= {"records.sqlite", "records.sqlite-wal", "records.sqlite-shm"}


def test_it_is_closed_to_the_network_until_somebody_opens_it() -> None:
    assert DEFAULTS["network"] is False
