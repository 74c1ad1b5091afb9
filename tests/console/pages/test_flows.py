"""What people do on the pages, without a browser: the same handlers, the real service, no rig."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from nicegui.testing import User

from didim.play import Plan, plan_from
from didim.run.commands import CheckIn, GamePart, Pause, Replay, RestPart, Resume, Safe, Skip, Start, Stop
from didim.run.live import Live, LiveSeat, Notice, Surroundings
from tests.console.desks import CATALOG, Bench
from tests.console.pages.visits import AT_REST, visiting

pytestmark = pytest.mark.asyncio

PLAYING = Live(
    number=2,
    rig="hall",
    surface=Surroundings("floor", 4.0, 2.25),
    phase="play",
    left_s=71.0,
    game="lily_pads",
    part=2,
    parts=5,
    seats=(LiveSeat(1, None, "#00ccff", "circle", 40),),
)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    made.desk.now = AT_REST
    yield made
    made.book.close()


def click(user: User, marker: str) -> None:
    user.find(marker=marker).click()


def told(bench: Bench) -> list[type]:
    return [type(command) for command in bench.desk.sent]


async def test_a_session_is_built_begun_and_stopped(bench: Bench) -> None:
    async with visiting(bench, "instructor") as user:
        await user.open("/sessions")
        await user.should_see("30:00")
        click(user, "goal:rhythm")
        click(user, "minutes:less")
        await user.should_see("25:00")
        click(user, "begin")
        (start,) = (command for command in bench.desk.sent if isinstance(command, Start))
        seconds = sum(part.seconds for part in start.parts if isinstance(part, RestPart))
        games = [part for part in start.parts if isinstance(part, GamePart)]
        assert seconds + sum(float(part.settings["round_s"]) + 25 for part in games) == 25 * 60
        assert "dance_steps" in {part.game for part in games}
        assert bench.book.sessions.all()[0].id == start.session_id

        bench.desk.now = PLAYING
        await user.open("/")
        await user.should_see("Lily Pads")
        await user.should_see("1:11")
        await user.should_see("Part 2 of 5")
        for marker in ("pause", "skip", "end", "safe"):
            click(user, marker)
    assert told(bench)[1:] == [Pause, Skip, Stop, Safe]


async def test_the_set_up_says_what_a_secret_has_to_be_like(bench: Bench) -> None:
    async with visiting(bench) as user:
        await user.open("/set-up")
        await user.should_see("8 characters or more")


async def test_guests_are_told_apart_and_silence_is_explained(bench: Bench) -> None:
    guests = tuple(LiveSeat(number, None, "#00ccff", "circle", 0) for number in (1, 2))
    bench.desk.now = msgspec.structs.replace(PLAYING, seats=guests, silent_because="no_device")
    async with visiting(bench, "instructor") as user:
        await user.open("/")
        for words in ("Guest 1", "Guest 2", "0 points", "has no sound device. Connect a loudspeaker"):
            await user.should_see(words)


async def test_a_session_belongs_to_the_group_that_is_chosen(bench: Bench) -> None:
    group = bench.book.players.add_group("Sun", "6-9")
    async with visiting(bench, "instructor") as user:
        await user.open("/sessions")
        click(user, "for-group")
        user.find("Sun").click()
        click(user, "begin")
    assert bench.book.sessions.all()[0].group_id == group.id


async def test_a_plan_that_cannot_be_says_what_to_change(bench: Bench) -> None:
    async with visiting(bench, "instructor", language="ko") as user:
        await user.open("/sessions")
        for _ in range(30):
            click(user, "headcount:more")
        for _ in range(5):
            click(user, "minutes:less")
        await user.should_see("5모둠으로 나누어 하는 인원입니다.")
        await user.should_not_see(marker="begin")


async def test_what_was_stopped_goes_on(bench: Bench) -> None:
    bench.desk.now = Live(
        number=3, surface=Surroundings("floor", 4.0, 2.25), phase="play", game="lily_pads", held="safe"
    )
    async with visiting(bench, "instructor") as user:
        await user.open("/")
        await user.should_see("White light and silence. Everything stands still.")
        click(user, "resume")
    assert told(bench) == [Resume]


async def test_the_red_button_works_for_who_was_signed_in_for_too_long(bench: Bench) -> None:
    async with visiting(bench, "instructor") as user:
        await user.open("/")
        bench.clock.goes(hours=13)
        click(user, "quick:color_islands")
        assert told(bench) == []
        click(user, "safe")
    assert told(bench) == [Safe]


async def test_the_red_button_is_on_every_page(bench: Bench) -> None:
    async with visiting(bench) as user:
        for path in ("/games", "/sessions", "/players", "/records", "/installer", "/settings"):
            await user.open(path)
            click(user, "safe-everywhere")
    assert told(bench) == 6 * [Safe]


async def test_a_plan_is_edited_saved_put_on_a_timetable_and_opened_again(bench: Bench) -> None:
    async with visiting(bench, "instructor") as user:
        await user.open("/sessions")
        click(user, "edit:1")
        click(user, "remove")
        await user.should_see("still free")
        click(user, "add-rest")
        click(user, "save")
        user.find(marker="plan-name").clear().type("Monday")
        click(user, "keep-plan")
        (saved,) = bench.book.plans.all()
        assert saved.name == "Monday"
        click(user, f"when:{saved.id}")
        click(user, "day:mon")
        click(user, "schedule-save")
        await user.should_see("Mon 09:00")
        (saved,) = bench.book.plans.all()
        assert saved.schedule == {"days": ["mon"], "at": "09:00"}
        click(user, "goal:calm")
        click(user, f"open:{saved.id}")
        await user.should_see("still free")


async def test_a_shared_file_is_the_plan_that_was_seen(bench: Bench) -> None:
    async with visiting(bench, "instructor") as user:
        await user.open("/sessions")
        click(user, "share")
        response = await user.download.next()
        read = plan_from(response.text, CATALOG)
        click(user, "save")
        click(user, "keep-plan")
    (saved,) = bench.book.plans.all()
    assert msgspec.convert(saved.document, Plan).items == read.items


async def test_a_game_is_set_and_played(bench: Bench) -> None:
    async with visiting(bench, "instructor") as user:
        await user.open("/games")
        click(user, "intensity:vigorous")
        await user.should_see("Games: 2")
        click(user, "intensity:any")
        click(user, "game:lily_pads")
        click(user, "set:calm")
        click(user, "play-now")
    (start,) = bench.desk.sent
    assert isinstance(start, Start)
    assert start.parts == (GamePart("lily_pads", {"calm": True}),)


async def test_favourites_stay_with_whoever_likes_them(bench: Bench) -> None:
    async with visiting(bench, "instructor") as user:
        await user.open("/games")
        click(user, "like:star_catch")
        click(user, "favourites")
        await user.should_see("Games: 1")
        await user.open("/games")
        click(user, "favourites")
        await user.should_see("Games: 1")


async def test_a_player_is_added_and_called_to_the_floor(bench: Bench) -> None:
    async with visiting(bench, "instructor") as user:
        await user.open("/players")
        await user.should_see("Nobody yet.")
        click(user, "add-player")
        click(user, "sign:star")
        click(user, "color:lime")
        click(user, "keep-player")
        await user.should_see("lime star")
        (player,) = bench.book.players.all()
        click(user, f"player:{player.id}")
        await user.should_see("1 here")
        click(user, "check-in")
    (check_in,) = bench.desk.sent
    assert isinstance(check_in, CheckIn)
    assert [each.player_id for each in check_in.expected] == [player.id]


async def test_a_name_needs_a_consent_and_everything_can_be_deleted(bench: Bench) -> None:
    player = bench.book.players.add(birth_year=2018)
    bench.book.settings.set("real_names", True)
    async with visiting(bench, "instructor") as user:
        await user.open("/players")
        click(user, "edit-players")
        click(user, f"player:{player.id}")
        await user.should_not_see(marker="real-name")
        click(user, "consent:name")
        user.find(marker="consent-who").type("A. Parent")
        click(user, "keep-consent")
        user.find(marker="real-name").type("Bora")
        click(user, "keep-name")
        assert bench.book.players.get(player.id).name == "Bora"
        click(user, "erase")
        click(user, "erase-yes")
        await user.should_see("Nobody yet.")
    assert bench.book.players.all() == []


async def test_sex_and_body_mass_are_kept_once_somebody_agreed(bench: Bench) -> None:
    player = bench.book.players.add(birth_year=2016)
    async with visiting(bench, "instructor") as user:
        await user.open("/players")
        click(user, "edit-players")
        click(user, f"player:{player.id}")
        await user.should_not_see(marker="mass")
        click(user, "consent:body")
        user.find(marker="consent-who").type("A. Parent")
        click(user, "keep-consent")
        click(user, "sex:female")
        user.find(marker="mass").type("31")
        click(user, "keep-body")
    kept = bench.book.players.get(player.id)
    assert (kept.sex, kept.mass_kg) == ("female", 31.0)


async def test_languages_are_switched_by_a_link_that_keeps_them_on_the_tablet(bench: Bench) -> None:
    async with visiting(bench, language="en") as user:
        await user.open("/games")
        await user.should_see("Tap a game to set it and play it.")
        answer = await user.http_client.get("/look/language/ko?back=/games")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/games"
        assert "didim_language=ko" in answer.headers["set-cookie"]
        await user.open("/games")
        await user.should_see("게임을 눌러 설정하고 바로 시작하세요.")
        away = await user.http_client.get("/look/language/ko?back=//elsewhere.example")
        assert away.headers["location"] == "/"


async def test_language_and_light_are_the_persons_on_every_tablet(bench: Bench) -> None:
    async with visiting(bench, language="ko") as user:
        await user.open("/settings")
        click(user, "language:en")
        click(user, "theme:day")
    async with visiting(bench, language="ko") as user:  # another tablet, which reads Korean before sign-in
        await user.open("/sign-in")
        await user.should_see("어서 오세요")
        await user.open("/games")
        await user.should_see("Tap a game to set it and play it.")
    (who,) = bench.book.users.all()
    assert (who.language, who.theme) == ("en", "day")


async def test_a_game_is_tried_without_records(bench: Bench) -> None:
    async with visiting(bench, language="en") as user:
        await user.open("/games")
        click(user, "game:lily_pads")
        click(user, "try")
    (start,) = [each for each in bench.desk.sent if isinstance(each, Start)]
    assert start.trial
    bench.desk.now = msgspec.structs.replace(bench.desk.now, phase="play", game="lily_pads", trial=True)
    async with visiting(bench, language="en") as user:
        await user.open("/")
        await user.should_see("A try: nothing of it is written down.")


async def test_a_round_that_broke_off_is_played_again_or_left(bench: Bench) -> None:
    lost = Notice("round_lost", "it crashed")
    bench.desk.now = msgspec.structs.replace(
        bench.desk.now, phase="rest", notices=(lost,), broken="lily_pads"
    )
    async with visiting(bench, language="en") as user:
        await user.open("/")
        await user.should_see("the session goes on with what follows")
        await user.should_see("Play Lily Pads again")
        click(user, "leave-it")
        click(user, "replay")
    asked = [each for each in bench.desk.sent if isinstance(each, Replay)]
    assert asked == [Replay(play=False), Replay()]


async def test_an_installer_sees_no_records_and_an_instructor_no_rig(bench: Bench) -> None:
    async with visiting(bench, "installer") as user:
        for path in ("/players", "/records", "/sessions"):
            answer = await user.http_client.get(path)
            assert (answer.status_code, answer.headers["location"]) == (303, "/")
        await user.open("/installer")
        await user.should_see("Installer")


async def test_an_instructor_is_led_away_from_the_installers_page(bench: Bench) -> None:
    async with visiting(bench, "instructor") as user:
        answer = await user.http_client.get("/installer")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        await user.open("/settings")
        await user.should_not_see("Who may sign in")


async def test_an_admin_adds_a_user_and_changes_what_is_kept(bench: Bench) -> None:
    async with visiting(bench) as user:
        await user.open("/settings")
        click(user, "retention:more")
        assert bench.book.settings.get("retention_days") == 187
        click(user, "real-names")
        assert bench.book.settings.get("real_names") is True
        click(user, "add-user")
        user.find(marker="user-name").type("Yuna")
        user.find(marker="user-secret").type("4802164802")
        click(user, "keep-user")
        await user.should_see("Yuna")
    assert {found.name: found.role for found in bench.service.users.listed(bench.admin())}[
        "Yuna"
    ] == "instructor"


async def test_what_the_service_refuses_is_said_and_nothing_is_done(bench: Bench) -> None:
    async with visiting(bench) as user:
        await user.open("/settings")
        click(user, "add-user")
        user.find(marker="user-name").type("Yuna")
        user.find(marker="user-secret").type("1234")
        click(user, "keep-user")
        assert any("at least" in message for message in user.notify.messages)
    assert len(bench.service.users.listed(bench.admin())) == 1
