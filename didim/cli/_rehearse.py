"""Games played by robots: in a window, into a film, as a picture for each game."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import typer
from numpy.typing import NDArray
from rich.markup import escape

from didim.cli._console import errors, progress, results

FILM_S = 30.0
PICTURE_AT_S = 17.4
SHEET_COLUMNS, THUMB_PX, TITLE_PX, GAP_PX = 3, (640, 360), 40, 16

Picture = NDArray[np.uint8]


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
    from didim.run.rehearsal import Rehearsal, film
    from didim.run.watching import watch

    for skill in skills:
        if skill not in SKILLS:
            raise typer.BadParameter(f"a robot is {', '.join(SKILLS)}; got {skill!r}", param_hint="--skill")
    pack = find(discover(content_roots("games"), broken={}), game)
    rehearsal = Rehearsal(pack, checked_settings(pack, settings, languages=languages), skills, seed)
    if out is not None:
        film(rehearsal, out, seconds or FILM_S)
        results.print(f"written to {escape(str(out))}")
        return
    watch(
        rehearsal,
        seconds=seconds,
        tell=lambda trouble: errors.print(f"[yellow]warning:[/] {escape(trouble)}"),
    )


def picture_all(folder: Path) -> None:
    """Write a picture of every game in play into `folder`, and `games.png` with all of them.

    The near edge, from which one looks at a picture, reads English there, as the titles below do.
    """
    import cv2

    from didim.content import content_roots
    from didim.play import checked_settings, discover
    from didim.run.rehearsal import Rehearsal, picture

    folder.mkdir(parents=True, exist_ok=True)
    thumbs = {}
    packs = list(discover(content_roots("games"), broken={}).values())
    with progress("picturing the games") as report:
        for index, pack in enumerate(packs):
            report(pack.title.en, index / len(packs))
            settings = checked_settings(pack, languages=("en", "ko"))
            rgb = picture(Rehearsal(pack, settings, seed=3), PICTURE_AT_S)
            cv2.imwrite(str(folder / f"{pack.slug}.png"), rgb[:, :, ::-1])
            thumb = np.asarray(cv2.resize(rgb, THUMB_PX, interpolation=cv2.INTER_AREA), np.uint8)
            thumbs[f"{pack.title.en} · {pack.title.ko}"] = thumb
    cv2.imwrite(str(folder / "games.png"), _sheet(thumbs)[:, :, ::-1])
    results.print(f"{len(thumbs)} games pictured in {escape(str(folder))}")


def _sheet(thumbs: Mapping[str, Picture]) -> Picture:
    """Pictures side by side, each with its title below it."""
    from didim.project import label

    width_px, height_px = THUMB_PX[0] + GAP_PX, THUMB_PX[1] + TITLE_PX + GAP_PX
    rows = -(-len(thumbs) // SHEET_COLUMNS)
    shape = rows * height_px + GAP_PX, SHEET_COLUMNS * width_px + GAP_PX, 3
    sheet = np.empty(shape, np.uint8)
    sheet[:] = label(" ", TITLE_PX)[0, 0]
    for index, (title, thumb) in enumerate(thumbs.items()):
        top, left = GAP_PX + index // SHEET_COLUMNS * height_px, GAP_PX + index % SHEET_COLUMNS * width_px
        sheet[top : top + THUMB_PX[1], left : left + THUMB_PX[0]] = thumb
        words = label(title, TITLE_PX)[:, : THUMB_PX[0]]
        sheet[top + THUMB_PX[1] :, left:][: words.shape[0], : words.shape[1]] = words
    return sheet
