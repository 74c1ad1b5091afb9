"""Players, groups and consents."""

from __future__ import annotations

from typing import Literal

from didim.console._actor import Actor
from didim.console._door import Clock, Door
from didim.console._kept import kept
from didim.console._permissions import Area, guarded
from didim.console._problems import Conflict, Invalid
from didim.records import CONSENT_AGE, AgeBand, Book, Consent, Emblem, Group, Player, Purpose, Sex

WORDS_MOST = 80
MASS_KG = (5.0, 250.0)
AGE_MOST = 120

Relation = Literal["guardian", "self"]


@guarded("players")
class Players(Area):
    """Who has a record: a pseudonym, unless a consent allows a name. What is done is noted by number."""

    def __init__(self, door: Door, book: Book, clock: Clock) -> None:
        super().__init__(door)
        self._book, self._clock = book, clock

    def listed(self, actor: Actor, group_id: int | None = None, *, newest: int | None = None) -> list[Player]:
        """Everybody, or one group, in the order they came; only the `newest` by when they played or came."""
        found = self._book.players.all(group_id=group_id)
        if newest is None or len(found) <= newest:
            return found
        latest = sorted(found, key=lambda player: player.played_at or player.created_at)[-newest:]
        return sorted(latest, key=lambda player: player.id)

    def one(self, actor: Actor, player_id: int) -> Player:
        """One player; raises NotFound."""
        with kept("no_player"):
            return self._book.players.get(player_id)

    def add(
        self,
        actor: Actor,
        *,
        emblem: Emblem | None = None,
        group_id: int | None = None,
        birth_year: int | None = None,
    ) -> Player:
        """Begin a record under an emblem; without one, under one that is free.

        Raises:
            NotFound: no such group.
            Conflict: somebody in the group has the emblem.
            Invalid: nobody was born in that year.
        """
        self._check_year(birth_year)
        if emblem is not None and group_id is not None:
            self._refuse_twin(emblem, group_id)
        with kept("no_group"):
            player = self._book.players.add(emblem=emblem, group_id=group_id, birth_year=birth_year)
        self._note(actor, "player.added", player.id)
        return player

    def change(self, actor: Actor, player_id: int, *, emblem: Emblem, birth_year: int | None) -> None:
        """Give another emblem or birth year.

        Raises:
            NotFound, Conflict, Invalid: as in `add`.
        """
        self._check_year(birth_year)
        for group_id in self.groups_of(actor, player_id):
            self._refuse_twin(emblem, group_id, but=player_id)
        with kept("no_player"):
            self._book.players.change(player_id, emblem=emblem, birth_year=birth_year)
        self._note(actor, "player.changed", player_id)

    def set_name(self, actor: Actor, player_id: int, name: str | None) -> None:
        """Keep a real name, or none again.

        Raises:
            Conflict: the site keeps no names, or no consent to it is recorded.
            NotFound, Invalid: no such player; the name is none.
        """
        if name is not None:
            _check_words(name)
        with kept("no_player"):
            self._book.players.set_name(player_id, name)
        self._note(actor, "player.named" if name else "player.unnamed", player_id)

    def set_body(self, actor: Actor, player_id: int, *, sex: Sex | None, mass_kg: float | None) -> None:
        """Keep sex and body mass, for calories.

        Raises:
            Conflict: no consent to it is recorded.
            NotFound, Invalid: no such player; the mass is no 5 to 250 kg.
        """
        if mass_kg is not None and not MASS_KG[0] <= mass_kg <= MASS_KG[1]:
            raise Invalid("mass", least=f"{MASS_KG[0]:g}", most=f"{MASS_KG[1]:g}")
        with kept("no_player"):
            self._book.players.set_body(player_id, sex=sex, mass_kg=mass_kg)
        self._note(actor, "player.body_changed", player_id)

    def consents(self, actor: Actor, player_id: int) -> list[Consent]:
        """All that was agreed to for a player; raises NotFound."""
        self.one(actor, player_id)
        return self._book.players.consents(player_id)

    def consent(
        self, actor: Actor, player_id: int, purpose: Purpose, *, who: str, relation: Relation = "guardian"
    ) -> Consent:
        """Record that somebody agreed now.

        Raises:
            Conflict: a child cannot agree for itself.
            NotFound, Invalid: no such player; nobody is named.
        """
        _check_words(who)
        if relation == "self" and not self._grown_up(self.one(actor, player_id)):
            raise Conflict("guardian_needed")
        with kept("no_player"):
            consent = self._book.players.consent(player_id, purpose, who=who, relation=relation)
        self._note(actor, "consent.given", player_id)
        return consent

    def withdraw(self, actor: Actor, player_id: int, purpose: Purpose) -> None:
        """Consent ends; what was kept for it goes at once. Raises NotFound."""
        with kept("no_player"):
            self._book.players.withdraw(player_id, purpose)
        self._note(actor, "consent.withdrawn", player_id)

    def erase(self, actor: Actor, player_id: int) -> None:
        """Delete all there is of a player, for good; raises NotFound."""
        with kept("no_player"):
            self._book.erase_player(player_id)
        self._note(actor, "player.erased", player_id)

    def groups(self, actor: Actor) -> list[Group]:
        """All groups by name."""
        return self._book.players.groups()

    def groups_of(self, actor: Actor, player_id: int) -> list[int]:
        """The numbers of the groups that a player is in; raises NotFound."""
        self.one(actor, player_id)
        return self._book.players.groups_of(player_id)

    def add_group(self, actor: Actor, name: str, age: AgeBand) -> Group:
        """Add a class or team; raises Invalid, Conflict where the name is taken."""
        _check_words(name)
        self._refuse_same_name(name)
        group = self._book.players.add_group(name, age)
        self._note(actor, "group.added", group.id)
        return group

    def change_group(self, actor: Actor, group_id: int, name: str, age: AgeBand) -> None:
        """Rename a group or set its age; raises NotFound, Invalid, Conflict where the name is taken."""
        _check_words(name)
        self._refuse_same_name(name, but=group_id)
        with kept("no_group"):
            self._book.players.change_group(group_id, name=name, age=age)
        self._note(actor, "group.changed", group_id)

    def remove_group(self, actor: Actor, group_id: int) -> None:
        """Take a group away; its players and their records stay. Raises NotFound."""
        self._group(group_id)
        self._book.players.remove_group(group_id)
        self._note(actor, "group.removed", group_id)

    def join(self, actor: Actor, player_id: int, group_id: int) -> None:
        """Put a player in a group.

        Raises:
            NotFound: no such player or group.
            Conflict: somebody in it has the same emblem.
        """
        self._group(group_id)
        self._refuse_twin(self.one(actor, player_id).emblem, group_id, but=player_id)
        with kept("no_player"):
            self._book.players.join(player_id, group_id)
        self._note(actor, "group.joined", player_id)

    def leave(self, actor: Actor, player_id: int, group_id: int) -> None:
        """Take a player out of a group; one who is not in it stays out of it."""
        self._book.players.leave(player_id, group_id)
        self._note(actor, "group.left", player_id)

    def _group(self, group_id: int) -> Group:
        with kept("no_group"):
            return self._book.players.group(group_id)

    def _refuse_same_name(self, name: str, but: int | None = None) -> None:
        for group in self._book.players.groups():
            if group.name == name and group.id != but:
                raise Conflict("group_name_taken", name=name)

    def _refuse_twin(self, emblem: Emblem, group_id: int, but: int | None = None) -> None:
        for player in self._book.players.all(group_id=group_id):
            if player.emblem == emblem and player.id != but:
                raise Conflict("emblem_taken")

    def _check_year(self, year: int | None) -> None:
        now = self._clock().year
        if year is not None and not now - AGE_MOST <= year <= now:
            raise Invalid("birth_year", least=now - AGE_MOST, most=now)

    def _grown_up(self, player: Player) -> bool:
        age = player.age_years(self._clock())
        return age is not None and age >= CONSENT_AGE

    def _note(self, actor: Actor, what: str, whom: int) -> None:
        self._book.audit.note(what, user_id=actor.user_id, subject_id=whom)


def _check_words(text: str) -> None:
    if not text.strip() or len(text) > WORDS_MOST or not text.isprintable():
        raise Invalid("words", most=WORDS_MOST)
