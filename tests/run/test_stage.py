"""The stage process of a single round: it waits for a projector that is gone."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any

import pytest

from didim.play import Cue
from didim.project import DisplayLost, ProjectError, straight_projector
from didim.rig import Rig
from didim.run._window_light import WindowLight
from didim.run.channel import Channel
from didim.run.console import SIM_FLOOR
from didim.run.jobs import StageJob
from didim.run.light import Draw
from didim.run.link import Link, channel_names
from didim.run.messages import Codec, People
from didim.run.processes import CHANNELS, PEOPLE
from didim.run.stage import Show

RIG = Rig("hall", {"floor": SIM_FLOOR}, (), (straight_projector(SIM_FLOOR, (64, 48)),))


def test_seconds_of_a_round_are_not_spent_on_its_lobby() -> None:
    def over(t_s: float, left_lobby_s: float | None, *, of_round: bool = True) -> bool:
        show: Any = SimpleNamespace(
            _job=StageJob(RIG, "lily_pads", seconds=5.0, of_round=of_round),
            _heard_s=1.0,
            _left_lobby_s=left_lobby_s,
            _link=SimpleNamespace(stopped=lambda: False),
            _light=SimpleNamespace(closing=False),
            round=SimpleNamespace(finished=False),
        )
        return Show._over(show, t_s)

    assert not over(60.0, None)
    assert not over(32.9, 28.0)
    assert over(33.0, 28.0)
    assert over(6.0, None, of_round=False)


def test_a_round_waits_for_its_projector(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = False
    show = WindowLight.show

    def shown(self: Any, draw: Draw, cues: Sequence[Cue], t_s: float) -> None:
        if gone:
            raise DisplayLost("display 1 is gone")
        show(self, draw, cues, t_s)

    monkeypatch.setattr(WindowLight, "show", shown)
    monkeypatch.setattr("didim.run.relit.AGAIN_S", 0.0)
    context = multiprocessing.get_context("spawn")
    channels = {spec.name: Channel(spec) for spec in CHANNELS}
    _, sender = context.Pipe(duplex=False)
    link = Link("stage", channel_names(channels), sender, context.Event())
    job = StageJob(RIG, "lily_pads", window="offscreen", canvas_scale=0.5)
    try:
        with ExitStack() as stack:
            try:
                stage = Show(link, job, stack)
            except ProjectError as problem:
                pytest.skip(f"needs OpenGL 3.3 in software: {problem}")

            def play(from_s: float, to_s: float) -> float:
                for tenth in range(round(10 * from_s), round(10 * to_s)):
                    now_ns = time.monotonic_ns()
                    channels[PEOPLE.name].publish(Codec(People).pack(People(tenth, now_ns, now_ns, ())))
                    stage.frame(tenth / 10)
                return stage.round.t_s

            before_s = play(0.0, 1.0)
            gone = True
            lost_s = play(1.0, 5.0)
            gone = False
            after_s = play(5.0, 6.0)
    finally:
        for channel in channels.values():
            channel.close()
    assert before_s == pytest.approx(0.9, abs=0.05)
    assert lost_s == pytest.approx(1.0, abs=0.05), "the frame in which it went still counts"
    assert after_s == pytest.approx(1.9, abs=0.05)
