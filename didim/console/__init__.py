"""The console: what an instructor, an installer and other programs may do with a rig, and who may.

`didim.console.service.Service` is the whole of it; pages and the HTTP API call nothing else.
"""

from didim.console._actor import ROLES, Actor, rig_actor
from didim.console._permissions import PERMISSIONS
from didim.console._problems import (
    Conflict,
    ConsoleProblem,
    Invalid,
    NotFound,
    NotSignedIn,
    Refused,
    TooSoon,
    Unavailable,
)
from didim.records import Role

__all__ = [
    "PERMISSIONS",
    "ROLES",
    "Actor",
    "Conflict",
    "ConsoleProblem",
    "Invalid",
    "NotFound",
    "NotSignedIn",
    "Refused",
    "Role",
    "TooSoon",
    "Unavailable",
    "rig_actor",
]
