"""A game that robots play in a window while its author writes it: saved files are played at once."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from didim.play import Cue, GameError, PackError
from didim.project import Rect, Stage, Window, straight_projector
from didim.rig import Loudness
from didim.run.hearing import SPEECH_FOLDER, Hearing
from didim.run.rehearsal import Rehearsal, Troupe, show
from didim.run.timing import Pacer

WATCHED_HZ = 60
LOOK_AT_FILES_S = 0.5
LINE_PX = 26
AMBER = (255, 196, 110)


def watch(rehearsal: Rehearsal, *, seconds: float | None, tell: Callable[[str], None]) -> None:
    """Play in a window, round after round, and load the game anew whenever one of its files is saved.

    What is wrong with the game is told at once, by `tell` and in the window. A file that cannot be loaded
    lets the last version play on; after a crash the window is calm until a file is saved.

    Raises:
        PackError, GameError: the game could not begin, or was still broken when the window was closed.
    """
    with ExitStack() as stack:
        window = stack.enter_context(Window(rehearsal.size_px, clock_ns=time.perf_counter_ns))
        whole = Rect(0, 0, *window.size_px)
        projector = straight_projector(rehearsal.surface, rehearsal.size_px)
        budget_ms = 1000 / window.rate_hz(WATCHED_HZ)
        stage = stack.enter_context(
            Stage(window, rehearsal.surface, projector, part=whole, budget_ms=budget_ms)
        )
        speech, calm = rehearsal.pack.folder / SPEECH_FOLDER, rehearsal.settings["calm"]
        words = rehearsal.settings.words
        hearing = stack.enter_context(Hearing(rehearsal.surface, words, speech, Loudness(), calm=calm))
        files, pacer, draft = _Files(rehearsal.pack.folder), Pacer(WATCHED_HZ), Draft(rehearsal, tell)
        opened_s = time.monotonic()
        while not window.closing() and (seconds is None or time.monotonic() - opened_s < seconds):
            pacer.wait()
            began_ns = time.perf_counter_ns()
            if files.changed():
                draft.renew()
            hearing.take(draft.show(stage), draft.t_s)
            if draft.trouble is not None:
                window.show_text(*_card(draft.trouble, whole), LINE_PX, AMBER)
            window.flip()
            stage.govern((time.perf_counter_ns() - began_ns) / 1e6 - stage.waited_ms)
    if draft.trouble is not None:
        raise draft.trouble


class Draft:
    """The newest version of a game that can be played, and what is wrong with the one in its files.

    Attributes:
        trouble: None while the files play.
        t_s: of the round, or since its crash.
    """

    def __init__(self, rehearsal: Rehearsal, tell: Callable[[str], None]) -> None:
        self.trouble: PackError | GameError | None = None
        self.t_s = 0.0
        self._rehearsal, self._tell = rehearsal, tell
        self._troupe: Troupe | None = Troupe(rehearsal)
        self._began_s = time.monotonic()

    def renew(self) -> None:
        """Begin anew with the files as they are now; where they are broken, what plays goes on."""
        try:
            self._rehearsal = self._rehearsal.renewed()
            self._troupe, self.trouble = Troupe(self._rehearsal), None
        except (PackError, GameError) as error:
            self._complain(error)
        else:
            self._began_s = time.monotonic()

    def show(self, stage: Stage) -> tuple[Cue, ...]:
        """Draw what plays now; a calm ground where nothing does."""
        self.t_s = time.monotonic() - self._began_s
        try:
            if self._troupe is not None and self._troupe.round.finished:
                self._troupe, self._began_s, self.t_s = Troupe(self._rehearsal), time.monotonic(), 0.0
            if self._troupe is not None:
                return show(stage, self._troupe, self.t_s, 1 / WATCHED_HZ)
        except (PackError, GameError) as error:
            self._troupe = None
            self._complain(error)
        stage.canvas(self.t_s).fill("plain")
        stage.present()
        return ()

    def _complain(self, error: PackError | GameError) -> None:
        self.trouble = error
        self._tell(str(error))


def _card(trouble: Exception, whole: Rect) -> tuple[str, Rect]:
    """Its words, cut to lines that fit, and where they stand; a letter that the font may lack is a `?`."""
    known = "".join(
        each if each in "\n" or " " <= each <= "~" or "가" <= each <= "힣" else "?" for each in str(trouble)
    )
    inset_px = LINE_PX // 2
    letters = max(20, (whole.width_px - 2 * inset_px) // inset_px)
    lines = [*textwrap.wrap(known, letters), "Save a file of the game to try again."]
    height_px = min(whole.height_px, len(lines) * LINE_PX)
    return "\n".join(lines), Rect(
        inset_px, whole.height_px - height_px, whole.width_px - 2 * inset_px, height_px
    )


class _Files:
    """Tells when a file of a game was saved."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen = self._stamps()
        self._looked_s = time.monotonic()

    def changed(self) -> bool:
        now_s = time.monotonic()
        if now_s - self._looked_s < LOOK_AT_FILES_S:
            return False
        self._looked_s, before = now_s, self._seen
        self._seen = self._stamps()
        return self._seen != before

    def _stamps(self) -> dict[Path, int]:
        """When each was saved; an editor may take one away and put it back meanwhile."""
        stamps = {}
        for path in self._folder.rglob("*"):
            if "__pycache__" not in path.parts and path.is_file():
                with suppress(FileNotFoundError):
                    stamps[path] = path.stat().st_mtime_ns
        return stamps
