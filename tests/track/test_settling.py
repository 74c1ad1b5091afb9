"""Ids go back to whom they belong once people who were near each other are seen apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import pytest

from didim.geometry import FloatArray
from didim.track._identity import SETTLES_AFTER, Identity, Known
from didim.track._person import Person
from didim.track._settling import settle
from didim.track._sight import Sight

RED, BLUE = (np.array(each * 2) for each in ([1.0, -0.5, 4.0], [-0.8, 0.6, 3.8]))
PICTURE_S = 1 / 30


@dataclass
class _Seen:
    """What an identity reads of a sight."""

    middle: FloatArray
    look: FloatArray
    size: float = 0.8
    crowded: bool = False
    sd_m: float = 0.06
    feet_seen: bool = True


@dataclass
class _Someone:
    """A person as far as settling goes."""

    id: int
    look: FloatArray
    place: tuple[float, float]
    size: float = 0.8
    identity: Identity = field(init=False)

    def __post_init__(self) -> None:
        self.identity = Identity(cast(Sight, _Seen(np.array(self.place), self.look, self.size)), 0.0, self.id)

    def seen(self, t_s: float, look: FloatArray, *, crowded: bool = False, size: float = 0.8) -> None:
        self.identity.add(cast(Sight, _Seen(np.array(self.place), look, size, crowded)), t_s)

    def known(self) -> tuple[int, Known]:
        return self.id, self.identity.known()

    def take_up(self, known: tuple[int, Known]) -> None:
        self.id, identity = known
        self.identity.take_up(identity)


def _after_a_meeting(
    people: list[_Someone], looks: list[FloatArray | None], *, gone: tuple[_Someone, ...] = ()
) -> None:
    """Everybody is known well; they meet, and then each is seen with one of these looks, or not at all."""
    now = [0.0]

    def picture(seen: list[FloatArray | None], *, crowded: bool = False) -> None:
        now[0] += PICTURE_S
        for person, look in zip(people, seen, strict=True):
            if look is not None:
                person.seen(now[0], look, crowded=crowded)
        settle(cast(list[Person], people), cast(list[Person], list(gone)), now[0])

    own: list[Any] = [person.look for person in people]
    for _ in range(20):
        picture(own)
    for _ in range(5):
        picture(own, crowded=True)
    for _ in range(SETTLES_AFTER + 1):
        picture(looks)


def test_two_who_were_taken_for_each_other_have_their_ids_back() -> None:
    people = [_Someone(1, RED, (1.0, 1.0)), _Someone(2, BLUE, (2.0, 1.0))]
    _after_a_meeting(people, [BLUE, RED])
    assert [person.id for person in people] == [2, 1]
    assert not any(person.identity.in_doubt for person in people)


def test_who_look_as_they_did_stay_who_they_are() -> None:
    people = [_Someone(1, RED, (1.0, 1.0)), _Someone(2, BLUE, (2.0, 1.0))]
    _after_a_meeting(people, [RED, BLUE])
    assert [person.id for person in people] == [1, 2]


def test_who_dress_alike_do_not_change_by_a_hair() -> None:
    nearly = RED + 0.03
    people = [_Someone(1, RED, (1.0, 1.0)), _Someone(2, nearly, (2.0, 1.0))]
    _after_a_meeting(people, [nearly, RED])
    assert [person.id for person in people] == [1, 2]


def test_who_went_on_as_another_has_the_id_back_from_who_is_out_of_sight() -> None:
    people = [_Someone(1, RED, (1.0, 1.0)), _Someone(2, BLUE, (1.6, 1.0))]
    _after_a_meeting(people, [None, RED])
    assert [person.id for person in people] == [2, 1]


@pytest.mark.parametrize(("place", "ids"), [((1.5, 1.0), [7, 1]), ((9.0, 1.0), [1, 7])])
def test_one_who_is_gone_is_back_where_that_is_in_reach(place: tuple[float, float], ids: list[int]) -> None:
    gone = _Someone(7, BLUE, place)
    for index in range(20):
        gone.seen(index * PICTURE_S, BLUE)
    person = _Someone(1, RED, (1.0, 1.0))
    _after_a_meeting([person], [BLUE], gone=(gone,))
    assert [person.id, gone.id] == ids


def test_nothing_is_learnt_of_a_look_that_is_nobodys() -> None:
    person = _Someone(1, RED, (1.0, 1.0))
    _after_a_meeting([person], [BLUE])
    assert person.id == 1
    assert person.identity.in_doubt
    assert person.identity.clothes.mean == pytest.approx(RED)


def test_what_is_seen_of_somebody_in_doubt_is_learnt_once_it_is_settled() -> None:
    person = _Someone(1, RED, (1.0, 1.0))
    paler = RED + 0.1
    _after_a_meeting([person], [paler])
    assert not person.identity.in_doubt
    assert (person.identity.clothes.mean > RED).all()
