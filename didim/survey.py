"""Measuring a rig, as a page leads an installer through it: all that the console may ask of who measures.

`surveyor()` finds that by the entry point group `didim.surveys`; nothing else of it is ever imported. Every
sentence comes in all languages of the catalogue, as `{"en": …, "ko": …}`. Calls block while they work: make
them outside of the page's own loop, one at a time. Properties only read what is known: use them at any time.

The rig's own processes have to let go of its cameras and displays before a survey is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Literal, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray
from didim.problem import Problem
from didim.rig import Area, Rig

GROUP = "didim.surveys"

Picture = NDArray[np.uint8]
Said = Mapping[str, str]
"""One sentence by language."""


class SurveyError(Problem):
    """A step could not be done, or something cannot be saved; it may be tried again.

    Attributes:
        said: the cause in one sentence, by language; the message holds the details, with figures.
    """

    exit_code = 3

    def __init__(self, message: str, said: Said) -> None:
        super().__init__(message)
        self.said = said


@dataclass(frozen=True, slots=True)
class SurveyRequest:
    """What an installer says before the first step.

    Attributes:
        rig_file: where the result goes; engine, sound and other devices that it names are kept.
        venue: the name of a virtual venue to measure instead of a real place.
        sources: the driver and settings of each camera; none for the rig file's, or the first webcam.
        display: the projector's display; None to find all projectors by looking.
        paper: of the printed sheet; ruler_mm: what its ruler measures, None where it was not read.
        places: how often the sheet is laid down, 3 to 20; None for as many as measure well.
        kind: of the surface.
        name: what the rig is called; None for the name it has.
    """

    rig_file: Path
    venue: str | None = None
    sources: tuple[Mapping[str, Any], ...] = ()
    display: int | None = None
    paper: Literal["a3", "a4"] = "a3"
    ruler_mm: float | None = None
    places: int | None = None
    kind: Literal["floor", "wall"] = "floor"
    name: str | None = None


@dataclass(frozen=True, slots=True)
class SurveyStep:
    """One step.

    Attributes:
        key: names it within the survey, as "sheet-2".
        said: what somebody has to do before it, in one sentence; doing: what goes on while it works.
        by_hand: somebody has to do something at the surface first.
    """

    key: str
    said: Said
    doing: Said
    by_hand: bool
    state: Literal["done", "now", "later"]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a camera sees.

    Attributes:
        picture: (h, w, 3) uint8, blue green red; it may show people: show it and let it go.
        sheets_px: (4, 2) corners of each sheet measured so far; area_px: (n, 2) the rim of the play area,
            once it is known.
    """

    picture: Picture
    sheets_px: tuple[FloatArray, ...]
    area_px: FloatArray | None


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """What a survey came to, not saved yet.

    Attributes:
        rig: as it would be written.
        median_mm, p95_mm: how far light lands from where it should, measured apart from the fit; the second
            is an upper bound. metric_p95_mm, above_p95_mm: what metres on the surface, and 1 m above it,
            are expected to be off; None where the camera was known before.
        apart_p95_mm: how far the light of several projectors lies apart where they meet; None for one.
        limits: what limits the accuracy and what would help, the strongest first.
        views: (h, w, 3) uint8 red green blue: "error" over the surface, "camera" and "projector" with the
            metre grid.
    """

    rig: Rig
    median_mm: float
    p95_mm: float
    metric_p95_mm: float | None
    above_p95_mm: float | None
    apart_p95_mm: float | None
    limits: tuple[Said, ...]
    views: Mapping[str, Picture]


@dataclass(frozen=True, slots=True)
class Saved:
    """What `Survey.accept` wrote.

    Attributes:
        kept: names the version that stood there before.
        left_out: cameras and projectors of that version that were not measured and do not fit any more.
    """

    rig_file: Path
    kept: str | None
    left_out: tuple[str, ...]
    report_html: Path
    report_pdf: Path


@dataclass(frozen=True, slots=True)
class Held:
    """Whether a rig still holds, and by how much it drifted."""

    holds: bool
    drift_mm: float
    p95_mm: float
    said: Said


class Survey(Protocol):
    """One calibration on its way.

    Call `prepare`, let somebody do what the step that is "now" says, call `advance`; until `result` is there.
    A step that fails raises and stays the one to do: mend the cause and advance again.
    """

    @property
    def steps(self) -> tuple[SurveyStep, ...]:
        """All steps in order; the first finds out how many projectors there are, and so which follow."""
        ...

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        ...

    @property
    def cameras(self) -> tuple[str, ...]:
        """Names of the cameras that take part."""
        ...

    @property
    def result(self) -> SurveyResult | None:
        """What it came to, once all steps are done."""
        ...

    def seen(self, camera: str | None = None) -> Seen | None:
        """The last picture that was taken with a camera, the first if none is named; at any time."""
        ...

    def look(self, camera: str | None = None) -> Seen:
        """Take a picture, not while another call works: `advance` takes its own.

        Raises:
            SurveyError: the camera gives none.
        """
        ...

    def prepare(self) -> None:
        """Show the person at the surface what the step needs: the outline of the sheet's place."""
        ...

    def advance(self) -> None:
        """Do the step; seconds.

        Raises:
            SurveyError: its cause; the step stays.
        """
        ...

    def accept(self, language: str = "en") -> Saved:
        """Write the rig file and its report; the version before is kept.

        Raises:
            SurveyError: there is no result, or nothing can be written there.
        """
        ...

    def close(self) -> None:
        """Let go of cameras and displays; once more does nothing."""
        ...


class Surveyor(Protocol):
    """Who measures rigs and looks after their files."""

    def open(self, request: SurveyRequest) -> Survey:
        """Begin; raises SurveyError where a device does not open or the request cannot be."""
        ...

    def check(self, rig_file: Path, venue: str | None = None) -> Held:
        """Show a test pattern for some seconds and see where it lands; raises SurveyError."""
        ...

    def history(self, rig_file: Path) -> tuple[str, ...]:
        """Names of the versions that were kept, the newest first."""
        ...

    def restore(self, rig_file: Path, name: str | None = None) -> str:
        """Bring a kept version back, the newest if none is named, and say which; raises SurveyError."""
        ...

    def area(self, rig_file: Path, surface: str | None = None) -> Area:
        """Which part of a surface may be played on; the first surface if none is named."""
        ...

    def set_area(self, rig_file: Path, area: Area, surface: str | None = None) -> None:
        """Change that part, drawn by hand; the version before is kept. Raises SurveyError."""
        ...

    def print_sheet(self, paper: str, file: Path) -> float:
        """Write the printed sheet's PDF; returns what its ruler has to measure, mm."""
        ...


def surveyor() -> Surveyor:
    """Who measures rigs here.

    Raises:
        Problem: the calibration package is not installed.
    """
    found = list(entry_points(group=GROUP))
    if not found:
        raise Problem("the calibration package is not installed; install didim anew")
    return cast(Surveyor, found[0].load())
