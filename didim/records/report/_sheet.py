"""An A4 sheet to write and draw on: points, the origin at the lower left."""

from __future__ import annotations

import io
from functools import cache
from typing import Literal

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from didim.font import Weight, font_file

Color = tuple[int, int, int]
Align = Literal["left", "right", "middle"]

INK: Color = (33, 39, 46)
QUIET: Color = (112, 120, 130)
FAINT: Color = (168, 175, 183)
RULE: Color = (226, 229, 233)
WASH: Color = (245, 247, 248)
ACCENT: Color = (13, 116, 109)
STILL: Color = (232, 235, 238)
LIGHT: Color = (168, 219, 206)
MODERATE: Color = (45, 156, 145)
VIGOROUS: Color = (232, 126, 64)

MM = 72 / 25.4
WIDTH, HEIGHT, RIM = 210 * MM, 297 * MM, 17 * MM
INNER = WIDTH - 2 * RIM
REGULAR, BOLD = "didim-records", "didim-records-bold"
_WEIGHTS: dict[str, Weight] = {REGULAR: "regular", BOLD: "bold"}


@cache
def register_fonts() -> None:
    """Make the font known to what writes PDF files.

    Raises:
        Problem: it is missing.
    """
    for name, weight in _WEIGHTS.items():
        pdfmetrics.registerFont(TTFont(name, font_file(weight)))


class Sheet:
    """Pages of one document."""

    def __init__(self, title: str) -> None:
        register_fonts()
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, pagesize=(WIDTH, HEIGHT), invariant=True)
        self.canvas.setTitle(title)
        self.page = 1

    def turn(self) -> None:
        """Go on to a new page."""
        self.canvas.showPage()
        self.page += 1

    def pdf(self) -> bytes:
        """The document, whole."""
        self.canvas.showPage()
        self.canvas.save()
        return self._file.getvalue()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 9,
        color: Color = INK,
        *,
        bold: bool = False,
        align: Align = "left",
    ) -> float:
        """Write a line; how wide it is."""
        font = BOLD if bold else REGULAR
        width = pdfmetrics.stringWidth(text, font, size)
        self.canvas.setFont(font, size)
        self.fill(color)
        self.canvas.drawString(x - {"left": 0.0, "right": width, "middle": width / 2}[align], y, text)
        return float(width)

    def paragraph(
        self, x: float, y: float, text: str, width: float, size: float = 8, color: Color = QUIET
    ) -> float:
        """Write lines of a width; where the next would stand."""
        for line in simpleSplit(text, REGULAR, size, width):
            self.text(x, y, line, size, color)
            y -= 1.45 * size
        return y

    def fitted(self, x: float, y: float, text: str, width: float, size: float, color: Color = INK) -> None:
        """Write a line, cut where it is longer than the width."""
        short = text
        while len(short) > 1 and pdfmetrics.stringWidth(short, REGULAR, size) > width:
            short = short[:-2].rstrip() + "…"
        self.text(x, y, short, size, color)

    def box(self, x: float, y: float, width: float, height: float, color: Color, radius: float = 0.0) -> None:
        """Fill a box, its lower left corner at x, y."""
        self.fill(color)
        if width > 0 and height > 0:
            self.canvas.roundRect(x, y, width, height, min(radius, width / 2, height / 2), stroke=0, fill=1)

    def rule(self, y: float, x: float = RIM, width: float = INNER, color: Color = RULE) -> None:
        """Draw a thin line across."""
        self.stroke(color)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(x, y, x + width, y)

    def fill(self, color: Color) -> None:
        self.canvas.setFillColorRGB(*(part / 255 for part in color))

    def stroke(self, color: Color) -> None:
        self.canvas.setStrokeColorRGB(*(part / 255 for part in color))
