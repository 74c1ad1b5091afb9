"""Installer: measuring the rig, checking it, where nobody plays, and what the computer says of itself."""

from __future__ import annotations

import asyncio

from nicegui import ui

from didim.console.pages._area_editor import AreaEditor
from didim.console.pages._doctor_report import Finding, diagnosed
from didim.console.pages._frame import frame, head
from didim.console.pages._measuring import Measuring
from didim.console.pages._parts import Text, box, button, card, chip, enabled, icon, link, note
from didim.console.pages._visit import Visit
from didim.problem import Problem
from didim.rig import Area, Rig, read_rig
from didim.survey import SurveyError, Surveyor

STATUS = {"ok": ("good", "check_circle"), "warning": ("warn", "warning"), "problem": ("bad", "error")}
VERSIONS_SHOWN = 5


def installer_page(visit: Visit) -> None:
    """Build the page."""
    words = visit.words
    with frame(visit, "installer"):
        with head(words("installer.title"), words("installer.sub")):
            for paper in ("a3", "a4"):
                link(
                    words("installer.sheet", paper=paper.upper()),
                    f"/download/sheet-{paper}.pdf",
                    symbol="print",
                    download=True,
                )
        if visit.site.rig_file is None:
            note(words("installer.no_rig"), "", "info")
            _doctor(visit)
            return
        measurer = visit.ask(visit.service.rig.surveyor)
        if measurer is None:
            return
        lower = _Lower(visit, measurer)
        Measuring(visit, measurer, lower.refresh)
        lower.build()


class _Lower:
    """What is known of the rig as it stands."""

    def __init__(self, visit: Visit, measurer: Surveyor) -> None:
        self._visit, self._measurer = visit, measurer
        self._place: ui.element | None = None

    def build(self) -> None:
        self._place = box("grid halves")
        self.refresh()

    def refresh(self) -> None:
        if self._place is None:
            return
        self._place.clear()
        with self._place:
            rig = self._rig()
            with box("stack wide"):
                _Check(self._visit, self._measurer, rig is not None)
                if rig is not None:
                    _devices(self._visit, rig)
                _versions(self._visit, self._measurer, self.refresh)
            with box("stack wide"):
                if rig is not None:
                    _area(self._visit, self._measurer, rig)
                _doctor(self._visit)

    def _rig(self) -> Rig | None:
        file = self._visit.site.rig_file
        if file is None or not file.is_file():
            return None
        try:
            return read_rig(file)
        except Problem as problem:
            note(str(problem), "bad", "error")
            return None


class _Check:
    """Whether the rig still holds."""

    def __init__(self, visit: Visit, measurer: Surveyor, known: bool) -> None:
        self._visit, self._measurer = visit, measurer
        words = visit.words
        with card(title=words("check.title")):
            Text("p", words("check.sub"), "muted")
            self._place = box("stack").props('role="status"')
            self._button = button(words("check.begin"), self._run, symbol="fact_check", mark="check-rig")
            enabled(self._button, known)

    async def _run(self) -> None:
        file, words = self._visit.site.rig_file, self._visit.words
        assert file is not None
        enabled(self._button, False)
        self._place.clear()
        with self._place:
            note(words("check.working"), "", "hourglass_top")
        try:
            held = await asyncio.to_thread(self._measurer.check, file, self._visit.site.venue)
            told, kind = held.said[self._visit.language], "good" if held.holds else "warn"
        except SurveyError as problem:
            told, kind = problem.said[self._visit.language], "bad"
        self._place.clear()
        with self._place:
            note(told, kind, "check_circle" if kind == "good" else "warning")  # type: ignore[arg-type]
        enabled(self._button, True)


def _devices(visit: Visit, rig: Rig) -> None:
    words = visit.words
    with card(title=words("devices.title")), box("list"):
        for camera in rig.cameras:
            with box("row"):
                icon("videocam")
                with box("stack close grow"):
                    Text("b", camera.name)
                    Text("span", words("devices.sees", surface=camera.surface), "tiny")
        for projector in rig.projectors:
            with box("row"):
                icon("light_mode")
                with box("stack close grow"):
                    Text("b", projector.name)
                    Text("span", words("devices.lights", surface=projector.surface), "tiny")
                chip(words("devices.display", number=projector.display))


def _versions(visit: Visit, measurer: Surveyor, done: object) -> None:
    words, file = visit.words, visit.site.rig_file
    assert file is not None
    kept = measurer.history(file)[:VERSIONS_SHOWN]
    if not kept:
        return

    async def bring_back(name: str) -> None:
        try:
            await asyncio.to_thread(measurer.restore, file, name)
            visit.say(words("versions.back"), "good")
            done()  # type: ignore[operator]
        except SurveyError as problem:
            visit.say(problem.said[visit.language], "bad")

    with card(title=words("versions.title")), box("list"):
        for name in kept:
            with box("row between"):
                Text("span", name, "small num")
                button(
                    words("versions.restore"),
                    lambda name=name: bring_back(name),
                    symbol="history",
                    kind="ghost",
                )


def _area(visit: Visit, measurer: Surveyor, rig: Rig) -> None:
    words, file = visit.words, visit.site.rig_file
    assert file is not None
    name, surface = next(iter(rig.surfaces.items()))
    kept = measurer.area(file, name)
    with card(title=words("area.title")):
        Text("p", words("area.sub"), "muted")
        editor = AreaEditor(
            (surface.width_m, surface.height_m),
            kept.usable,
            kept.keep_out,
            words("area.label"),
            words("area.corner"),
        )

        def save() -> None:
            zones = tuple(tuple((x, y) for x, y in zone) for zone in editor.zones)
            try:
                measurer.set_area(file, Area(kept.usable, zones), name)
                visit.say(words("area.saved"), "good")
            except SurveyError as problem:
                visit.say(problem.said[visit.language], "bad")

        with box("row wrap"):
            button(words("area.add"), editor.add, symbol="add", mark="add-zone")
            button(
                words("area.remove"), editor.remove_last, symbol="remove", kind="ghost", mark="remove-zone"
            )
            box("grow")
            button(words("save"), save, symbol="check", kind="go", mark="save-area")


def _doctor(visit: Visit) -> None:
    words = visit.words
    with card(title=words("doctor.title")):
        Text("p", words("doctor.sub"), "muted")
        place = box("stack")

        async def look() -> None:
            place.clear()
            with place:
                note(words("doctor.working"), "", "hourglass_top")
            found = await asyncio.to_thread(diagnosed, visit.language)
            place.clear()
            with place:
                for finding in found:
                    _finding(visit, finding)

        button(words("doctor.begin"), look, symbol="medical_services", mark="doctor")


def _finding(visit: Visit, finding: Finding) -> None:
    kind, symbol = STATUS.get(finding.status, ("", "info"))
    with box("row top"):
        icon(symbol, kind)
        with box("stack close grow"):
            with box("row"):
                Text(
                    "b",
                    visit.words(f"doctor.{finding.subject}")
                    if f"doctor.{finding.subject}" in visit.words
                    else finding.subject,
                )
                Text("span", visit.words(f"status.{finding.status}"), f"tiny {kind}")
            Text("span", finding.sentence, "small")
            if finding.remedy:
                Text("span", finding.remedy, "small muted")
