"""The unchanged product against a venue, on a virtual clock: every picture counts and latencies are exact.

```
t = k / fps   the game ticks with the people known by t; what it draws then is handed to the projector
              the projector shows the newest earlier frame that its latency has let out; people act on it
              the camera's shutter opens
t + camera latency             the picture is in hand
t + camera + compute latency   the people in it are known to the game
```
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from didim.capture import CameraFrame
from didim.geometry import Point
from didim.people import Event, Player
from didim.play import Cue, Round
from didim.pose import PoseEngine, Skeleton, floor_tiles, ground_of, open_engine
from didim.run.game import round_for
from didim.run.told import Recent, Unheard
from didim.sim import Pose3D
from didim.sim.people import people_of
from didim.sim.referee import Referee, Verdict
from didim.sim.render import VenueRenderer
from didim.sim.venue import Venue, true_rig
from didim.sim.world import World
from didim.track import FloorTracker

Picture = NDArray[np.uint8]
Draw = Callable[[Round, Sequence[Cue], float], Picture]
"""Draws a round at a time, after its newest cues: the first projector's frame, (h, w, 3) uint8 RGB."""

COMPUTE_S = 0.04
"""From a picture in hand to its people known, where nothing else is said: BlazePose on two slow cores."""

_SLACK_S = 1e-6
"""Forgives the rounding of times that are meant to be equal."""

_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Delays:
    """Delays beyond those of the rig, of which the product knows nothing, in pictures of the camera."""

    camera: int = 0
    compute: int = 0
    projector: int = 0

    def __post_init__(self) -> None:
        if min(self.camera, self.compute, self.projector) < 0:
            raise ValueError(f"a delay is 0 pictures or more, got {self}")


@dataclass(frozen=True, slots=True)
class Moment:
    """One picture of the first camera and all that belongs to it.

    Attributes:
        t_s: when the shutter opened.
        frame: the picture as the product got it: `captured_ns` is when it was in hand.
        light_rgb: what the first projector showed at `t_s`, (h, w, 3) uint8; None before its first frame.
        more_light_rgb: what each further projector showed then.
        skeletons: found in this picture.
        players: believed after this picture, predicted to `lands_s`; the game knows of them only later.
        lands_s: when light that answers this picture would land, as far as the rig file tells.
        truth: everyone as they truly were at `t_s`.
        cues: what the game gave since the moment before, on older pictures.
    """

    t_s: float
    frame: CameraFrame
    light_rgb: Picture | None
    skeletons: tuple[Skeleton, ...]
    players: tuple[Player, ...]
    lands_s: float
    truth: tuple[Pose3D, ...]
    cues: tuple[Cue, ...]
    more_light_rgb: tuple[Picture | None, ...] = ()


@dataclass(frozen=True, slots=True)
class _Shown:
    """The first projector's frame and the targets in it, which people see."""

    rgb: Picture | None = None
    targets: tuple[Point, ...] = ()


class LockStep:
    """Steps a world, the product and a round together, one picture of the first camera at a time.

    Every projector of the rig shows the game, each with its own latency; the product looks through the first
    camera. The same world, round, engine and drawing give the same moments. The caller closes the
    engine.

    Attributes:
        world: who is there, and how it looks.

    Args:
        draw: draws the first projector's frame; `OffscreenLight` is the product's own.
        more: the further projectors' frames of what was drawn last; without it they are dark.
        compute_s: from a picture in hand to its people known.
        delays: latencies injected on top.
    """

    def __init__(
        self,
        world: World,
        game: Round,
        engine: PoseEngine,
        draw: Draw,
        *,
        more: Callable[[], Sequence[Picture | None]] | None = None,
        compute_s: float = COMPUTE_S,
        delays: Delays | None = None,
    ) -> None:
        camera, (projector, *others) = world.rig.cameras[0], world.rig.projectors
        extra, self._fps = delays or Delays(), world.venue.camera[0].fps
        self.world, self._game, self._engine, self._draw = world, game, engine, draw
        self._in_hand_s = camera.latency_s + extra.camera / self._fps
        self._known_s = self._in_hand_s + compute_s + extra.compute / self._fps
        self._people: _Delayed[tuple[Player, ...]] = _Delayed(self._known_s, ())
        self._events: _Delayed[tuple[Event, ...]] = _Delayed(self._known_s, ())
        self._recent, self._unheard = Recent(), Unheard()
        dark = (None,) * len(others)
        self._more = more or (lambda: dark)
        late_s = extra.projector / self._fps
        self._light = _Delayed(projector.latency_s + late_s, _Shown())
        self._more_light: list[_Delayed[Picture | None]] = [
            _Delayed(each.latency_s + late_s, None) for each in others
        ]
        latencies_s = [each.latency_s for each in world.rig.projectors if each.surface == camera.surface]
        self._horizon_s = camera.latency_s + max(latencies_s)
        surface = world.rig.surfaces[camera.surface]
        self._tracker = FloorTracker(
            camera.view,
            surface,
            latency_s=self._horizon_s,
            camera_latency_s=camera.latency_s,
            plays=camera.plays,
        )
        self._referee = Referee()
        self._beliefs: deque[tuple[float, tuple[Player, ...], tuple[Event, ...]]] = deque()
        self._looking: deque[tuple[float, Future[Moment]]] = deque()
        self._shown = _Shown()
        self._taken = 0

    def moments(self, seconds: float) -> Iterator[Moment]:
        """Step until `seconds` of the venue's time have passed since the beginning, or the game is over.

        The next picture is drawn while people are still being found in the one before, as far as its
        people come too late for it anyway: a moment is handed out up to one step late.
        """
        with ThreadPoolExecutor(1, "room") as room, ThreadPoolExecutor(1, "eyes") as eyes:
            while (self._taken + _SLACK_S) / self._fps < seconds and not self._game.finished:
                t_s = self._taken / self._fps
                yield from self._awaited(t_s - min(self._known_s, self._horizon_s))
                self._step(t_s, room, eyes)
                yield from self._awaited(t_s - 1.0 / self._fps)
            yield from self._awaited(math.inf)

    def _awaited(self, until_s: float) -> Iterator[Moment]:
        """The moments of pictures up to a time, each once its people are found."""
        while self._looking and self._looking[0][0] <= until_s + _SLACK_S:
            yield self._looking.popleft()[1].result()

    def _step(self, t_s: float, room: Executor, eyes: Executor) -> None:
        """Take the next picture, and draw the next frame meanwhile: neither needs the other."""
        events = self._unheard.of(self._events.newest(t_s))
        cues = self._game.advance(t_s, self._people.newest(t_s), events)
        # what was lit since the picture before is what people have seen
        self.world.advance(t_s, self._shown.targets)
        shown = self._shown = self._light.newest(t_s)
        more = tuple(light.newest(t_s) for light in self._more_light)
        self._judge(t_s)
        truth = self.world.truth(t_s)
        taking = room.submit(self.world.picture, 0, t_s, [shown.rgb, *more])
        self._light.put(t_s, self._drawn(cues, t_s))
        for light, frame_rgb in zip(self._more_light, self._more(), strict=True):
            light.put(t_s, frame_rgb)
        frame = CameraFrame(self._taken, round((t_s + self._in_hand_s) * 1e9), taking.result())
        self._looking.append((t_s, eyes.submit(self._see, frame, t_s, (shown.rgb, *more), truth, cues)))
        self._taken += 1

    def _see(
        self,
        frame: CameraFrame,
        t_s: float,
        light_rgb: tuple[Picture | None, ...],
        truth: tuple[Pose3D, ...],
        cues: tuple[Cue, ...],
    ) -> Moment:
        skeletons = self._engine.find(frame.bgr, frame.captured_ns)
        players = self._tracker.follow(skeletons, frame.captured_ns, frame.bgr)
        lands_s = t_s + self._horizon_s
        self._people.put(t_s, players)
        self._events.put(t_s, self._recent.add(self._tracker.events, t_s))
        self._beliefs.append((lands_s, players, self._tracker.events))
        return Moment(t_s, frame, light_rgb[0], skeletons, players, lands_s, truth, cues, light_rgb[1:])

    def verdict(self) -> Verdict:
        """What the tracker believed against the truth, so far."""
        return self._referee.verdict()

    def _drawn(self, cues: Sequence[Cue], t_s: float) -> _Shown:
        targets = self._game.places_to_be()
        rgb = self._draw(self._game, cues, t_s)
        return _Shown(rgb, targets)

    def _judge(self, reached_s: float) -> None:
        """A belief speaks of the moment its light lands: it is judged once the world has got there."""
        while self._beliefs and self._beliefs[0][0] <= reached_s:
            lands_s, players, told = self._beliefs.popleft()
            self._referee.judge(lands_s, self.world.truth(lands_s), players, told)


class _Delayed(Generic[_Thing]):
    """Hands out what was put in, a fixed time later; the newest wins."""

    def __init__(self, delay_s: float, first: _Thing) -> None:
        self._delay_s = delay_s
        self._newest = first
        self._coming: deque[tuple[float, _Thing]] = deque()

    def put(self, t_s: float, thing: _Thing) -> None:
        self._coming.append((t_s + self._delay_s, thing))

    def newest(self, t_s: float) -> _Thing:
        while self._coming and self._coming[0][0] <= t_s + _SLACK_S:
            self._newest = self._coming.popleft()[1]
        return self._newest


@contextmanager
def open_lockstep(
    venue: Venue,
    game: str,
    *,
    seed: int = 0,
    engine: str = "auto",
    settings: dict[str, float | str] | None = None,
    progress: Callable[[float, str], None] | None = None,
) -> Iterator[LockStep]:
    """A venue with its people, a game of the catalogue, the pose engine and the GL stage, ready to step.

    `progress` hears how far the renderer is, as `VenueRenderer` tells it.

    Raises:
        PackError: there is no such game or setting, or it is made for another kind of surface.
        PoseError, WeightsError: the engine cannot be opened.
        ProjectError: there is no OpenGL 3.3.
    """
    from didim.run._offscreen import OffscreenLight  # tests that draw for themselves need no OpenGL

    rig = true_rig(venue)
    camera, projector = rig.cameras[0], rig.projector()
    surface = rig.surfaces[camera.surface]
    round_ = round_for(game, surface, seed=seed, settings=settings)
    tiles = floor_tiles(camera.view, surface, camera.size_px)
    with ExitStack() as stack:
        finder = stack.enter_context(
            closing(open_engine(engine, tiles=tiles, ground=ground_of(camera.view, surface)))
        )
        more = [each for each in rig.projectors if each is not projector]
        draw = stack.enter_context(OffscreenLight(surface, projector, more))
        world = World(venue, people_of(venue, seed), seed, VenueRenderer(venue, progress=progress))
        yield LockStep(world, round_, finder, draw, more=draw.more)
