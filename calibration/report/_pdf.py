"""The page as PDF, A4."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from calibration.devices import Bytes
from calibration.report._page import Page
from calibration.report._paint import ACCENT, INK, QUIET, RULE, Color
from didim.font import font_file

_MM = 72 / 25.4
WIDTH, HEIGHT, RIM = 210 * _MM, 297 * _MM, 16 * _MM
REGULAR, BOLD = "didim-report", "didim-report-bold"
_JPEG_QUALITY = 88


def draw_pdf(page: Page, path: Path) -> None:
    """Write one A4 page.

    Raises:
        Problem: the font is missing. OSError: the file cannot be written.
    """
    _register()
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=True)
    canvas.setTitle(page.title)
    y = _head(canvas, page, HEIGHT - RIM)
    y = _leads(canvas, page, y)
    y = _error(canvas, page, y)
    y = _pictures(canvas, page, y)
    _limits(canvas, page, y)
    canvas.showPage()
    canvas.save()


def _head(canvas: Canvas, page: Page, y: float) -> float:
    _text(canvas, RIM, y - 16, page.title, 18, INK, BOLD)
    _text(canvas, RIM, y - 32, page.subtitle, 9.5, QUIET)
    return y - 46


def _leads(canvas: Canvas, page: Page, y: float) -> float:
    step = (WIDTH - 2 * RIM) / 3
    for index, (what, value) in enumerate(page.lead):
        x = RIM + index * step
        _text(canvas, x, y - 10, what, 8.5, QUIET)
        number, _, rest = value.partition(" (")
        _text(canvas, x, y - 32, number, 20, ACCENT, BOLD)
        if rest:
            after = x + pdfmetrics.stringWidth(number, BOLD, 20) + 5
            _text(canvas, after, y - 32, f"({rest}", 8.5, QUIET)
    _rule(canvas, y - 44)
    return y - 56


def _error(canvas: Canvas, page: Page, y: float) -> float:
    """The map on the left, figures on the right."""
    _text(canvas, RIM, y - 9, page.heads["error"], 10.5, INK, BOLD)
    width = 0.63 * (WIDTH - 2 * RIM)
    height = min(_height(page.error, width), 235.0)
    width = height * page.error.shape[1] / page.error.shape[0]
    _picture(canvas, page.error, RIM, y - 20 - height, width, height)
    x, right, row = RIM + 0.66 * (WIDTH - 2 * RIM), WIDTH - RIM, y - 9
    _text(canvas, x, row, page.heads["figures"], 10.5, INK, BOLD)
    for what, value in page.rows:
        row -= 20
        for line in simpleSplit(what, REGULAR, 8.5, right - x - pdfmetrics.stringWidth(value, BOLD, 8.5) - 8):
            _text(canvas, x, row, line, 8.5, QUIET)
            row -= 10.5
        row += 10.5
        canvas.setFont(BOLD, 8.5)
        _color(canvas, INK)
        canvas.drawRightString(right, row, value)
    below = y - 30 - height
    for note in page.notes:
        _text(canvas, RIM, below, note, 7.5, QUIET)
        below -= 10
    return min(below, row) - 8


def _pictures(canvas: Canvas, page: Page, y: float) -> float:
    gap = 14.0
    width = (WIDTH - 2 * RIM - gap) / 2
    tallest = max(_height(page.camera, width), _height(page.projector, width))
    fit = min(1.0, 205.0 / tallest)
    bottom = y
    for index, (key, picture) in enumerate((("camera", page.camera), ("projector", page.projector))):
        x = RIM + index * (width + gap)
        _text(canvas, x, y - 9, page.heads[key], 9.5, INK, BOLD)
        height = fit * _height(picture, width)
        _picture(canvas, picture, x, y - 18 - height, fit * width, height)
        bottom = min(bottom, y - 18 - height)
    return bottom - 16


def _limits(canvas: Canvas, page: Page, y: float) -> None:
    _text(canvas, RIM, y - 9, page.heads["limits"], 10.5, INK, BOLD)
    y -= 25
    for sentence in page.limits:
        for line in simpleSplit(sentence, REGULAR, 9, WIDTH - 2 * RIM - 10):
            _text(canvas, RIM + 10, y, line, 9, INK)
            y -= 13
        _color(canvas, ACCENT)
        y -= 3


def _height(picture: Bytes, width: float) -> float:
    return float(width * picture.shape[0] / picture.shape[1])


def _picture(canvas: Canvas, rgb: Bytes, x: float, y: float, width: float, height: float) -> None:
    coded = io.BytesIO()
    Image.fromarray(rgb).save(coded, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    coded.seek(0)
    canvas.drawImage(ImageReader(coded), x, y, width, height)


def _text(
    canvas: Canvas, x: float, y: float, text: str, size: float, color: Color, font: str = REGULAR
) -> None:
    canvas.setFont(font, size)
    _color(canvas, color)
    canvas.drawString(x, y, text)


def _rule(canvas: Canvas, y: float) -> None:
    canvas.setStrokeColorRGB(*(part / 255 for part in RULE))
    canvas.setLineWidth(0.6)
    canvas.line(RIM, y, WIDTH - RIM, y)


def _color(canvas: Canvas, color: Color) -> None:
    canvas.setFillColorRGB(*(part / 255 for part in color))


def _register() -> None:
    pdfmetrics.registerFont(TTFont(REGULAR, font_file("regular")))
    pdfmetrics.registerFont(TTFont(BOLD, font_file("bold")))
