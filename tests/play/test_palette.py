"""Players are told apart: by color for every eye, and by number."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from didim.play import PLAYER_COLORS, SEATS_MOST, Foot, Player, Point, Seats, seat

FloatArray = NDArray[np.float64]

# Full deficiencies in linear RGB: G. M. Machado et al., IEEE TVCG 15 (2009), severity 1.0.
EYES = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def oklab(linear_rgb: FloatArray) -> FloatArray:
    """(n, 3) linear sRGB to Oklab: B. Ottosson, "A perceptual color space for image processing" (2020)."""
    cones = np.clip(linear_rgb, 0, 1) @ np.array(
        [
            [0.4122214708, 0.2119034982, 0.0883024619],
            [0.5363325363, 0.6806995451, 0.2817188376],
            [0.0514459929, 0.1073969566, 0.6299787005],
        ]
    )
    return np.asarray(
        np.cbrt(cones)
        @ np.array(
            [
                [0.2104542553, 1.9779984951, 0.0259040371],
                [0.7936177850, -2.4285922050, 0.7827717662],
                [-0.0040720468, 0.4505937099, -0.8086757660],
            ]
        )
    )


def test_player_colors_are_apart_for_every_eye() -> None:
    colors = np.array([named.color for named in PLAYER_COLORS])
    for name, eye in EYES.items():
        seen = oklab(colors @ eye.T)
        apart = np.linalg.norm(seen[:, None] - seen[None], axis=-1) + np.eye(len(colors))
        assert apart.min() > 0.1, f"{name}: {apart.round(2)}"


def test_colors_begin_anew_but_numbers_go_on() -> None:
    seats = [seat(number) for number in range(1, 10)]
    assert [s.number for s in seats] == list(range(1, 10))
    assert seats[0].color == seats[len(PLAYER_COLORS)].color != seats[1].color


def player(player_id: int) -> Player:
    foot = Foot(Point(1, 1), 0.0, True, 1.0)
    return Player(player_id, Point(1, 1), foot, foot, (), (0.0, 0.0), 0)


def test_a_seat_is_kept_for_a_moment_and_then_given_to_the_next() -> None:
    seats = Seats()
    seats.update([player(4), player(9)], 0.0)
    assert (seats[4].number, seats[9].number) == (1, 2)
    seats.update([player(9)], 1.0)
    seats.update([player(4), player(9), player(12)], 2.0)
    assert (seats[4].number, seats[12].number) == (1, 3)
    seats.update([player(9), player(12)], 6.0)
    seats.update([player(9), player(12), player(30)], 6.1)
    assert (seats[9].number, seats[12].number, seats[30].number) == (2, 3, 1)


def test_forty_eight_seats_look_different() -> None:
    assert len({(seat(n).color, seat(n).symbol) for n in range(1, SEATS_MOST + 1)}) == SEATS_MOST == 48


def test_a_reserved_seat_waits_for_who_it_belongs_to() -> None:
    seats = Seats({1, 2})
    assert seats.choose(7, 2)
    seats.update([player(7), player(8)], 0.0)
    assert (seats[7].number, seats[8].number) == (2, 3), "nobody has held seat 1: it is not for strangers"
    seats.update([player(8)], 1.0)
    seats.update([player(8)], 5.0)
    seats.update([player(8), player(9)], 5.1)
    assert seats[9].number == 2, "one is missed and one has come: it is the same person"


def test_two_who_are_missed_are_not_guessed_at() -> None:
    seats = Seats({1, 2})
    assert seats.choose(7, 1)
    assert seats.choose(8, 2)
    seats.update([], 0.0)
    seats.update([], 5.0)
    seats.leave(7)
    seats.leave(8)
    seats.update([player(20)], 5.1)
    assert seats[20].number == 3, "whose measures these are nobody could tell"
    assert seats.holder(1) is None
