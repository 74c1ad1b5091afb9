"""Who does something: a signed-in person, a client with a token, or whoever sits at the rig itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["instructor", "installer", "admin"]

ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks the service to do something.

    Attributes:
        ref: how the audit log names them: "user 3", "token 2" or "rig"; never a person's name.
        role: what they may do, by the table `didim.console.PERMISSIONS`.
        name: as pages greet them.
        user_id: of a signed-in person, else None.
        session: of a signed-in person: the hash that their session is kept under.
    """

    ref: str
    role: Role
    name: str = ""
    user_id: int | None = None
    session: str | None = None


def rig_actor(role: Role = "instructor") -> Actor:
    """Whoever acts at the rig's own computer: its command line, its schedule, a client on loopback."""
    return Actor("rig", role)
