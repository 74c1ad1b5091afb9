"""The panel beside the light: camera picture, plan of the floor, and how everything goes."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Literal

from didim.geometry import Surface
from didim.project import Rect, Window
from didim.run.channel import Channel
from didim.run.messages import Codec, Picture, Status

SIZE_PX = (1280, 720)
MARGIN_PX, TITLE_PX, LINE_PX = 24, 34, 24
COLUMN_PX = 400
"""Width of the left column, with the camera's picture and the plan."""

DIM, BRIGHT = (150, 156, 165), (235, 236, 230)

FIGURES = (
    ("venue", "{:.0f} ms"),
    ("pose", "{:.0f} ms"),
    ("track", "{:.1f} ms"),
    ("update", "{:.1f} ms"),
    ("draw", "{:.0f} ms"),
    ("picture_to_people", "{:.0f} ms"),
    ("players", "{:.0f}"),
    ("score", "{:.0f}"),
    ("found_percent", "{:.0f} %"),
    ("foot_error_cm", "{:.1f} cm"),
)
"""What is told, in this order, and how; those that are not known are left out."""

_STATUS = Codec(Status)


def words(language: str) -> dict[str, str]:
    """The panel's message catalogue in one language, "ko" or "en"."""
    catalogue = tomllib.loads(resources.files("didim.run").joinpath("panel.toml").read_text("utf-8"))
    table: dict[str, str] = catalogue[language]
    return table


class Panel:
    """Draws what vision hands on beside the stage's light, in the window they share."""

    light_part = Rect(
        2 * MARGIN_PX + COLUMN_PX,
        MARGIN_PX + TITLE_PX,
        SIZE_PX[0] - 3 * MARGIN_PX - COLUMN_PX,
        round((SIZE_PX[0] - 3 * MARGIN_PX - COLUMN_PX) * 9 / 16),
    )

    def __init__(
        self,
        window: Window,
        surface: Surface,
        frames: Channel,
        status: Channel,
        language: Literal["ko", "en"],
    ) -> None:
        self._window = window
        self._plan_px = round(COLUMN_PX * surface.height_m / surface.width_m)
        self._frames, self._status = frames, status
        self._words = words(language)
        self._sequence = 0
        self._column: Picture | None = None
        self._figures: dict[str, float] = {}

    def draw(self, own: dict[str, float]) -> None:
        """Draw the newest there is, with the stage's `own` figures; to be called once the light is drawn."""
        newest = self._frames.newest(after=self._sequence)
        if newest is not None:
            self._sequence, packed = newest
            self._column = Picture.unpack(packed)
        status = self._status.newest()
        if status is not None:
            self._figures = _STATUS.unpack(status[1]).figures
        self._draw_column()
        self._draw_figures({**self._figures, **own})

    def _draw_column(self) -> None:
        top = MARGIN_PX + TITLE_PX
        self._title("camera", MARGIN_PX, MARGIN_PX)
        self._title("light", self.light_part.x_px, MARGIN_PX)
        if self._column is not None:
            height_px = self._column.pixels.shape[0]
            part = Rect(MARGIN_PX, top, COLUMN_PX, min(height_px, SIZE_PX[1] - top))
            self._window.show_picture(self._column.pixels[..., ::-1], part)
            self._title("plan", MARGIN_PX, top + part.height_px - self._plan_px - TITLE_PX)

    def _draw_figures(self, figures: dict[str, float]) -> None:
        told = [(self._words[key], form.format(figures[key])) for key, form in FIGURES if key in figures]
        top = self.light_part.y_px + self.light_part.height_px + MARGIN_PX // 2
        rows = (SIZE_PX[1] - MARGIN_PX // 2 - top) // LINE_PX
        half_px = self.light_part.width_px // 2
        for column, start in enumerate(range(0, len(told), rows)):
            block = told[start : start + rows]
            x_px = self.light_part.x_px + column * half_px
            names, values = ("\n".join(texts) for texts in zip(*block, strict=True))
            height_px = LINE_PX * len(block)
            self._window.show_text(names, Rect(x_px, top, half_px - 120, height_px), LINE_PX, DIM)
            self._window.show_text(values, Rect(x_px + half_px - 120, top, 110, height_px), LINE_PX, BRIGHT)

    def _title(self, key: str, x_px: int, y_px: int) -> None:
        self._window.show_text(self._words[key], Rect(x_px, y_px, COLUMN_PX, TITLE_PX), LINE_PX, DIM)
