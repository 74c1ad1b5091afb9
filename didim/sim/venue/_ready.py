"""The venues that come with didim, and those of one's own."""

from __future__ import annotations

import difflib
import re
from importlib import resources
from pathlib import Path

from didim.content import ContentError, read_manifest
from didim.problem import Problem
from didim.sim.venue._description import Venue
from didim.sim.venue._generated import generated

_GENERATED = re.compile(r"generated-(\d{1,9})")


class VenueError(Problem):
    """A venue cannot be used; the message names it and those there are, or the key to mend."""

    exit_code = 9


def ready_venues() -> dict[str, Path]:
    """The ready-made venues: name to file."""
    folder = Path(str(resources.files("didim.sim.venue"))) / "ready"
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def read_venue(path: Path) -> Venue:
    """Read and check a venue's description.

    Raises:
        VenueError: the file is missing, no TOML, holds an unknown key or a value out of range.
    """
    try:
        return read_manifest(path, Venue)
    except ContentError as error:
        raise VenueError(str(error)) from None


def open_venue(name: str) -> Venue:
    """A venue by its name, `generated-<seed>`, or the path of a TOML file.

    Raises:
        VenueError: there is none of that name, or its file cannot be used.
    """
    ready = ready_venues()
    if name in ready:
        return read_venue(ready[name])
    if found := _GENERATED.fullmatch(name):
        return generated(int(found.group(1)))
    if name.endswith(".toml"):
        return read_venue(Path(name))
    near = difflib.get_close_matches(name, ready, n=1, cutoff=0.0)
    raise VenueError(
        f"no venue {name!r}; did you mean {near[0]!r}? There are {', '.join(ready)}, "
        "generated-<seed>, and any .toml file of your own"
    )
