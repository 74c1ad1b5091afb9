"""Who comes in, for how long, and who does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from didim.console import Conflict, Invalid, NotSignedIn, TooSoon
from tests.console.desks import PASSWORD, Bench

HERE, THERE = "10.0.0.7", "10.0.0.8"


@pytest.fixture
def bench() -> Bench:
    bench = Bench()
    bench.admin()
    return bench


def test_the_first_admin_is_made_with_the_code_on_the_rigs_screen() -> None:
    door = Bench().service.door
    assert door.needs_set_up
    with pytest.raises(NotSignedIn):
        door.set_up("0000-0001", "Head", PASSWORD, HERE)
    entry = door.set_up(door.code, "Head", PASSWORD, HERE)
    assert entry.actor.role == "admin"
    assert not door.needs_set_up
    with pytest.raises(Conflict):
        door.set_up(door.code, "Other", PASSWORD, HERE)


def test_two_consoles_print_different_codes() -> None:
    bench = Bench()
    codes = {bench.restarted().door.code for _ in range(20)}
    assert len(codes) == 20


def test_guessing_the_code_takes_longer_with_each_try() -> None:
    door = Bench().service.door
    for _ in range(4):
        with pytest.raises(NotSignedIn):
            door.set_up("9999-999x", "Head", PASSWORD, HERE)
    with pytest.raises(TooSoon):
        door.set_up(door.code, "Head", PASSWORD, HERE)


def test_a_session_ends_when_nobody_uses_it(bench: Bench) -> None:
    door = bench.service.door
    entry = door.sign_in("head", PASSWORD, HERE)
    for _ in range(3):
        bench.clock.goes(minutes=110)
        assert door.actor_of_cookie(entry.key) == entry.actor
    bench.clock.goes(minutes=121)
    with pytest.raises(NotSignedIn, match="too long"):
        door.actor_of_cookie(entry.key)


def test_looking_on_keeps_no_session_alive(bench: Bench) -> None:
    door = bench.service.door
    entry = door.sign_in("Head", PASSWORD, HERE)
    for _ in range(3):
        bench.clock.goes(minutes=39)
        door.actor_of_cookie(entry.key, used=False)
    bench.clock.goes(minutes=4)
    with pytest.raises(NotSignedIn):
        door.actor_of_cookie(entry.key, used=False)


def test_a_session_ends_after_a_day_however_much_it_is_used(bench: Bench) -> None:
    door = bench.service.door
    entry = door.sign_in("Head", PASSWORD, HERE)
    for _ in range(12):
        door.actor_of_cookie(entry.key)
        bench.clock.goes(hours=1, seconds=1)
    with pytest.raises(NotSignedIn):
        door.actor_of_cookie(entry.key)


def test_signing_out_ends_the_session_at_once(bench: Bench) -> None:
    door = bench.service.door
    entry = door.sign_in("Head", PASSWORD, HERE)
    door.sign_out(entry.key)
    with pytest.raises(NotSignedIn):
        door.actor_of_cookie(entry.key)
    with pytest.raises(NotSignedIn):
        bench.service.floor.pause(entry.actor)


def test_a_console_that_starts_anew_knows_who_is_signed_in(bench: Bench) -> None:
    entry = bench.service.door.sign_in("Head", PASSWORD, HERE)
    assert bench.restarted().door.actor_of_cookie(entry.key) == entry.actor


def test_what_is_kept_lets_nobody_in(bench: Bench) -> None:
    entry = bench.service.door.sign_in("Head", PASSWORD, HERE)
    token = bench.service.users.add_token(entry.actor, "Scoreboard", "instructor").token
    bench.service.door.actor_of_cookie(entry.key)
    kept = b"".join(path.read_bytes() for path in Path(bench.folder).iterdir())
    assert entry.actor.key is not None
    assert entry.actor.key.encode() in kept, "this is where it would be"
    for secret in (entry.key, token, PASSWORD):
        assert secret.encode() not in kept
    with pytest.raises(NotSignedIn):
        bench.service.door.actor_of_cookie(entry.actor.key)


def test_a_wrong_name_and_a_wrong_pin_sound_the_same(bench: Bench) -> None:
    told = set()
    for name in ("Head", "Nobody"):
        with pytest.raises(NotSignedIn) as refusal:
            bench.service.door.sign_in(name, "wrong", THERE)
        told.add(str(refusal.value))
    assert len(told) == 1


def waits_s(bench: Bench, names: list[str], addresses: list[str]) -> list[int]:
    """Guess until refused, wait as told, and so on: the waits."""
    waits = []
    for name, address in zip(names, addresses, strict=True):
        try:
            bench.service.door.sign_in(name, "wrong", address)
        except TooSoon as too_soon:
            waits.append(int(too_soon.wait_s))
            bench.clock.goes(seconds=too_soon.wait_s)
            with pytest.raises(NotSignedIn):
                bench.service.door.sign_in(name, "wrong", address)
        except NotSignedIn:
            pass
    return waits


def test_an_address_that_guesses_names_waits_longer_each_time(bench: Bench) -> None:
    waits = waits_s(bench, [f"user {n}" for n in range(16)], [THERE] * 16)
    assert waits[:10] == [2**n for n in range(10)]
    assert waits[-1] == 900


def test_a_name_that_is_guessed_from_everywhere_waits_a_minute_at_most(bench: Bench) -> None:
    waits = waits_s(bench, ["Head"] * 12, [f"10.0.1.{n}" for n in range(12)])
    assert waits[:6] == [1, 2, 4, 8, 16, 32]
    assert waits[-1] == 60


def test_the_right_pin_does_not_count_while_one_has_to_wait(bench: Bench) -> None:
    door = bench.service.door
    for _ in range(4):
        with pytest.raises(NotSignedIn):
            door.sign_in("Head", "wrong", HERE)
    with pytest.raises(TooSoon):
        door.sign_in("Head", PASSWORD, HERE)
    bench.clock.goes(seconds=2)
    door.sign_in("Head", PASSWORD, HERE)
    with pytest.raises(NotSignedIn):
        door.sign_in("Head", "wrong", HERE)


def test_who_may_do_more_chooses_a_longer_pin_first(bench: Bench) -> None:
    users, door = bench.service.users, bench.service.door
    teacher = users.add(bench.admin(), "Kim", "instructor", "480216")
    assert door.sign_in("Kim", "480216", HERE).actor.role == "instructor"
    users.set_role(bench.admin(), teacher.id, "admin")
    with pytest.raises(NotSignedIn) as caught:
        door.sign_in("Kim", "480216", HERE)
    assert caught.value.key == "secret_outgrown"
    for new, key in (("480217", "secret_short"), ("480216", "secret_short"), ("12345678", "secret_easy")):
        with pytest.raises(Invalid) as refused:
            door.sign_in("Kim", "480216", HERE, new=new)
        assert refused.value.key == key
    with pytest.raises(NotSignedIn) as wrong:
        door.sign_in("Kim", "000000", HERE, new="48021648")
    assert wrong.value.key == "wrong_secret"
    assert door.sign_in("Kim", "480216", HERE, new="48021648").actor.role == "admin"
    assert door.sign_in("Kim", "48021648", HERE).actor.role == "admin"
    with pytest.raises(NotSignedIn):
        door.sign_in("Kim", "480216", HERE)
    assert bench.log[0].action == "user.secret_changed"


def test_a_tablet_left_alone_is_no_place_to_guess_either(bench: Bench) -> None:
    actor, users = bench.admin(), bench.service.users
    for _ in range(4):
        with pytest.raises(NotSignedIn):
            users.set_own_secret(actor, "wrong", "another horse")
    with pytest.raises(TooSoon):
        users.set_own_secret(actor, PASSWORD, "another horse")
    bench.clock.goes(seconds=2)
    users.set_own_secret(actor, PASSWORD, "another horse")
    with pytest.raises(NotSignedIn):
        bench.service.floor.pause(actor)
    assert bench.service.door.sign_in("Head", "another horse", HERE)


def test_a_token_is_good_until_its_time_is_over(bench: Bench) -> None:
    admin, users, door = bench.admin(), bench.service.users, bench.service.door
    token = users.add_token(admin, "Scoreboard", "instructor", days=7).token
    assert door.actor_of_token(token).role == "instructor"
    bench.clock.goes(days=7)
    with pytest.raises(NotSignedIn):
        door.actor_of_token(token)


def test_a_cookie_is_no_token_and_a_token_no_cookie(bench: Bench) -> None:
    door = bench.service.door
    entry = door.sign_in("Head", PASSWORD, HERE)
    token = bench.service.users.add_token(entry.actor, "Scoreboard", "admin").token
    with pytest.raises(NotSignedIn):
        door.actor_of_token(entry.key)
    with pytest.raises(NotSignedIn):
        door.actor_of_cookie(token)


EASY = ("1234567", "12345678", "98765432", "11111111", "12121212", "Head", "x" * 129)


@pytest.mark.parametrize("secret", EASY)
def test_a_secret_that_is_easily_guessed_is_refused(secret: str) -> None:
    door = Bench().service.door
    with pytest.raises(Invalid):
        door.set_up(door.code, "Head", secret, HERE)
