"""A plan as a file: TOML that a person can read, mend and pass on."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

import msgspec
import tomli_w

from didim.play._catalog import checked_settings
from didim.play._manifest import GamePack, PackError
from didim.play._plan import HEADCOUNT, MINUTES, REST_S, STEP_S, Plan, PlanError, PlanItem, slot_s
from didim.toml_table import parse_table

PLAN_FORMAT = 1


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: int
    plan: Plan


def plan_text(plan: Plan) -> str:
    """The plan as the text of a file; `plan_from` gives the very same plan back."""
    fields: dict[str, Any] = {"format": PLAN_FORMAT, "plan": msgspec.to_builtins(plan)}
    return "# A session for didim.\n" + tomli_w.dumps(fields)


def plan_from(text: str, catalog: Mapping[str, GamePack], *, source: str = "the plan") -> Plan:
    """Read a plan and hold it against the games that are here.

    Raises:
        PlanError: the text is no plan of this format, a game is not here or not for its surface, or a
            number or setting is out of range.
    """
    found = parse_table(text, _File, PlanError, source=source)
    if found.format != PLAN_FORMAT:
        raise PlanError(f"{source}: format = {found.format}: this didim reads format = {PLAN_FORMAT}")
    plan = found.plan
    for name, value, (low, high) in (
        ("minutes", plan.minutes, MINUTES),
        ("headcount", plan.headcount, HEADCOUNT),
        ("groups", plan.groups, HEADCOUNT),
    ):
        if not low <= value <= high:
            raise PlanError(f"{source}: expected {name} of {low} to {high}, got {value}")
    if not plan.items:
        raise PlanError(f"{source}: it has no items; add a [[plan.items]]")
    for number, item in enumerate(plan.items, start=1):
        _check_item(f"{source}: item {number}", item, plan, catalog)
    return plan


def _check_item(where: str, item: PlanItem, plan: Plan, catalog: Mapping[str, GamePack]) -> None:
    if (item.part == "rest") != (not item.game):
        raise PlanError(f"{where}: a rest has no game, and every other item has one")
    if not 0 <= item.group <= plan.groups:
        raise PlanError(f"{where}: expected a group of 0 to {plan.groups}, got {item.group}")
    if item.part == "rest":
        bounds_s = REST_S
    else:
        pack = catalog.get(item.game)
        if pack is None:
            near = difflib.get_close_matches(item.game, list(catalog), n=1, cutoff=0.4)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise PlanError(f"{where}: no game {item.game!r} here{hint}")
        if plan.surface not in pack.surfaces:
            raise PlanError(f"{where}: {item.game} is not made for a {plan.surface}")
        try:
            checked_settings(pack, item.settings)
        except PackError as error:
            raise PlanError(f"{where}: {error}") from None
        bounds_s = slot_s(pack)
    low, high = bounds_s
    if not low <= item.seconds <= high or item.seconds % STEP_S:
        raise PlanError(f"{where}: expected {low} to {high} seconds in steps of {STEP_S}, got {item.seconds}")
