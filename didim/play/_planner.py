"""From who is there and what is wanted to a plan: games that suit, from warm-up to cool-down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from didim.play._chance import Rng
from didim.play._manifest import GamePack, Skill
from didim.play._plan import (
    AGE_BANDS,
    HEADCOUNT,
    MINUTES,
    PLAN_GOALS,
    STEP_S,
    YEARS,
    AgeBand,
    Part,
    Plan,
    PlanError,
    PlanGoal,
    PlanItem,
    SurfaceKind,
    round_item,
    slot_s,
)

PACE_S: Mapping[AgeBand, tuple[int, int]] = {
    "3-5": (120, 30),
    "6-9": (165, 30),
    "10-13": (180, 30),
    "adult": (210, 45),
    "senior": (150, 60),
}
"""How long a game is wanted, and a rest after it, by age. After a vigorous game the rest is twice as long."""

WANTED: Mapping[PlanGoal, Mapping[Skill, float]] = {
    "warm-up": {"coordination": 2, "reaction": 1, "agility": 1, "rhythm": 1},
    "agility": {"agility": 3, "reaction": 2, "endurance": 1},
    "balance": {"balance": 3, "coordination": 1, "strength": 1},
    "rhythm": {"rhythm": 4, "coordination": 1},
    "team": {"cooperation": 4, "agility": 0.5},
    "calm": {"memory": 2, "balance": 2, "coordination": 1},
}
"""How much a skill counts towards a goal."""

WARM_SHARE, COOL_SHARE, EDGE_MOST_S = 0.12, 0.10, 240
"""Shares of the session for warm-up and cool-down, and the longest either gets."""
EFFORT = {"light": 0, "moderate": 1, "vigorous": 2}


@dataclass(frozen=True, slots=True)
class _Choice:
    """The games of a session before their times are known."""

    warm: GamePack
    games: tuple[GamePack, ...]
    cool: GamePack


def suited(
    catalog: Mapping[str, GamePack],
    age_band: AgeBand,
    headcount: int,
    surface: SurfaceKind,
    goal: PlanGoal | None = None,
) -> tuple[dict[str, GamePack], int]:
    """The games that everyone of such a class may play, and in how many groups they take turns.

    Groups are as few as the games allow. Nothing vigorous is among them for seniors, and for the goals
    "calm" and "warm-up", unless there is nothing else.
    """
    young, old = YEARS[age_band]
    fit = [
        pack
        for _, pack in sorted(catalog.items())
        if surface in pack.surfaces and pack.min_age <= young and old <= pack.max_age
    ]
    groups = min((-(-headcount // pack.max_players) for pack in fit), default=1)
    most, least = -(-headcount // groups), headcount // groups
    fit = [pack for pack in fit if pack.min_players <= least and most <= pack.max_players]
    if age_band == "senior" or goal in ("calm", "warm-up"):
        fit = [pack for pack in fit if pack.intensity != "vigorous"] or fit
    return {pack.slug: pack for pack in fit}, groups


def plan(
    age_band: AgeBand,
    headcount: int,
    minutes: int,
    goal: PlanGoal,
    surface: SurfaceKind,
    seed: int,
    catalog: Mapping[str, GamePack],
) -> Plan:
    """A session of exactly that many minutes; the same arguments give the same one.

    Every game suits everyone by age, number and surface. Games that train the goal are likelier. None
    comes again before each that suits was played, none twice running and no two vigorous ones running
    unless nothing else suits.

    Args:
        minutes: 3 to 180. headcount: 1 to 60.
        catalog: the games by slug.

    Raises:
        PlanError: no game suits, a number is out of range, or the minutes are too few for so many groups.
    """
    _check(age_band, headcount, minutes, goal)
    pool, groups = _pool(age_band, headcount, goal, surface, catalog)
    blank = Plan(
        age_band=age_band,
        headcount=headcount,
        minutes=minutes,
        goal=goal,
        surface=surface,
        seed=seed,
        items=(),
        groups=groups,
    )
    rng = Rng(f"{seed} {age_band} {headcount} {minutes} {goal} {surface}")
    times = _Times(blank, max(slot_s(pack)[0] for pack in pool.values()))
    choice = _chosen(list(pool.values()), goal, times.count, rng)
    return msgspec.structs.replace(blank, items=tuple(_items(blank, choice, times, rng)))


def _pool(
    age_band: AgeBand,
    headcount: int,
    goal: PlanGoal,
    surface: SurfaceKind,
    catalog: Mapping[str, GamePack],
) -> tuple[dict[str, GamePack], int]:
    pool, groups = suited(catalog, age_band, headcount, surface, goal)
    if not pool:
        raise PlanError(
            f"no game for {headcount} of age {age_band} on a {surface}; "
            "change the age, the number or the surface"
        )
    return pool, groups


def _check(age_band: str, headcount: int, minutes: int, goal: str) -> None:
    if age_band not in AGE_BANDS or goal not in PLAN_GOALS:
        raise PlanError(
            f"expected an age of {', '.join(AGE_BANDS)} and a goal of {', '.join(PLAN_GOALS)}; "
            f"got {age_band!r} and {goal!r}"
        )
    for name, value, (low, high) in (("minutes", minutes, MINUTES), ("headcount", headcount, HEADCOUNT)):
        if not low <= value <= high:
            raise PlanError(f"expected {name} of {low} to {high}, got {value}")


class _Times:
    """How a session's seconds are shared out; `slot` times are for each group.

    Attributes:
        warm_s, cool_s: of one group's warm-up and cool-down.
        main_s: what is left for games and the rests between them.
        count: how many games.
    """

    def __init__(self, blank: Plan, least_s: int) -> None:
        total_s, groups = 60 * blank.minutes, blank.groups
        self.least_s, self.groups = least_s, groups
        if total_s < 3 * least_s * groups:
            needed = -(-3 * least_s * groups // 60)
            raise PlanError(
                f"{blank.headcount} in {groups} groups need {needed} minutes at least, got {blank.minutes}; "
                "allow more time, or split the class"
            )
        self.warm_s = self._edge_s(WARM_SHARE * total_s)
        self.cool_s = self._edge_s(COOL_SHARE * total_s)
        self.main_s = total_s - groups * (self.warm_s + self.cool_s)
        game_s, self.rest_s = PACE_S[blank.age_band]
        block_s = groups * max(least_s, game_s if groups == 1 else 0.8 * game_s)
        wanted = round((self.main_s + self.rest_s) / (block_s + self.rest_s))
        self.count = max(1, min(wanted, self.main_s // (groups * least_s)))

    def _edge_s(self, share_s: float) -> int:
        return max(self.least_s, _stepped(min(share_s / self.groups, EDGE_MOST_S)))

    def shared(self, games: Sequence[GamePack]) -> tuple[list[int], list[int]]:
        """For each game the time of one group's round, and the rest after it."""
        rests_s = [self.rest_s * (2 if game.intensity == "vigorous" else 1) for game in games[:-1]] + [0]
        spare_s = self.main_s - self.groups * self.least_s * len(games)
        if spare_s < sum(rests_s):  # too short for breaks
            rests_s = [0] * len(games)
        steps, left = divmod((self.main_s - sum(rests_s)) // (STEP_S * self.groups), len(games))
        slots_s = [STEP_S * (steps + (index < left)) for index in range(len(games))]
        return [min(each, slot_s(game)[1]) for each, game in zip(slots_s, games, strict=True)], rests_s


def _stepped(seconds: float) -> int:
    return int(seconds // STEP_S) * STEP_S


def _chosen(pool: Sequence[GamePack], goal: PlanGoal, count: int, rng: Rng) -> _Choice:
    drawn = _drawn(pool, WANTED[goal], rng)
    best = max(pool, key=lambda pack: (_worth(pack, WANTED[goal]), pack.slug))
    warm = _gentle(pool, [best], "warm-up", 1, rng)
    cool = _gentle(pool, [best, warm], "calm", 0, rng)
    played = Counter({warm.slug: 1})
    played[cool.slug] += 1
    games: list[GamePack] = []
    before = warm
    for index in range(count):
        after = cool if index == count - 1 else None
        before = _next(drawn, played, before, after, count - index)
        played[before.slug] += 1
        games.append(before)
    return _Choice(warm, tuple(games), cool)


def _gentle(
    pool: Sequence[GamePack], kept: Sequence[GamePack], goal: PlanGoal, effort: int, rng: Rng
) -> GamePack:
    """One for the beginning or the end: as easy as there is, and not what is `kept` for elsewhere."""
    free = [pack for pack in pool if pack not in kept] or list(pool)
    allowed = max(effort, min(EFFORT[pack.intensity] for pack in free))
    easy = [pack for pack in free if EFFORT[pack.intensity] <= allowed]
    return _drawn(easy, WANTED[goal], rng)[0]


def _next(
    drawn: Sequence[GamePack], played: Counter[str], before: GamePack, after: GamePack | None, to_come: int
) -> GamePack:
    """The game to play: of the least played, not the one just played, easier after hard; else as drawn."""
    others = [pack for pack in drawn if pack is not before] or list(drawn)
    least = min(played[pack.slug] for pack in others)
    open_to = [pack for pack in others if played[pack.slug] == least][:to_come]
    hard = [pack for pack in open_to if pack.intensity == "vigorous"]
    urgent = 2 * len(hard) >= len(open_to)  # or the last ones would all be hard

    def rank(pack: GamePack) -> tuple[bool, bool, bool]:
        vigorous = pack.intensity == "vigorous"
        return vigorous and before.intensity == "vigorous", urgent and not vigorous, pack is after

    return min(open_to, key=rank)


def _drawn(pool: Iterable[GamePack], wanted: Mapping[Skill, float], rng: Rng) -> list[GamePack]:
    """In an order of chance in which what trains the wanted comes early (Efraimidis, Spirakis 2006)."""
    keyed = [(rng.random() ** (1 / (0.25 + _worth(pack, wanted) ** 2)), pack) for pack in pool]
    return [pack for _, pack in sorted(keyed, key=lambda each: -each[0])]


def _worth(pack: GamePack, wanted: Mapping[Skill, float]) -> float:
    return sum(wanted.get(skill, 0.0) for skill in pack.skills)


def _items(blank: Plan, choice: _Choice, times: _Times, rng: Rng) -> list[PlanItem]:
    slots_s, rests_s = times.shared(choice.games)
    items = _turns(blank, choice.warm, "warm-up", times.warm_s, rng)
    for pack, slot, rest_s in zip(choice.games, slots_s, rests_s, strict=True):
        items += _turns(blank, pack, "game", slot, rng)
        if rest_s:
            items.append(PlanItem(part="rest", seconds=rest_s))
    cool = _turns(blank, choice.cool, "cool-down", times.cool_s, rng)
    left_s = 60 * blank.minutes - sum(item.seconds for item in (*items, *cool))
    return [*_lengthened(items, left_s), *cool]


def _turns(blank: Plan, pack: GamePack, part: Part, seconds: int, rng: Rng) -> list[PlanItem]:
    """A round for everyone, or one for each group in turn."""
    numbers = range(1, blank.groups + 1) if blank.groups > 1 else (0,)
    return [
        round_item(pack, blank, part, seconds, seed=rng.randrange(2**31), group=number) for number in numbers
    ]


def _lengthened(items: list[PlanItem], left_s: int) -> list[PlanItem]:
    """What steps and bounds have left over lengthens the last rest, or becomes one before the cool-down."""
    rests = [index for index, item in enumerate(items) if item.part == "rest"]
    if not left_s:
        return items
    if not rests:
        return [*items, PlanItem(part="rest", seconds=left_s)]
    longer = msgspec.structs.replace(items[rests[-1]], seconds=items[rests[-1]].seconds + left_s)
    return [*items[: rests[-1]], longer, *items[rests[-1] + 1 :]]
