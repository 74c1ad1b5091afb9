"""Charts in the console's own colors, each with its figures in words for who does not see it."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from nicegui import ui

from didim.console.pages._parts import Text, box
from didim.console.pages._visit import Visit
from didim.records.summary import Totals, Week

EFFORTS = (("light", "--cyan"), ("moderate", "--lily"), ("vigorous", "--bar-warm"))
NOTHING = Totals()


def css(name: str) -> str:
    """A color of the look, read in the browser: the theme decides."""
    return f"getComputedStyle(document.documentElement).getPropertyValue('{name}').trim()"


def last_weeks(found: Sequence[Week], today: date, count: int) -> list[Week]:
    """The last `count` weeks up to that of `today`; one without rounds is there, with nothing in it."""
    known = {week.monday: week for week in found}
    monday = today - timedelta(days=today.weekday())
    starts = [monday - timedelta(weeks=back) for back in range(count - 1, -1, -1)]
    return [known.get(start, Week(start, NOTHING)) for start in starts]


def effort_chart(visit: Visit, weeks: Sequence[Week]) -> None:
    """Minutes in light, moderate and vigorous activity by week; under six, of moving at all."""
    words = visit.words
    graded = any(week.totals.effort_share is not None for week in weeks)
    kinds = EFFORTS if graded else (("active", "--lily"),)
    series = [
        {
            "name": words(f"records.{kind}"),
            "type": "bar",
            "stack": "effort",
            "barMaxWidth": 34,
            "data": [_minutes(week.totals, kind) for week in weeks],
            "itemStyle": {":color": css(color), "borderRadius": 5},
        }
        for kind, color in kinds
    ]
    told = "; ".join(f"{_day(week.monday)}: {_minutes(week.totals, 'active') or 0:g}" for week in weeks)
    _chart(words("records.chart_effort"), words("unit.min"), told, weeks, series)


def reaction_chart(visit: Visit, weeks: Sequence[Week]) -> None:
    """Median reaction by week, and what the rig leaves uncertain."""
    middle = [_ms(week.totals.reaction_s) for week in weeks]
    spread = [_ms(week.totals.reaction_sd_s) or 0 for week in weeks]
    low = [None if value is None else value - sd for value, sd in zip(middle, spread, strict=True)]
    wide = [None if value is None else 2 * sd for value, sd in zip(middle, spread, strict=True)]
    band: dict[str, Any] = {
        "type": "line",
        "stack": "band",
        "symbol": "none",
        "lineStyle": {"opacity": 0},
        "silent": True,
        "tooltip": {"show": False},
    }
    series: list[dict[str, Any]] = [
        {**band, "data": low},
        {**band, "data": wide, "areaStyle": {":color": css("--violet"), "opacity": 0.22}},
        _line(visit.words("records.reaction"), middle, "--violet"),
    ]
    told = _told(weeks, middle, "ms")
    _chart(visit.words("records.chart_reaction"), "ms", told, weeks, series, zero=False)


def accuracy_chart(visit: Visit, weeks: Sequence[Week]) -> None:
    """The share of tries that hit, by week."""
    values = [None if (share := week.totals.accuracy) is None else round(100 * share) for week in weeks]
    series = {
        **_line(visit.words("records.accuracy"), values, "--gold-ink"),
        "areaStyle": {":color": css("--gold"), "opacity": 0.14},
    }
    _chart(visit.words("records.chart_accuracy"), "%", _told(weeks, values, "%"), weeks, [series], most=100)


def _line(name: str, values: Sequence[int | None], color: str) -> dict[str, Any]:
    return {
        "name": name,
        "type": "line",
        "data": list(values),
        "symbol": "circle",
        "symbolSize": 10,
        "smooth": 0.2,
        "lineStyle": {":color": css(color), "width": 3},
        "itemStyle": {":color": css(color)},
    }


def _chart(
    title: str,
    unit: str,
    told: str,
    weeks: Sequence[Week],
    series: list[dict[str, Any]],
    *,
    zero: bool = True,
    most: int | None = None,
) -> None:
    options = _options(weeks, series, zero=zero, most=most)
    with box("stack close"):
        with box("row").style("align-items:baseline;gap:8px"):
            Text("h3", title)
            Text("span", unit, "tiny")
        chart = ui.echart(options).classes("chart")
        chart.props(f'role="img" aria-label="{html.escape(title)}. {html.escape(told)}"')


def _options(
    weeks: Sequence[Week], series: list[dict[str, Any]], *, zero: bool, most: int | None
) -> dict[str, Any]:
    label = {":color": css("--ink-2"), "fontSize": 14, "fontFamily": "Didim"}
    axis: dict[str, Any] = {"axisLabel": label, "axisTick": {"show": False}}
    several = sum("name" in each for each in series) > 1
    return {
        "animationDuration": 350,
        "textStyle": {"fontFamily": "Didim"},
        "grid": {"left": 6, "right": 10, "top": 44 if several else 14, "bottom": 4, "containLabel": True},
        "legend": {"show": several, "top": 0, "left": 0, "icon": "circle", "textStyle": label},
        "tooltip": {
            "trigger": "axis",
            ":backgroundColor": css("--raised"),
            "borderWidth": 0,
            "textStyle": {":color": css("--ink")},
        },
        "xAxis": {
            **axis,
            "type": "category",
            "data": [_day(week.monday) for week in weeks],
            "axisLine": {"lineStyle": {":color": css("--line-2")}},
        },
        "yAxis": {
            **axis,
            "type": "value",
            "scale": not zero,
            "max": most,
            "splitLine": {"lineStyle": {":color": css("--line")}},
        },
        "series": series,
    }


def _told(weeks: Sequence[Week], values: Sequence[int | None], unit: str) -> str:
    known = [(week, value) for week, value in zip(weeks, values, strict=True) if value is not None]
    return "; ".join(f"{_day(week.monday)}: {value} {unit}" for week, value in known)


def _day(start: date) -> str:
    return f"{start.month}/{start.day}"


def _minutes(totals: Totals, kind: str) -> float | None:
    """Minutes of one kind of effort."""
    share = getattr(totals, f"{kind}_share")
    return None if share is None or totals.measured_s is None else round(share * totals.measured_s / 60, 1)


def _ms(seconds: float | None) -> int | None:
    return None if seconds is None else round(1000 * seconds)
