"""What a tablet sees: as data, whole, and small enough."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from didim.play import Color, Player
from didim.run import live
from didim.run.commands import CheckIn, Expected, GamePart, Pause, RestPart, Safe, Seated, Start
from didim.run.live import Live, Notice, Surroundings, srgb
from didim.run.processes import LIVE
from didim.run.telling import Teller
from tests.run.hall import FLOOR, GAMES, SHORT, Hall


class Booth:
    """A teller beside a hall."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.teller = Teller("rig 1", Surroundings("floor", FLOOR.width_m, FLOOR.height_m))
        self.pictures = self.packed_bytes = 0

    def look(self, *, shapes: bool = True, players: Sequence[Player] | None = None) -> Live:
        self.pictures += 3
        told = self.teller.live(
            self.hall.engagement,
            self.hall.t_s,
            0,
            self.hall.players if players is None else players,
            pictures=self.pictures,
            age_ms=12.34,
            shapes=shapes,
            notices=(Notice("no_scribe", "nobody writes"),),
        )
        packed = live.pack(told)
        self.packed_bytes = len(packed)
        return live.unpack(packed)


def test_at_rest_it_tells_the_rig_the_surface_and_the_pond() -> None:
    told = Booth(Hall()).look()
    assert (told.phase, told.held, told.rig, told.parts) == ("idle", "", "rig 1", 0)
    assert told.surface == Surroundings("floor", 4.0, 3.0)
    assert told.background == "pond"
    assert {"koi", "lily", "text"} <= {shape.word for shape in told.shapes}
    assert "Sunshine" in {shape.details.get("words") for shape in told.shapes}
    assert [notice.kind for notice in told.notices] == ["no_scribe"]


def test_in_a_round_it_tells_players_seats_points_and_shapes() -> None:
    hall = Hall()
    booth = Booth(hall)
    hall.say(Start((SHORT, RestPart(20.0)), seats=(Seated(1, 41),), title="Monday"))
    hall.until(lambda: hall.phase == "play")
    hall.wait(10)
    told = booth.look()
    assert (told.game, told.title, told.part, told.parts) == ("lily_pads", "Monday", 1, 2)
    assert told.left_s == pytest.approx(10, abs=0.3)
    assert {player.seat for player in told.players} == {1, 2}
    assert all(len(player.joints) == 33 for player in told.players)
    seats = {seat.number: seat for seat in told.seats}
    assert (seats[1].player_id, seats[2].player_id) == (41, None)
    assert sum(seat.points for seat in told.seats) > 0
    assert seats[1].color == "#27cbff"
    assert all(shape.places for shape in told.shapes)
    assert booth.look(shapes=False).shapes == ()
    assert booth.look().number == told.number + 2


def test_why_everything_stands_still_is_told() -> None:
    hall = Hall()
    booth = Booth(hall)
    hall.say(Start((SHORT,)))
    hall.until(lambda: hall.phase == "play")
    hall.say(Pause())
    assert booth.look().held == "instructor"
    hall.say(Safe())
    assert (booth.look().held, booth.look().heard) == ("safe", hall.said)


def test_a_check_in_tells_who_is_missing() -> None:
    hall = Hall()
    booth = Booth(hall)
    hall.say(CheckIn((Expected(41, 5), Expected(42, 11), Expected(43, 30)), seconds=20))
    assert set(booth.look().expected) == {41, 42, 43}
    hall.wait(15)
    told = booth.look()
    assert len(told.expected) == 1
    assert {seat.number for seat in told.seats if not seat.here} <= {5, 11, 30}
    hall.until(lambda: hall.phase == "idle")
    assert len(booth.look().checked_in) == 2


def test_the_quality_of_tracking_is_that_of_the_last_ten_seconds() -> None:
    hall = Hall()
    booth = Booth(hall)
    foot = hall.players[0].left
    blurred = [
        msgspec.convert({**_fields(player), "left": _replaced(foot, 0.2)}, Player) for player in hall.players
    ]
    for _ in range(100):
        hall.wait(0.1)
        told = booth.look(shapes=False)
    assert told.tracking.good_share == 1.0
    assert told.tracking.pictures_hz == pytest.approx(30, abs=0.5)
    for _ in range(50):
        hall.wait(0.1)
        told = booth.look(shapes=False, players=blurred)
    assert told.tracking.good_share == pytest.approx(0.5, abs=0.02)
    assert told.tracking.age_ms == 12.3


def _fields(player: Player) -> dict[str, object]:
    return {name: getattr(player, name) for name in player.__dataclass_fields__}


def _replaced(foot: object, score: float) -> dict[str, object]:
    return {**{name: getattr(foot, name) for name in ("place", "heading_rad", "down")}, "score": score}


@pytest.mark.parametrize("game", [slug for slug, pack in GAMES.items() if "floor" in pack.surfaces])
def test_every_game_fits_a_message(game: str) -> None:
    hall = Hall(skills=("good", "fair", "poor", "good"))
    hall.say(Start((GamePart(game, {"lobby": False}),), seats=()))
    hall.until(lambda: hall.phase == "play")
    hall.wait(6)
    booth = Booth(hall)
    told = booth.look()
    assert len(msgspec.json.encode(told)) < 150_000
    assert booth.packed_bytes < LIVE.message_bytes / 2


def test_light_becomes_a_color_that_keeps_its_hue() -> None:
    assert srgb(Color(1.0, 1.0, 1.0)) == "#ffffff"
    assert srgb(Color(0.0, 0.0, 0.0)) == "#000000"
    assert srgb(Color(0.2159, 0.2159, 0.2159)) == "#808080"
    assert srgb(Color(4.0, 2.0, 0.0)) == srgb(Color(1.0, 0.5, 0.0))
