"""A network is tried before it is taken in, and the report says what was wrong."""

from __future__ import annotations

import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from didim.pose import PoseError
from didim.pose.layouts import LAYOUTS, check
from didim.pose.layouts._check import drawn_person, drawn_room
from tests.pose.layouts.conftest import TinyNet
from tests.pose.layouts.test_places import BOXES, WHOLE, heatmap, movenet, simcc

MAKERS = {
    **{name: (make, (320, 320)) for name, make in BOXES.items()},
    **{name: (make, (640, 640)) for name, make in WHOLE.items()},
    "simcc": (simcc, (256, 192)),
    "heatmap": (heatmap, (256, 192)),
    "movenet": (movenet, (192, 192)),
}


def blazepose(path: Path) -> None:
    net = TinyNet((1, 256, 256, 3))
    for name, axes in (("a", (1, 195)), ("b", (1, 1)), ("c", (1, 64, 64, 39)), ("d", (1, 117))):
        net.constant(name, np.full(axes, 0.25, np.float32))
    net.save(path / "tiny.onnx")


def made(layout: str, folder: Path) -> Path:
    if layout == "blazepose":
        blazepose(folder)
    else:
        make, size = MAKERS[layout]
        make(folder, size)
    return folder / "tiny.onnx"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_network_of_a_layout_is_known_as_that_and_as_no_other(layout: str, tmp_path: Path) -> None:
    path = made(layout, tmp_path)
    checked = check(path, layout, time.process_time)
    assert len(checked.names) == len(LAYOUTS[layout].outputs)
    assert checked.cost_ms > 0
    assert [line.split(":")[0] for line in checked.seen] == [
        "a black picture",
        "an empty room",
        "a drawn person",
    ]
    other = next(name for name in LAYOUTS if name != layout)
    with pytest.raises(PoseError, match=rf"is not {other} .*\n.*expected .*got .*\nIt looks like {layout}"):
        check(path, other, time.process_time)


def test_outputs_are_known_by_their_shape_whatever_their_names_and_order(tmp_path: Path) -> None:
    net = TinyNet((1, 3, 320, 320))
    net.constant("first", np.full((1, 1, 9), 0.1, np.float32))
    net.constant("spare", np.zeros((1, 3), np.float32))
    net.constant("last", np.zeros((1, 9, 4), np.float32))
    path = net.save(tmp_path / "net.onnx")
    assert check(path, "picodet", time.process_time).names == ("last", "first")


def test_what_is_no_network_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "notes.onnx"
    path.write_text("hello")
    with pytest.raises(PoseError, match=r"notes\.onnx: expected an ONNX network; got: "):
        check(path, "rtmdet", time.process_time)


def test_an_unknown_layout_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(PoseError, match="'rtmdat' is not one of rtmdet, picodet"):
        check(tmp_path / "any.onnx", "rtmdat", time.process_time)


def test_values_beyond_what_they_mean_are_told(tmp_path: Path) -> None:
    net = TinyNet((1, 3, 320, 320))
    net.constant("boxes", np.zeros((1, 9, 4), np.float32))
    net.constant("scores", np.full((1, 1, 9), -4.2, np.float32))
    path = net.save(tmp_path / "logits.onnx")
    with pytest.raises(PoseError, match=r"scores: expected values from 0 to 1; got -4\.2 to -4\.2"):
        check(path, "picodet", time.process_time)


def test_values_that_are_no_numbers_are_told(tmp_path: Path) -> None:
    net = TinyNet((1, 3, 256, 192))
    net.constant("maps", np.full((1, 17, 64, 48), np.nan, np.float32))
    path = net.save(tmp_path / "nan.onnx")
    with pytest.raises(PoseError, match="heatmaps: expected numbers; got nan"):
        check(path, "heatmap", time.process_time)


def test_a_network_that_sees_a_crowd_in_an_empty_room_is_refused(tmp_path: Path) -> None:
    people = np.zeros((1, 5, 17, 3), np.float32)
    people[..., 1], people[..., 0] = 10.0 * np.arange(17), 100.0 * np.arange(5)[:, None]
    net = TinyNet((1, 3, 640, 640))
    net.constant("dets", np.full((1, 5, 5), 0.9, np.float32))
    net.constant("keypoints", people)
    path = net.save(tmp_path / "crowd.onnx")
    with pytest.raises(PoseError, match="a black picture: expected nobody; got 5 people"):
        check(path, "rtmo", time.process_time)


def test_a_number_of_joints_that_nobody_knows_is_told(tmp_path: Path) -> None:
    net = TinyNet((1, 3, 256, 192))
    net.constant("maps", np.zeros((1, 21, 64, 48), np.float32))
    path = net.save(tmp_path / "hand.onnx")
    with pytest.raises(PoseError, match="21 joints, known are 17, 26, 133"):
        check(path, "heatmap", time.process_time)


def test_a_grid_of_another_size_than_the_inputs_is_told(tmp_path: Path) -> None:
    net = TinyNet((1, 3, 320, 320))
    net.constant("grid", np.zeros((1, 3549, 85), np.float32))
    path = net.save(tmp_path / "grid.onnx")
    with pytest.raises(PoseError, match="an input of 320x320 has 2100 cells"):
        check(path, "yolox", time.process_time)


def test_the_drawn_person_is_the_only_thing_that_the_rooms_differ_in() -> None:
    changed = cv2.absdiff(drawn_person(), drawn_room()).max(axis=2) > 0
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    assert 0.75 < (rows[-1] - rows[0]) / 360 < 0.95
    assert columns[-1] - columns[0] < 150
