"""A surveyor without a rig: what the installer's page may ask of one, with a step that fails when told to."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from didim.rig import Area, read_rig
from didim.survey import (
    Held,
    Said,
    Saved,
    Seen,
    Survey,
    SurveyError,
    Surveyor,
    SurveyRequest,
    SurveyResult,
    SurveyStep,
)


def said(words: str) -> Said:
    return {"en": words, "ko": f"{words} (한국어)"}


class PretendSurvey:
    """Two steps and a result; `fails` are the causes of the next tries."""

    cameras = ("camera",)

    def __init__(self, surveyor: PretendSurveyor) -> None:
        self._surveyor, self._done = surveyor, 0
        self.closed = 0

    @property
    def steps(self) -> tuple[SurveyStep, ...]:
        names = ("light", "sheet")
        return tuple(
            SurveyStep(
                name,
                said(f"Do the {name}"),
                said(f"Doing the {name}"),
                by_hand=name == "sheet",
                state="done" if index < self._done else "now" if index == self._done else "later",
            )
            for index, name in enumerate(names)
        )

    @property
    def share(self) -> float:
        return self._done / 2

    @property
    def result(self) -> SurveyResult | None:
        if self._done < 2:
            return None
        views = {"error": np.zeros((90, 160, 3), np.uint8)}
        return SurveyResult(
            self._surveyor.rig, 2.14, 5.5, 12.0, 15.0, None, (said("A brighter lamp would help"),), views
        )

    def seen(self, camera: str | None = None) -> Seen | None:
        return None

    def look(self, camera: str | None = None) -> Seen:
        self._surveyor.looks += 1
        corners = np.array([[10.0, 10], [60, 10], [60, 50], [10, 50]])
        return Seen(np.full((90, 160, 3), 80, np.uint8), (corners,), None)

    def prepare(self) -> None: ...

    def advance(self) -> None:
        if self._surveyor.fails:
            raise SurveyError("details", said(self._surveyor.fails.pop()))
        self._done += 1

    def accept(self, language: str = "en") -> Saved:
        self._surveyor.accepted.append(language)
        file = self._surveyor.file
        return Saved(file, None, (), file, file)

    def close(self) -> None:
        self.closed += 1


class PretendSurveyor:
    """Opens pretended surveys of one rig file.

    Attributes:
        looks: how often a picture was taken. accepted: in which languages results were.
    """

    def __init__(self, file: Path) -> None:
        self.file, self.rig = file, read_rig(file)
        self.opened: list[PretendSurvey] = []
        self.fails: list[str] = []
        self.accepted: list[str] = []
        self.looks = 0
        self.zones: Area = Area()

    def open(self, request: SurveyRequest) -> Survey:
        self.opened.append(PretendSurvey(self))
        return self.opened[-1]

    def check(self, rig_file: Path, venue: str | None = None) -> Held:
        return Held(True, 0.4, 2.0, said("It holds"))

    def history(self, rig_file: Path) -> tuple[str, ...]:
        return ("rig-2026-03-01",)

    def restore(self, rig_file: Path, name: str | None = None) -> str:
        return name or "rig-2026-03-01"

    def area(self, rig_file: Path, surface: str | None = None) -> Area:
        return self.zones

    def set_area(self, rig_file: Path, area: Area, surface: str | None = None) -> None:
        self.zones = area

    def print_sheet(self, paper: str, file: Path) -> float:
        file.write_bytes(b"%PDF-")
        return 200.0


def is_surveyor(pretend: PretendSurveyor) -> Surveyor:
    """The same, as types see it."""
    return pretend
