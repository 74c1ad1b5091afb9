"""Roles: nothing of the service can be called by who may not, and the table says who may."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from didim.console import PERMISSIONS, ROLES, Actor, NotSignedIn, Refused, Role
from didim.console._permissions import ALWAYS, Area, guarded
from didim.run.commands import Safe
from tests.console.desks import PASSWORD, Bench

AREAS = [name for name in vars(Bench().service) if name != "door"]


def methods() -> dict[str, Any]:
    service = Bench().service
    return {
        f"{area}.{name}": method
        for area in AREAS
        for name, method in inspect.getmembers(getattr(service, area), inspect.ismethod)
        if not name.startswith("_")
    }


def test_the_table_holds_every_method_and_no_other() -> None:
    assert set(methods()) == set(PERMISSIONS)
    assert set(PERMISSIONS) >= ALWAYS


@pytest.mark.parametrize("key", PERMISSIONS)
@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_is_refused_before_anything_happens(key: str, role: Role) -> None:
    bench = Bench()
    area, _, name = key.partition(".")
    method = getattr(getattr(bench.service, area), name)
    if role in PERMISSIONS[key]:
        with pytest.raises(NotSignedIn) if key not in ALWAYS else pytest.raises(TypeError):
            method(Actor(role, user_id=9, key="gone"), 1, 2, 3, 4, 5, 6, 7, 8, 9)
    else:
        with pytest.raises(Refused):
            method(Actor(role), 1, 2, 3, 4, 5, 6, 7, 8, 9)
    assert bench.desk.sent == []
    assert bench.log == []


def test_an_area_whose_method_has_no_row_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="no row"):

        @guarded("floor")
        class Floor(Area):
            def explode(self, actor: Actor) -> None: ...

    with pytest.raises(TypeError, match="actor"):

        @guarded("floor")
        class Another(Area):
            def pause(self) -> None: ...


def test_a_new_role_counts_at_once() -> None:
    bench = Bench()
    instructor = bench.somebody("instructor")
    bench.service.users.set_role(bench.admin(), instructor.user_id or 0, "installer")
    with pytest.raises(NotSignedIn):
        bench.service.floor.pause(instructor)


def test_who_was_removed_can_do_nothing_more_but_make_it_safe() -> None:
    bench = Bench()
    instructor = bench.somebody("instructor")
    bench.service.users.remove(bench.admin(), instructor.user_id or 0)
    with pytest.raises(NotSignedIn):
        bench.service.floor.live(instructor)
    bench.service.floor.safe(instructor)
    assert bench.desk.sent == [Safe()]


def test_the_last_admin_stays() -> None:
    bench = Bench()
    admin = bench.admin()
    with pytest.raises(Exception, match="last admin"):
        bench.service.users.remove(admin, admin.user_id or 0)
    with pytest.raises(Exception, match="last admin"):
        bench.service.users.set_role(admin, admin.user_id or 0, "instructor")
    assert bench.service.door.sign_in("Head", PASSWORD, "10.0.0.1").actor.role == "admin"


def test_the_audit_log_names_nobody() -> None:
    bench = Bench()
    admin = bench.admin()
    bench.service.users.add(admin, "Kim Min-ji", "instructor", "4802167")
    bench.service.users.add_token(admin, "Kim's tablet", "instructor")
    assert [entry.action for entry in bench.log] == ["token.added", "user.added", "console.set_up"]
    assert "Kim" not in repr(bench.log)
    assert "Head" not in repr(bench.log)
