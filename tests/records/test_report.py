"""Reports say what was measured, in both languages, on paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pypdfium2
import pytest

from didim.records import (
    AgeBand,
    Book,
    Group,
    Marks,
    NoSuchEntry,
    Player,
    Result,
    RoundBegan,
    RoundEnded,
)
from didim.records.report import Period, group_report, player_report, voice, write_report
from didim.records.summary import by_week, sums
from didim.words import LANGUAGES, Language
from tests.records.conftest import START, Hands
from tests.records.made import UNDER_SIX, UNMEASURED, WHOLE, result, somebody

PERIOD = Period(date(2026, 3, 1), date(2026, 6, 1))


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [document[index].get_textpage().get_text_range() for index in range(len(document))]


def of_player(player: Player, results: list[Result], language: Language = "en") -> str:
    games = {"lily_pads": "Lily pads"}
    (page,) = pages(player_report(player, results, PERIOD, voice(language, START, games)))
    return page


def of_group(results: dict[Player, list[Result]], language: Language = "en") -> list[str]:
    age: AgeBand = next((own[0].round.age for own in results.values() if own), "6-9")
    added = {
        player: {monday: sums(each) for monday, each in by_week(own).items()}
        for player, own in results.items()
    }
    return pages(group_report(Group(1, "햇살반", age), added, PERIOD, voice(language, START)))


def test_a_childs_page_tells_what_was_measured() -> None:
    page = of_player(somebody(birth_year=2017, sex="female", mass_kg=30.0), [result()])
    for told in ("sky-blue circle", "2026.03.01", "67%", "150", "55 m", "15 ± 3 cm", "Lily pads"):
        assert told in page, told
    assert "0.45 ± 0.01 s (of 10)" in page
    assert "kcal" in page
    assert "not measured" not in page.split("What the camera")[0]


@pytest.mark.parametrize(("language", "words"), [("en", "not measured"), ("ko", "측정되지 않음")])
def test_what_was_not_measured_says_so(language: Language, words: str) -> None:
    page = of_player(somebody(), [result(**UNMEASURED)], language)
    assert page.count(words) >= 10
    above_the_notes = page.split("CADENCE")[0]
    assert "0%" not in above_the_notes
    assert "0 m" not in above_the_notes


def test_under_six_the_page_says_why_there_are_no_calories() -> None:
    young = [result(age="3-5", **UNDER_SIX)]
    assert "No effort levels and no calories under six years" in of_player(somebody(), young)
    assert "여섯 살 미만" in of_player(somebody(), young, "ko")
    assert "vigorous 11%" not in of_player(somebody(), young)
    (page,) = of_group({somebody(): young})
    assert "under six years" in page
    assert "No calories: they need body mass" in of_player(somebody(birth_year=2017), [result()])


def test_who_played_from_a_chair_reads_why_steps_and_effort_are_missing() -> None:
    unknown: dict[str, Any] = dict.fromkeys(("steps", "measured_s", "active_s", "light_s"))
    sat = [result(**unknown)]
    assert "played from a chair" in of_player(somebody(), sat)
    assert "played from a chair" in "".join(of_group({somebody(): sat}))
    assert "played from a chair" not in of_player(somebody(), [result()])


def test_the_share_of_tries_that_hit_is_told() -> None:
    assert "80%" in of_player(somebody(), [result()])
    assert "Tries that hit" in of_player(somebody(), [result()])
    assert "80%" in "".join(of_group({somebody(): [result()]}))


def test_a_class_stands_in_the_order_of_its_records_and_on_as_many_pages_as_it_needs() -> None:
    everybody = {somebody(n): [result(player_id=n, steps=1000 * n)] for n in range(1, 61)}
    found = of_group(everybody)
    assert len(found) == 3
    assert found[0].index("sky-blue circle") < found[0].index("magenta star")
    assert sum(page.count("Each player") for page in found) == 3
    assert all(f"{n},000" in "".join(found) for n in range(1, 61))


def test_a_class_without_anybody_is_a_page_too() -> None:
    (page,) = of_group({})
    assert "Nobody is in this group" in page
    (page,) = of_group({somebody(): []})
    assert "–" in page


def test_a_long_name_is_cut_not_overprinted() -> None:
    name = "A name that is a good deal longer than the column it stands in"
    (page,) = of_group({somebody(name=name): [result()]})
    assert name not in page
    assert "A name that" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_in_the_font(language: Language) -> None:
    """A letter that a font lacks comes out as another glyph: the text read back would differ."""
    say = voice(language, START)
    shown = of_player(somebody(), [result()], language).replace("\r\n", " ")
    for word in say("note.effort").split() + say("note.missing").split():
        assert word in shown, word


def test_a_report_comes_from_the_book(sqlite_book: Book, clock: Hands) -> None:
    group = sqlite_book.players.add_group("A", "6-9")
    player = sqlite_book.players.add(group_id=group.id)
    for key, days in (("long_gone", 0), ("star_catch", 100)):
        began = START + timedelta(days=days)
        number = sqlite_book.rounds.begin(RoundBegan(key, key, "floor", "6-9", began))
        sqlite_book.rounds.end(number, RoundEnded(began, "finished", (Marks(1, player.id, **WHOLE),)))
    until = START + timedelta(days=101)
    one = pages(write_report(sqlite_book, "en", until=until, player_id=player.id))[0]
    assert "star catch" in one
    assert "long gone" not in one
    assert "1 player ·" in pages(write_report(sqlite_book, "en", until=until, group_id=group.id))[0]
    with pytest.raises(NoSuchEntry):
        write_report(sqlite_book, "en", until=until, player_id=99)
    with pytest.raises(ValueError, match="neither or both"):
        write_report(sqlite_book, "en", until=until)
