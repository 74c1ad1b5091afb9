"""The sheet as a vector PDF, with what the installer must know in Korean and English."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from calibration.camera._sheet import Sheet
from calibration.camera.failures import CameraFailure
from didim.font import font_file

_POINTS_PER_MM = 72 / 25.4
_FONT = "didim"
_OVERLAP_MM = 0.02
"""Neighbouring bars overlap by this much, else viewers draw hairlines between them."""
_GREY = 0.35

_KOREAN = (
    "didim 보정 시트 {paper}",
    "1. 무광 용지에 실제 크기(100%)로 인쇄하세요. ‘용지에 맞춤’은 끄세요.",
    "2. 아래 자를 재세요. {ruler} mm가 아니면 잰 값을 입력하세요.",
    "3. 빛이 비추는 자리에 평평하게 놓으세요. 말리면 네 귀를 붙이세요.",
    "4. 다음 자리가 켜질 때까지 물러나 계세요.",
)
_ENGLISH = (
    "didim calibration sheet {paper}",
    "1. Print at actual size (100 %) on matt paper, without “fit to page”.",
    "2. Measure the ruler below. If it is not {ruler} mm, enter what you read.",
    "3. Lay it flat on the spot that lights up. If it curls, tape its corners.",
    "4. Step away until the next spot lights up.",
)


def print_sheet(sheet: Sheet, path: Path) -> None:
    """Write the sheet as a PDF of one page in its true size, to be printed at 100 %.

    Raises:
        CameraFailure: the file cannot be written. Problem: the font is missing.
    """
    _register_font()
    width_mm, height_mm = sheet.size_mm
    canvas = Canvas(
        str(path), pagesize=(width_mm * _POINTS_PER_MM, height_mm * _POINTS_PER_MM), invariant=True
    )
    canvas.setTitle(f"didim calibration sheet {sheet.paper.upper()}")
    canvas.setViewerPreference("PrintScaling", "None")
    canvas.scale(_POINTS_PER_MM, _POINTS_PER_MM)
    canvas.translate(width_mm / 2, height_mm / 2)
    for left, bottom, right, top in sheet.blocks_mm.tolist():
        canvas.rect(left, bottom, right - left, top - bottom + _OVERLAP_MM, stroke=0, fill=1)
    _ruler(canvas, sheet)
    told = {"paper": sheet.paper.upper(), "ruler": f"{sheet.ruler_mm:g}"}
    for lines, box_mm in zip((_KOREAN, _ENGLISH), sheet.silent_mm.tolist(), strict=False):
        _text(canvas, [line.format(**told) for line in lines], box_mm)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        canvas.save()
    except OSError as error:
        raise CameraFailure(f"{path} cannot be written: {error.strerror}; choose another --out") from None


def _ruler(canvas: Canvas, sheet: Sheet) -> None:
    """A line with a tick each centimetre; the outer ticks are what the installer measures between."""
    half, y = sheet.ruler_mm / 2, sheet.ruler_y_mm
    canvas.setLineWidth(0.2)
    canvas.line(-half, y, half, y)
    canvas.setFont(_FONT, 3.0)
    for tick in range(0, round(sheet.ruler_mm) + 1, 10):
        tall = 3.5 if tick % 100 == 0 else 2.0 if tick % 50 == 0 else 1.2
        canvas.line(tick - half, y, tick - half, y + tall)
        if tick % 100 == 0:
            canvas.drawCentredString(tick - half, y + 4.2, f"{tick} mm" if tick else "0")


def _text(canvas: Canvas, lines: list[str], box_mm: list[float]) -> None:
    """Fill a box from its top, words wrapped, in the largest letters that fit; grey, so as not to be seen."""
    left, bottom, right, top = box_mm
    left, right, top = left + 2, right - 2, top - 2
    size = 4.0
    while True:
        rows = [row for line in lines for row in [*simpleSplit(line, _FONT, size, right - left), ""]]
        step = 1.35 * size
        if sum(step if row else 0.5 * step for row in rows) <= top - bottom:
            break
        size *= 0.96
    canvas.setFillGray(_GREY)
    canvas.setFont(_FONT, size)
    y = top - size
    for row in rows:
        canvas.drawString(left, y, row)
        y -= step if row else 0.5 * step
    canvas.setFillGray(0)


def _register_font() -> None:
    pdfmetrics.registerFont(TTFont(_FONT, font_file("regular")))
