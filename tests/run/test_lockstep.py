"""Exact latencies on a virtual clock, read back from the venue's pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from didim.geometry import PinholeCamera, Point, Surface
from didim.play import Canvas, Color, Cue, Finish, RecordingCanvas, Round, Say, Target, Tick
from didim.pose import Skeleton
from didim.run.lockstep import Delays, LockStep, Moment
from didim.sim import Body, Person, Wanderer, skeletons
from didim.sim.render import VenueRenderer
from didim.sim.venue import Venue, open_venue
from didim.sim.world import World

WHITE = Color(1.0, 1.0, 1.0)
FPS = 30
PATTERN = np.random.default_rng(1).random(64) < 0.5
SECONDS = 2.0
CAMERA_PICTURES, COMPUTE_PICTURES, PROJECTOR_PICTURES = 1, 2, 2
"""The venue's own latencies, in pictures; each is a little less than that many periods."""


@cache
def tiny() -> Venue:
    """A small hall seen in 160x120 pixels, dim, by a camera that answers after one picture."""
    hall = open_venue("small-hall")
    replace = msgspec.structs.replace
    camera = replace(hall.camera[0], size_px=(160, 120), fps=float(FPS), latency_ms=30.0)
    projector = replace(hall.projector[0], size_px=(96, 60), latency_ms=64.0)
    return replace(hall, camera=(camera,), projector=(projector,), lamp=(), window=(), box=(), poster=())


@cache
def renderer() -> VenueRenderer:
    return VenueRenderer(tiny())


class Blinker:
    """Lights the floor or does not, picture by picture, as the pattern says."""

    def update(self, tick: Tick) -> list[Cue]:
        self._lit = bool(PATTERN[int(tick.t_s * FPS + 1e-6)])
        return []

    def draw(self, canvas: Canvas) -> None:
        if self._lit:
            canvas.disc(Point(2.0, 1.5), 1.0, WHITE)

    def targets(self) -> list[Target]:
        return []


class StepAnswer:
    """Lit after an odd number of steps; each change is also a cue."""

    def __init__(self) -> None:
        self._lit = False

    def update(self, tick: Tick) -> list[Cue]:
        before, self._lit = self._lit, odd(tick.players)
        return [Say("step")] if before != self._lit else []

    def draw(self, canvas: Canvas) -> None:
        if self._lit:
            canvas.disc(Point(2.0, 1.5), 1.0, WHITE)

    def targets(self) -> list[Target]:
        return []


def odd(players: Sequence[object]) -> bool:
    return sum(getattr(player, "steps", 0) for player in players) % 2 == 1


class Oracle:
    """An engine that knows: it is asked once a picture, and pictures have no gaps."""

    notes: tuple[str, ...] = ()

    def __init__(self, world: World) -> None:
        self._world = world
        self._asked = 0

    def find(self, bgr: NDArray[np.uint8], captured_ns: int) -> tuple[Skeleton, ...]:
        view = self._world.rig.cameras[0].view
        assert isinstance(view, PinholeCamera)
        poses = self._world.truth(self._asked / FPS)
        self._asked += 1
        return skeletons(poses, view, np.random.default_rng(0), noise_px=0.0, size_px=(160, 120))

    def close(self) -> None:
        pass


def flood(game: Round, cues: Sequence[Cue], t_s: float) -> NDArray[np.uint8]:
    """All of the floor white when anything is drawn, black otherwise."""
    canvas = RecordingCanvas()
    game.draw(canvas)
    return np.full((60, 96, 3), 255 if canvas.drawn else 0, np.uint8)


def walking_world(seed: int = 3) -> World:
    venue = tiny()
    surface = Surface("floor", venue.surface.width_m, venue.surface.height_m)
    walker = Person(Body.of(1.3, seed), Wanderer(surface, seed, liveliness=0.0))
    return World(venue, [walker], seed, renderer())


def stepped(game: Blinker | StepAnswer, delays: Delays, *, seconds: float = SECONDS) -> list[Moment]:
    world = walking_world()
    round_ = Round(game, world.rig.surfaces["play"])
    step = LockStep(world, round_, Oracle(world), flood, compute_s=0.035, delays=delays)
    return list(step.moments(seconds))


def lit(moments: Sequence[Moment]) -> list[bool]:
    """Whether the projector shines, read from the camera's pictures alone."""
    brightness = np.array([moment.frame.bgr.mean() for moment in moments])
    return [bool(each) for each in brightness > (brightness.min() + brightness.max()) / 2]


@pytest.mark.parametrize("pictures", [0, 2, 4, 6])
def test_a_flash_appears_in_the_picture_that_the_projectors_delay_says(pictures: int) -> None:
    moments = stepped(Blinker(), Delays(projector=pictures), seconds=1.0)
    late = PROJECTOR_PICTURES + pictures
    seen = lit(moments)
    assert seen[late:] == PATTERN[: len(seen) - late].tolist()
    assert not any(seen[:late])


@cache
def undelayed() -> tuple[Moment, ...]:
    return tuple(stepped(StepAnswer(), Delays()))


def test_the_light_answers_a_step_after_all_latencies_of_the_road() -> None:
    moments = undelayed()
    late = CAMERA_PICTURES + COMPUTE_PICTURES
    believed = [odd(moment.players) for moment in moments]
    assert believed.count(True) > 5
    assert believed.count(False) > 5
    # 30 ms + 35 ms end within the second picture: latencies add up as times, not as whole pictures
    known = late - 1
    assert lit(moments)[known + PROJECTOR_PICTURES :] == believed[: -known - PROJECTOR_PICTURES]
    changes = [k for k in range(1, len(moments)) if believed[k] != believed[k - 1]]
    cued = [k for k, moment in enumerate(moments) if moment.cues]
    assert cued == [k + known for k in changes if k + known < len(moments)]


@pytest.mark.parametrize("stage", ["camera", "compute", "projector"])
@pytest.mark.parametrize("pictures", [2, 4, 6])
def test_an_injected_delay_is_read_back_exactly_from_the_pictures(stage: str, pictures: int) -> None:
    at_once, delayed = lit(undelayed()), lit(stepped(StepAnswer(), Delays(**{stage: pictures})))
    shifts = [n for n in range(12) if delayed[n:] == at_once[: len(at_once) - n]]
    assert shifts == [pictures]


def test_a_picture_is_stamped_when_it_is_in_hand() -> None:
    (first, second, *_) = stepped(Blinker(), Delays(camera=2), seconds=0.1)
    assert first.frame.captured_ns == pytest.approx((0.030 + 2 / FPS) * 1e9, abs=2)
    assert second.frame.captured_ns - first.frame.captured_ns == pytest.approx(1e9 / FPS, abs=2)


def test_the_same_world_gives_the_same_pictures_and_beliefs() -> None:
    once, again = undelayed(), stepped(StepAnswer(), Delays(), seconds=0.7)
    for a, b in zip(once, again, strict=False):
        assert np.array_equal(a.frame.bgr, b.frame.bgr)
        assert a.players == b.players


def test_beliefs_are_judged_against_the_truth_of_their_own_moment() -> None:
    world = walking_world()
    round_ = Round(Blinker(), world.rig.surfaces["play"])
    step = LockStep(world, round_, Oracle(world), flood)
    moments = list(step.moments(1.5))
    verdict = step.verdict()
    late = round(np.ceil(0.094 * FPS))
    assert verdict.moments == len(moments) - late
    assert verdict.found == pytest.approx(1 - 2 / verdict.moments)  # a player counts from the third picture
    assert verdict.foot_error_cm is not None
    assert verdict.foot_error_cm[0] < 3.0


class ShowsOneRing:
    """A single target, and an end."""

    def update(self, tick: Tick) -> list[Cue]:
        self._over = tick.t_s > 0.5
        return [Finish()] if self._over else []

    def draw(self, canvas: Canvas) -> None:
        canvas.ring(Point(1.0, 1.0), 0.2, WHITE)

    def targets(self) -> list[Target]:
        return [Target(Point(1.0, 1.0), 0.2)]


def test_people_see_what_is_lit_and_the_round_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    world = walking_world()
    told: list[tuple[Point, ...]] = []
    advance: Callable[..., None] = world.advance

    def listening(t_s: float, targets: Sequence[Point] = ()) -> None:
        told.append(tuple(targets))
        advance(t_s, targets)

    monkeypatch.setattr(world, "advance", listening)
    round_ = Round(ShowsOneRing(), world.rig.surfaces["play"])
    moments = list(LockStep(world, round_, Oracle(world), flood).moments(9.0))
    dark = PROJECTOR_PICTURES + 1  # people act on what the picture before has shown
    assert told == [()] * dark + [(Point(1.0, 1.0),)] * (len(told) - dark)
    assert any(isinstance(cue, Finish) for cue in moments[-1].cues)
    assert moments[-1].t_s == pytest.approx(0.533, abs=0.04)


def test_a_delay_is_no_lead() -> None:
    with pytest.raises(ValueError, match="0 pictures or more"):
        Delays(camera=-1)
