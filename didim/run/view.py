"""A venue in a window, live: the room from a free camera, what its camera sees, what its projector shows.

Keys lead one of its people, so that a developer can play a game without leaving the keyboard. The game, the
pose engine, the tracker and the light are the product's own.
"""

from __future__ import annotations

import os
import time
import tomllib
from contextlib import ExitStack
from importlib import resources

import numpy as np

from didim.geometry import FloatArray, Point
from didim.people import Player
from didim.play import Burst, Round
from didim.project import Hands, Rect, Stage, Touch, Window
from didim.rig import Rig
from didim.run._eyes import Eyes
from didim.run._free_view import FreeView
from didim.run._led import LedPeople
from didim.run.game import DEFAULT_GAMES, round_for
from didim.run.timing import Pacer
from didim.sim.venue import open_venue
from didim.sim.world import Light

SIZE_PX = (1280, 720)
ROOM_PART = Rect(24, 52, 800, 600)
CAMERA_PART = Rect(848, 52, 408, 306)
LIGHT_PART = Rect(848, 396, 408, 256)
TITLES = {"room": ROOM_PART, "camera": CAMERA_PART, "light": LIGHT_PART}
TITLE_PX, LINE_PX = 32, 21
CAPTION_PART = Rect(24, 664, 1232, 2 * LINE_PX)
DIM, BRIGHT = (150, 156, 165), (235, 236, 230)

FRAME_HZ = 30.0
WALK = {"up": (1, 0), "down": (-1, 0), "right": (0, 1), "left": (0, -1)}
"""Keys to ways ahead and to the right, as the free camera looks."""
TURN = {"a": (-1, 0), "d": (1, 0), "w": (0, 1), "s": (0, -1)}
ZOOM = {"q": -1, "e": 1}
TURN_RAD_S, DRAG_RAD_PX = 1.2, 0.008
ZOOM_OCTAVES_S, ZOOM_OCTAVES_NOTCH = 1.0, 0.2


def words() -> dict[str, dict[str, str]]:
    """The window's message catalogue, for "ko" and "en"."""
    text = resources.files("didim.run").joinpath("view.toml").read_text("utf-8")
    return tomllib.loads(text)


def view(
    venue_name: str, *, game: str | None, seed: int, offscreen: bool = False, frames: int | None = None
) -> None:
    """Show a venue with a game until Esc, or for so many frames; a game that is over begins anew.

    Args:
        game: by its name; None: what its kind of surface plays where nothing is said.
        offscreen: draw, but show nothing.

    Raises:
        VenueError: there is no such venue.
        PackError: there is no such game.
        ProjectError: there is no screen, or no OpenGL 3.3.
        PoseError, WeightsError: the pose engine cannot be opened.
    """
    # Where the processor draws, Mesa would take every core and leave none to the engine.
    os.environ.setdefault("LP_NUM_THREADS", "1")
    venue = open_venue(venue_name)
    game = game or DEFAULT_GAMES[venue.surface.kind]
    people = LedPeople(venue, seed)
    with ExitStack() as stack:
        window = stack.enter_context(Window(SIZE_PX, offscreen=offscreen, title=f"didim: {venue_name}"))
        show = _Show(window, people, game, seed, stack)
        pacer = Pacer(FRAME_HZ)
        began_s = time.monotonic()
        while show.frames != frames and show.frame(time.monotonic() - began_s):
            pacer.wait()


class _Show:
    """The people, the product among them, and the window onto both.

    Attributes:
        frames: shown so far.
    """

    def __init__(self, window: Window, people: LedPeople, game: str, seed: int, stack: ExitStack) -> None:
        self.frames = 0
        self._window, self._people = window, people
        self._game = _Game(window, people.world.rig, game, seed, stack)
        self._eyes = stack.enter_context(Eyes(people.world))
        self._free = stack.enter_context(FreeView(people.world.venue))
        self._hands = Hands()
        self._words = words()
        self._t_s = 0.0

    def frame(self, t_s: float) -> bool:
        """Go on to `t_s` and show it; false when somebody leaves."""
        touch = self._hands.read()
        if touch.leaves:
            return False
        self._look_around(touch, t_s - self._t_s)
        self._lead(touch)
        poses = self._people.advance(t_s, self._game.targets)
        light = self._game.light
        self._eyes.look(poses, light, t_s)
        self._game.play(t_s, self._eyes.players)
        room = self._free.picture(poses, self._people.led, light, t_s)
        self._window.show_picture(room, ROOM_PART)
        if self._eyes.shown is not None:
            self._window.show_picture(self._eyes.shown, CAMERA_PART)
        self._say()
        self._window.flip()
        self.frames, self._t_s = self.frames + 1, t_s
        return True

    def _look_around(self, touch: Touch, passed_s: float) -> None:
        turn = TURN_RAD_S * passed_s * _sum(TURN, touch)
        right_px, down_px = touch.dragged_px
        turn += DRAG_RAD_PX * np.array([-right_px, down_px])
        octaves = ZOOM_OCTAVES_S * passed_s * sum(ZOOM[key] for key in ZOOM if key in touch.held)
        octaves -= ZOOM_OCTAVES_NOTCH * touch.wheel
        # the same orbit is the same object: the picture from there stays
        if turn.any():
            self._free.orbit = self._free.orbit.turned(*turn.tolist())
        if octaves:
            self._free.orbit = self._free.orbit.zoomed(2.0**octaves)

    def _lead(self, touch: Touch) -> None:
        for key in touch.pressed:
            if key == "tab":
                self._people.take_next()
            elif key == "space":
                self._people.jump()
        ahead, right = _sum(WALK, touch)
        orbit = self._free.orbit
        self._people.steer(ahead * orbit.ahead + right * orbit.right)

    def _say(self) -> None:
        for key, part in TITLES.items():
            title = "  ·  ".join(said[key] for said in self._words.values())
            at = Rect(part.x_px, part.y_px - TITLE_PX, part.width_px, TITLE_PX)
            self._window.show_text(title, at, LINE_PX, DIM)
        lines = []
        for said in self._words.values():
            figures = [
                said["person"].format(person=self._people.led + 1, people=self._people.count),
                said["score"].format(score=self._game.score),
            ]
            lines.append("   ·   ".join([said["keys"], *figures]))
        self._window.show_text("\n".join(lines), CAPTION_PART, LINE_PX, BRIGHT)
        if self._free.is_sketch:
            drawing = "  ·  ".join(said["drawing"] for said in self._words.values())
            at = Rect(ROOM_PART.x_px + 12, ROOM_PART.y_px + ROOM_PART.height_px - 34, 500, LINE_PX)
            self._window.show_text(drawing, at, LINE_PX, DIM)


class _Game:
    """Round after round on the stage.

    Attributes:
        light: what each projector shows: the frame drawn last, black before it.
        targets: the places in it to step on.
    """

    def __init__(self, window: Window, rig: Rig, game: str, seed: int, stack: ExitStack) -> None:
        projector = rig.projector()
        self._surface = rig.surfaces[projector.surface]
        more = rig.projectors[1:]
        self._stage = stack.enter_context(Stage(window, self._surface, projector, part=LIGHT_PART, more=more))
        self._game = game
        self._seed, self._began_s = seed, 0.0
        self._round = self._fresh()
        self.targets: tuple[Point, ...] = ()
        self.light: Light = [None] * len(rig.projectors)

    @property
    def score(self) -> int:
        """Everyone's points in this round."""
        return sum(self._round.scores.values())

    def play(self, t_s: float, players: tuple[Player, ...]) -> None:
        """Go on to `t_s` and show the projector's picture in its part of the window."""
        if self._round.finished:
            self._round, self._began_s = self._fresh(), t_s
        for cue in self._round.advance(t_s - self._began_s, players):
            if isinstance(cue, Burst):
                self._stage.burst(cue.at, cue.color, cue.count, t_s, kind=cue.kind)
        self.targets = self._round.places_to_be()
        self._round.draw(self._stage.canvas(t_s))
        self._stage.present()
        self.light = [self._stage.read_frame(), *self._stage.read_more()]

    def _fresh(self) -> Round:
        return round_for(self._game, self._surface, seed=self._seed)


def _sum(ways: dict[str, tuple[int, int]], touch: Touch) -> FloatArray:
    """The ways of all keys that are held, added up: (2,)."""
    held = [way for key, way in ways.items() if key in touch.held]
    return np.asarray(np.sum([(0.0, 0.0), *held], axis=0))
