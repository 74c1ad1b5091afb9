"""An author saves, and sees at once what became of it: the game, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from didim.play import GameError, checked_settings, create, discover
from didim.project import Stage, Window
from didim.run import watching
from didim.run.rehearsal import Rehearsal
from didim.run.watching import watch

SIZE_PX = (480, 270)


class Author:
    """Watches `hop` without a screen; what is written at a frame is found saved there."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.code = create("hop", folder) / "game.py"
        self.told: list[tuple[int, str]] = []
        self.shown: list[NDArray[np.uint8]] = []
        self.texts: list[str] = []
        self._pack = discover([folder])["hop"]
        author = self

        class Seen(Window):
            def flip(self) -> None:
                author.shown.append(self.read_frame())
                super().flip()

            def closing(self) -> bool:
                author.texts.append("")
                return len(author.shown) >= author.frames

            def show_text(self, text: str, *rest: object) -> None:
                author.texts[-1] = text
                super().show_text(text, *rest)  # type: ignore[arg-type]

        monkeypatch.setattr(watching, "Window", partial(Seen, offscreen=True))
        monkeypatch.setattr(watching, "LOOK_AT_FILES_S", 0.0)

    def watch(self, frames: int, saves: dict[int, Callable[[str], str]]) -> None:
        self.frames, good = frames, self.code.read_text("utf-8")
        tick = Stage.govern

        def governed(stage: Stage, frame_ms: float) -> None:
            tick(stage, frame_ms)
            if change := saves.get(len(self.shown)):
                self.code.write_text(change(good), "utf-8")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Stage, "govern", governed)
            settings = checked_settings(self._pack, {"lobby": False})
            rehearsal = Rehearsal(self._pack, settings, ("good",), size_px=SIZE_PX)
            watch(rehearsal, seconds=60.0, tell=lambda text: self.told.append((len(self.shown), text)))


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    return Author(tmp_path, monkeypatch)


def green_over_blue(shown: NDArray[np.uint8]) -> float:
    """Of the upper half, in levels: the meadow that the game lies on."""
    upper = shown[: SIZE_PX[1] // 2].astype(float)
    return float((upper[..., 1] - upper[..., 2]).mean())


def crashing(code: str) -> str:
    return code.replace(
        "    def draw(self, canvas: Canvas) -> None:\n",
        "    def draw(self, canvas: Canvas) -> None:\n        raise ValueError('→ 잎')\n",
    )


def wrong(code: str) -> str:
    return code + "\n)"


def as_it_was(code: str) -> str:
    return code + "\n"


def test_a_file_that_cannot_be_read_is_told_at_once_and_the_game_plays_on(author: Author) -> None:
    author.watch(12, {4: wrong, 8: as_it_was})
    ((frame, said),) = author.told
    assert frame == 4
    assert "SyntaxError" in said
    assert [bool(text) for text in author.texts[:12]] == [False] * 4 + [True] * 4 + [False] * 4
    grass = [green_over_blue(each) for each in author.shown]
    assert min(grass[3], grass[6], grass[10]) > 5, "the last version that ran goes on"


def test_a_crash_is_told_at_once_in_the_window_until_it_is_mended(author: Author) -> None:
    author.watch(12, {4: crashing, 8: as_it_was})
    ((frame, said),) = author.told
    assert frame == 4
    assert "→ 잎" in said
    assert "game.py" in said
    card = author.texts[5]
    assert "? 잎" in card, "a letter that the font lacks stops nothing"
    assert "Save a file" in card
    assert author.texts[8:12] == [""] * 4
    assert green_over_blue(author.shown[3]) > 5 > green_over_blue(author.shown[5]), "the meadow is gone"
    assert author.shown[5].mean() > 1, "the card is calm, not dark"
    amber = author.shown[5].astype(int)
    assert ((amber[..., 0] - amber[..., 2]) > 60).sum() > 200, "the words are seen"


def test_a_game_that_is_still_broken_at_the_end_is_the_commands_error(author: Author) -> None:
    with pytest.raises(GameError, match="→ 잎"):
        author.watch(8, {3: crashing})
    assert len(author.shown) == 8, "the window stayed open"


def test_what_is_watched_is_governed(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    governed: list[float] = []
    monkeypatch.setattr(Stage, "govern", lambda _, frame_ms: governed.append(frame_ms))
    author.watch(2, {})
    assert len(governed) == 2
    assert all(0 < frame_ms < 10_000 for frame_ms in governed)
