"""The engagement, on a clock of its own: commands, parts, pauses, and what goes to the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from didim.play import discover
from didim.run.commands import (
    CheckIn,
    Expected,
    GamePart,
    Pause,
    Replay,
    RestPart,
    Resume,
    Safe,
    Seated,
    Skip,
    SpeakIn,
    Start,
    Stop,
    Volume,
)
from didim.run.engagement import Engagement
from didim.run.ledger import Condition, SessionEntry
from didim.run.outside import Outside, Place
from didim.run.playing import Playing
from tests.run.hall import FLOOR, GAMES, HZ, NOON, SHORT, Hall


def test_it_rests_until_it_is_asked_for_something() -> None:
    hall = Hall()
    hall.wait(1)
    assert hall.phase == "idle"
    assert "Sunshine" in hall.texts()
    assert hall.told == []


def test_a_game_is_played_counted_and_kept() -> None:
    hall = Hall()
    hall.say(Start((SHORT,), seats=(Seated(1, 41),), seed=4))
    hall.until(lambda: hall.phase == "play")
    hall.until(lambda: hall.phase == "results")
    first, *others = hall.rounds()
    assert first.began.game == "lily_pads"
    assert first.began.age == "6-9"
    assert {entry.began.key for entry in others} == {first.began.key}
    states = [entry.state for entry in hall.rounds()]
    assert states[-1] == "finished"
    assert set(states[:-1]) == {"running"}
    gaps_s = [(b.at - a.at).total_seconds() for a, b in zip(hall.rounds(), others, strict=False)]
    assert max(gaps_s) < 1.0
    ended = hall.rounds()[-1]
    assert {marks.player_id for marks in ended.marks} == {41, None}
    assert all(marks.points for marks in ended.marks)
    assert all(marks.accuracy is not None for marks in ended.marks)
    assert all(19 < marks.present_s < 22 for marks in ended.marks)
    hall.until(lambda: hall.phase == "idle")


def test_in_calm_play_no_tries_are_counted() -> None:
    """Nothing runs out of time there: everything hits sooner or later."""
    hall = Hall()
    hall.say(Start((GamePart("lily_pads", {"round_s": 20.0, "calm": True}),), seats=(Seated(1, 41),)))
    hall.until(lambda: hall.phase == "results")
    ended = hall.rounds()[-1].marks[0]
    assert ended.points
    assert (ended.hits, ended.misses, ended.accuracy) == (None, None, None)


def test_a_plan_runs_from_part_to_part() -> None:
    hall = Hall()
    hall.say(Start((SHORT, RestPart(20.0), SHORT), seats=(), session_id=7))
    hall.until(lambda: hall.phase == "rest")
    assert hall.engagement.left_s() == pytest.approx(20.0, abs=0.1)
    hall.wait(10)
    assert "Next: Lily Pads" in hall.texts()
    hall.until(lambda: hall.phase == "idle")
    sessions = [entry for entry in hall.told if isinstance(entry, SessionEntry)]
    assert [(entry.state, entry.part) for entry in sessions] == [
        ("running", 1),
        ("running", 2),
        ("running", 3),
        ("finished", 3),
    ]
    rounds = {entry.began.key: entry for entry in hall.rounds()}
    assert len(rounds) == 2
    assert {entry.began.session_id for entry in rounds.values()} == {7}
    assert len({entry.began.seed for entry in rounds.values()}) == 2


def test_a_pause_costs_nobody_anything_and_the_scribe_still_hears() -> None:
    hall = Hall()
    hall.say(Start((SHORT,)))
    hall.until(lambda: hall.phase == "play")
    hall.wait(2)
    left_s = hall.engagement.left_s()
    hall.say(Pause())
    told = len(hall.told)
    hall.wait(30)
    assert hall.engagement.held == "instructor"
    assert hall.engagement.left_s() == pytest.approx(left_s, abs=0.1)
    assert len(hall.told) - told > 30
    assert "Just a moment" in hall.texts()
    hall.say(Resume())
    hall.until(lambda: hall.phase == "results")
    assert 19 < hall.rounds()[-1].marks[0].present_s < 22


def test_a_rest_can_be_paused_and_skipped() -> None:
    hall = Hall()
    hall.say(Start((RestPart(60.0), SHORT)))
    hall.say(Pause())
    hall.wait(100)
    assert hall.phase == "rest"
    hall.say(Skip())
    assert hall.engagement.held == ""
    hall.until(lambda: hall.phase == "play")


def test_stop_keeps_what_a_round_came_to() -> None:
    hall = Hall()
    hall.say(Start((SHORT, SHORT), session_id=3))
    hall.until(lambda: hall.phase == "play")
    hall.wait(5)
    hall.say(Stop())
    assert hall.phase == "idle"
    assert hall.rounds()[-1].state == "stopped"
    assert hall.rounds()[-1].marks[0].present_s == pytest.approx(5, abs=0.2)
    assert isinstance(hall.told[-1], SessionEntry)
    assert hall.told[-1].state == "stopped"
    hall.wait(60)
    assert len([entry for entry in hall.rounds() if entry.state != "running"]) == 1


@pytest.mark.parametrize("before", ["idle", "check_in", "play", "rest", "results", "paused"])
def test_safe_can_always_be_said_and_said_again(before: str) -> None:
    hall = Hall()
    if before == "check_in":
        hall.say(CheckIn((Expected(41, 5),)))
    elif before != "idle":
        hall.say(Start((RestPart(50.0),) if before == "rest" else (SHORT,)))
    wanted = "play" if before == "paused" else before
    hall.until(lambda: hall.phase == wanted)
    if before == "paused":
        hall.say(Pause())
    hall.say(Safe())
    for _ in range(3):
        hall.say(Safe())
        assert hall.engagement.safe
        assert hall.phase == wanted
    hall.cues.clear()
    hall.wait(20)
    assert hall.cues == [], "nothing sounds"
    hall.say(Resume())
    assert not hall.engagement.safe
    hall.say(Safe())
    hall.say(Stop())
    assert hall.phase == "idle"
    assert not hall.engagement.safe


def test_results_wait_for_the_disk_but_not_for_ever() -> None:
    hall = Hall(keeps=False)
    hall.say(Start((SHORT,)))
    hall.until(lambda: hall.phase == "keeping")
    waited_s = hall.until(lambda: hall.phase == "results")
    assert waited_s == pytest.approx(3.0, abs=0.2)
    assert [notice.kind for notice in hall.engagement.notices] == ["not_kept"]
    hall.engagement.kept(hall.rounds()[-1].began.key)
    assert hall.engagement.notices == []


def test_a_check_in_says_who_stands_where_and_the_next_round_knows() -> None:
    hall = Hall()
    hall.say(CheckIn((Expected(41, 5, 7.0), Expected(42, 11), Expected(43, 20)), seconds=20))
    hall.until(lambda: hall.phase == "idle", within_s=30)
    assert {seated.player_id for seated in hall.engagement.who} <= {41, 42, 43}
    assert len(hall.engagement.who) == 2
    assert {seated.seat for seated in hall.engagement.who} <= {5, 11, 20}
    hall.say(Start((GamePart("lily_pads", {"round_s": 20}),)))
    assert hall.until(lambda: hall.phase == "countdown") < 1, "everybody is known: no lobby"
    hall.until(lambda: hall.phase == "results")
    found = {marks.seat: marks.player_id for marks in hall.rounds()[-1].marks}
    assert found == {seated.seat: seated.player_id for seated in hall.engagement.who}


def test_a_check_in_is_forgotten_once_everybody_has_gone() -> None:
    hall = Hall()
    hall.say(CheckIn((Expected(41, 5), Expected(42, 11))))
    hall.until(lambda: hall.phase == "idle")
    assert hall.engagement.who
    for _ in range(130 * HZ):
        hall.step(people=False)
    assert hall.engagement.who == ()


def test_what_cannot_be_played_is_refused_before_anything_ends() -> None:
    hall = Hall()
    hall.say(Start((SHORT,)))
    hall.until(lambda: hall.phase == "play")
    wrong = (GamePart("no_such_game"), GamePart("lily_pads", {"round_s": 1e6}), GamePart("copy_the_pose"))
    for part in wrong:
        hall.say(Start((SHORT, part)))
        assert hall.engagement.notices[-1].kind == "refused"
        assert hall.engagement.notices[-1].number == hall.said
    hall.say(Start(()))
    assert hall.engagement.notices[-1].number == hall.said
    assert hall.phase == "play"
    assert len(hall.rounds()) < 10
    assert {entry.state for entry in hall.rounds()} == {"running"}


def test_a_full_disk_refuses_what_is_new_and_lets_go_on_what_runs() -> None:
    hall = Hall()
    hall.say(Start((SHORT,)))
    hall.until(lambda: hall.phase == "play")
    hall.engagement.condition = Condition(1, "disk_full", "only 3 MiB are left; make room")
    hall.say(Start((SHORT,)))
    assert hall.engagement.notices[-1].text == "only 3 MiB are left; make room"
    assert hall.phase == "play"


def test_a_game_that_crashes_ends_its_round_and_the_plan_goes_on(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(GAMES["lily_pads"].folder, tmp_path / "lily_pads")
    code = tmp_path / "lily_pads" / "game.py"
    code.write_text(
        code.read_text("utf-8").replace(
            "def update(self, tick: Tick) -> list[Cue]:",
            "def update(self, tick: Tick) -> list[Cue]:\n        if tick.t_s > 2:\n            1 / 0",
        ),
        "utf-8",
    )
    hall = Hall()
    outside = Outside(hall.told.append, lambda: NOON, lambda: "key")
    broken = discover([tmp_path])
    hall.engagement = Engagement(Place("Sunshine", "floor", FLOOR, broken), outside)
    hall.say(Start((SHORT, RestPart(30.0))))
    hall.until(lambda: hall.phase == "rest")
    assert hall.engagement.notices[-1].kind == "game_failed"
    assert "ZeroDivisionError" in hall.engagement.notices[-1].text
    assert hall.rounds()[-1].state == "stopped"
    assert hall.rounds()[-1].marks[0].present_s > 1


def test_who_is_not_seen_does_not_lose() -> None:
    hall = Hall()
    hall.say(Start((SHORT,)))
    hall.until(lambda: hall.phase == "play")
    left_s = hall.engagement.left_s()
    for _ in range(10 * HZ):
        hall.step(silent=True)
    before = hall.engagement.held
    assert hall.engagement.left_s() == pytest.approx(left_s, abs=0.1)
    hall.step()
    assert (before, hall.engagement.held) == ("camera", "")


def test_volume_and_language() -> None:
    hall = Hall()
    hall.say(Volume(0.4))
    assert hall.engagement.volume == 0.4
    hall.say(SpeakIn("en", "en"))
    hall.say(Start((RestPart(30.0),)))
    assert "잠깐 쉬어요" not in hall.texts()
    hall.say(Start((SHORT,)))
    act = hall.engagement.act
    assert isinstance(act, Playing)
    assert act.words.near.language == act.words.far.language == "en"


def test_groups_take_turns_with_seats_of_their_own() -> None:
    hall = Hall()
    seats = (Seated(1, 41, group=1), Seated(2, 42, group=1), Seated(3, 43, group=2), Seated(4, 44, group=2))
    parts = (
        GamePart("lily_pads", {"round_s": 20}, group=1),
        GamePart("lily_pads", {"round_s": 20}, group=2),
    )
    hall.say(Start(parts, seats=seats))
    hall.until(lambda: hall.phase == "results")
    assert {marks.player_id for marks in hall.rounds()[-1].marks} == {41, 42}
    hall.until(lambda: hall.phase == "play")
    hall.until(lambda: hall.phase == "results")
    assert {marks.player_id for marks in hall.rounds()[-1].marks} == {43, 44}


def test_of_a_trial_nothing_is_told_and_nobody_is_known() -> None:
    hall = Hall(keeps=False)
    hall.say(Start((RestPart(5.0),), seats=(Seated(1, 41), Seated(2, 42))))
    hall.until(lambda: hall.phase == "idle")
    hall.engagement.condition = Condition(0, "disk_full", "no room")
    hall.say(Start((SHORT,), trial=True))
    hall.until(lambda: hall.phase == "play")
    act = hall.engagement.act
    assert isinstance(act, Playing)
    assert not act.known
    hall.until(lambda: hall.phase == "results")
    assert not act.waited
    hall.until(lambda: hall.phase == "idle")
    assert hall.told == []
    assert [seated.player_id for seated in hall.engagement.who] == [41, 42], "the class is not forgotten"


def crashed(hall: Hall) -> Hall:
    """What takes the place of a stage that crashed."""
    other = Hall()
    other.engagement.go_on(hall.engagement.standing)
    other.step()
    return other


def test_a_plan_goes_on_after_the_round_in_which_the_stage_crashed() -> None:
    hall = Hall()
    hall.say(Start((SHORT, RestPart(20.0), SHORT), seats=(Seated(1, 41),), session_id=7))
    hall.until(lambda: hall.phase == "play")
    hall.say(Volume(0.3))
    other = crashed(hall)
    assert (other.phase, other.engagement.part, other.engagement.volume) == ("rest", 1, 0.3)
    assert other.engagement.broken == "lily_pads"
    assert [notice.kind for notice in other.engagement.notices] == ["round_lost"]
    other.say(Replay())
    assert (other.engagement.part, other.engagement.broken, other.engagement.notices) == (0, "", [])
    other.until(lambda: other.phase == "results")
    assert 41 in {marks.player_id for marks in other.rounds()[-1].marks}
    other.until(lambda: other.phase == "rest")


def test_a_round_that_broke_off_may_be_left_at_that() -> None:
    hall = Hall()
    hall.say(Start((SHORT,), seats=()))
    hall.until(lambda: hall.phase == "play")
    other = crashed(hall)
    assert (other.phase, other.engagement.broken) == ("idle", "lily_pads")
    other.say(Replay(play=False))
    assert (other.phase, other.engagement.broken, other.engagement.notices) == ("idle", "", [])
    other.say(Replay())
    assert other.phase == "idle"


def test_what_had_not_begun_begins_anew_and_what_is_kept_is_not_played_again() -> None:
    hall = Hall()
    hall.say(Start((SHORT, RestPart(20.0)), seats=()))
    hall.until(lambda: hall.phase == "countdown")
    other = crashed(hall)
    assert (other.engagement.part, other.engagement.notices) == (0, [])
    other.until(lambda: other.phase == "results")
    third = crashed(other)
    assert (third.phase, third.engagement.notices, third.engagement.broken) == ("rest", [], "")


def test_white_light_and_a_pause_outlive_the_stage() -> None:
    hall = Hall()
    hall.say(Start((SHORT, RestPart(20.0)), seats=()))
    hall.until(lambda: hall.phase == "play")
    hall.say(Safe())
    other = crashed(hall)
    assert (other.engagement.held, other.phase) == ("safe", "rest")
    other.say(Resume())
    assert other.engagement.held == ""


def test_what_crashes_time_and_again_is_not_played_for_ever() -> None:
    hall = Hall()
    hall.say(Start((SHORT, SHORT), seats=(), session_id=7))
    for _ in range(3):
        assert hall.phase != "idle"
        hall = crashed(hall)
    assert (hall.phase, hall.engagement.broken) == ("idle", "lily_pads")
    assert isinstance(hall.told[-1], SessionEntry)
    assert hall.told[-1].state == "stopped"
