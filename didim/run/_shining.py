"""Which projectors a stage draws for."""

from __future__ import annotations

from didim.rig import Projector, Rig


def shining(rig: Rig, name: str | None, *, to_venue: bool, fullscreen: bool) -> tuple[Projector, ...]:
    """The projector of that name, or the first, and those that light its surface with it.

    A venue's projectors all shine; of real ones, full screen, those that have a display of their own.
    """
    own = rig.projector(name)
    beside = [each for each in rig.projectors if each is not own and each.surface == own.surface]
    taken = {own.display}
    more = []
    for each in beside:
        if to_venue or (fullscreen and each.display not in taken):
            more.append(each)
            taken.add(each.display)
    return own, *more
