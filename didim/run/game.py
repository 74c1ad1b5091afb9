"""The game of a stage's job or of a venue, checked before anything starts."""

from __future__ import annotations

from didim.content import content_roots
from didim.geometry import Surface
from didim.play import GamePack, PackError, Rng, Round, Settings, checked_settings, discover, find
from didim.run.jobs import StageJob
from didim.run.practice import NAME as PRACTICE
from didim.run.practice import Practice

DEFAULT_GAMES = {"floor": "lily_pads", "wall": PRACTICE}
"""What a venue plays where nothing else is said."""


def round_for(
    game: str, surface: Surface, *, seed: int, settings: dict[str, float | str] | None = None
) -> Round:
    """A round in a venue: of a game of the catalogue, or of "practice", which any surface can show.

    Raises:
        PackError: there is no such game or setting, or it is made for another kind of surface.
    """
    if game == PRACTICE:
        return Round(Practice(surface, Rng(seed)), surface, name=PRACTICE)
    pack = find(discover(content_roots("games")), game)
    check_surface(pack, surface)
    return Round.start(pack, surface, seed=seed, settings=checked_settings(pack, settings))


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
    check_surface(pack, surface)
    return pack, checked_settings(pack, job.settings or {}, languages=job.languages)


def check_surface(pack: GamePack, surface: Surface) -> None:
    if surface.kind not in pack.surfaces:
        made_for = " or a ".join(pack.surfaces)
        raise PackError(
            f"{pack.slug} is made for a {made_for}, this is a {surface.kind}; choose another game, "
            f"or a rig or venue with a {made_for}"
        )
