"""Each layout reads places to the pixel, and is fed the values and the order of channels that it asks for.

The networks are tiny and have the layout of the real ones. They see a red spot: in the middle of it they
claim the person's box or all the joints.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from didim.people import Joint
from didim.pose import JoinedEngine, Region, Skeleton
from didim.pose._net import Net
from didim.pose.layouts import OneStage, as_detector, as_landmarker, as_whole
from didim.pose.layouts._body import COCO
from tests.pose.layouts.conftest import TinyNet

SPOT_PX = 16
IMAGENET_RED, IMAGENET_BLUE = (255 - 123.675) / 58.395, -103.53 / 57.375
HALF_BOX_PX = 20.0  # of the boxes that the networks claim, in pixels of their input
Weights = NDArray[np.float64]


def picture(width: int, height: int, x_px: float, y_px: float) -> NDArray[np.uint8]:
    """Black with a red spot whose middle lies there."""
    shown = np.zeros((height, width, 3), np.uint8)
    left, top = round(x_px - (SPOT_PX - 1) / 2), round(y_px - (SPOT_PX - 1) / 2)
    shown[top : top + SPOT_PX, left : left + SPOT_PX] = (0, 0, 255)
    return shown


def middle(left: int, top: int) -> tuple[float, float]:
    return left + (SPOT_PX - 1) / 2, top + (SPOT_PX - 1) / 2


def corners() -> Weights:
    """x0, y0, x1, y1 about the spot, from the corner of the input's first pixel; of [x, y, 1]."""
    half = HALF_BOX_PX
    return np.array([[1, 0, 1, 0], [0, 1, 0, 1], [0.5 - half, 0.5 - half, 0.5 + half, 0.5 + half]], float)


def with_score(weights: Weights, *scores: float) -> Weights:
    return np.concatenate((weights, [[0.0] * len(scores)] * 2 + [list(scores)]), axis=1)


def joints(count: int = 17, spread_px: float = 3.0) -> Weights:
    """x, y, score of each joint: the first on the spot, each of the others farther below it."""
    down = spread_px * np.arange(count)
    rows = [[(1, 0, 0), (0, 1, down[k]), (0, 0, 0.9)] for k in range(count)]
    return np.array(rows, float).reshape(3 * count, 3).T


def opened(net: TinyNet, path: Path, *outputs: str) -> Net:
    return Net(net.save(path / "tiny.onnx"), outputs)


def rtmdet(path: Path, size: tuple[int, int]) -> Net:
    net = TinyNet((1, 3, *size))
    spot = net.spot(IMAGENET_BLUE, IMAGENET_RED, channels_last=False)  # blue first
    # A person, and something larger and surer of another class.
    weights = np.c_[with_score(corners(), 0.8), with_score(corners() * 2, 0.9)]
    net.give_linear("dets", spot, weights, (1, 2, 5))
    net.constant("labels", np.array([[0, 7]], np.int64))
    return opened(net, path, "dets", "labels")


def picodet(path: Path, size: tuple[int, int]) -> Net:
    net = TinyNet((1, 3, *size))
    spot = net.spot(IMAGENET_RED, IMAGENET_BLUE, channels_last=False)
    beside = corners() + np.array([[0.0], [0.0], [0.2]])
    net.give_linear("boxes", spot, np.c_[corners(), beside, corners() * 0.0], (1, 3, 4))
    scores = np.array([[0.0] * 3, [0.0] * 3, [0.8, 0.7, 0.1]])
    net.give_linear("scores", spot, scores, (1, 1, 3))
    return opened(net, path, "boxes", "scores")


def yolox(path: Path, size: tuple[int, int]) -> Net:
    cells = sum((size[0] // s) * (size[1] // s) for s in (8, 16, 32))
    fine, column, row = (size[0] // 8) * (size[1] // 8), 3, 2
    cell = fine + row * (size[1] // 16) + column  # one of the grid of 16 px
    weights = np.zeros((3, cells, 85))
    weights[0, cell, 0], weights[2, cell, 0] = 1 / 16, 0.5 / 16 - column
    weights[1, cell, 1], weights[2, cell, 1] = 1 / 16, 0.5 / 16 - row
    weights[2, cell, 2:4] = np.log(2 * HALF_BOX_PX / 16)
    weights[2, cell, 4:6] = 0.9, 0.9
    net = TinyNet((1, 3, *size))
    spot = net.spot(0.0, 255.0, channels_last=False)
    net.give_linear("output", spot, weights.reshape(3, -1), (1, cells, 85))
    return opened(net, path, "output")


BOXES = {"rtmdet": rtmdet, "picodet": picodet, "yolox": yolox}


@pytest.mark.parametrize("layout", BOXES)
@pytest.mark.parametrize("within", [None, Region(800.0, 400.0, 320.0)], ids=["whole", "part"])
def test_a_box_lies_where_its_person_is(layout: str, within: Region | None, tmp_path: Path) -> None:
    size = (320, 320)
    detector: Any = as_detector(layout, BOXES[layout](tmp_path, size))
    x_px, y_px = middle(820, 460)
    shown = picture(1280, 1280, x_px, y_px)
    scale = 0.25 if within is None else 1.0
    (region,) = detector.find(shown, within or Region.around(shown))
    assert (region.x_px, region.y_px) == pytest.approx((x_px, y_px), abs=0.01)
    assert region.side_px == pytest.approx(1.25 * 2 * HALF_BOX_PX / scale * 4 / 3, rel=1e-4)


@pytest.mark.parametrize("layout", ["rtmdet", "yolox"])
def test_a_picture_keeps_its_shape(layout: str, tmp_path: Path) -> None:
    detector: Any = as_detector(layout, BOXES[layout](tmp_path, (384, 640)))
    x_px, y_px = middle(1100, 620)
    (box,) = detector.net.boxes(picture(1280, 720, x_px, y_px))
    assert (box[0] + box[2]) / 2 == pytest.approx(x_px, abs=0.01)
    assert (box[1] + box[3]) / 2 == pytest.approx(y_px, abs=0.01)
    assert box[2] - box[0] == pytest.approx(2 * HALF_BOX_PX * 2)
    assert box[3] - box[1] == pytest.approx(2 * HALF_BOX_PX * 2)


@pytest.mark.parametrize("layout", BOXES)
def test_an_empty_picture_has_no_boxes_and_no_phantom_pose(layout: str, tmp_path: Path) -> None:
    detector = as_detector(layout, BOXES[layout](tmp_path, (320, 320)))
    black = np.zeros((640, 640, 3), np.uint8)
    assert detector.find(black, Region.around(black)) == []

    class NeverAsked:
        def look(self, bgr: NDArray[np.uint8], region: Region) -> Any:
            raise AssertionError("a landmark net was asked about nobody")

    engine = JoinedEngine(detector, NeverAsked())
    assert [engine.find(black, count) for count in range(20)] == [()] * 20


def test_a_part_outside_of_the_picture_has_nobody(tmp_path: Path) -> None:
    detector = as_detector("rtmdet", rtmdet(tmp_path, (320, 320)))
    assert detector.find(np.zeros((640, 640, 3), np.uint8), Region(2000.0, 100.0, 300.0)) == []


def rtmo(path: Path, size: tuple[int, int]) -> Net:
    net = TinyNet((1, 3, *size))
    spot = net.spot(0.0, 255.0, channels_last=False)
    net.give_linear("dets", spot, with_score(corners(), 0.8), (1, 1, 5))
    net.give_linear("keypoints", spot, joints(), (1, 1, 17, 3))
    return opened(net, path, "dets", "keypoints")


def yolo_raw(path: Path, size: tuple[int, int]) -> Net:
    centre = np.array([[1, 0, 0, 0], [0, 1, 0, 0], [0.5, 0.5, 40, 60]], float)
    person = np.c_[with_score(centre, 0.8), joints()]
    again = np.c_[with_score(centre, 0.6), joints(spread_px=9.0)]
    cells = sum((size[0] // s) * (size[1] // s) for s in (8, 16, 32))
    columns = np.zeros((3, 56, cells))
    columns[:, :, 5], columns[:, :, 6] = person, again
    net = TinyNet((1, 3, *size))
    spot = net.spot(1.0, 0.0, channels_last=False)
    net.give_linear("columns", spot, columns.reshape(3, -1), (1, 56, cells))
    return opened(net, path, "columns")


def yolo_end_to_end(path: Path, size: tuple[int, int]) -> Net:
    row = np.c_[with_score(corners(), 0.8, 0.0), joints()]
    rows = np.zeros((3, 300, 57))
    rows[:, 0] = row
    net = TinyNet((1, 3, *size))
    spot = net.spot(1.0, 0.0, channels_last=False)
    net.give_linear("rows", spot, rows.reshape(3, -1), (1, 300, 57))
    return opened(net, path, "rows")


def shares(size: tuple[int, int], spread_px: float = 3.0) -> Weights:
    """y, x, score of each joint, from 0 to 1 across the input."""
    weights = joints(spread_px=spread_px).reshape(3, 17, 3).copy()
    weights[2, :, :2] += 0.5
    weights[..., 0] /= size[1]
    weights[..., 1] /= size[0]
    return weights[..., [1, 0, 2]].reshape(3, -1)


def movenet_multi(path: Path, size: tuple[int, int]) -> Net:
    rows = np.zeros((3, 6, 56))
    rows[:, 0, :51] = shares(size)
    rows[2, 0, 55] = 0.8
    net = TinyNet((1, *size, 3), "int32")
    spot = net.spot(255.0, 0.0, channels_last=True)
    net.give_linear("rows", spot, rows.reshape(3, -1), (1, 6, 56))
    return opened(net, path, "rows")


WHOLE = {
    "rtmo": rtmo,
    "yolo-pose": yolo_raw,
    "yolo-pose-e2e": yolo_end_to_end,
    "movenet-multi": movenet_multi,
}


@pytest.mark.parametrize("layout", WHOLE)
@pytest.mark.parametrize(("width", "height"), [(1280, 720), (720, 1280), (640, 640)])
def test_a_one_stage_network_puts_joints_where_they_are(
    layout: str, width: int, height: int, tmp_path: Path
) -> None:
    engine = OneStage(as_whole(layout, WHOLE[layout](tmp_path, (640, 640))))
    x_px, y_px = middle(420, 560)
    scale = 640 / max(width, height)
    (body,) = engine.find(picture(width, height, x_px, y_px), 0)
    assert body.points_px[Joint.NOSE] == pytest.approx((x_px, y_px), abs=0.01)
    for index, joint in enumerate(COCO):
        assert body.points_px[joint] == pytest.approx((x_px, y_px + 3.0 * index / scale), abs=0.01)
    assert body.score == pytest.approx(0.8)
    check_coco(body)


def check_coco(body: Skeleton) -> None:
    """Joints that COCO does not have are nowhere, but for a place to draw them at."""
    for joint in Joint:
        assert body.scores[joint] == pytest.approx(0.9 if joint in COCO else 0.0, abs=1e-5)
    assert np.isnan(body.points_m).all()
    assert body.points_px[Joint.LEFT_HEEL].tolist() == body.points_px[Joint.LEFT_ANKLE].tolist()
    assert body.points_px[Joint.RIGHT_INDEX].tolist() == body.points_px[Joint.RIGHT_WRIST].tolist()


@pytest.mark.parametrize("layout", WHOLE)
def test_a_one_stage_network_sees_nobody_where_nobody_is(layout: str, tmp_path: Path) -> None:
    engine = OneStage(as_whole(layout, WHOLE[layout](tmp_path, (640, 640))))
    assert engine.find(np.zeros((720, 1280, 3), np.uint8), 0) == ()


def test_a_person_all_of_zeros_is_nobody_however_sure(tmp_path: Path) -> None:
    net = TinyNet((1, 3, 640, 640))
    net.constant("dets", np.array([[[0, 0, 0, 0, 0.9]]], np.float32))
    net.constant("keypoints", np.zeros((1, 1, 17, 3), np.float32))
    engine = OneStage(as_whole("rtmo", opened(net, tmp_path, "dets", "keypoints")))
    assert engine.find(np.zeros((720, 1280, 3), np.uint8), 0) == ()


def test_no_more_than_the_most_people_are_told(tmp_path: Path) -> None:
    people = np.zeros((1, 5, 17, 3), np.float32)
    people[..., 1] = 10.0 * np.arange(17)
    people[..., 0] = 100.0 * np.arange(5)[:, None]
    net = TinyNet((1, 3, 640, 640))
    net.constant("dets", np.array([[[0, 0, 0, 0, 0.5 + 0.1 * k] for k in range(5)]], np.float32))
    net.constant("keypoints", people)
    engine = OneStage(as_whole("rtmo", opened(net, tmp_path, "dets", "keypoints")), max_people=2)
    found = engine.find(np.zeros((640, 640, 3), np.uint8), 0)
    assert [round(body.points_px[Joint.NOSE, 0]) for body in found] == [400, 300]


def gaussian(width: int, height: int, x_px: float, y_px: float, sigma_px: float) -> NDArray[np.uint8]:
    y, x = np.mgrid[:height, :width]
    level = 255 * np.exp(-((x - x_px) ** 2 + (y - y_px) ** 2) / (2 * sigma_px**2))
    return np.repeat(level[..., None], 3, axis=2).round().astype(np.uint8)


def heatmap(path: Path, size: tuple[int, int], count: int = 17) -> Net:
    """Every fourth pixel of the brightness, from 0 to 1, as every joint's map."""
    net = TinyNet((1, 3, *size))
    level = brightness(net)
    cells = net.node("MaxPool", level, kernel_shape=[1, 1], strides=[4, 4])
    net.give("maps", net.node("Concat", *[cells] * count, axis=1), (1, count, size[0] // 4, size[1] // 4))
    return opened(net, path, "maps")


def brightness(net: TinyNet) -> str:
    """The red of a picture as planes of ImageNet's mean and deviation, 0 to 1, (1, 1, h, w)."""
    red = net.channel("picture", 0)
    level = net.node("Mul", red, net.store(np.float32(58.395 / 255)))
    return net.node("Add", level, net.store(np.float32(123.675 / 255)))


def simcc(path: Path, size: tuple[int, int], count: int = 17) -> Net:
    """The brightness summed along rows and columns, with a bin for each half pixel."""
    net = TinyNet((1, 3, *size))
    level = net.node("Max", brightness(net), net.store(np.float32(0)))
    for name, axis, length in (("simcc_x", 2, size[1]), ("simcc_y", 3, size[0])):
        line = net.node(
            "Reshape",
            net.node("ReduceMax", level, axes=[axis], keepdims=0),
            net.store(np.array([1, 1, length], np.int64)),
        )
        bins = net.node(
            "Resize",
            line,
            "",
            net.store(np.array([1, 1, 2], np.float32)),
            mode="linear",
            coordinate_transformation_mode="asymmetric",
        )
        net.give(name, net.node("Concat", *[bins] * count, axis=1), (1, count, 2 * length))
    return opened(net, path, "simcc_x", "simcc_y")


def movenet(path: Path, size: tuple[int, int]) -> Net:
    net = TinyNet((1, *size, 3), "uint8")
    spot = net.spot(255.0, 0.0, channels_last=True)
    net.give_linear("joints", spot, shares(size), (1, 1, 17, 3))
    return opened(net, path, "joints")


@pytest.mark.parametrize("angle_rad", [0.0, 0.3, -1.2])
@pytest.mark.parametrize(
    ("make", "layout", "size", "off_px"),
    [
        (heatmap, "heatmap", (256, 192), 0.05),
        (heatmap, "heatmap", (128, 96), 0.05),
        (simcc, "simcc", (256, 192), 0.001),
    ],
)
def test_a_landmark_net_puts_joints_where_they_are(
    make: Any, layout: str, size: tuple[int, int], off_px: float, angle_rad: float, tmp_path: Path
) -> None:
    landmarker = as_landmarker(layout, make(tmp_path, size))
    scale = 2.0  # picture pixels for one of the crop
    region = Region(300.3, 220.4, scale * size[0], angle_rad)
    x_px, y_px = region.strip(size[1], size[0]) @ (51.0, 62.0, 1.0)
    # A sharp peak where a bin is to be the brightest alone: levels are whole numbers.
    shown = gaussian(640, 480, x_px, y_px, sigma_px=(2.5 if layout == "simcc" else 7.0) * scale)
    body = landmarker.look(shown, region).skeleton
    for joint in COCO:
        assert body.points_px[joint] == pytest.approx((x_px, y_px), abs=off_px * scale)


def test_movenet_puts_joints_where_they_are(tmp_path: Path) -> None:
    landmarker = as_landmarker("movenet", movenet(tmp_path, (192, 192)))
    x_px, y_px = middle(300, 200)
    sighting = landmarker.look(picture(640, 480, x_px, y_px), Region(320.5, 220.5, 192.0))
    assert sighting.skeleton.points_px[Joint.NOSE] == pytest.approx((x_px, y_px), abs=0.01)
    check_coco(sighting.skeleton)


@pytest.mark.parametrize(
    ("count", "row", "joint"),
    [
        (26, 20, Joint.LEFT_FOOT_INDEX),
        (26, 25, Joint.RIGHT_HEEL),
        (133, 19, Joint.LEFT_HEEL),
        (133, 20, Joint.RIGHT_FOOT_INDEX),
        (133, 129, Joint.RIGHT_PINKY),
    ],
)
def test_networks_of_more_joints_give_feet_and_hands(
    count: int, row: int, joint: Joint, tmp_path: Path
) -> None:
    maps = np.full((1, count, 64, 48), 1e-4, np.float32)
    for index in range(count):
        maps[0, index, 10 + index // 40, 1 + index % 40] = 0.9
    net = TinyNet((1, 3, 256, 192))
    net.constant("maps", maps)
    landmarker = as_landmarker("heatmap", opened(net, tmp_path, "maps"))
    body = landmarker.look(np.zeros((256, 192, 3), np.uint8), Region(96.0, 128.0, 256.0)).skeleton
    assert body.points_px[joint] == pytest.approx((4 * (1 + row % 40), 4 * (10 + row // 40)), abs=0.01)
    assert body.scores[joint] == pytest.approx(0.9)


def test_the_rim_of_the_padding_is_grey_and_the_picture_in_the_middle_where_asked() -> None:
    from didim.pose.layouts._picture import letterbox

    white = np.full((100, 200, 3), 255, np.uint8)
    for centred, first_row in ((False, 0), (True, 50)):
        whole, fit = letterbox(white, (200, 200), centred=centred)
        assert (whole[first_row : first_row + 100] == 255).all()
        assert (np.delete(whole, range(first_row, first_row + 100), axis=0) == 114).all()
        assert fit.origin_px.tolist() == [0, first_row]


def test_an_input_of_open_size_takes_the_pictures_shape(tmp_path: Path) -> None:
    from didim.pose.layouts._picture import input_size_px

    net = TinyNet((1, 3, "H", "W"))
    net.give("same", "picture", (1, 3, "H", "W"))
    opened_net = opened(net, tmp_path)
    for shape, size_px in (
        ((720, 1280, 3), (384, 640)),
        ((200, 230, 3), (224, 256)),
        ((1280, 720, 3), (640, 384)),
    ):
        assert input_size_px(opened_net, np.zeros(shape, np.uint8), 640) == size_px


def test_planes_are_what_opencv_makes_of_them() -> None:
    from didim.pose.layouts._picture import planes

    shown = np.random.default_rng(2).integers(0, 255, (6, 8, 3), np.uint8)
    mean, std = np.array([1.0, 2.0, 3.0]), np.array([4.0, 4.0, 4.0])
    expected = cv2.dnn.blobFromImage(shown, 0.25, mean=tuple(mean), swapRB=True)
    assert planes(shown, rgb=True, mean=mean, std=std) == pytest.approx(expected, abs=1e-5)
