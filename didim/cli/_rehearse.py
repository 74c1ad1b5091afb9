"""Games played by robots: in a window, into a film, as a picture for each game."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import typer
from rich.markup import escape

from didim.cli._console import errors, progress, results

FILM_S = 30.0
PICTURE_AT_S = 21.0
SHEET_COLUMNS, THUMB_PX, GAP_PX = 3, (640, 360), 16


def rehearse(
    game: str,
    *,
    skills: tuple[str, ...],
    seed: int,
    settings: Mapping[str, str],
    languages: tuple[str, ...],
    seconds: float | None,
    out: Path | None,
) -> None:
    """Let robots play a game, in a window or into `out`."""
    from didim.content import content_roots
    from didim.play import SKILLS, checked_settings, discover, find
    from didim.run.rehearsal import Rehearsal, film, watch

    for skill in skills:
        if skill not in SKILLS:
            raise typer.BadParameter(f"a robot is {', '.join(SKILLS)}; got {skill!r}", param_hint="--skill")
    pack = find(discover(content_roots("games"), broken={}), game)
    rehearsal = Rehearsal(pack, checked_settings(pack, settings, languages=languages), skills, seed)
    if out is not None:
        film(rehearsal, out, seconds or FILM_S)
        results.print(f"written to {escape(str(out))}")
        return
    for complaint in watch(rehearsal, seconds=seconds):
        errors.print(f"[yellow]warning:[/] {escape(complaint)}")


def picture_all(folder: Path) -> None:
    """Write a picture of every game in play into `folder`, and `games.png` with all of them."""
    import cv2
    import numpy as np

    from didim.content import content_roots
    from didim.play import checked_settings, discover
    from didim.run.rehearsal import Rehearsal, picture

    folder.mkdir(parents=True, exist_ok=True)
    thumbs = []
    packs = list(discover(content_roots("games"), broken={}).values())
    with progress("picturing the games") as report:
        for index, pack in enumerate(packs):
            report(pack.title.en, index / len(packs))
            rgb = picture(Rehearsal(pack, checked_settings(pack), seed=3), PICTURE_AT_S)
            cv2.imwrite(str(folder / f"{pack.slug}.png"), rgb[:, :, ::-1])
            thumbs.append(cv2.resize(rgb, THUMB_PX, interpolation=cv2.INTER_AREA))
    rows = -(-len(thumbs) // SHEET_COLUMNS)
    width_px, height_px = THUMB_PX[0] + GAP_PX, THUMB_PX[1] + GAP_PX
    sheet = np.full((rows * height_px + GAP_PX, SHEET_COLUMNS * width_px + GAP_PX, 3), 12, np.uint8)
    for index, thumb in enumerate(thumbs):
        top, left = GAP_PX + index // SHEET_COLUMNS * height_px, GAP_PX + index % SHEET_COLUMNS * width_px
        sheet[top : top + THUMB_PX[1], left : left + THUMB_PX[0]] = thumb
    cv2.imwrite(str(folder / "games.png"), sheet[:, :, ::-1])
    results.print(f"{len(thumbs)} games pictured in {escape(str(folder))}")
