"""What was played, and what each player did."""

from __future__ import annotations

from datetime import datetime

from didim.console._actor import Actor
from didim.console._door import Clock, Door
from didim.console._kept import kept
from didim.console._leaders import SPAN, By, standing
from didim.console._permissions import Area, guarded
from didim.console._problems import NotFound, Refused
from didim.records import Book, Group, Marks, Player, Result, Round, Session


@guarded("records")
class Records(Area):
    """Sessions, rounds and results."""

    def __init__(self, door: Door, book: Book, clock: Clock) -> None:
        super().__init__(door)
        self._book, self._clock = book, clock

    def of_player(
        self, actor: Actor, player_id: int, *, since: datetime | None = None, until: datetime | None = None
    ) -> list[Result]:
        """A player's results, the oldest first; raises NotFound."""
        with kept("no_player"):
            self._book.players.get(player_id)
        return self._book.rounds.of_player(player_id, since=since, until=until)

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
        wanted = self._book.settings.get("leaderboards")
        return wanted == "all" or (wanted == "6+" and self._group(group_id).age != "3-5")

    def leaderboard(self, actor: Actor, group_id: int, by: By) -> list[tuple[Player, float]]:
        """Who leads, with minutes of effort or percent of progress; who was measured too little is left out.

        Raises:
            NotFound: no such group.
            Refused: the site wants none of this group.
        """
        if not self.leaderboard_allowed(actor, group_id):
            raise Refused("no_leaderboard")
        now = self._clock()
        found = []
        for player in self._book.players.all(group_id=group_id):
            value = standing(by, self._book.rounds.of_player(player.id, since=now - 2 * SPAN), now)
            if value is not None:
                found.append((player, value))
        return sorted(found, key=lambda each: -each[1])

    def _group(self, group_id: int) -> Group:
        for group in self._book.players.groups():
            if group.id == group_id:
                return group
        raise NotFound("no_group")
