"""Who may do what: one table, and the check that stands before every method of the service."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from didim.console._actor import Actor
from didim.console._door import Door
from didim.console._problems import Refused
from didim.records import Role

Roles = tuple[Role, ...]

EVERYONE: Roles = ("instructor", "installer", "admin")
TEACHING: Roles = ("instructor", "admin")
TECHNICAL: Roles = ("installer", "admin")
ADMIN: Roles = ("admin",)

PERMISSIONS: dict[str, Roles] = {
    # what plays now
    "floor.live": EVERYONE,
    "floor.start_game": EVERYONE,
    "floor.try_game": EVERYONE,
    "floor.start_plan": TEACHING,
    "floor.check_in": TEACHING,
    "floor.pause": EVERYONE,
    "floor.resume": EVERYONE,
    "floor.skip": EVERYONE,
    "floor.replay": EVERYONE,
    "floor.stop": EVERYONE,
    "floor.safe": EVERYONE,
    "floor.volume": EVERYONE,
    "floor.language": EVERYONE,
    # the games there are
    "games.listed": EVERYONE,
    "games.one": EVERYONE,
    "games.settings": EVERYONE,
    "games.favourites": EVERYONE,
    "games.set_favourite": EVERYONE,
    # players and groups
    "players.listed": TEACHING,
    "players.one": TEACHING,
    "players.add": TEACHING,
    "players.change": TEACHING,
    "players.set_name": TEACHING,
    "players.set_body": TEACHING,
    "players.consents": TEACHING,
    "players.consent": TEACHING,
    "players.withdraw": TEACHING,
    "players.erase": TEACHING,
    "players.groups": TEACHING,
    "players.groups_of": TEACHING,
    "players.add_group": TEACHING,
    "players.change_group": TEACHING,
    "players.remove_group": TEACHING,
    "players.join": TEACHING,
    "players.leave": TEACHING,
    # what was played
    "records.of_player": TEACHING,
    "records.sessions": TEACHING,
    "records.rounds": TEACHING,
    "records.round": TEACHING,
    "records.leaderboard_allowed": TEACHING,
    "records.leaderboard": TEACHING,
    "records.of_group": TEACHING,
    "records.player_report": TEACHING,
    "records.group_report": TEACHING,
    "records.player_table": TEACHING,
    "records.group_table": TEACHING,
    "records.everything_of": TEACHING,
    # session plans
    "plans.made": TEACHING,
    "plans.listed": TEACHING,
    "plans.one": TEACHING,
    "plans.read": TEACHING,
    "plans.from_text": TEACHING,
    "plans.save": TEACHING,
    "plans.remove": TEACHING,
    "plans.start": TEACHING,
    # the site and its rig
    "settings.all": EVERYONE,
    "settings.set": TECHNICAL,  # and each setting has roles of its own
    "settings.back_up": TECHNICAL,
    "settings.audit": ADMIN,
    "rig.health": EVERYONE,
    "rig.borrow": TECHNICAL,
    "rig.give_back": TECHNICAL,
    "rig.surveyor": TECHNICAL,
    # who may come in
    "users.listed": ADMIN,
    "users.add": ADMIN,
    "users.set_role": ADMIN,
    "users.set_secret": ADMIN,
    "users.set_own_secret": EVERYONE,
    "users.set_look": EVERYONE,
    "users.remove": ADMIN,
    "users.tokens": ADMIN,
    "users.add_token": ADMIN,
    "users.remove_token": ADMIN,
}
"""By area and method. An installer needs no child's records, and gets none."""

ALWAYS = frozenset({"floor.safe"})
"""Done even for who was signed in for too long: nobody looks for a PIN while a child lies on the floor."""


class Area:
    """A part of the service; its public methods are `guarded`."""

    def __init__(self, door: Door) -> None:
        self._door = door


_Area = TypeVar("_Area", bound=type[Area])


def guarded(area: str) -> Callable[[_Area], _Area]:
    """Put the check of the table before every public method of a class; their first argument is the actor.

    Raises:
        TypeError: a public method has no row in the table, or no actor: it could be called by anybody.
    """

    def decorate(cls: _Area) -> _Area:
        for name, method in list(vars(cls).items()):
            if not name.startswith("_") and inspect.isfunction(method):
                setattr(cls, name, _checked(f"{area}.{name}", method))
        return cls

    return decorate


def _checked(key: str, method: Callable[..., Any]) -> Callable[..., Any]:
    if key not in PERMISSIONS:
        raise TypeError(f"{key} has no row in PERMISSIONS: say who may call it")
    if list(inspect.signature(method).parameters)[1:2] != ["actor"]:
        raise TypeError(f"{key}: its first argument has to be the actor")
    roles = PERMISSIONS[key]

    @functools.wraps(method)
    def checked(self: Area, actor: Actor, *args: Any, **kwargs: Any) -> Any:
        if actor.role not in roles:
            raise Refused("role", role=actor.role, roles=", ".join(roles))
        if key not in ALWAYS:
            self._door.confirm(actor)
        return method(self, actor, *args, **kwargs)

    return checked
