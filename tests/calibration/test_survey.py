"""A calibration as a page leads through it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from calibration.flow import CameraName, Link, LiveDesk, Session, Setup
from calibration.projector import Delay
from calibration.survey import SessionSurvey
from calibration.synthetic import Conditions, SyntheticRig, SyntheticStage
from calibration.words import LANGUAGES
from didim.rig import Area, read_rig
from didim.survey import SurveyError, SurveyRequest, surveyor

HALL = Conditions(camera_px=(960, 540), projector_px=(960, 600), walkers=0)
SEED = 61


class KnownDesk(LiveDesk):
    """A desk over a made-up stage whose delay is known."""

    def find_light(self, rng: np.random.Generator, display: int | None) -> tuple[Link, ...]:
        self._links = (Link(0, 0, Delay(round(self.stage.true_delay_ns), 1.0)),)
        return self._links

    stage: SyntheticStage


def made_up(rig_file: Path, stage: SyntheticStage) -> SessionSurvey:
    """A survey of a made-up place whose camera is known already, so that no sheet is asked for."""
    desk = KnownDesk(stage, stage)
    desk.stage = stage
    camera = CameraName("camera", {"kind": "webcam", "device": "0"})
    setup = Setup(view=stage.rig.camera, cameras=(camera,))
    return SessionSurvey(SurveyRequest(rig_file), Session(desk, setup))


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> SessionSurvey:
    folder = tmp_path_factory.mktemp("survey")
    survey = made_up(folder / "rig.toml", SyntheticStage(SyntheticRig(SEED, HALL), SEED))
    states = []
    while survey.result is None:
        states.append([step.state for step in survey.steps])
        survey.prepare()
        survey.advance()
    assert states[0] == ["now", "later", "later", "later"]
    assert states[2] == ["done", "done", "now", "later"]
    return survey


def test_every_step_is_told_in_every_language(done: SessionSurvey) -> None:
    assert [step.key for step in done.steps] == ["light", "patterns", "solve", "verify"]
    for step in done.steps:
        assert set(step.said) == set(step.doing) == set(LANGUAGES)
        assert step.state == "done"
    assert done.share == 1.0


def test_the_result_has_figures_and_pictures(done: SessionSurvey) -> None:
    result = done.result
    assert result is not None
    assert 0 < result.median_mm <= result.p95_mm < 20
    assert set(result.views) == {"error", "camera", "projector"}
    assert all(view.ndim == 3 and view.dtype == np.uint8 for view in result.views.values())
    assert all(set(limit) == set(LANGUAGES) for limit in result.limits)


def test_the_camera_is_seen_with_the_play_area(done: SessionSurvey) -> None:
    seen, last = done.look(), done.seen()
    assert last is not None
    assert last.picture is seen.picture
    assert seen.picture.shape == (540, 960, 3)
    assert seen.area_px is not None
    inside = (seen.area_px >= -1) & (seen.area_px <= [960, 540])
    assert inside.all()


def test_what_is_accepted_is_written_with_its_area_and_can_be_taken_back(done: SessionSurvey) -> None:
    first, second = done.accept("ko"), done.accept("ko")
    assert first.kept is None
    assert second.kept is not None
    rig = read_rig(second.rig_file)
    assert rig.cameras[0].source == {"kind": "webcam", "device": "0"}
    middle = np.array([[rig.surfaces["play"].width_m / 2, rig.surfaces["play"].height_m / 2]])
    assert rig.area("play").usable
    assert rig.area("play").holds(middle).all()
    assert "놀이 영역" in second.report_html.read_text("utf-8")
    me = surveyor()
    assert me.history(second.rig_file) == (second.kept,)
    sofa = ((0.2, 0.2), (0.8, 0.2), (0.8, 0.8))
    me.set_area(second.rig_file, Area(me.area(second.rig_file).usable, (sofa,)))
    assert not read_rig(second.rig_file).area("play").holds(np.array([[0.7, 0.4]])).any()
    me.restore(second.rig_file)
    assert read_rig(second.rig_file).area("play").keep_out == ()


def test_a_cause_comes_in_every_language_and_the_step_stays(tmp_path: Path) -> None:
    survey = made_up(tmp_path / "rig.toml", SyntheticStage(SyntheticRig(SEED, HALL), SEED, dark_displays=1))
    survey.advance()
    with pytest.raises(SurveyError) as caught:
        survey.advance()
    assert "화면" in caught.value.said["ko"]
    assert "display" in caught.value.said["en"]
    assert survey.steps[1].state == "now"
    with pytest.raises(SurveyError, match="not done"):
        survey.accept()


def test_a_request_that_cannot_be_is_told(tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match="no-such-hall"):
        surveyor().open(SurveyRequest(tmp_path / "rig.toml", venue="no-such-hall"))
    with pytest.raises(SurveyError, match="no such rig file"):
        surveyor().area(tmp_path / "rig.toml")


def test_a_virtual_hall_opens_and_looks_through_its_camera(tmp_path: Path) -> None:
    survey = surveyor().open(SurveyRequest(tmp_path / "rig.toml", venue="small-hall", places=3))
    try:
        assert [step.by_hand for step in survey.steps].count(True) == 3
        assert survey.seen() is None
        assert survey.look(survey.cameras[0]).picture.ndim == 3
    finally:
        survey.close()
