"""A session as a value: what is played, in which order, for how long; edits give a new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import msgspec

from didim.play._kit import settings_of
from didim.play._manifest import GamePack, Setting, Value
from didim.problem import Problem

AgeBand = Literal["3-5", "6-9", "10-13", "adult", "senior"]
PlanGoal = Literal["warm-up", "agility", "balance", "rhythm", "team", "calm"]
Part = Literal["warm-up", "game", "rest", "cool-down"]
SurfaceKind = Literal["floor", "wall"]

AGE_BANDS: tuple[AgeBand, ...] = get_args(AgeBand)
PLAN_GOALS: tuple[PlanGoal, ...] = get_args(PlanGoal)

YEARS: Mapping[AgeBand, tuple[int, int]] = {
    "3-5": (3, 5),
    "6-9": (6, 9),
    "10-13": (10, 13),
    "adult": (14, 64),
    "senior": (65, 99),
}
"""The youngest and the oldest of each band, years."""

AROUND_S = 25
"""Of a round's time goes to coming in, the countdown and the results."""
STEP_S = 5
"""Times are whole multiples of it, so that they can be read and summed at a glance."""
REST_S = (5, 600)
"""The shortest and the longest rest."""
MINUTES = (3, 180)
HEADCOUNT = (1, 60)


class PlanError(Problem):
    """A plan cannot be made or read; the message says what to change."""

    exit_code = 8


class PlanItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One entry of a plan.

    Attributes:
        part: what it is for.
        seconds: how long it takes, with coming in, countdown and results.
        game: the slug; empty for a rest.
        seed: of the game's chances; the same one gives the same round.
        group: which of the plan's groups plays, from 1; 0: everyone.
        settings: of the game, by name; `round_s` is what `seconds` leaves for playing.
    """

    part: Part
    seconds: int
    game: str = ""
    seed: int = 0
    group: int = 0
    settings: dict[str, Value] = {}


class Plan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A session from warm-up to cool-down.

    Attributes:
        title: what its maker calls it; may be empty.
        headcount: how many take part; groups: in how many groups they take turns.
        minutes: what was asked for. `seconds` is what the items come to: the same until somebody edits them.
        seed: what the choice was drawn with.
    """

    age_band: AgeBand
    headcount: int
    minutes: int
    goal: PlanGoal
    surface: SurfaceKind
    seed: int
    items: tuple[PlanItem, ...]
    groups: int = 1
    title: str = ""

    @property
    def seconds(self) -> int:
        """How long the session takes."""
        return sum(item.seconds for item in self.items)

    @property
    def games(self) -> tuple[str, ...]:
        """The games by slug, each once, in the order of their first round."""
        return tuple(dict.fromkeys(item.game for item in self.items if item.game))

    def group_size(self, group: int) -> int:
        """How many are in a group, from 1, or in all of them, 0; the first groups take those left over."""
        if group == 0:
            return self.headcount
        return self.headcount // self.groups + (group <= self.headcount % self.groups)

    def begins_s(self, index: int) -> int:
        """When an item begins, seconds after the session did."""
        return sum(item.seconds for item in self.items[: self._at(index)])

    def titled(self, title: str) -> Plan:
        """The plan under another title."""
        return msgspec.structs.replace(self, title=title.strip())

    def moved(self, index: int, to: int) -> Plan:
        """The item at `index` stands at `to`; the others keep their order. Raises PlanError: no such item."""
        self._at(to)
        items = list(self.items)
        items.insert(to, items.pop(self._at(index)))
        return self._with(items)

    def removed(self, index: int) -> Plan:
        """Without that item. Raises PlanError: there is none, or it is the last one left."""
        at = self._at(index)
        if len(self.items) == 1:
            raise PlanError("a plan keeps at least one item; replace this one instead of removing it")
        return self._with([*self.items[:at], *self.items[at + 1 :]])

    def replaced(self, index: int, pack: GamePack) -> Plan:
        """Another game in that item's place, time and seed; a rest becomes a game.

        Raises:
            PlanError: no such item, or the game is made for another surface.
        """
        if self.surface not in pack.surfaces:
            raise PlanError(
                f"{pack.slug} is made for a {pack.surfaces[0]}, this plan is for a {self.surface}"
            )
        item = self.items[self._at(index)]
        part: Part = "game" if item.part == "rest" else item.part
        return self._put(index, round_item(pack, self, part, item.seconds, seed=item.seed, group=item.group))

    def timed(self, index: int, seconds: int, catalog: Mapping[str, GamePack]) -> Plan:
        """Another length for that item, in whole steps of 5 s.

        Raises:
            PlanError: no such item, or the game can't be played that short or long.
        """
        item = self.items[self._at(index)]
        low, high = REST_S if item.part == "rest" else slot_s(catalog[item.game])
        if not low <= seconds <= high or seconds % STEP_S:
            raise PlanError(f"expected {low} to {high} s in steps of {STEP_S}, got {seconds}")
        settings = item.settings
        if item.part != "rest":
            settings = {**settings, "round_s": float(seconds - AROUND_S)}
        return self._put(index, msgspec.structs.replace(item, seconds=seconds, settings=settings))

    def added(self, index: int, item: PlanItem) -> Plan:
        """With one more item before the one at `index`; at the end where `index` is their number."""
        if not 0 <= index <= len(self.items):
            raise PlanError(f"expected a place of 0 to {len(self.items)}, got {index}")
        return self._with([*self.items[:index], item, *self.items[index:]])

    def _put(self, index: int, item: PlanItem) -> Plan:
        return self._with([*self.items[:index], item, *self.items[index + 1 :]])

    def _with(self, items: list[PlanItem]) -> Plan:
        return msgspec.structs.replace(self, items=tuple(items))

    def _at(self, index: int) -> int:
        if not 0 <= index < len(self.items):
            raise PlanError(f"expected an item of 0 to {len(self.items) - 1}, got {index}")
        return index


def slot_s(pack: GamePack) -> tuple[int, int]:
    """The shortest and the longest time that an item with this game may take, in whole steps of 5 s."""
    bounds = settings_of(pack)["round_s"]
    low, high = bounds.min + AROUND_S, bounds.max + AROUND_S
    return int(-(-low // STEP_S)) * STEP_S, int(high // STEP_S) * STEP_S


def round_item(
    pack: GamePack, plan: Plan, part: Part, seconds: int, *, seed: int = 0, group: int = 0
) -> PlanItem:
    """A round of a game as an item of `plan`: gentle before and after, with the age of those who play."""
    low, high = slot_s(pack)
    seconds = min(max(seconds, low), high)
    wanted: dict[str, Value] = {"age": plan.age_band, "round_s": float(seconds - AROUND_S)}
    if part != "game":
        wanted["level"] = 1
    if part == "cool-down" or plan.goal == "calm":
        wanted["calm"] = True
    wanted["players"] = plan.group_size(group)
    known = settings_of(pack)
    settings = {name: value for name, value in wanted.items() if _fits(known.get(name), value)}
    return PlanItem(part=part, seconds=seconds, game=pack.slug, seed=seed, group=group, settings=settings)


def _fits(setting: Setting | None, value: Value) -> bool:
    """A manifest may have restated the kit's setting with other bounds: then its own default is better."""
    if setting is None or (setting.choices and value not in setting.choices):
        return False
    return isinstance(value, str | bool) or setting.min <= value <= setting.max
