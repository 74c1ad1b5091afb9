"""Who does something: a signed-in person, a client with a token, or whoever sits at the rig itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from didim.records import Role, Theme
from didim.words import Language

ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks the service to do something.

    Attributes:
        role: what they may do, by the table `didim.console.PERMISSIONS`.
        name: as pages greet them; a client's is what its maker called it.
        user_id: of a signed-in person, else None; the audit log names nobody otherwise.
        key: the hash of what they showed, a session's key or a token; None at the rig itself.
        language, theme: what a person reads and sees on whichever tablet; None: as the tablet is set.
    """

    role: Role
    name: str = ""
    user_id: int | None = None
    key: str | None = None
    language: Language | None = None
    theme: Theme | None = None


def rig_actor(role: Role = "instructor") -> Actor:
    """Whoever acts at the rig's own computer: its command line, its schedule, a client on loopback."""
    return Actor(role)
