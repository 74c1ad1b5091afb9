"""The floor as it is now, drawn in the browser from the live state: a plan, or a twin of the room."""

from __future__ import annotations

from nicegui import ui
from nicegui.element import Element

from didim.run.live import Live, Surroundings

STREAM = "/api/v1/live/stream"
TWIN_HZ = 12
FLOOR_TINT, WALL_TINT, LINE_TINT = "#0d2430", "#12202b", "#2b4a58"
ROOM_M = 0.8
"""So much of the room is shown around the surface."""


class FloorView(Element, component="floor_view.js", esm={"didim-floor": "floor"}):
    """Plan or twin. Its socket is its own: the server packs a state once, however many look on.

    Args:
        label: what it is, for who hears the page. waiting, lost: what stands there before the first state,
            and when none comes any more.
    """

    def __init__(self, label: str, waiting: str, lost: str, *, stream: str = STREAM) -> None:
        super().__init__()
        self._props |= {
            "stream": stream,
            "label": label,
            "waiting": waiting,
            "lost": lost,
            "view": "plan",
            "scene": "",
        }
        self._scene: ui.scene | None = None

    def show(self, view: str, surface: Surroundings) -> None:
        """Show "plan" or "twin"; the twin's scene is made when it is first asked for."""
        if view == "twin" and self._scene is None:
            with self:
                self._scene = _room(surface)
            self._props["scene"] = self._scene.html_id
        self._props["view"] = view

    def feed(self, live: dict[str, object]) -> None:
        """Draw a state without a socket."""
        self.run_method("feed", live)


def _room(surface: Surroundings) -> ui.scene:
    """The surface in its room, seen from behind its near edge."""
    width_m, height_m = surface.width_m or 4.0, surface.height_m or 2.25
    camera = ui.scene.perspective_camera(fov=46)
    with ui.scene(
        width=960, height=600, grid=False, camera=camera, background_color="#03070c", fps=TWIN_HZ
    ) as scene:
        middle_x = width_m / 2
        if surface.kind == "wall":
            scene.box(width_m, 0.02, height_m).move(middle_x, 0.011, height_m / 2).material(FLOOR_TINT)
            scene.box(width_m + 2 * ROOM_M, 2.4, 0.02).move(middle_x, -1.2, -0.02).material(WALL_TINT)
            scene.move_camera(
                middle_x,
                -1.5 * max(width_m, height_m),
                0.8 * height_m,
                middle_x,
                0,
                0.5 * height_m,
                duration=0,
            )
        else:
            scene.box(width_m, height_m, 0.02).move(middle_x, height_m / 2, -0.011).material(FLOOR_TINT)
            scene.box(width_m + 2 * ROOM_M, height_m + 2 * ROOM_M, 0.02).move(
                middle_x, height_m / 2, -0.035
            ).material(WALL_TINT)
            scene.box(width_m + 2 * ROOM_M, 0.02, 1.6).move(middle_x, height_m + ROOM_M, 0.78).material(
                WALL_TINT, opacity=0.6
            )
            for index in range(1, int(width_m) + 1):
                scene.line([index, 0, 0.002], [index, height_m, 0.002]).material(LINE_TINT)
            for index in range(1, int(height_m) + 1):
                scene.line([0, index, 0.002], [width_m, index, 0.002]).material(LINE_TINT)
            scene.move_camera(
                middle_x, -0.62 * width_m, 0.62 * width_m + 0.6, middle_x, 0.42 * height_m, 0.1, duration=0
            )
    return scene


def is_known(live: Live) -> bool:
    """Whether the stage has spoken."""
    return live.surface.width_m > 0
