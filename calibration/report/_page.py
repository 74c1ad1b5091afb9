"""What stands on the page, before it becomes HTML or PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from calibration.devices import Bytes
from calibration.flow import Outcome
from calibration.report._map import error_map
from calibration.report._views import camera_view, projector_view
from calibration.words import Words


@dataclass(frozen=True, slots=True)
class Page:
    """Texts and pictures of the one page.

    Attributes:
        lead: the large figures: what, value.
        rows: the table of figures; limits: sentences.
        error, camera, projector: (h, w, 3) uint8 RGB.
    """

    title: str
    subtitle: str
    lead: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]
    notes: tuple[str, ...]
    heads: dict[str, str]
    error: Bytes
    camera: Bytes
    projector: Bytes


def views_of(outcome: Outcome) -> dict[str, Bytes]:
    """The page's three pictures, (h, w, 3) uint8 RGB."""
    error, _ = error_map(outcome.verified, outcome.framed.surface, "mm")
    return {
        "error": error,
        "camera": camera_view(outcome.framed, outcome.view, outcome.picture),
        "projector": projector_view(outcome.framed, outcome.rig.projectors[0].size_px),
    }


def page_of(outcome: Outcome, words: Words, now: datetime) -> Page:
    """Say everything in one language."""
    surface, verified = outcome.framed.surface, outcome.verified
    error, times = error_map(verified, surface, words("figure.unit"))
    size_m = f"{surface.width_m:.2f} x {surface.height_m:.2f} m"
    return Page(
        title=f"{words('title')} · {outcome.rig.name}",
        subtitle=f"{words('surface.' + surface.kind)} {size_m} · {now:%Y-%m-%d %H:%M}",
        lead=_lead(outcome, words),
        rows=_rows(outcome, words, size_m),
        limits=tuple(words(key, mm_per_px=f"{outcome.mm_per_px:.1f}") for key in outcome.limits),
        notes=(words("note.held"), words("note.map", times=times)),
        heads={key: words(f"head.{key}") for key in ("error", "camera", "projector", "figures", "limits")},
        error=error,
        camera=camera_view(outcome.framed, outcome.view, outcome.picture),
        projector=projector_view(outcome.framed, outcome.rig.projectors[0].size_px),
    )


def _lead(outcome: Outcome, words: Words) -> tuple[tuple[str, str], ...]:
    verified, mm = outcome.verified, words("figure.unit")
    low, high = verified.median_span_mm
    lead = [
        (words("figure.median"), f"{verified.median_mm:.1f} {mm} ({low:.1f}–{high:.1f})"),
        (words("figure.p95"), f"{verified.p95_mm:.1f} {mm}"),
    ]
    if outcome.camera is not None:
        lead.append((words("figure.metric"), f"{1000 * outcome.camera.p95_m:.0f} {mm}"))
    return tuple(lead)


def _rows(outcome: Outcome, words: Words, size_m: str) -> tuple[tuple[str, str], ...]:
    mm = words("figure.unit")
    rows = [
        (words("figure.area"), size_m),
        (words("figure.coverage"), f"{outcome.coverage:.0%}"),
        (words("figure.seen"), f"{outcome.verified.seen_share:.0%}"),
        (words("figure.delay"), f"{outcome.delay.delay_ns / 1e6:.0f} ms"),
        (words("figure.gamma"), f"{outcome.measure.response.gamma:.2f}"),
    ]
    if outcome.apart is not None:
        rows.insert(1, (words("figure.apart"), f"{outcome.apart.p95_mm:.1f} {mm}"))
    if outcome.camera is not None:
        rows.insert(1, (words("figure.above"), f"{1000 * outcome.camera.above_p95_m:.0f} {mm}"))
        rows.insert(2, (words("figure.scale"), f"{outcome.camera.scale:.2%}"))
    return tuple(rows)
