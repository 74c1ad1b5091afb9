"""The stage process of a console, frame by frame: what it hears, shows and tells."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from didim.people import Player
from didim.play import Cue
from didim.project import DisplayLost, ProjectError, straight_projector
from didim.run import commands, ledger, live
from didim.run.channel import Channel
from didim.run.commands import Command, GamePart, Replay, RestPart, Safe, Start, Stop, Volume, Watching
from didim.run.console import SIM_FLOOR, sim_rig
from didim.run.host import Host
from didim.run.jobs import HostJob, RobotsJob
from didim.run.ledger import Condition, Due, Kept, RoundEntry
from didim.run.light import Draw, NoLight
from didim.run.link import Link, channel_names
from didim.run.live import Live
from didim.run.messages import Codec, People, Picture
from didim.run.processes import COMMANDS, CONSOLE_CHANNELS, KEPT, LEDGER, LIGHT, LIVE, PEOPLE, SCENE
from didim.run.relit import Relit
from didim.run.robots import Asked, Crew

SIZE_PX = (160, 90)
RIG = replace(sim_rig(), projectors=(straight_projector(SIM_FLOOR, SIZE_PX),))
SHORT = GamePart("lily_pads", {"round_s": 20, "lobby": False})
_PEOPLE = Codec(People)


@dataclass
class Clock:
    """A monotonic clock that the test moves."""

    now_s: float = 1000.0

    def monotonic(self) -> float:
        return self.now_s

    def monotonic_ns(self) -> int:
        return round(self.now_s * 1e9)


@dataclass
class Rig:
    """A host with robots around it, on a clock of its own."""

    channels: dict[str, Channel]
    clock: Clock
    link: Link
    host: Host | None = None
    crew: Crew = field(default_factory=lambda: Crew(RobotsJob(RIG, ("good", "good"))))
    answers: Callable[[RoundEntry], bool] = lambda entry: True
    heard: int = 0
    pictures: int = 0
    number: int = 0
    scribe_there: bool = True
    told_robots: bool = True

    def open(self, stack: ExitStack, **job: Any) -> None:
        wanted = {"window": "none", "to_robots": True, **job}
        self.told_robots = bool(wanted["to_robots"])
        try:
            self.host = Host(self.link, HostJob(RIG, **wanted), stack)
        except ProjectError as problem:
            pytest.skip(f"needs OpenGL 3.3 in software: {problem}")

    def say(self, command: Command) -> int:
        return self.channels[COMMANDS.name].publish(commands.pack(command))

    def frame(self, *, people: bool = True) -> None:
        """A thirtieth of a second passes."""
        self.clock.now_s += 1 / 30
        if people:
            newest = self.channels[SCENE.name].newest() if self.told_robots else None
            asked = Asked.unpack(newest[1]) if newest else Asked(0.0, ())
            players: tuple[Player, ...]
            players, events = self.crew.step(asked, self.clock.now_s)
            at_ns = self.clock.monotonic_ns()
            self.pictures += 1
            told = People(self.pictures, at_ns, at_ns, players, tuple(events))
            self.channels[PEOPLE.name].publish(_PEOPLE.pack(told))
        self.answer()
        assert self.host is not None
        self.host.frame()

    def answer(self) -> None:
        """What a scribe does."""
        for number, packed in self.channels[LEDGER.name].since(self.heard):
            self.heard = number
            entry = ledger.unpack_entry(packed)
            if isinstance(entry, RoundEntry) and entry.state != "running" and self.answers(entry):
                self.tell(Kept(entry.began.key))
        self.number += 1
        if self.number % 30 == 0 and self.scribe_there:
            self.tell(Condition(self.clock.monotonic_ns(), site="Sunshine"))

    def tell(self, answer: ledger.Answer) -> None:
        self.channels[KEPT.name].publish(ledger.pack(answer))

    def live(self) -> Live:
        newest = self.channels[LIVE.name].newest()
        assert newest is not None
        return live.unpack(newest[1])

    def until(self, reached: Callable[[Live], bool], frames: int = 3000) -> Live:
        for _ in range(frames):
            self.frame()
            if reached(self.live()):
                return self.live()
        raise AssertionError(f"still {self.live()}")


@pytest.fixture
def rig(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    clock = Clock()
    for module in ("host", "newest"):
        monkeypatch.setattr(f"didim.run.{module}.time.monotonic", clock.monotonic)
        monkeypatch.setattr(f"didim.run.{module}.time.monotonic_ns", clock.monotonic_ns)
    context = multiprocessing.get_context("spawn")
    reports, sender = context.Pipe(duplex=False)
    channels = {spec.name: Channel(spec) for spec in CONSOLE_CHANNELS}
    yield Rig(channels, clock, Link("stage", channel_names(channels), sender, context.Event()))
    for channel in channels.values():
        channel.close()
    for end in (reports, sender):
        end.close()


def test_a_round_from_the_command_to_the_disk(rig: Rig) -> None:
    with ExitStack() as stack:
        rig.open(stack)
        rig.frame()
        assert rig.live().phase == "idle"
        number = rig.say(Start((SHORT,), seats=(), seed=3))
        playing = rig.until(lambda told: told.phase == "play")
        assert playing.heard == number
        assert playing.game == "lily_pads"
        shown = rig.until(lambda told: told.phase == "results")
        assert sum(seat.points for seat in shown.seats) > 0
        entries = [ledger.unpack_entry(packed) for _, packed in rig.channels[LEDGER.name].since(0)]
        last = entries[-1]
        assert isinstance(last, RoundEntry)
        assert last.state == "finished"
        assert all(marks.steps and marks.distance_m and marks.points for marks in last.marks)
        assert all(marks.tracked_share and marks.tracked_share > 0.9 for marks in last.marks)
        rig.until(lambda told: told.phase == "idle")


def test_waiting_for_the_display_is_no_work(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    governed: list[float] = []

    class FiftyHz(NoLight):
        quality = "fine"

        def show(self, draw: Draw, cues: Sequence[Cue], t_s: float) -> None:
            rig.clock.now_s += 0.020
            self.waited_ms = 16.0

        def govern(self, frame_ms: float) -> None:
            governed.append(frame_ms)

    monkeypatch.setattr("didim.run.host.open_light", lambda job, surface: FiftyHz(60.0))
    monkeypatch.setattr("didim.run.host.time.perf_counter_ns", rig.clock.monotonic_ns)
    with ExitStack() as stack:
        rig.open(stack)
        for _ in range(4):
            rig.frame()
    assert governed == pytest.approx([4.0] * 4, abs=1e-3)
    assert (rig.live().frame_ms, rig.live().quality) == (4.0, "fine")


@dataclass
class Projector:
    """Its display may go, and with it every window on it."""

    there: bool = True
    opened: int = 0
    closed: int = 0
    shown: int = 0

    def open(self) -> NoLight:
        if not self.there:
            raise ProjectError("there is no display 1")
        self.opened += 1
        projector = self

        class OnIt(NoLight):
            def show(self, draw: Draw, cues: Sequence[Cue], t_s: float) -> None:
                if not projector.there:
                    raise DisplayLost("display 1 is gone")
                projector.shown += 1

            def close(self) -> None:
                projector.closed += 1

        return OnIt(60.0)


def test_a_projector_that_goes_pauses_the_round(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    projector = Projector()
    monkeypatch.setattr("didim.run.host.open_light", lambda job, surface: Relit(projector.open))
    with ExitStack() as stack:
        rig.open(stack)
        rig.say(Start((SHORT,), seats=()))
        playing = rig.until(lambda told: told.phase == "play" and any(seat.points for seat in told.seats))
        projector.there = False
        lost = rig.until(lambda told: told.held == "projector", 10)
        assert [notice.kind for notice in lost.notices] == ["projector_lost"]
        assert (projector.opened, projector.closed) == (1, 1)
        shown = projector.shown
        for _ in range(20 * 30):
            rig.frame()
        still = rig.live()
        assert (still.round_key, still.held, still.phase) == (playing.round_key, "projector", "play")
        assert (still.left_s, still.seats) == (lost.left_s, lost.seats)
        assert projector.shown == shown
        projector.there = True
        again = rig.until(lambda told: not told.held, 40)
        assert (again.round_key, again.notices, projector.opened) == (playing.round_key, (), 2)
        rig.until(lambda told: told.phase == "results")
        assert projector.shown > shown
    states = [
        entry.state
        for _, packed in rig.channels[LEDGER.name].since(0)
        if isinstance(entry := ledger.unpack_entry(packed), RoundEntry)
    ]
    assert states[-1] == "finished"
    assert "stopped" not in states


@pytest.mark.parametrize("before", ["idle", "play", "rest"])
def test_white_comes_with_the_next_frame(rig: Rig, before: str) -> None:
    with ExitStack() as stack:
        rig.open(stack, window="offscreen", to_venue=True, to_robots=False, canvas_scale=1.0)
        if before != "idle":
            rig.say(Start((RestPart(60.0) if before == "rest" else SHORT,), seats=()))
        rig.until(lambda told: told.phase == before, 400)
        assert shown(rig).min() < 128
        rig.say(Safe())
        rig.frame()
        picture = shown(rig)
        assert picture.shape[1::-1] == SIZE_PX
        assert picture.min() == 255
        rig.say(Safe())
        for _ in range(5):
            rig.frame()
            assert shown(rig).min() == 255
        assert rig.live().held == "safe"
        rig.say(Stop())
        for _ in range(60):
            rig.frame()
        assert rig.live().phase == "idle"
        assert shown(rig).mean() < 128


def shown(rig: Rig) -> Any:
    newest = rig.channels[LIGHT.name].newest()
    assert newest is not None
    return Picture.unpack(newest[1]).pixels


def test_shapes_are_told_only_while_somebody_looks_on(rig: Rig) -> None:
    with ExitStack() as stack:
        rig.open(stack)
        rig.frame()
        assert rig.live().shapes == ()
        rig.say(Watching())
        rig.until(lambda told: bool(told.shapes), 10)
        rig.until(lambda told: not told.shapes, 120)


def test_the_place_is_called_as_the_settings_say(rig: Rig) -> None:
    with ExitStack() as stack:
        rig.open(stack)
        for _ in range(40):
            rig.frame()
        rig.say(Watching())
        told = rig.until(lambda told: bool(told.shapes), 10)
        assert "Sunshine" in {shape.details.get("words") for shape in told.shapes}


def test_what_is_wrong_is_told_while_it_is(rig: Rig) -> None:
    with ExitStack() as stack:
        rig.open(stack)
        rig.frame()
        assert rig.live().notices == ()
        for _ in range(60):
            rig.frame(people=False)
        assert [notice.kind for notice in rig.live().notices] == ["camera_silent"]
        rig.frame()
        rig.scribe_there = False
        rig.until(lambda told: [notice.kind for notice in told.notices] == ["no_scribe"], 250)
        rig.scribe_there = True
        rig.tell(Condition(1, "disk_full", "make room"))
        told = rig.until(lambda told: any(notice.kind == "disk_full" for notice in told.notices), 10)
        assert told.notices[-1].text == "make room"
        rig.say(Start((SHORT,)))
        refused = rig.until(lambda told: told.notices[0].kind == "refused", 10)
        assert refused.notices[0].text == "make room"
        assert refused.phase == "idle"


def test_a_plan_whose_time_has_come_begins_if_nothing_runs(rig: Rig) -> None:
    with ExitStack() as stack:
        rig.open(stack)
        rig.frame()
        rig.tell(Due(Start((RestPart(600.0),), seats=(), title="Monday")))
        rig.until(lambda told: told.title == "Monday", 10)
        rig.tell(Due(Start((RestPart(600.0),), seats=(), title="Other")))
        told = rig.until(lambda told: bool(told.notices), 10)
        assert told.title == "Monday"
        assert "Other" in told.notices[0].text


def test_a_stage_that_starts_anew_in_a_round_goes_on_with_what_follows(rig: Rig) -> None:
    with ExitStack() as stack:
        rig.open(stack)
        rig.say(Start((SHORT, RestPart(60.0), SHORT), seats=(), session_id=5, title="Monday"))
        rig.until(lambda told: told.phase == "play")
        rig.say(Volume(0.5))
        rig.frame()
    with ExitStack() as stack:
        rig.open(stack)
        told = rig.until(lambda told: told.phase == "rest", 10)
        assert [notice.kind for notice in told.notices] == ["round_lost"]
        assert (told.part, told.title, told.volume, told.broken) == (2, "Monday", 0.5, "lily_pads")
        last = [ledger.unpack_entry(packed) for _, packed in rig.channels[LEDGER.name].since(0)][-1]
        assert isinstance(last, ledger.SessionEntry)
        assert (last.session_id, last.state, last.part) == (5, "running", 2)
        rig.say(Replay())
        told = rig.until(lambda told: told.phase == "play")
        assert (told.part, told.broken, told.notices) == (1, "", ())


def test_a_stage_that_left_in_good_order_leaves_nothing_to_go_on_with(rig: Rig) -> None:
    with ExitStack() as stack:
        rig.open(stack)
        rig.say(Start((RestPart(60.0), SHORT), seats=()))
        rig.until(lambda told: told.phase == "rest", 10)
        rig.link.stop.set()
        assert rig.host is not None
        rig.host.run()
    rig.link.stop.clear()
    with ExitStack() as stack:
        rig.open(stack)
        told = rig.until(lambda told: told.phase == "idle", 10)
        assert (told.broken, told.notices) == ("", ())


def test_light_that_the_guard_held_back_is_told_once(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NoLight, "flashing", ("general",))
    with ExitStack() as stack:
        rig.open(stack)
        rig.say(Start((SHORT,), seats=()))
        rig.until(lambda told: told.phase == "play")
        for _ in range(12):
            rig.frame()
        assert damped(rig) == 1, "light that is held back for a while is softened once"
        monkeypatch.setattr(NoLight, "flashing", ())
        for _ in range(60):
            rig.frame()
        monkeypatch.setattr(NoLight, "flashing", ("red",))
        for _ in range(30):
            rig.frame()
        assert damped(rig) == 2
        told = [notice for notice in rig.live().notices if SHORT.game in notice.text]
        assert [notice.kind for notice in told] == ["light_damped", "light_damped"]
        assert "general" in told[0].text


def damped(rig: Rig) -> int:
    """How often the newest entry of the round says that light was softened."""
    entry = ledger.unpack_entry([*rig.channels[LEDGER.name].since(0)][-1][1])
    assert isinstance(entry, RoundEntry)
    return entry.damped
