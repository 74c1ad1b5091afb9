"""A game's own pictures: PNG or WebP files in the `pictures/` of its folder, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from didim.play._manifest import PackError

SUFFIXES = (".png", ".webp")
MOST_PX = 2048


@dataclass(frozen=True, slots=True)
class Pictures:
    """`pictures["hero"]` is the picture of `pictures/hero.png` or `.webp`, for `canvas.picture`.

    Ask in the game's `__init__`: each time the file is read.

    Attributes:
        folder: the one folder that is looked into; None where there is no game's.
    """

    folder: Path | None = None

    def __getitem__(self, name: str) -> NDArray[np.uint8]:
        """(rows, columns, 4) uint8, read-only: sRGB and opacity, top row first.

        Raises:
            PackError: the name is none, there is no such file in the folder, it is no PNG or WebP, or a
                side is longer than 2048 pixels.
        """
        from PIL import Image  # a game without pictures loads nothing of it

        path = self._path(name)
        try:
            with Image.open(path, formats=("PNG", "WEBP")) as image:
                if max(image.size) > MOST_PX:
                    raise PackError(f"{path}: expected at most {MOST_PX} pixels a side, got {image.size}")
                rgba = np.array(image.convert("RGBA"))
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise PackError(f"{path}: expected a whole PNG or WebP picture; save it anew ({error})") from None
        rgba.setflags(write=False)
        return rgba

    def _path(self, name: str) -> Path:
        if not re.fullmatch(r"[a-z0-9_]+", name):
            raise PackError(f"expected a picture's name of a-z, 0-9 and _, without its ending; got {name!r}")
        if self.folder is None:
            raise PackError(f"no picture {name!r}: this game has no folder")
        for path in (self.folder / f"{name}{suffix}" for suffix in SUFFIXES):
            if path.is_file():
                if not path.resolve().is_relative_to(self.folder.parent.resolve()):
                    raise PackError(f"{path}: leads out of the game's folder; copy the picture into it")
                return path
        there = sorted(path.stem for path in self.folder.glob("*") if path.suffix in SUFFIXES)
        raise PackError(
            f"{self.folder}: no {name}.png or {name}.webp; there are: {', '.join(there) or 'none'}"
        )
