"""The panel beside the light: camera picture, plan of the floor, and how everything goes."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Literal

from didim.geometry import Surface
from didim.project import Rect, Window
from didim.run.channel import Channel
from didim.run.messages import CAMERA_PX, PLAN_PX, Codec, Picture, Status

SIZE_PX = (1280, 720)
MARGIN_PX, TITLE_PX, LINE_PX = 24, 34, 26
PICTURE_HIGH_PX = 412
"""The camera's picture and the light are equally high."""
GROUP_PX, VALUE_PX = 318, 92
FRAMES_A_FIGURE = 5
"""A figure stands for so many frames: one that changes faster cannot be read."""

DIM, BRIGHT = (150, 156, 165), (235, 236, 230)

GROUPS = {
    "stages": (
        ("venue", "{:.0f} ms"),
        ("pose", "{:.0f} ms"),
        ("track", "{:.1f} ms"),
        ("update", "{:.1f} ms"),
        ("draw", "{:.0f} ms"),
        ("picture_to_people", "{:.0f} ms"),
    ),
    "round": (
        ("pictures_hz", "{:.1f} /s"),
        ("frames_hz", "{:.1f} /s"),
        ("canvas_scale", "{:.2f} x"),
        ("players", "{:.0f}"),
        ("score", "{:.0f}"),
    ),
    "truth": (
        ("found_percent", "{:.0f} %"),
        ("foot_error_cm", "{:.1f} cm"),
        ("felt_percent", "{:.0f} %"),
        ("contact_delay_ms", "{:.0f} ms"),
    ),
}
"""What is told, in this order, and how; what is not known is left out."""

_STATUS = Codec(Status)


def words(language: str) -> dict[str, str]:
    """The panel's message catalogue in one language, "ko" or "en"."""
    catalogue = tomllib.loads(resources.files("didim.run").joinpath("panel.toml").read_text("utf-8"))
    table: dict[str, str] = catalogue[language]
    return table


class Panel:
    """Draws what vision hands on beside the stage's light, in the window they share."""

    light_part = Rect(
        2 * MARGIN_PX + CAMERA_PX,
        MARGIN_PX + TITLE_PX,
        SIZE_PX[0] - 3 * MARGIN_PX - CAMERA_PX,
        PICTURE_HIGH_PX,
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
        self._plan_high_px = round(PLAN_PX * surface.height_m / surface.width_m)
        self._frames, self._status = frames, status
        self._words = words(language)
        self._sequence = 0
        self._seen: Picture | None = None
        self._figures: dict[str, float] = {}
        self._drawn = 0

    def draw(self, own: dict[str, float]) -> None:
        """Draw the newest there is, with the stage's `own` figures; to be called once the light is drawn."""
        newest = self._frames.newest(after=self._sequence)
        if newest is not None:
            self._sequence, packed = newest
            self._seen = Picture.unpack(packed)
        if self._drawn % FRAMES_A_FIGURE == 0:
            status = self._status.newest()
            self._figures = {**(_STATUS.unpack(status[1]).figures if status else {}), **own}
        self._drawn += 1
        self._draw_pictures()
        self._draw_figures()

    def _draw_pictures(self) -> None:
        top, below = MARGIN_PX + TITLE_PX, self.light_part.y_px + PICTURE_HIGH_PX + MARGIN_PX // 2
        self._title("camera", MARGIN_PX, MARGIN_PX)
        self._title("light", self.light_part.x_px, MARGIN_PX)
        self._title("plan", MARGIN_PX, below)
        if self._seen is None:
            return
        rgb = self._seen.pixels[..., ::-1]
        camera, plan = rgb[: -self._plan_high_px], rgb[-self._plan_high_px :, :PLAN_PX]
        self._window.show_picture(camera, Rect(MARGIN_PX, top, CAMERA_PX, PICTURE_HIGH_PX))
        self._window.show_picture(plan, Rect(MARGIN_PX, below + TITLE_PX, PLAN_PX, self._plan_high_px))

    def _draw_figures(self) -> None:
        top = self.light_part.y_px + PICTURE_HIGH_PX + MARGIN_PX // 2
        x_px = 2 * MARGIN_PX + PLAN_PX
        for group, rows in GROUPS.items():
            told = [
                (self._words[key], form.format(self._figures[key]))
                for key, form in rows
                if key in self._figures
            ]
            if not told:
                continue
            self._title(group, x_px, top)
            names, values = ("\n".join(texts) for texts in zip(*told, strict=True))
            height_px, names_px = LINE_PX * len(told), GROUP_PX - VALUE_PX
            self._window.show_text(names, Rect(x_px, top + TITLE_PX, names_px, height_px), LINE_PX, DIM)
            value_part = Rect(x_px + names_px, top + TITLE_PX, VALUE_PX, height_px)
            self._window.show_text(values, value_part, LINE_PX, BRIGHT)
            x_px += GROUP_PX

    def _title(self, key: str, x_px: int, y_px: int) -> None:
        self._window.show_text(self._words[key], Rect(x_px, y_px, CAMERA_PX, TITLE_PX), LINE_PX, DIM)
