"""What goes in comes out, on both databases."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import asdict
from datetime import timedelta
from itertools import pairwise
from typing import get_args

import pytest

from didim.drawing import Symbol
from didim.play._palette import PLAYER_COLORS
from didim.records import (
    COLORS,
    EMBLEMS,
    SIGNS,
    Book,
    ConsentMissing,
    Emblem,
    Marks,
    NoSuchEntry,
    RecordsError,
    RoundBegan,
    RoundEnded,
    SessionBegan,
    open_book,
)
from didim.records.summary import by_week, mondays_within, sums
from didim.words import LANGUAGES, catalogue
from tests.records.conftest import START, Hands
from tests.records.made import UNDER_SIX, UNMEASURED, WHOLE


def began(key: str = "a", **more: object) -> RoundBegan:
    return RoundBegan(key, "lily_pads", "floor", "6-9", START, **more)  # type: ignore[arg-type]


def test_emblems_are_those_that_the_floor_draws() -> None:
    assert set(SIGNS) == set(get_args(Symbol))
    assert list(COLORS) == [color.name for color in PLAYER_COLORS]
    assert len(set(EMBLEMS)) == len(SIGNS) * len(COLORS)
    for one, next_one in pairwise(EMBLEMS):
        assert one.sign != next_one.sign
        assert one.color != next_one.color


def test_every_message_stands_in_both_languages() -> None:
    words = catalogue("didim.records", "words.toml")
    first, *others = (words[language].keys() for language in LANGUAGES)
    assert all(other == first for other in others)
    assert all(text.strip() for language in LANGUAGES for text in words[language].values())
    assert Emblem("star", "lime").called("ko") == "연두색 별"


def test_a_player_is_an_emblem_in_a_group(book: Book) -> None:
    group = book.players.add_group("햇살반", "3-5")
    several = [book.players.add(group_id=group.id) for _ in range(6)]
    assert len({player.emblem for player in several}) == 6
    assert book.players.all(group_id=group.id) == several
    assert book.players.group(group.id).players == 6
    assert all(player.name is None for player in several)
    with pytest.raises(RecordsError, match="choose another emblem"):
        book.players.change(several[0].id, emblem=several[1].emblem, birth_year=None)
    alone = book.players.add(emblem=several[0].emblem, birth_year=2019)
    with pytest.raises(RecordsError, match="already"):
        book.players.join(alone.id, group.id)
    book.players.leave(several[0].id, group.id)
    book.players.join(alone.id, group.id)
    assert book.players.groups_of(alone.id) == [group.id]
    book.players.remove_group(group.id)
    assert book.players.groups() == []
    assert len(book.players.all()) == 7


def test_a_name_needs_the_sites_choice_and_a_consent(book: Book, clock: Hands) -> None:
    player = book.players.add(birth_year=2018)
    with pytest.raises(ConsentMissing, match="no real names"):
        book.players.set_name(player.id, "Kim")
    book.settings.set("real_names", True)
    with pytest.raises(ConsentMissing, match="record first who agreed"):
        book.players.set_name(player.id, "Kim")
    with pytest.raises(ConsentMissing, match="guardian"):
        book.players.consent(player.id, "name", who="Kim", relation="self")
    given = book.players.consent(player.id, "name", who="Kim's mother")
    assert (given.who, given.given_at, given.purpose) == ("Kim's mother", START, "name")
    book.players.set_name(player.id, "Kim")
    assert book.players.get(player.id).called("en") == "Kim"
    with pytest.raises(ConsentMissing, match="body mass"):
        book.players.set_body(player.id, sex="female", mass_kg=24.0)
    clock.turn(days=3)
    book.players.withdraw(player.id, "name")
    assert book.players.get(player.id).name is None
    (kept,) = book.players.consents(player.id)
    assert kept.withdrawn_at == START + timedelta(days=3)
    with pytest.raises(ConsentMissing):
        book.players.set_name(player.id, "Kim")


def test_a_body_goes_with_its_consent(book: Book) -> None:
    grown = book.players.add(birth_year=1990)
    book.players.consent(grown.id, "body", who="the player", relation="self")
    with pytest.raises(ValueError, match="between 5 and 250"):
        book.players.set_body(grown.id, sex="male", mass_kg=900.0)
    book.players.set_body(grown.id, sex="male", mass_kg=80.5)
    assert book.players.get(grown.id).mass_kg == 80.5
    book.players.withdraw(grown.id, "body")
    assert book.players.get(grown.id).mass_kg is None
    assert book.players.get(grown.id).sex is None


def test_a_round_is_written_as_it_goes_and_once(book: Book) -> None:
    player = book.players.add()
    number = book.rounds.begin(began(settings={"level": 2, "calm": False}, seed=2**40))
    assert book.rounds.begin(began()) == number
    everyone = [Marks(1, player.id, points=3, present_s=1.0, steps=4), Marks(2, None, points=9)]
    book.rounds.progress(number, everyone, START + timedelta(seconds=1))
    (so_far,) = book.rounds.marks(number)
    assert so_far == everyone[0]
    assert so_far.distance_m is None
    assert book.rounds.get(number).state == "running"
    assert book.rounds.get(number).guests == 1
    final = Marks(1, player.id, points=7, present_s=60.0, tracked_share=0.97, steps=80, distance_m=31.25)
    ended = RoundEnded(START + timedelta(seconds=60), "finished", (final,))
    book.rounds.end(number, ended)
    book.rounds.end(number, ended)
    book.rounds.progress(number, everyone, START + timedelta(seconds=61))
    (result,) = book.rounds.of_player(player.id)
    assert result.marks == final
    assert result.round.state == "finished"
    assert result.round.settings == {"level": 2, "calm": False}
    assert result.round.seed == 2**40
    assert result.round.ended_at == START + timedelta(seconds=60)
    assert book.players.get(player.id).played_at == START


def test_it_counts_how_often_light_was_softened(book: Book) -> None:
    for index, (game, times) in enumerate([("hop", 2), ("lava_bridge", 5), ("hop", 4), ("paint_floor", 0)]):
        at = START + timedelta(days=index)
        number = book.rounds.begin(RoundBegan(f"r{index}", game, "floor", "6-9", at))
        book.rounds.progress(number, [], START, damped=1)
        assert book.rounds.get(number).damped == 1
        book.rounds.end(number, RoundEnded(START, "finished", damped=times))
        assert book.rounds.get(number).damped == times
    assert list(book.rounds.damped(START).items()) == [("hop", 6), ("lava_bridge", 5)]
    assert book.rounds.damped(START + timedelta(days=2)) == {"hop": 4}


def test_what_was_cut_off_says_so_and_goes_on(book: Book) -> None:
    player = book.players.add()
    number = book.rounds.begin(began())
    book.rounds.progress(number, [Marks(1, player.id, points=2)], START + timedelta(seconds=5))
    assert book.rounds.mark_interrupted() == [number]
    cut = book.rounds.get(number)
    assert (cut.state, cut.ended_at) == ("interrupted", START + timedelta(seconds=5))
    assert book.rounds.marks(number)[0].points == 2
    book.rounds.end(number, RoundEnded(START + timedelta(seconds=9), "finished", (Marks(1, player.id, 4),)))
    assert book.rounds.get(number).state == "finished"
    assert book.rounds.mark_interrupted() == []


def test_a_session_keeps_its_place(book: Book) -> None:
    group = book.players.add_group("A", "6-9")
    player = book.players.add(group_id=group.id)
    begins = SessionBegan("s", "Friday", START, plan={"games": ["lily_pads"]}, group_id=group.id)
    session = book.sessions.begin(begins)
    assert book.sessions.begin(begins) == session
    book.sessions.checkpoint(session, {"step": 1}, START + timedelta(minutes=3))
    number = book.rounds.begin(began(session_id=session, group_id=group.id))
    book.rounds.end(number, RoundEnded(START + timedelta(minutes=2), "stopped", (Marks(1, player.id, 4),)))
    assert [each.marks.points for each in book.rounds.of_session(session)] == [4]
    assert [each.marks.points for each in book.rounds.of_group(group.id)] == [4]
    assert book.rounds.of_group(group.id, since=START + timedelta(days=1)) == []
    assert [each.id for each in book.rounds.all(session_id=session)] == [number]
    assert book.sessions.get(session).checkpoint == {"step": 1}
    assert book.sessions.mark_interrupted() == [session]
    assert book.sessions.get(session).state == "interrupted"
    book.sessions.end(session, "finished", START + timedelta(minutes=4))
    assert book.sessions.all()[0].state == "finished"


def test_users_and_tokens(book: Book, clock: Hands) -> None:
    user = book.users.add("Lee", "instructor", "hash-1")
    with pytest.raises(RecordsError, match="already"):
        book.users.add("Lee", "admin", "hash-2")
    book.users.set_failures(user.id, 3, START + timedelta(seconds=8))
    assert book.users.named("Lee") == book.users.get(user.id)
    assert book.users.get(user.id).failures == 3
    book.users.set_secret(user.id, "hash-3")
    assert book.users.secret_hash(user.id) == "hash-3"
    book.users.set_favourite(user.id, "lily_pads", True)
    book.users.set_favourite(user.id, "lily_pads", True)
    assert book.users.favourites(user.id) == ["lily_pads"]
    login = book.tokens.add(
        "login", "instructor", "t", user_id=user.id, expires_at=START + timedelta(hours=1)
    )
    book.tokens.add("client", "instructor", "c", name="wall clock")
    assert book.tokens.of_hash("t") == login
    clock.turn(hours=1)
    assert book.tokens.of_hash("t") is None
    assert book.tokens.drop_expired() == 1
    assert [token.name for token in book.tokens.all()] == ["wall clock"]
    book.users.remove(user.id)
    with pytest.raises(NoSuchEntry):
        book.users.get(user.id)


def test_settings_plans_and_audit(book: Book, clock: Hands) -> None:
    assert book.settings.get("retention_days") == 180
    book.settings.set("retention_days", 30)
    book.settings.set("quiet", {"from": "21:00"})
    assert book.settings.all()["retention_days"] == 30
    plan = book.plans.save("warm", {"rounds": [1, 2]})
    clock.turn(minutes=1)
    again = book.plans.save("warm", {"rounds": [3]}, schedule={"day": "fri"})
    assert (again.id, again.created_at, again.document) == (plan.id, START, {"rounds": [3]})
    assert book.plans.all() == [again]
    book.plans.remove(plan.id)
    assert book.plans.all() == []
    book.audit.note("player.erased", user_id=1, subject_id=7)
    (entry,) = book.audit.entries()
    assert (entry.action, entry.subject_id, entry.at) == ("player.erased", 7, clock.at)
    with pytest.raises(ValueError, match="lower-case"):
        book.audit.note("erased Kim")


def test_two_programs_share_one_book(url: str, clock: Hands) -> None:
    with open_book(url, now=clock) as console, open_book(url, now=clock) as scribe:
        player = console.players.add()
        number = scribe.rounds.begin(began())
        scribe.rounds.end(number, RoundEnded(START, "finished", (Marks(1, player.id, 5),)))
        assert [each.marks.points for each in console.rounds.of_player(player.id)] == [5]


def test_measuring_loads_no_database() -> None:
    code = "import sys, didim.records; print({'sqlalchemy', 'alembic', 'reportlab'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_database_adds_up_as_the_summary_does(book: Book) -> None:
    """By player and week, of those who are in the group, within the span."""
    group = book.players.add_group("A", "6-9")
    few, many, other = (
        book.players.add(group_id=group.id),
        book.players.add(group_id=group.id),
        book.players.add(),
    )
    kinds: list[dict[str, object]] = [WHOLE, UNMEASURED, WHOLE | UNDER_SIX, WHOLE | {"tracked_share": None}]
    for number, days in enumerate((0, 2, 7, 8, 30, 31, 99)):
        at = START + timedelta(days=days)
        round_id = book.rounds.begin(RoundBegan(f"r{number}", "lily_pads", "floor", "6-9", at))
        changed = {"present_s": 10.0 * number + 20.0, "steps": number}
        everyone = [
            Marks(1, many.id, **(kinds[number % 4] | changed)),  # type: ignore[arg-type]
            *([Marks(2, few.id, **WHOLE)] if number == 2 else []),
            Marks(3, other.id, **WHOLE),
        ]
        book.rounds.end(round_id, RoundEnded(at, "finished", tuple(everyone)))
    since, until = START - timedelta(days=1), START + timedelta(days=60)
    added = book.rounds.sums_of_group(group.id, mondays_within(since, until), since=since, until=until)
    for player, weeks in ((few, 1), (many, 3)):
        results = book.rounds.of_player(player.id, since=since, until=until)
        expected = {(player.id, monday): sums(own) for monday, own in by_week(results).items()}
        found = {key: own for key, own in added.items() if key[0] == player.id}
        assert len(found) == weeks
        assert found.keys() == expected.keys()
        for key, own in expected.items():
            assert asdict(found[key]) == pytest.approx(asdict(own))
    assert {who for who, _ in added} == {few.id, many.id}
