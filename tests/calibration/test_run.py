"""`didim calibrate` in a virtual venue: from the first light to rig file, report and replay."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pytest

from calibration.command_run import Options, calibrate, language_of
from calibration.recording import RecordingError, SavedDesk
from didim.rig import read_rig
from didim.survey import SurveyRequest


class Ran(NamedTuple):
    folder: Path
    figures: dict[str, Any]


def run(capsys: pytest.CaptureFixture[str], options: Options) -> dict[str, Any]:
    calibrate(options)
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """One calibration of a hall whose lens bends and whose camera nobody knows."""
    folder = tmp_path_factory.mktemp("hall")
    told = io.StringIO()
    request = SurveyRequest(folder / "rig.toml", venue="small-hall", places=4)
    options = Options(request, "en", save=folder / "run", as_json=True)
    with contextlib.redirect_stdout(told):
        calibrate(options)
    return Ran(folder, json.loads(told.getvalue()))


def test_light_lands_where_it_should_and_the_shown_error_is_no_smaller(ran: Ran) -> None:
    truth = ran.figures["truth"]
    assert truth["median"] < 0.5
    assert truth["p95"] < 2.0
    assert truth["p95"] <= ran.figures["p95_mm"] < 6.0
    assert truth["metric"] <= ran.figures["metric_p95_mm"] < 15.0


def test_the_rig_file_holds_a_floor_as_large_as_both_see(ran: Ran) -> None:
    rig = read_rig(ran.folder / "rig.toml")
    surface = rig.surfaces["play"]
    assert surface.width_m == pytest.approx(4.2, abs=0.3)
    assert surface.height_m == pytest.approx(3.0, abs=0.25)
    assert rig.cameras[0].source == {"kind": "venue", "venue": "small-hall"}
    assert 0.05 < rig.cameras[0].latency_s + rig.projectors[0].latency_s < 0.12


def test_the_report_is_one_page_and_one_file(ran: Ran) -> None:
    assert len(pypdfium2.PdfDocument(ran.folder / "calibration.pdf")) == 1
    page = (ran.folder / "calibration.html").read_text("utf-8")
    assert page.count("data:image/webp;base64,") == 3
    assert "http" not in page
    assert f"{ran.figures['p95_mm']:.1f} mm" in page


def test_a_kept_run_gives_the_same_once_more_and_in_korean(
    ran: Ran, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request = SurveyRequest(tmp_path / "rig.toml")
    again = run(capsys, Options(request, "ko", recorded=ran.folder / "run", as_json=True))
    same = ("surface_m", "median_mm", "p95_mm", "metric_p95_mm", "delay_ms", "seen_share")
    assert {key: again[key] for key in same} == {key: ran.figures[key] for key in same}
    first, second = (read_rig(f / "rig.toml").projectors[0] for f in (ran.folder, tmp_path))
    np.testing.assert_allclose(
        first.projector_from_surface.matrix, second.projector_from_surface.matrix, rtol=1e-9
    )
    assert "놀이 영역" in (tmp_path / "calibration.html").read_text("utf-8")


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="--save"):
        SavedDesk(tmp_path)


def test_the_language_follows_the_wish() -> None:
    assert language_of("ko") == "ko"
