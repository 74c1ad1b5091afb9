"""Public networks of the layouts on real pictures: they find who is there, where they are."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from didim.pose import JoinedEngine, Region
from didim.pose._net import Net
from didim.pose.layouts import as_detector, as_landmarker, check
from didim.pose.layouts._body import COCO

FILES = {
    "rtmdet_nano.onnx": "rtmdet",
    "picodet_s_320.onnx": "picodet",
    "yolox_nano.onnx": "yolox",
    "tinypose_128x96.onnx": "heatmap",
    "tinypose_256x192.onnx": "heatmap",
}
COCO_FOLDER = "D_people/mmpose_annotated/coco"
LARGE_PX = 150.0


def opened(networks: Path, file: str) -> tuple[str, Net]:
    checked = check(networks / file, FILES[file], time.process_time)
    return FILES[file], Net(networks / file, checked.names)


def annotated(recordings: Path) -> list[tuple[NDArray[np.uint8], list[dict[str, Any]]]]:
    """Each picture with its people who show a dozen joints and are not small."""
    truth = json.loads((recordings / COCO_FOLDER / "test_coco.json").read_text())
    return [
        (
            np.asarray(cv2.imread(str(recordings / COCO_FOLDER / image["file_name"])), np.uint8),
            [
                one
                for one in truth["annotations"]
                if one["image_id"] == image["id"] and one["num_keypoints"] >= 12 and one["bbox"][3] > LARGE_PX
            ],
        )
        for image in truth["images"]
    ]


def overlap(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    shared = np.prod(np.maximum(np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2]), 0))
    return float(shared / (np.prod(one[2:] - one[:2]) + np.prod(other[2:] - other[:2]) - shared))


@pytest.mark.parametrize("file", [file for file, layout in FILES.items() if layout != "heatmap"])
def test_a_detectors_boxes_lie_about_the_people(file: str, networks: Path, recordings: Path) -> None:
    detector: Any = as_detector(*opened(networks, file))
    best = []
    for picture, people in annotated(recordings):
        boxes = detector.net.boxes(picture)
        for person in people:
            x, y, width, height = person["bbox"]
            box = np.array([x, y, x + width, y + height])
            best.append(max(overlap(box, found[:4]) for found in boxes))
    assert len(best) >= 8
    assert np.median(best) > 0.8
    assert np.mean(np.array(best) > 0.5) >= 0.85


@pytest.mark.parametrize(("file", "most"), [("tinypose_128x96.onnx", 0.05), ("tinypose_256x192.onnx", 0.04)])
def test_a_landmark_nets_joints_lie_where_people_saw_them(
    file: str, most: float, networks: Path, recordings: Path
) -> None:
    landmarker = as_landmarker(*opened(networks, file))
    apart, scores = [], []
    for picture, people in annotated(recordings):
        for person in people:
            x, y, width, height = person["bbox"]
            region = Region.of_box(np.array([x, y, x + width, y + height]))
            body = landmarker.look(picture, region).skeleton
            true = np.array(person["keypoints"], np.float64).reshape(17, 3)
            off_px = np.hypot(*(body.points_px[list(COCO)] - true[:, :2]).T)[true[:, 2] > 0]
            apart.append(float(np.median(off_px) / height))
            scores.append(body.score)
    assert np.median(apart) < most
    assert np.median(scores) > 0.7


@pytest.mark.parametrize("file", ["tinypose_128x96.onnx", "tinypose_256x192.onnx"])
def test_a_mirrored_person_has_mirrored_joints(file: str, networks: Path, recordings: Path) -> None:
    """A place read half a pixel off would show twice: once to each side."""
    landmarker: Any = as_landmarker(*opened(networks, file))
    pairs = [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15]
    width = landmarker.net.size_px[1]
    off = []
    for picture, people in annotated(recordings):
        for person in people:
            x, y, across, down = person["bbox"]
            strip = Region.of_box(np.array([x, y, x + across, y + down])).strip(*landmarker.net.size_px[::-1])
            flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            crop = cv2.warpAffine(picture, strip, landmarker.net.size_px[::-1], flags=flags)
            seen, sure = landmarker.net.joints(crop)
            mirrored, sure_again = landmarker.net.joints(np.ascontiguousarray(crop[:, ::-1]))
            both = np.minimum(sure, sure_again[pairs]) > 0.5
            off.extend((seen[:, 0] + mirrored[pairs, 0] - (width - 1))[both])
    assert len(off) > 60
    assert abs(np.median(off)) < 0.8  # a mistake of half a pixel of the crop would make it 1, of a cell 4


@pytest.mark.parametrize("file", [file for file, layout in FILES.items() if layout != "heatmap"])
def test_nobody_is_found_in_noise_whatever_the_detector_takes_it_for(file: str, networks: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (360, 640, 3), np.uint8)
    detector = as_detector(*opened(networks, file))
    engine = JoinedEngine(detector, as_landmarker(*opened(networks, "tinypose_128x96.onnx")))
    assert [engine.find(noise, count) for count in range(6)] == [()] * 6
