"""The shelf of rounds: begun, written as they run, ended; read by player, group or session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, case, delete, func, insert, join, select, update

from didim.records._clock import Clock
from didim.records._players import last_played
from didim.records._problem import NoSuchEntry
from didim.records._round import Marks, Result, Round, RoundBegan, RoundEnded
from didim.records._schema import marks, memberships, players, rounds
from didim.records._store import Store
from didim.records.summary._sums import NAMES, Sums

_MARKS = [marks.c[field.name] for field in fields(Marks)]
_ROUND = [rounds.c[field.name] for field in fields(Round)]
"""In the order of the fields, so that a row becomes one by its place: a million rows feel the difference."""


class Rounds:
    """One writer: the scribe. Whatever it says twice, for want of an answer, is written once."""

    def __init__(self, store: Store, now: Clock) -> None:
        self._store, self._now = store, now

    def begin(self, began: RoundBegan) -> int:
        """Write that a round began; its number, the same for the same key."""
        with self._store.writing() as connection:
            known = connection.execute(select(rounds.c.id).where(rounds.c.key == began.key)).scalar()
            if known is not None:
                return int(known)
            state = {"state": "running", "progressed_at": began.began_at, "guests": 0, "damped": 0}
            row = {**asdict(began), **state}
            added = connection.execute(insert(rounds).values(**row))
            assert added.inserted_primary_key is not None
            return int(added.inserted_primary_key[0])

    def progress(self, round_id: int, so_far: Sequence[Marks], at: datetime, *, damped: int = 0) -> None:
        """Write everyone's measures so far and how often its light was softened.

        Of a round that has ended nothing is changed.

        Raises:
            NoSuchEntry: no such round.
        """
        with self._store.writing() as connection:
            if self._state(connection, round_id) in ("running", "interrupted"):
                _keep(connection, round_id, so_far)
                told = {"progressed_at": at, "ended_at": None, "damped": damped}
                _update(connection, round_id, state="running", **told)

    def end(self, round_id: int, ended: RoundEnded) -> None:
        """Write the result. Once this returns it outlives a power cut.

        Raises:
            NoSuchEntry: no such round.
        """
        with self._store.writing() as connection:
            if self._state(connection, round_id) in ("running", "interrupted"):
                _keep(connection, round_id, ended.marks)
                _update(
                    connection,
                    round_id,
                    state=ended.state,
                    progressed_at=ended.ended_at,
                    ended_at=ended.ended_at,
                    damped=ended.damped,
                )

    def mark_interrupted(self) -> list[int]:
        """Say of every round that still runs that it was cut off when last written; for a writer's start."""
        running = rounds.c.state == "running"
        with self._store.writing() as connection:
            cut = list(connection.execute(select(rounds.c.id).where(running)).scalars())
            connection.execute(
                update(rounds).where(running).values(state="interrupted", ended_at=rounds.c.progressed_at)
            )
        return cut

    def get(self, round_id: int) -> Round:
        """One round; raises NoSuchEntry."""
        with self._store.reading() as connection:
            row = connection.execute(select(*_ROUND).where(rounds.c.id == round_id)).first()
            found: tuple[Any, ...] = tuple(_found(row))
            return Round(*found)

    def marks(self, round_id: int) -> list[Marks]:
        """Everyone's measures of one round, by seat; guests have none."""
        query = select(*_MARKS).where(marks.c.round_id == round_id).order_by(marks.c.seat)
        with self._store.reading() as connection:
            return [Marks(*row) for row in connection.execute(query)]

    def all(
        self,
        *,
        since: datetime | None = None,
        session_id: int | None = None,
        group_id: int | None = None,
        limit: int = 200,
    ) -> list[Round]:
        """The newest rounds first."""
        query = select(*_ROUND).order_by(rounds.c.began_at.desc(), rounds.c.id.desc()).limit(limit)
        if since is not None:
            query = query.where(rounds.c.began_at >= since)
        if session_id is not None:
            query = query.where(rounds.c.session_id == session_id)
        if group_id is not None:
            query = query.where(rounds.c.group_id == group_id)
        with self._store.reading() as connection:
            return [Round(*row) for row in connection.execute(query)]

    def of_player(
        self, player_id: int, *, since: datetime | None = None, until: datetime | None = None
    ) -> list[Result]:
        """A player's results, the oldest first, running rounds included."""
        return self._results(marks.c.player_id == player_id, since, until)

    def of_group(
        self, group_id: int, *, since: datetime | None = None, until: datetime | None = None
    ) -> list[Result]:
        """The results of those who are in a group now, wherever they were played, the oldest first."""
        members = select(memberships.c.player_id).where(memberships.c.group_id == group_id)
        return self._results(marks.c.player_id.in_(members), since, until)

    def sums_of_group(
        self, group_id: int, mondays: Sequence[date], *, since: datetime, until: datetime
    ) -> dict[tuple[int, date], Sums]:
        """The results of those who are in a group now, added up by player and week.

        Args:
            mondays: the first day of each week from `since` to `until`, by this computer's clock; see
                `summary.mondays_within`.
        """
        begins = [(monday, datetime.combine(monday, time()).astimezone()) for monday in mondays]
        newest_first = [(rounds.c.began_at >= at, index) for index, (_, at) in reversed([*enumerate(begins)])]
        week = case(*newest_first, else_=0)
        members = select(memberships.c.player_id).where(memberships.c.group_id == group_id)
        query = (
            select(marks.c.player_id, week.label("week"), *_added_up())
            .select_from(join(marks, rounds, marks.c.round_id == rounds.c.id))
            .where(marks.c.player_id.in_(members), rounds.c.began_at >= since, rounds.c.began_at < until)
            .group_by(marks.c.player_id, "week")
        )
        with self._store.reading() as connection:
            return {(row[0], mondays[row[1]]): Sums(*row[2:]) for row in connection.execute(query)}

    def of_session(self, session_id: int) -> list[Result]:
        """All results of a session, the oldest first."""
        return self._results(rounds.c.session_id == session_id, None, None)

    def damped(self, since: datetime) -> dict[str, int]:
        """How many times the flash guard softened each game's light since then, the most often first."""
        times = func.sum(rounds.c.damped)
        query = (
            select(rounds.c.game, times)
            .where(rounds.c.began_at >= since, rounds.c.damped > 0)
            .group_by(rounds.c.game)
            .order_by(times.desc(), rounds.c.game)
        )
        with self._store.reading() as connection:
            return {game: int(count) for game, count in connection.execute(query)}

    def count(self) -> int:
        """How many rounds there are."""
        with self._store.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(rounds)).scalar_one())

    def _results(
        self, where: ColumnElement[bool], since: datetime | None, until: datetime | None
    ) -> list[Result]:
        """A round that many played is read once."""
        if since is not None:
            where = where & (rounds.c.began_at >= since)
        if until is not None:
            where = where & (rounds.c.began_at < until)
        joined = join(marks, rounds, marks.c.round_id == rounds.c.id)
        theirs = select(marks.c.round_id, *_MARKS).select_from(joined).where(where)
        those = select(*_ROUND).where(rounds.c.id.in_(select(rounds.c.id).select_from(joined).where(where)))
        with self._store.reading() as connection:
            found = {row[0]: Round(*row) for row in connection.execute(those).all()}
            rows = connection.execute(theirs.order_by(rounds.c.began_at, rounds.c.id, marks.c.seat)).all()
        # Between the two a round may have come or gone, on PostgreSQL.
        return [Result(found[row[0]], Marks(*row[1:])) for row in rows if row[0] in found]

    def _state(self, connection: Connection, round_id: int) -> str:
        return str(
            _found(connection.execute(select(rounds.c.state).where(rounds.c.id == round_id)).first())[0]
        )


def _added_up() -> list[ColumnElement[Any]]:
    """The columns of `Sums`, in its order; docs/measures.md says what counts as measured."""
    of = marks.c
    tracked, tried = of.tracked_share.is_not(None), of.hits.is_not(None) & of.misses.is_not(None)
    seated = of.distance_m.is_not(None) & of.steps.is_(None)
    own = {
        "rounds": func.count(),
        "measured": func.coalesce(func.sum(case((of.measured_s > 0, 1), else_=0)), 0),
        "seated": func.coalesce(func.sum(case((seated, 1), else_=0)), 0),
        "present_s": func.coalesce(func.sum(of.present_s), 0.0),
        "graded_s": func.sum(case((of.light_s.is_not(None), of.measured_s))),
        "seen_s": func.sum(of.tracked_share * of.present_s),
        "tracked_s": func.sum(case((tracked, of.present_s))),
        "tried_hits": func.sum(case((tried, of.hits))),
        "tried_misses": func.sum(case((tried, of.misses))),
    }
    return [own[name] if name in own else func.sum(of[name]) for name in NAMES]


def _keep(connection: Connection, round_id: int, everyone: Sequence[Marks]) -> None:
    """Put these measures in place of those before; guests, and who was erased meanwhile, are only counted."""
    asked = {each.player_id for each in everyone if each.player_id is not None}
    known = set(connection.execute(select(players.c.id).where(players.c.id.in_(asked))).scalars())
    kept = [each for each in everyone if each.player_id in known]
    connection.execute(delete(marks).where(marks.c.round_id == round_id))
    if kept:
        connection.execute(insert(marks), [{"round_id": round_id, **asdict(each)} for each in kept])
        began_at = connection.execute(select(rounds.c.began_at).where(rounds.c.id == round_id)).scalar_one()
        last_played(connection, sorted(known), began_at)
    _update(connection, round_id, guests=len(everyone) - len(kept))


def _update(connection: Connection, round_id: int, **values: Any) -> None:
    connection.execute(update(rounds).where(rounds.c.id == round_id).values(**values))


def _found(row: Row[Any] | None) -> Row[Any]:
    if row is None:
        raise NoSuchEntry("there is no such round; it was pruned, or never was")
    return row
