"""Players, groups and consents, as they go into the records and come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from didim.records._emblem import Emblem
from didim.words import Language

AgeBand = Literal["3-5", "6-9", "10-13", "adult", "senior"]
"""The `age` of a game's settings."""

Sex = Literal["female", "male"]
"""As the equations of basal metabolism ask for it."""

Purpose = Literal["name", "body"]
"""What a consent is for: to keep a real name, or body mass and sex (for calories)."""

CONSENT_AGE = 16
"""Who is younger does not consent alone: GDPR Art. 8 at its strictest (PIPA Art. 22-2: 14, COPPA: 13)."""


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody with a record; a pseudonym unless a name was consented to.

    Attributes:
        id: never given to anybody else, even once this one is erased.
        name: a real name, or None.
        birth_year: for the thresholds of measures; None where the group's age serves.
        sex, mass_kg: for calories alone; None unless consented to.
        played_at: the newest round's begin, or None.
    """

    id: int
    emblem: Emblem
    created_at: datetime
    name: str | None = None
    birth_year: int | None = None
    sex: Sex | None = None
    mass_kg: float | None = None
    played_at: datetime | None = None

    def called(self, language: Language) -> str:
        """The name, or what the emblem is called."""
        return self.name or self.emblem.called(language)

    def age_years(self, at: datetime) -> int | None:
        """Full years, the birthday taken as still to come: thresholds are then never too low."""
        return None if self.birth_year is None else max(0, at.year - self.birth_year - 1)


@dataclass(frozen=True, slots=True)
class Group:
    """A class or team.

    Attributes:
        players: how many belong to it.
    """

    id: int
    name: str
    age: AgeBand
    players: int = 0


@dataclass(frozen=True, slots=True)
class Consent:
    """That somebody agreed: who, when, what for.

    Attributes:
        who: the person who agreed.
        relation: in which role.
        withdrawn_at: since when it no longer holds, or None.
    """

    id: int
    player_id: int
    who: str
    relation: Literal["guardian", "self"]
    purpose: Purpose
    given_at: datetime
    withdrawn_at: datetime | None = None
