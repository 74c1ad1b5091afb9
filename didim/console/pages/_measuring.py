"""Measuring a rig, step by step: what to do now in one sentence, what the camera sees, what it came to."""

from __future__ import annotations

import asyncio
import html
from collections.abc import Callable
from typing import Any

from nicegui import background_tasks, ui

from didim.console.pages._camera_picture import data_url, outlined
from didim.console.pages._parts import Choice, Text, box, button, card, field, figure, icon, note
from didim.console.pages._visit import Visit
from didim.problem import Problem
from didim.survey import Seen, Survey, SurveyError, Surveyor, SurveyRequest, SurveyResult

LOOK_EVERY_S = 0.5
ASKED_FOR_S = 15.0


class Measuring:
    """The stepper. The camera is open while the survey is, and the survey while this page is."""

    def __init__(self, visit: Visit, surveyor: Surveyor, saved: Callable[[], Any]) -> None:
        self._visit, self._surveyor, self._saved = visit, surveyor, saved
        self._survey: Survey | None = None
        self._busy = False
        self._paper, self._kind = "a3", "floor"
        self._place = card(title=visit.words("measure.title"))
        with self._place:
            self._inside = box("stack wide")
        self._timer = ui.timer(LOOK_EVERY_S, self._look, active=False)
        self._picture: ui.image | None = None
        ui.context.client.on_disconnect(self.close)
        self._before()

    def close(self) -> None:
        """Let go of camera and display."""
        self._timer.deactivate()
        survey, self._survey = self._survey, None
        background_tasks.create(self._let_go(survey), name="close survey")

    async def _let_go(self, survey: Survey | None) -> None:
        if survey is not None:
            await asyncio.to_thread(survey.close)
        self._visit.ask(self._visit.service.rig.give_back)

    def _before(self) -> None:
        words = self._visit.words
        self._inside.clear()
        with self._inside:
            Text("p", words("measure.sub"), "muted")
            with box("row wrap"):
                with field(words("measure.kind")):
                    Choice(
                        words("measure.kind"),
                        {"floor": words("surface.floor"), "wall": words("surface.wall")},
                        self._kind,
                        lambda key: setattr(self, "_kind", key),
                        mark="kind",
                    )
                with field(words("measure.paper")):
                    Choice(
                        words("measure.paper"),
                        {"a3": "A3", "a4": "A4"},
                        self._paper,
                        lambda key: setattr(self, "_paper", key),
                        mark="paper",
                    )
            note(words("measure.stops"), "warn", "warning")
            button(
                words("measure.begin"),
                self._begin,
                symbol="straighten",
                kind="go",
                classes="big",
                mark="measure",
            )

    async def _begin(self) -> None:
        if not await self._freed():
            return
        request = SurveyRequest(
            rig_file=self._visit.site.rig_file,  # type: ignore[arg-type]
            venue=self._visit.site.venue,
            paper=self._paper,  # type: ignore[arg-type]
            kind=self._kind,  # type: ignore[arg-type]
        )
        self._timer.activate()
        self._survey = await self._tried(lambda: self._surveyor.open(request))
        if self._survey is None:
            self.close()
            return
        await self._tried(self._survey.prepare)
        self._show()

    async def _freed(self) -> bool:
        """Have the running rig let go of its cameras and displays; whether it has."""
        rig, give_up_s = self._visit.service.rig, ASKED_FOR_S
        while (free := self._visit.ask(rig.borrow)) is False and give_up_s > 0.0:
            await asyncio.sleep(LOOK_EVERY_S)
            give_up_s -= LOOK_EVERY_S
        if free is False:
            self._visit.say(self._visit.words("measure.held"), "bad")
            self.close()
        return bool(free)

    async def _tried(self, action: Callable[[], Any]) -> Any:
        """Work outside of the page's loop; a cause is told in its one sentence."""
        self._busy = True
        try:
            return await asyncio.to_thread(action)
        except SurveyError as problem:
            self._visit.say(problem.said[self._visit.language], "bad")
        except Problem as problem:
            self._visit.tell(problem)
        finally:
            self._busy = False
        return None

    def _show(self, *, working: bool = False) -> None:
        survey, words = self._survey, self._visit.words
        if survey is None:
            return
        self._inside.clear()
        with self._inside, box("grid two"):
            with box("stack"):
                self._picture = (
                    ui.image()
                    .classes("live-picture")
                    .props(f'no-spinner no-transition alt="{html.escape(words("measure.picture"))}"')
                )
                Text("p", words("measure.private"), "tiny")
            with box("stack"):
                self._steps(survey, working=working)

    def _steps(self, survey: Survey, *, working: bool) -> None:
        language, words = self._visit.language, self._visit.words
        now = next((step for step in survey.steps if step.state == "now"), None)
        result = survey.result
        if result is not None:
            self._result(survey, result)
            return
        if now is not None:
            Text("h2", (now.doing if working else now.said)[language]).props('role="status"')
        with box("meter"):
            box(tag="i").style(f"width:{100 * survey.share:.0f}%")
        button(
            words("measure.working") if working else words("measure.next"),
            self._advance,
            symbol="hourglass_top" if working else "arrow_forward",
            kind="go",
            classes="big wide",
            mark="next-step",
        ).props("disabled" if working else "")
        button(words("measure.stop"), self._give_up, kind="ghost", symbol="close", mark="give-up")
        with box("stepper", "ol").style("list-style:none;margin:0;padding:0"):
            for number, step in enumerate(survey.steps, start=1):
                with box(step.state if step.state != "later" else "", "li").style(
                    "display:flex;gap:14px;align-items:center;min-height:46px"
                ):
                    with box("dot"):
                        if step.state == "done":
                            icon("check")
                        else:
                            Text("span", str(number))
                    Text("span", step.doing[language])

    async def _advance(self) -> None:
        survey = self._survey
        if survey is None or self._busy:
            return
        self._show(working=True)
        await self._tried(survey.advance)
        if survey.result is None:
            await self._tried(survey.prepare)
        self._show()

    async def _look(self) -> None:
        self._visit.ask(self._visit.service.rig.borrow)  # who stops asking does not need them any more
        survey = self._survey
        if survey is None or self._picture is None:
            return
        seen: Seen | None
        if not self._busy:
            try:
                seen = await asyncio.to_thread(survey.look)
            except Problem:
                seen = survey.seen()
        else:
            seen = survey.seen()
        if seen is not None and self._picture is not None:
            shown = seen
            self._picture.set_source(await asyncio.to_thread(lambda: data_url(outlined(shown))))

    def _result(self, survey: Survey, result: SurveyResult) -> None:
        words, language = self._visit.words, self._visit.language
        Text("h2", words("measure.done"))
        with box("figures"):
            figure(words("measure.median"), f"{result.median_mm:.1f}", "mm")
            figure(words("measure.p95"), f"{result.p95_mm:.1f}", "mm")
            if result.metric_p95_mm is not None:
                figure(words("measure.metric"), f"{result.metric_p95_mm:.0f}", "mm")
        if "error" in result.views:
            shown = ui.image(data_url(result.views["error"], rgb=True)).props("no-spinner no-transition")
            shown.props(f'alt="{html.escape(words("measure.map"))}"').style("border-radius:16px;width:100%")
            Text("p", words("measure.map"), "tiny")
        for limit in result.limits:
            note(limit[language], "", "lightbulb")
        with box("row wrap"):
            button(
                words("measure.accept"), self._accept, symbol="check", kind="go", classes="big", mark="accept"
            )
            button(words("measure.again"), self._give_up, symbol="replay", mark="measure-again")

    async def _accept(self) -> None:
        if self._survey is None:
            return
        survey = self._survey
        if await self._tried(lambda: survey.accept(self._visit.language)) is not None:
            drawn = self._visit.site.venue is not None
            self._visit.say(self._visit.words("measure.saved_drawn" if drawn else "measure.saved"), "good")
            self._give_up()
            self._saved()

    def _give_up(self) -> None:
        self.close()
        self._picture = None
        self._before()
