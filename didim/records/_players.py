"""The shelf of players, groups and consents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from didim.records._clock import Clock
from didim.records._emblem import Emblem, free_emblem
from didim.records._player import CONSENT_AGE, AgeBand, Consent, Group, Player, Purpose, Sex
from didim.records._problem import ConsentMissing, NoSuchEntry, RecordsError
from didim.records._schema import consents, groups, memberships, players, settings
from didim.records._scrub import scrub
from didim.records._store import Store

_BODY: dict[str, Any] = {"sex": None, "mass_kg": None}
_KEPT_FOR: dict[Purpose, dict[str, Any]] = {"name": {"name": None}, "body": _BODY}
"""What goes when a consent is withdrawn."""


class Players:
    """Who has a record. Nothing but an emblem is needed; a name or a body needs a consent first."""

    def __init__(self, store: Store, now: Clock) -> None:
        self._store, self._now = store, now

    def all(self, *, group_id: int | None = None) -> list[Player]:
        """Everybody, or one group, in the order they came."""
        query = select(players).order_by(players.c.id)
        if group_id is not None:
            query = query.join(memberships).where(memberships.c.group_id == group_id)
        with self._store.reading() as connection:
            return [_player(row) for row in connection.execute(query)]

    def get(self, player_id: int) -> Player:
        """One player.

        Raises:
            NoSuchEntry: erased, or never there.
        """
        with self._store.reading() as connection:
            return _player(_one(connection, select(players).where(players.c.id == player_id), "player"))

    def add(
        self, *, emblem: Emblem | None = None, group_id: int | None = None, birth_year: int | None = None
    ) -> Player:
        """Begin a record. Without an emblem it gets one that is free, in the group where there is one.

        Raises:
            NoSuchEntry: no such group. RecordsError: the emblem is taken in that group.
        """
        with self._store.writing() as connection:
            if emblem is None:
                emblem = free_emblem(_emblems(connection, group_id))
            added = connection.execute(
                insert(players).values(
                    sign=emblem.sign, color=emblem.color, created_at=self._now(), birth_year=birth_year
                )
            )
            player_id = _inserted(added)
            if group_id is not None:
                _join(connection, player_id, group_id)
            return _player(_one(connection, select(players).where(players.c.id == player_id), "player"))

    def change(self, player_id: int, *, emblem: Emblem, birth_year: int | None) -> None:
        """Give another emblem or birth year.

        Raises:
            NoSuchEntry: no such player. RecordsError: somebody in one of the player's groups has the emblem.
        """
        with self._store.writing() as connection:
            for group_id in _groups_of(connection, player_id):
                _refuse_twin(connection, emblem, group_id, player_id)
            _change(connection, player_id, sign=emblem.sign, color=emblem.color, birth_year=birth_year)

    def set_name(self, player_id: int, name: str | None) -> None:
        """Keep a real name, or none again.

        Raises:
            ConsentMissing: the site keeps no names (its setting `real_names`), or no consent for "name" is
                recorded. NoSuchEntry: no such player.
        """
        with self._store.writing() as connection:
            if name is not None:
                _need_names(connection)
                _need(connection, player_id, "name")
            _change(connection, player_id, name=name)

    def set_body(self, player_id: int, *, sex: Sex | None, mass_kg: float | None) -> None:
        """Keep sex and body mass, which calories are computed from.

        Raises:
            ConsentMissing: no consent for "body" is recorded. NoSuchEntry: no such player.
            ValueError: a mass outside 5 to 250 kg.
        """
        if mass_kg is not None and not 5 <= mass_kg <= 250:
            raise ValueError(f"mass_kg lies between 5 and 250, got {mass_kg:g}")
        with self._store.writing() as connection:
            if sex is not None or mass_kg is not None:
                _need(connection, player_id, "body")
            _change(connection, player_id, sex=sex, mass_kg=mass_kg)

    def consents(self, player_id: int) -> list[Consent]:
        """All that was agreed to, withdrawn ones too, the oldest first."""
        query = select(consents).where(consents.c.player_id == player_id).order_by(consents.c.id)
        with self._store.reading() as connection:
            return [Consent(**row._mapping) for row in connection.execute(query)]

    def consent(self, player_id: int, purpose: Purpose, *, who: str, relation: str = "guardian") -> Consent:
        """Record that `who` agreed now.

        Raises:
            ConsentMissing: a child cannot agree for itself, nor somebody of unknown age.
            ValueError: nobody is named, or the relation is neither "guardian" nor "self".
        """
        if not who.strip() or relation not in ("guardian", "self"):
            raise ValueError(f"expected who agreed, as guardian or self, got {who!r} as {relation!r}")
        with self._store.writing() as connection:
            player = _player(_one(connection, select(players).where(players.c.id == player_id), "player"))
            age = player.age_years(self._now())
            if relation == "self" and (age is None or age < CONSENT_AGE):
                raise ConsentMissing(
                    f"a consent of one's own needs a birth year that makes {CONSENT_AGE} years; "
                    "ask the guardian, or enter the birth year first"
                )
            fields: dict[str, Any] = {
                "player_id": player_id,
                "who": who.strip(),
                "relation": relation,
                "purpose": purpose,
                "given_at": self._now(),
            }
            return Consent(_inserted(connection.execute(insert(consents).values(**fields))), **fields)

    def withdraw(self, player_id: int, purpose: Purpose) -> None:
        """Consent ends, and what was kept for it goes at once."""
        open_ones = consents.c.withdrawn_at.is_(None) & (consents.c.purpose == purpose)
        with self._store.writing() as connection:
            connection.execute(
                update(consents)
                .where((consents.c.player_id == player_id) & open_ones)
                .values(withdrawn_at=self._now())
            )
            _change(connection, player_id, **_KEPT_FOR[purpose])
        scrub(self._store)

    def groups(self) -> list[Group]:
        """All groups by name."""
        query = (
            select(groups, func.count(memberships.c.player_id).label("players"))
            .outerjoin(memberships)
            .group_by(groups.c.id)
            .order_by(groups.c.name)
        )
        with self._store.reading() as connection:
            return [Group(**row._mapping) for row in connection.execute(query)]

    def group(self, group_id: int) -> Group:
        """One group; raises NoSuchEntry."""
        found = [each for each in self.groups() if each.id == group_id]
        if not found:
            raise NoSuchEntry(f"there is no group {group_id}; it was taken away, or never was")
        return found[0]

    def add_group(self, name: str, age: AgeBand) -> Group:
        """Make a group; raises RecordsError where the name is taken."""
        with self._store.writing() as connection:
            if connection.execute(select(groups.c.id).where(groups.c.name == name)).first():
                raise RecordsError(f"there is a group {name!r} already; choose another name")
            added = connection.execute(insert(groups).values(name=name, age=age))
            return Group(_inserted(added), name, age)

    def change_group(self, group_id: int, *, name: str, age: AgeBand) -> None:
        """Rename a group or set its age; raises NoSuchEntry."""
        with self._store.writing() as connection:
            done = connection.execute(
                update(groups).where(groups.c.id == group_id).values(name=name, age=age)
            )
            _met(done.rowcount, "group")

    def remove_group(self, group_id: int) -> None:
        """Take a group away; its players and their records stay."""
        with self._store.writing() as connection:
            connection.execute(delete(groups).where(groups.c.id == group_id))

    def join(self, player_id: int, group_id: int) -> None:
        """Put a player in a group.

        Raises:
            NoSuchEntry: no such player or group. RecordsError: somebody in it has the same emblem.
        """
        with self._store.writing() as connection:
            _join(connection, player_id, group_id)

    def leave(self, player_id: int, group_id: int) -> None:
        """Take a player out of a group."""
        where = (memberships.c.player_id == player_id) & (memberships.c.group_id == group_id)
        with self._store.writing() as connection:
            connection.execute(delete(memberships).where(where))

    def groups_of(self, player_id: int) -> list[int]:
        """The numbers of the groups that a player is in."""
        with self._store.reading() as connection:
            return _groups_of(connection, player_id)


def _player(row: Row[Any]) -> Player:
    fields = dict(row._mapping)
    emblem = Emblem(fields.pop("sign"), fields.pop("color"))
    return Player(emblem=emblem, **{key: fields[key] for key in Player.__slots__ if key in fields})


def _one(connection: Connection, query: Select[Any], what: str) -> Row[Any]:
    row = connection.execute(query).first()
    if row is None:
        raise NoSuchEntry(f"there is no such {what}; it was erased, or never was")
    return row


def _inserted(result: Any) -> int:
    return int(result.inserted_primary_key[0])


def _met(rowcount: int, what: str) -> None:
    if rowcount == 0:
        raise NoSuchEntry(f"there is no such {what}; it was erased, or never was")


def _change(connection: Connection, player_id: int, **values: Any) -> None:
    done = connection.execute(update(players).where(players.c.id == player_id).values(**values))
    _met(done.rowcount, "player")


def _need(connection: Connection, player_id: int, purpose: Purpose) -> None:
    held = select(consents.c.id).where(
        (consents.c.player_id == player_id)
        & (consents.c.purpose == purpose)
        & consents.c.withdrawn_at.is_(None)
    )
    if connection.execute(held).first() is None:
        raise ConsentMissing(
            "this is kept only with a consent: record first who agreed to it, and that it is for "
            + {"name": "the real name", "body": "body mass and sex"}[purpose]
        )


def _need_names(connection: Connection) -> None:
    if not connection.execute(select(settings.c.value).where(settings.c.name == "real_names")).scalar():
        raise ConsentMissing("this site keeps no real names; turn them on in its settings first")


def _groups_of(connection: Connection, player_id: int) -> list[int]:
    query = select(memberships.c.group_id).where(memberships.c.player_id == player_id)
    return sorted(connection.execute(query).scalars())


def _emblems(connection: Connection, group_id: int | None) -> Sequence[Emblem]:
    query = select(players.c.sign, players.c.color)
    if group_id is not None:
        query = query.join(memberships).where(memberships.c.group_id == group_id)
    return [Emblem(sign, color) for sign, color in connection.execute(query)]


def _join(connection: Connection, player_id: int, group_id: int) -> None:
    _one(connection, select(groups.c.id).where(groups.c.id == group_id), "group")
    found = _player(_one(connection, select(players).where(players.c.id == player_id), "player"))
    if group_id in _groups_of(connection, player_id):
        return
    _refuse_twin(connection, found.emblem, group_id, player_id)
    connection.execute(insert(memberships).values(group_id=group_id, player_id=player_id))


def _refuse_twin(connection: Connection, emblem: Emblem, group_id: int, player_id: int) -> None:
    twin = (
        select(players.c.id)
        .join(memberships)
        .where(
            (memberships.c.group_id == group_id)
            & (players.c.sign == emblem.sign)
            & (players.c.color == emblem.color)
            & (players.c.id != player_id)
        )
    )
    if connection.execute(twin).first():
        raise RecordsError(
            f"somebody in this group is the {emblem.called('en')} already; choose another emblem"
        )


def last_played(connection: Connection, player_ids: Sequence[int], at: datetime) -> None:
    """Note when these players played last: retention counts from it."""
    connection.execute(update(players).where(players.c.id.in_(player_ids)).values(played_at=at))
