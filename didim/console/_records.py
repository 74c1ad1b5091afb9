"""What was played, and what each player did: to look at, to hand out, to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from didim.console._actor import Actor
from didim.console._door import Clock, Door
from didim.console._kept import kept
from didim.console._permissions import Area, guarded
from didim.console._problems import Refused
from didim.play import GamePack
from didim.records import Book, Marks, Player, Result, Round, Session
from didim.records.export import player_zip, results_csv
from didim.records.report import write_report
from didim.records.summary import By, leaderboard, may_lead
from didim.words import Language

LEADERS_OF = timedelta(weeks=8)
"""Progress is told by weeks; older ones count no more."""
REPORT_DAYS = 90


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to hand out."""

    name: str
    kind: str
    content: bytes


@guarded("records")
class Records(Area):
    """Sessions, rounds and results. What is handed out is written down by number."""

    def __init__(self, door: Door, book: Book, catalog: Mapping[str, GamePack], clock: Clock) -> None:
        super().__init__(door)
        self._book, self._catalog, self._clock = book, catalog, clock

    def of_player(
        self, actor: Actor, player_id: int, *, since: datetime | None = None, until: datetime | None = None
    ) -> list[Result]:
        """A player's results, the oldest first; raises NotFound."""
        with kept("no_player"):
            self._book.players.get(player_id)
        return self._book.rounds.of_player(player_id, since=since, until=until)

    def of_group(
        self, actor: Actor, group_id: int, *, since: datetime | None = None, until: datetime | None = None
    ) -> list[Result]:
        """The results of who is in a group now, the oldest first; raises NotFound."""
        with kept("no_group"):
            self._book.players.group(group_id)
        return self._book.rounds.of_group(group_id, since=since, until=until)

    def sessions(self, actor: Actor, *, since: datetime | None = None, limit: int = 200) -> list[Session]:
        """The newest sessions first."""
        return self._book.sessions.all(since=since, limit=limit)

    def rounds(
        self,
        actor: Actor,
        *,
        since: datetime | None = None,
        session_id: int | None = None,
        group_id: int | None = None,
        limit: int = 200,
    ) -> list[Round]:
        """The newest rounds first."""
        return self._book.rounds.all(since=since, session_id=session_id, group_id=group_id, limit=limit)

    def round(self, actor: Actor, round_id: int) -> tuple[Round, list[Marks]]:
        """A round and everyone's measures; raises NotFound."""
        with kept("no_round"):
            return self._book.rounds.get(round_id), self._book.rounds.marks(round_id)

    def leaderboard_allowed(self, actor: Actor, group_id: int) -> bool:
        """Whether the site wants a leaderboard of this group; raises NotFound."""
        with kept("no_group"):
            group = self._book.players.group(group_id)
        return may_lead(self._book.settings.get("leaderboards"), group.age)

    def leaderboard(self, actor: Actor, group_id: int, by: By) -> list[tuple[Player, float]]:
        """Who leads, in percent of the time measured, or of change; who was measured too little is left out.

        Raises:
            NotFound: no such group.
            Refused: the site wants none of this group.
        """
        if not self.leaderboard_allowed(actor, group_id):
            raise Refused("no_leaderboard")
        found = self._by_player(group_id, self._clock() - LEADERS_OF)
        return [(place.player, 100 * place.value) for place in leaderboard(found, by)]

    def player_report(
        self, actor: Actor, player_id: int, language: Language, days: int = REPORT_DAYS
    ) -> Paper:
        """A player's report over so many days, PDF; raises NotFound."""
        with kept("no_player"):
            content = write_report(
                self._book,
                language,
                until=self._clock(),
                days=days,
                player_id=player_id,
                games=self._titles(language),
            )
        self._note(actor, "player.reported", player_id)
        return Paper(f"player-{player_id}.pdf", "application/pdf", content)

    def group_report(self, actor: Actor, group_id: int, language: Language, days: int = REPORT_DAYS) -> Paper:
        """A class's report over so many days, PDF; raises NotFound."""
        with kept("no_group"):
            content = write_report(
                self._book,
                language,
                until=self._clock(),
                days=days,
                group_id=group_id,
                games=self._titles(language),
            )
        self._note(actor, "group.reported", group_id)
        return Paper(f"group-{group_id}.pdf", "application/pdf", content)

    def player_table(self, actor: Actor, player_id: int) -> Paper:
        """All results of a player, CSV; raises NotFound."""
        with kept("no_player"):
            player = self._book.players.get(player_id)
        rows = results_csv((player, result) for result in self._book.rounds.of_player(player_id))
        self._note(actor, "player.exported", player_id)
        return Paper(f"player-{player_id}.csv", "text/csv", rows)

    def group_table(self, actor: Actor, group_id: int) -> Paper:
        """All results of who is in a group, CSV; raises NotFound."""
        with kept("no_group"):
            self._book.players.group(group_id)
        found = self._by_player(group_id, None)
        rows = results_csv((player, result) for player, results in found.items() for result in results)
        self._note(actor, "group.exported", group_id)
        return Paper(f"group-{group_id}.csv", "text/csv", rows)

    def everything_of(self, actor: Actor, player_id: int) -> Paper:
        """All that is kept of a player, JSON and CSV in a ZIP; raises NotFound."""
        with kept("no_player"):
            content = player_zip(self._book, player_id)
        self._note(actor, "player.exported", player_id)
        return Paper(f"player-{player_id}.zip", "application/zip", content)

    def _by_player(self, group_id: int, since: datetime | None) -> dict[Player, list[Result]]:
        members = self._book.players.all(group_id=group_id)
        found: dict[int, list[Result]] = {player.id: [] for player in members}
        for result in self._book.rounds.of_group(group_id, since=since):
            if result.marks.player_id in found:
                found[result.marks.player_id].append(result)
        return {player: found[player.id] for player in members}

    def _titles(self, language: Language) -> dict[str, str]:
        return {slug: pack.words[language]["title"] for slug, pack in self._catalog.items()}

    def _note(self, actor: Actor, what: str, whom: int) -> None:
        self._book.audit.note(what, user_id=actor.user_id, subject_id=whom)
