"""Figures as a reader sees them; what was not measured says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from didim.records.summary import Totals
from didim.words import Language, Words

PACKAGE, FILE = "didim.records", "words.toml"


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.first:%Y.%m.%d} – {self.last:%Y.%m.%d}"


@dataclass(frozen=True, slots=True)
class Voice:
    """How a report speaks.

    Attributes:
        games: what games are called, by slug.
        today: when the report is made.
    """

    words: Words
    games: Mapping[str, str]
    today: datetime

    def __call__(self, key: str, **values: object) -> str:
        return self.words(f"report.{key}", **values)

    @property
    def missing(self) -> str:
        return self("not_measured")

    def game(self, slug: str) -> str:
        """What a game is called."""
        return self.games.get(slug, slug.replace("_", " "))

    def how_many(self, key: str, number: int) -> str:
        """A number of rounds or players."""
        return self(f"{key}_one" if number == 1 else key, n=f"{number:,}")

    def minutes(self, seconds: float | None) -> str:
        """Whole minutes, under ten with a tenth."""
        if seconds is None:
            return self.missing
        minutes = seconds / 60
        return self("unit.minutes", n=f"{minutes:.1f}" if minutes < 10 else f"{minutes:,.0f}")

    def share(self, share: float | None) -> str:
        return self.missing if share is None else f"{share:.0%}"

    def count(self, number: int | None) -> str:
        return self.missing if number is None else f"{number:,}"

    def metres(self, metres: float | None) -> str:
        if metres is None:
            return self.missing
        return f"{metres / 1000:.1f} km" if metres >= 10_000 else f"{metres:,.0f} m"

    def jump(self, totals: Totals) -> str:
        if totals.jump_height_m is None:
            return self.missing
        sd = "" if not totals.jump_height_sd_m else f" ± {100 * totals.jump_height_sd_m:.0f}"
        return f"{100 * totals.jump_height_m:.0f}{sd} cm"

    def reaction(self, totals: Totals) -> str:
        if totals.reaction_s is None:
            return self.missing
        sd = "" if totals.reaction_sd_s is None else f" ± {totals.reaction_sd_s:.2f}"
        return self("unit.reaction", n=f"{totals.reaction_s:.2f}{sd}", count=totals.reactions)

    def seconds(self, seconds: float | None) -> str:
        return self.missing if seconds is None else self("unit.seconds", n=f"{seconds:.2f}")

    def energy(self, totals: Totals) -> str:
        """Kilocalories, or that there are none; why stands in `why_no_energy`."""
        kcal = totals.energy.kcal
        return self.missing if kcal is None else f"{kcal:,.0f} kcal"

    def why_no_energy(self, totals: Totals) -> str | None:
        why = totals.energy.why_not
        return None if why is None else self(f"why.{why}")


def voice(language: Language, today: datetime, games: Mapping[str, str] | None = None) -> Voice:
    """A report's voice in one language."""
    return Voice(Words(PACKAGE, FILE, language), games or {}, today)
