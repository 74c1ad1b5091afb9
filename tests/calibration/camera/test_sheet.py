from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from typer.testing import CliRunner

from calibration.calibrate import calibrate_app
from calibration.camera import PAPERS, Paper, Sheet, WrongSize
from calibration.camera._print import print_sheet
from calibration.camera._template import template_of

PIXELS_PER_MM = 2.0


def _printed(paper: Paper, folder: Path) -> np.ndarray:
    """The PDF as a printer would put it on paper, grey."""
    print_sheet(Sheet(paper), folder / "sheet.pdf")
    page = pypdfium2.PdfDocument(folder / "sheet.pdf")[0]
    return np.asarray(page.render(scale=PIXELS_PER_MM * 25.4 / 72).to_pil().convert("L"))


@pytest.mark.parametrize("paper", PAPERS)
def test_what_is_printed_is_what_is_looked_for(paper: Paper, tmp_path: Path) -> None:
    printed = _printed(paper, tmp_path).astype(np.float32) / 255
    template = template_of(paper, PIXELS_PER_MM)
    rows, columns = template.white.shape
    assert abs(printed.shape[0] - rows) <= 1
    assert abs(printed.shape[1] - columns) <= 1
    heard = template.heard > 0.99
    off = np.abs(printed[:rows, :columns] - template.white)[heard]
    assert off.mean() < 0.015  # half a pixel along each edge; a millimetre would be 0.04
    assert np.mean(template.white[heard] < 0.5) > 0.3


@pytest.mark.parametrize("paper", PAPERS)
def test_the_printed_tag_lies_where_the_sheet_says(paper: Paper, tmp_path: Path) -> None:
    parameters = cv2.aruco.DetectorParameters()
    parameters.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36H11)
    corners, ids, _ = cv2.aruco.ArucoDetector(dictionary, parameters).detectMarkers(_printed(paper, tmp_path))
    sheet = Sheet(paper)
    assert np.ravel(ids).tolist() == [sheet.tag_id]
    found_mm = (np.reshape(corners[0], (4, 2)) + 0.5) / PIXELS_PER_MM - np.array(sheet.size_mm) / 2
    assert np.abs(found_mm * [1, -1] - sheet.tag_corners_mm).max() < 0.6


def test_the_installer_reads_both_languages(tmp_path: Path) -> None:
    print_sheet(Sheet(), tmp_path / "sheet.pdf")
    text = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")[0].get_textpage().get_text_range()
    assert "보정 시트 A3" in text
    assert "400 mm" in text
    assert "calibration sheet A3" in text
    assert b"/PrintScaling /None" in (tmp_path / "sheet.pdf").read_bytes()


@pytest.mark.parametrize("paper", PAPERS)
def test_no_ink_lies_outside_the_paper_or_in_the_text(paper: Paper) -> None:
    sheet = Sheet(paper)
    half = np.array(sheet.size_mm) / 2
    blocks = sheet.blocks_mm
    assert (np.abs(blocks[:, :2]) < half - 5).all()
    assert (np.abs(blocks[:, 2:]) < half - 5).all()
    for box in sheet.silent_mm:
        apart = (blocks[:, 0] >= box[2]) | (blocks[:, 2] <= box[0])
        assert (apart | (blocks[:, 1] >= box[3]) | (blocks[:, 3] <= box[1])).all()


def test_a_ruler_reading_corrects_the_scale() -> None:
    sheet = Sheet("a4").read(198.0)
    assert sheet.scale == pytest.approx(0.99)
    assert sheet.scale_sigma < Sheet("a4").scale_sigma


def test_a_print_of_another_size_is_refused() -> None:
    with pytest.raises(WrongSize, match=r"400 mm long and measures 283 mm.*100 %") as failure:
        Sheet("a3").read(283.0)
    assert failure.value.scale == pytest.approx(0.7075)


def test_the_command_writes_the_sheet(tmp_path: Path) -> None:
    out = tmp_path / "new" / "sheet.pdf"
    result = CliRunner().invoke(calibrate_app, ["sheet", "--paper", "A4", "--out", str(out)])
    assert result.exit_code == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert "200 mm" in result.stderr


def test_an_unknown_paper_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(calibrate_app, ["sheet", "--paper", "a2", "--out", str(tmp_path / "x.pdf")])
    assert result.exit_code == 2
    assert "a3 or a4" in result.stderr
    assert not (tmp_path / "x.pdf").exists()
