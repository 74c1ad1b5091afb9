"""The supervisor starts, restarts, ends, and tells why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from didim.run.processes import CUES, ProcessSpec
from didim.run.supervisor import Outcome, RunError, Supervisor


@pytest.fixture(autouse=True)
def _actors_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


def spec(actor: str, *, restart_after_s: float | None = None) -> ProcessSpec:
    return ProcessSpec(actor, f"actors:{actor}", reads=(), writes=(), restart_after_s=restart_after_s)


def supervise(jobs: dict[str, Any], *specs: ProcessSpec) -> Outcome:
    with Supervisor(jobs, specs) as supervisor:
        return supervisor.run(lambda: None)


def test_when_one_is_done_the_others_end_in_good_order() -> None:
    outcome = supervise({"finish": "the game", "wait_for_stop": ""}, spec("wait_for_stop"), spec("finish"))
    assert outcome.summaries == {"finish": "done with the game", "wait_for_stop": "stopped"}
    assert outcome.started_cpu_s["wait_for_stop"] > 0


def test_a_crashed_process_is_started_again(tmp_path: Path) -> None:
    outcome = supervise({"crash_once": str(tmp_path / "crashed")}, spec("crash_once", restart_after_s=0.01))
    assert outcome.summaries == {"crash_once": "back again"}
    assert outcome.restarts == 1
    assert "ended with code 9" in outcome.warnings[0]


def test_who_keeps_crashing_is_given_up_and_others_end() -> None:
    with pytest.raises(RunError, match=r"crash_always process failed.*ZeroDivisionError") as caught:
        supervise(
            {"crash_always": "", "wait_for_stop": ""},
            spec("crash_always", restart_after_s=0.001),
            spec("wait_for_stop"),
        )
    assert caught.value.exit_code == 70


def test_a_lasting_problem_ends_the_run_with_its_own_words_and_code() -> None:
    with pytest.raises(RunError, match=r"^webcam 7 does not answer; plug it in$") as caught:
        supervise({"no_camera": ""}, spec("no_camera", restart_after_s=0.01))
    assert caught.value.exit_code == 4


def test_a_warning_is_told_once() -> None:
    assert supervise({"warn_twice": ""}, spec("warn_twice")).warnings == ["the light is low"]


def test_a_message_crosses_from_process_to_supervisor() -> None:
    with Supervisor({"publish": 3}, (spec("publish"),)) as supervisor:
        supervisor.run(lambda: None)
        heard = [message for _, message in supervisor.channels[CUES.name].since(0)]
    assert heard == [b"0", b"1", b"2"]


def test_stop_ends_a_run_from_outside() -> None:
    with Supervisor({"wait_for_stop": ""}, (spec("wait_for_stop"),)) as supervisor:
        outcome = supervisor.run(supervisor.stop)
    assert outcome.summaries == {"wait_for_stop": "stopped"}


def test_the_tireless_are_started_again_however_they_ended() -> None:
    tireless = [replace(spec(name, restart_after_s=0.01), tireless=True) for name in ("no_camera", "finish")]
    jobs = {"no_camera": "", "finish": "", "wait_for_stop": ""}
    looks = 0
    with Supervisor(jobs, (*tireless, spec("wait_for_stop"))) as runs:

        def look() -> None:
            nonlocal looks
            looks += 1
            if runs.outcome.restarts >= 2 or looks > 600:
                runs.stop()

        outcome = runs.run(look)
    assert outcome.restarts >= 2
    assert outcome.warnings == [
        "the no_camera process was started again: webcam 7 does not answer; plug it in"
    ], "told once"
    assert outcome.summaries["wait_for_stop"] == "stopped"
