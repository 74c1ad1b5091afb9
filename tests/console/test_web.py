"""What stands before the service: hosts, origins, headers, cookies, and the way in."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from didim.console._secrets import csrf_of
from didim.console.web import typed_before
from didim.run.commands import Pause
from tests.console.clients import ELSEWHERE, HERE, browser, client, program
from tests.console.desks import PASSWORD, Bench

PAUSE = "/api/v1/sessions/current/pause"


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    bench.admin()
    return bench


@pytest.mark.parametrize("path", ["/", "/now", "/records", "/anything"])
def test_pages_are_for_who_has_signed_in(bench: Bench, path: str) -> None:
    answer = client(bench).get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={path}")


def test_a_new_console_leads_to_its_set_up() -> None:
    answer = client(Bench()).get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/set-up")


def test_set_up_by_form_signs_the_first_admin_in() -> None:
    bench = Bench()
    opened = client(bench)
    wrong = opened.post("/set-up", data={"code": "0000-000x", "name": "Head", "secret": PASSWORD})
    assert wrong.headers["location"] == "/set-up?problem=wrong_code"
    right = opened.post("/set-up", data={"code": bench.service.door.code, "name": "Head", "secret": PASSWORD})
    assert right.headers["location"] == "/"
    assert opened.get("/").status_code == 404, "the gate lets through; there are no pages here"


def test_what_was_typed_in_the_set_up_comes_back_without_the_secret() -> None:
    bench = Bench()
    opened = client(bench)
    form = {"code": bench.service.door.code, "name": "Kim & 민", "secret": "short"}
    refused = opened.post("/set-up", data=form)
    assert refused.headers["location"] == "/set-up?problem=secret_short&least=8"
    assert "short" not in refused.headers["set-cookie"]
    kept = [(b"cookie", f"{name}={value}".encode()) for name, value in opened.cookies.items()]
    page = {"type": "http", "query_string": b"problem=secret_short", "headers": kept}
    assert typed_before(Request(page)) == {"code": form["code"], "name": "Kim & 민"}
    assert typed_before(Request(page | {"query_string": b""})) == {}, "a page opened anew is empty"
    assert opened.post("/set-up", data=form | {"secret": PASSWORD}).headers["location"] == "/"
    assert "didim_typed" not in opened.cookies


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(bench: Bench) -> None:
    for tls in (False, True):
        answer = client(bench, tls=tls).post("/sign-in", data={"name": "Head", "secret": PASSWORD})
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert ("; secure" in cookie) == tls
        assert cookie.startswith("__host-didim=" if tls else "didim=")
        assert "path=/" in cookie
        assert "domain" not in cookie


def test_a_wrong_pin_leads_back_and_says_so(bench: Bench) -> None:
    answer = client(bench).post("/sign-in", data={"name": "Head", "secret": "wrong", "next": "/records"})
    assert answer.headers["location"] == "/sign-in?problem=wrong_secret&next=%2Frecords"
    assert "set-cookie" not in answer.headers


def test_an_outgrown_pin_leads_to_a_new_one(bench: Bench) -> None:
    user = bench.service.users.add(bench.admin(), "Kim", "instructor", "480216")
    bench.service.users.set_role(bench.admin(), user.id, "installer")
    form = {"name": "Kim", "secret": "480216", "next": "/games"}
    led = client(bench).post("/sign-in", data=form).headers["location"]
    assert led.startswith("/new-secret?problem=secret_outgrown")
    assert "next=%2Fgames" in led
    entered = client(bench).post("/new-secret", data={**form, "new": "48021648"})
    assert entered.headers["location"] == "/games"
    assert "didim=" in entered.headers["set-cookie"]


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:0"]
)
def test_no_form_leads_to_another_site(bench: Bench, onward: str) -> None:
    answer = client(bench).post("/sign-in", data={"name": "Head", "secret": PASSWORD, "next": onward})
    assert answer.headers["location"] == "/"


def test_signing_out_ends_the_session_and_takes_the_cookie(bench: Bench) -> None:
    opened = browser(bench)
    key = opened.cookies["didim"]
    assert opened.post("/sign-out").headers["location"] == "/sign-in"
    assert "didim" not in opened.cookies
    assert client(bench, {"cookie": f"didim={key}"}).get("/").status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://192.168.0.5:8081"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_website_changes_nothing(bench: Bench, headers: dict[str, str]) -> None:
    opened = browser(bench)
    csrf = {"X-CSRF-Token": csrf_of(opened.cookies["didim"])}
    assert opened.post(PAUSE, headers={**csrf, **headers}).status_code == 403
    assert opened.post("/sign-out", headers=headers).status_code == 403
    assert bench.desk.sent == []
    assert opened.post(PAUSE, headers={**csrf, "origin": "http://192.168.0.5"}).status_code == 202
    assert bench.desk.sent == [Pause()]


def test_a_change_by_cookie_needs_the_sessions_csrf_token(bench: Bench) -> None:
    opened, other = browser(bench), browser(bench)
    for token in ("", "0" * 64, csrf_of(other.cookies["didim"])):
        answer = opened.post(PAUSE, headers={"X-CSRF-Token": token})
        assert (answer.status_code, answer.json()["key"]) == (403, "csrf")
    assert bench.desk.sent == []


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::"]
)
def test_a_name_that_is_not_the_rigs_is_not_answered(bench: Bench, host: str) -> None:
    answer = client(bench, address=HERE).get("/api/v1/games", headers={"host": host})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1", "[::1]:8080", "192.168.0.5", "hall.example"])
def test_the_rigs_addresses_and_its_names_are(bench: Bench, host: str) -> None:
    assert program(bench).get("/api/v1/games", headers={"host": host}).status_code == 200


def test_only_programs_on_the_rig_itself_need_no_token(bench: Bench) -> None:
    def local(headers: dict[str, str] | None = None) -> TestClient:
        return client(bench, headers, address=HERE, host="localhost")

    assert local().get("/api/v1/games").status_code == 200
    assert local().get("/api/v1/me").json() == {
        "name": "",
        "role": "instructor",
        "kind": "rig",
        "language": None,
        "theme": None,
    }
    assert local().get("/api/v1/users").status_code == 403
    for refused in (
        client(bench, address=ELSEWHERE, host="localhost"),
        client(bench, address=HERE, host="192.168.0.5"),
        local({"x-forwarded-for": "192.168.0.20"}),
        local({"forwarded": "for=192.168.0.20"}),
        local({"sec-fetch-site": "cross-site"}),
        local({"authorization": "Bearer didim_wrong"}),
        local({"authorization": "Basic YTpi"}),
        local({"cookie": "didim=wrong"}),
    ):
        assert refused.get("/api/v1/games").status_code == 401


@pytest.mark.parametrize("path", ["/sign-in", "/", "/api/v1/games", "/api/v1/nothing"])
def test_every_answer_tells_browsers_to_be_careful(bench: Bench, path: str) -> None:
    headers = client(bench).get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in headers
    assert "strict-transport-security" in client(bench, tls=True).get(path).headers


def test_what_is_too_large_is_refused_with_and_without_a_length(bench: Bench) -> None:
    opened = program(bench)
    assert opened.post("/api/v1/users", content=b"x" * (2 * 2**20 + 1)).status_code == 413
    chunks = (b"x" * 2**20 for _ in range(3))
    assert opened.post("/api/v1/users", content=chunks).status_code in (400, 413, 422)
