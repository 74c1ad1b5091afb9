"""Which engines are measured, and on what."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from didim.bench import BenchError, run_bench
from didim.bench.engines import _prediction, _read, engine_names
from didim.people import JOINT_COUNT, Joint
from didim.pose import Skeleton
from tests.pose.test_supplied import add


def test_without_the_pictures_it_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="no recording D_people/mmpose_annotated/coco"):
        run_bench("engines", data=tmp_path)


def test_every_pair_and_one_stage_network_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIDIM_CONTENT", str(tmp_path / "site"))
    assert engine_names() == ["blazepose", "mediapipe"]
    for layout in ("rtmdet", "heatmap", "rtmo"):
        add(layout, tmp_path)
    assert engine_names() == ["blazepose", "mediapipe", "rtmdet+blazepose", "rtmdet+heatmap", "rtmo"]


def test_a_body_is_judged_by_the_joints_that_coco_has() -> None:
    points = np.stack((np.arange(JOINT_COUNT), np.zeros(JOINT_COUNT)), axis=1).astype(np.float64)
    body = Skeleton(points, np.full(JOINT_COUNT, 0.5), np.zeros((JOINT_COUNT, 3)), 0.8)
    told = _prediction(body)
    assert told.score == pytest.approx(0.4)
    assert told.points_px[[0, 5, 16], 0].tolist() == [Joint.NOSE, Joint.LEFT_SHOULDER, Joint.RIGHT_ANKLE]


def test_the_annotated_pictures_are_read_with_their_people(recordings: Path) -> None:
    pictures = _read(recordings / "D_people/mmpose_annotated/coco")
    assert len(pictures) == 4
    assert sum(not person.ignored for picture in pictures for person in picture.people) == 12
    first = pictures[0].people[0]
    x, y, width, height = first.box_px
    seen = first.points_px[first.labelled]
    assert (seen >= [x, y]).all()
    assert (seen <= [x + width, y + height]).all()
