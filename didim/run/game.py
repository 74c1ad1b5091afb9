"""The game of a stage's job, checked before anything starts."""

from __future__ import annotations

from didim.content import content_roots
from didim.play import GamePack, PackError, Settings, checked_settings, discover, find
from didim.run.jobs import StageJob


def game_of(job: StageJob) -> tuple[GamePack, Settings]:
    """The game's pack and its settings.

    Raises:
        PackError: there is no such game or setting, its manifest cannot be used, or it is made for another
            kind of surface.
    """
    broken: dict[str, PackError] = {}
    packs = discover(content_roots("games"), broken=broken)
    if job.game in broken and job.game not in packs:
        raise broken[job.game]
    pack = find(packs, job.game)
    surface = job.rig.surfaces[job.rig.projector(job.projector).surface]
    if surface.kind not in pack.surfaces:
        made_for = " or a ".join(pack.surfaces)
        raise PackError(f"{job.game} is made for a {made_for}, this is a {surface.kind}; choose another game")
    return pack, checked_settings(pack, job.settings or {}, languages=job.languages)
