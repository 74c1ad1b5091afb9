"""Records of nobody: pseudonyms and results made up with a seed, over twelve weeks."""

from __future__ import annotations

from datetime import datetime, timedelta

from didim.play import Rng
from didim.records import AgeBand, Book, Marks, Player, RoundBegan, RoundEnded
from didim.words import Language

WEEKS, ROUNDS_A_WEEK, ROUND_S = 12, 3, 300.0
GROUPS: dict[Language, tuple[tuple[str, AgeBand, int], ...]] = {
    "ko": (("햇살 모둠", "6-9", 9), ("바다 모둠", "3-5", 6)),
    "en": (("Sun", "6-9", 9), ("Sea", "3-5", 6)),
}
"""A group's name, its age, and how many are in it."""
GAMES = ("lily_pads", "star_catch", "mole_stomp", "shuttle_run", "color_islands")
OVER_SIX = 7
"""Years; the younger group is four."""


def write_records(book: Book, now: datetime, *, language: Language = "en", seed: int = 0) -> list[Player]:
    """Two groups with twelve weeks of rounds; everybody, the older group first."""
    rng = Rng(seed)
    everybody: list[Player] = []
    for name, age, many in GROUPS[language]:
        group = book.players.add_group(name, age)
        years = OVER_SIX if age == "6-9" else 4
        members = [book.players.add(group_id=group.id, birth_year=now.year - years) for _ in range(many)]
        everybody += members
        for index in range(WEEKS * ROUNDS_A_WEEK):
            began_at = now - timedelta(weeks=index // ROUNDS_A_WEEK, days=index % ROUNDS_A_WEEK, hours=2)
            began = RoundBegan(
                key=f"{group.id}-{index}",
                game=rng.choice(GAMES),
                surface="floor",
                age=age,
                began_at=began_at,
                group_id=group.id,
            )
            number = book.rounds.begin(began)
            week = WEEKS - index // ROUNDS_A_WEEK
            marks = tuple(
                _marks(rng, seat, player, week, years) for seat, player in enumerate(members, start=1)
            )
            book.rounds.end(number, RoundEnded(began_at + timedelta(seconds=ROUND_S), "finished", marks))
    return everybody


def _marks(rng: Rng, seat: int, player: Player, week: int, years: int) -> Marks:
    """A round of somebody who gets a little quicker and more active from week to week."""
    seen = rng.uniform(0.82, 0.99)
    measured_s = seen * ROUND_S
    active_s = measured_s * rng.uniform(0.55, 0.7) * (1 + 0.015 * week)
    moderate_s, vigorous_s = active_s * rng.uniform(0.3, 0.42), active_s * rng.uniform(0.15, 0.26)
    graded = years >= 6
    return Marks(
        seat=seat,
        player_id=player.id,
        points=rng.randint(4, 16) * 10,
        hits=rng.randint(16, 22) + week // 2,
        misses=rng.randint(5, 9),
        present_s=ROUND_S,
        tracked_share=seen,
        measured_s=measured_s,
        active_s=active_s,
        light_s=active_s - moderate_s - vigorous_s if graded else None,
        moderate_s=moderate_s if graded else None,
        vigorous_s=vigorous_s if graded else None,
        steps=round(active_s * rng.uniform(1.4, 1.9)),
        jumps=rng.randint(4, 30),
        distance_m=active_s * rng.uniform(0.5, 0.8),
        reactions=rng.randint(6, 14),
        reaction_s=0.56 - 0.012 * week + rng.uniform(-0.03, 0.03),
        reaction_sd_s=0.014,
    )
