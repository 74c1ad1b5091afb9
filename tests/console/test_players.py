"""Players: pseudonyms until a consent says otherwise, gone when erased, and nobody named in the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from didim.console import Actor, Conflict, Invalid, NotFound, Refused
from didim.records import Emblem
from tests.console.desks import Bench

STAR = Emblem("star", "cyan")
CHILDS_NAME = "Hwang Seo-yeon"
GUARDIANS_NAME = "Hwang Ji-ho"


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.fixture
def teacher(bench: Bench) -> Actor:
    return bench.somebody("instructor")


def named_child(bench: Bench, teacher: Actor) -> int:
    """A child with all that may be kept."""
    players = bench.service.players
    bench.service.settings.set(bench.admin(), "real_names", True)
    child = players.add(teacher, birth_year=2018)
    players.consent(teacher, child.id, "name", who=GUARDIANS_NAME)
    players.consent(teacher, child.id, "body", who=GUARDIANS_NAME)
    players.set_name(teacher, child.id, CHILDS_NAME)
    players.set_body(teacher, child.id, sex="female", mass_kg=24.0)
    return child.id


def test_a_name_needs_the_sites_will_and_a_consent(bench: Bench, teacher: Actor) -> None:
    players, child = bench.service.players, bench.service.players.add(teacher, birth_year=2018)
    assert child.name is None
    with pytest.raises(Conflict) as refusal:
        players.set_name(teacher, child.id, CHILDS_NAME)
    assert refusal.value.key == "names_off"
    bench.service.settings.set(bench.admin(), "real_names", True)
    with pytest.raises(Conflict) as refusal:
        players.set_name(teacher, child.id, CHILDS_NAME)
    assert refusal.value.key == "consent_first"
    with pytest.raises(Conflict) as refusal:
        players.consent(teacher, child.id, "name", who=CHILDS_NAME, relation="self")
    assert refusal.value.key == "guardian_needed"
    players.consent(teacher, child.id, "body", who=GUARDIANS_NAME)
    with pytest.raises(Conflict):
        players.set_name(teacher, child.id, CHILDS_NAME)
    players.consent(teacher, child.id, "name", who=GUARDIANS_NAME)
    players.set_name(teacher, child.id, CHILDS_NAME)
    assert players.one(teacher, child.id).name == CHILDS_NAME


def test_a_withdrawn_consent_takes_along_what_it_was_for(bench: Bench, teacher: Actor) -> None:
    child = named_child(bench, teacher)
    bench.service.players.withdraw(teacher, child, "name")
    found = bench.service.players.one(teacher, child)
    assert found.name is None
    assert found.mass_kg == 24.0


def test_an_erased_player_leaves_nothing_in_any_file(bench: Bench, teacher: Actor) -> None:
    child = named_child(bench, teacher)
    assert CHILDS_NAME.encode() in whole(bench.folder), "this is where it would be found"
    bench.service.players.erase(teacher, child)
    for name in (CHILDS_NAME, GUARDIANS_NAME):
        assert name.encode() not in whole(bench.folder)
    with pytest.raises(NotFound):
        bench.service.players.one(teacher, child)


def test_the_log_says_what_was_done_and_names_nobody(bench: Bench, teacher: Actor) -> None:
    child = named_child(bench, teacher)
    bench.service.players.erase(teacher, child)
    done = [(entry.action, entry.user_id, entry.subject_id) for entry in bench.log]
    assert done[0] == ("player.erased", teacher.user_id, child)
    assert {"consent.given", "player.named", "player.added", "setting.real_names"} <= {
        each[0] for each in done
    }
    for name in (CHILDS_NAME, GUARDIANS_NAME, teacher.name, "24"):
        assert name not in repr([(each.action, each.user_id, each.subject_id) for each in bench.log])


def test_an_installer_sees_no_child(bench: Bench, teacher: Actor) -> None:
    child = bench.service.players.add(teacher)
    installer = bench.somebody("installer")
    for look in (
        lambda: bench.service.players.listed(installer),
        lambda: bench.service.players.one(installer, child.id),
        lambda: bench.service.records.of_player(installer, child.id),
    ):
        with pytest.raises(Refused):
            look()


def test_two_of_a_group_share_no_emblem(bench: Bench, teacher: Actor) -> None:
    players = bench.service.players
    group = players.add_group(teacher, "Tigers", "6-9")
    players.add(teacher, emblem=STAR, group_id=group.id)
    with pytest.raises(Conflict):
        players.add(teacher, emblem=STAR, group_id=group.id)
    other = players.add(teacher, emblem=STAR)
    with pytest.raises(Conflict):
        players.join(teacher, other.id, group.id)
    players.change(teacher, other.id, emblem=Emblem("moon", "rose"), birth_year=None)
    players.join(teacher, other.id, group.id)
    assert players.groups_of(teacher, other.id) == [group.id]
    with pytest.raises(Conflict):
        players.change(teacher, other.id, emblem=STAR, birth_year=None)
    with pytest.raises(Conflict):
        players.add_group(teacher, "Tigers", "3-5")


def test_what_cannot_be_is_refused(bench: Bench, teacher: Actor) -> None:
    players = bench.service.players
    with pytest.raises(Invalid):
        players.add(teacher, birth_year=2027)
    with pytest.raises(NotFound):
        players.add(teacher, group_id=99)
    child = players.add(teacher)
    with pytest.raises(Invalid):
        players.set_body(teacher, child.id, sex=None, mass_kg=400.0)
    with pytest.raises(Invalid):
        players.consent(teacher, child.id, "name", who="  ")
    for missing in (players.one, players.erase, players.consents, players.groups_of):
        with pytest.raises(NotFound):
            missing(teacher, 4711)


def whole(folder: Path) -> bytes:
    """Everything that lies in a folder."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
