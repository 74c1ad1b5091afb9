"""Both files of the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from calibration.flow import Outcome
from calibration.report._html import html_of
from calibration.report._page import page_of
from calibration.report._pdf import draw_pdf
from calibration.report._problem import ReportError
from calibration.words import Language, Words


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Where the report lies."""

    html: Path
    pdf: Path


def write_report(outcome: Outcome, stem: Path, language: Language, now: datetime) -> ReportFiles:
    """Write `<stem>.html` and `<stem>.pdf`.

    Raises:
        ReportError: they cannot be written.
    """
    page = page_of(outcome, Words(language), now)
    files = ReportFiles(stem.with_name(f"{stem.name}.html"), stem.with_name(f"{stem.name}.pdf"))
    try:
        stem.parent.mkdir(parents=True, exist_ok=True)
        files.html.write_text(html_of(page, language), "utf-8")
        draw_pdf(page, files.pdf)
    except OSError as error:
        raise ReportError(f"{stem}: the report cannot be written: {error.strerror}") from None
    return files
