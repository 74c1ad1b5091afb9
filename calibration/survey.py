"""A calibration for a page: `didim.survey` made of sessions, rig files and messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from calibration.areas import set_area
from calibration.camera._print import print_sheet
from calibration.command_check import check_file
from calibration.flow import Outcome, Session, Step
from calibration.history import kept_rigs, restore_rig
from calibration.report import views_of
from calibration.words import LANGUAGES, Language, Words, cause_in
from calibration.workbench import keep, sheet_of, sources_of, workbench
from didim.problem import Problem
from didim.rig import Area, read_rig
from didim.survey import (
    Held,
    Picture,
    Said,
    Saved,
    Seen,
    Survey,
    SurveyError,
    SurveyRequest,
    SurveyResult,
    SurveyStep,
)


def said(key: str, **values: object) -> Said:
    """A message of the catalogue in every language."""
    return {language: Words(language)(key, **values) for language in LANGUAGES}


class SessionSurvey:
    """`Survey` over one session; see there.

    Args:
        fetch: does what a step asks for by hand, where nobody stands at the surface.
        sources: each camera's driver and its locked settings; held: what is closed with the survey.
    """

    def __init__(
        self,
        request: SurveyRequest,
        session: Session,
        fetch: Callable[[Step], None] | None = None,
        sources: Callable[[], list[dict[str, Any]]] | None = None,
        held: ExitStack | None = None,
    ) -> None:
        self._request, self._session, self._fetch = request, session, fetch
        self._sources = sources or (lambda: sources_of(session.setup))
        self._held = held or ExitStack()
        self._result: SurveyResult | None = None

    @property
    def steps(self) -> tuple[SurveyStep, ...]:
        done = len(self._session.done)
        return tuple(
            SurveyStep(
                key=f"{step.kind}-{step.number}" if step.number else step.kind,
                said=said(f"do.{step.kind}", number=step.number, of=step.of),
                doing=said(f"doing.{step.kind}"),
                by_hand=step.by_hand,
                state="done" if index < done else "now" if index == done else "later",
            )
            for index, step in enumerate((*self._session.done, *self._session.steps))
        )

    @property
    def share(self) -> float:
        return self._session.share

    @property
    def cameras(self) -> tuple[str, ...]:
        return self._session.cameras

    @property
    def result(self) -> SurveyResult | None:
        if self._result is None and self._session.next is None:
            self._result = _result(self._session.outcome)
        return self._result

    def seen(self, camera: str | None = None) -> Seen | None:
        last = self._session.last_picture(camera)
        return None if last is None else self._marked(last, camera)

    def look(self, camera: str | None = None) -> Seen:
        with _told():
            return self._marked(self._session.look(camera), camera)

    def prepare(self) -> None:
        with _told():
            self._session.prepare()

    def advance(self) -> None:
        step = self._session.next
        if step is None:
            return
        with _told():
            if self._fetch is not None:
                self._fetch(step)
            self._session.advance()

    def accept(self, language: str = "en") -> Saved:
        with _told():
            known: Language = "ko" if language == "ko" else "en"
            return keep(self._session.outcome, self._request, self._sources(), known, datetime.now())

    def close(self) -> None:
        self._held.close()

    def _marked(self, picture: Picture, camera: str | None) -> Seen:
        return Seen(picture, self._session.sheets_px(camera), self._session.area_px(camera))


class SessionSurveyor:
    """`Surveyor`; see there."""

    def open(self, request: SurveyRequest) -> Survey:
        with _told(), ExitStack() as held:
            bench = held.enter_context(workbench(request))
            session = Session(bench.desk, bench.setup)
            return SessionSurvey(request, session, bench.bearer, bench.sources, held.pop_all())

    def check(self, rig_file: Path, venue: str | None = None) -> Held:
        with _told():
            found = check_file(rig_file, venue)
        values = {"drift": f"{found.drift_mm:.1f}", "p95": f"{found.p95_mm:.1f}"}
        told = said("check.good" if found.holds else "check.drift", **values)
        return Held(found.holds, found.drift_mm, found.p95_mm, told)

    def history(self, rig_file: Path) -> tuple[str, ...]:
        return tuple(kept.name for kept in kept_rigs(rig_file))

    def restore(self, rig_file: Path, name: str | None = None) -> str:
        with _told():
            return restore_rig(rig_file, datetime.now(), name)[0].name

    def area(self, rig_file: Path, surface: str | None = None) -> Area:
        with _told():
            rig = read_rig(rig_file)
            return rig.area(surface or next(iter(rig.surfaces)))

    def set_area(self, rig_file: Path, area: Area, surface: str | None = None) -> None:
        with _told():
            set_area(rig_file, area, datetime.now(), surface)

    def print_sheet(self, paper: str, file: Path) -> float:
        with _told():
            sheet = sheet_of(paper, None)
            print_sheet(sheet, file)
            return sheet.ruler_mm


surveyor = SessionSurveyor()
"""What the entry point group `didim.surveys` leads to."""


@contextmanager
def _told() -> Iterator[None]:
    """Tell a problem as the page reads it: its cause in every language, its details beside."""
    try:
        yield
    except SurveyError:
        raise
    except Problem as problem:
        causes: Said = {
            language: cause_in(Words(language), problem) or str(problem) for language in LANGUAGES
        }
        raise SurveyError(str(problem), causes) from problem
    except ValueError as error:
        raise SurveyError(str(error), dict.fromkeys(LANGUAGES, str(error))) from error


def _result(outcome: Outcome) -> SurveyResult:
    camera = outcome.camera
    return SurveyResult(
        rig=outcome.rig,
        median_mm=outcome.verified.median_mm,
        p95_mm=outcome.verified.p95_mm,
        metric_p95_mm=None if camera is None else 1000 * camera.p95_m,
        above_p95_mm=None if camera is None else 1000 * camera.above_p95_m,
        apart_p95_mm=None if outcome.apart is None else outcome.apart.p95_mm,
        limits=tuple(said(key, mm_per_px=f"{outcome.mm_per_px:.1f}") for key in outcome.limits),
        views=views_of(outcome),
    )
