"""Every engine that can be opened here, on annotated pictures: COCO's average precision, and CPU time."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.bench._precision import GroundTruth, Prediction, average_precision
from didim.bench._recordings import recording
from didim.bench._report import Figure, Report
from didim.geometry import Surface
from didim.pose import PoseEngine, Skeleton, floor_tiles, open_engine
from didim.pose.layouts import COCO
from didim.pose.supplied import supplied_models

PICTURES = "D_people/mmpose_annotated/coco"
MOST_PEOPLE = 20
SETTLED, TIMED = 40, 16  # pictures: a still picture is shown as a camera would show it
PICTURE_NS = 33_333_333


@dataclass(frozen=True, slots=True)
class Annotated:
    """One picture and its people."""

    bgr: NDArray[np.uint8]
    people: tuple[GroundTruth, ...]


def run(data: Path) -> Report:
    """Measure BlazePose, mediapipe, and every pair and one-stage network that was added.

    Raises:
        BenchError: the annotated pictures are not under `data`.
    """
    pictures = _read(recording(data, PICTURES))
    figures: dict[str, Figure] = {}
    for engine in engine_names():
        figures |= _measured(engine, pictures)
    return Report("engines", figures)


def engine_names() -> list[str]:
    """The engines that can be opened here, as `open_engine` reads them."""
    supplied = supplied_models().values()
    detectors, landmarks, whole = (
        [model.name for model in supplied if model.layout.role == role]
        for role in ("detector", "landmarks", "whole")
    )
    pairs = [f"{one}+{other}" for one in detectors for other in ("blazepose", *landmarks)]
    return ["blazepose", "mediapipe", *pairs, *whole]


def _measured(engine: str, pictures: Sequence[Annotated]) -> dict[str, Figure]:
    predictions, cpu_ms = [], []
    for picture in pictures:
        height, width = picture.bgr.shape[:2]
        tiles = floor_tiles(None, Surface("floor", 1.0, 1.0), (width, height))
        with closing(open_engine(engine, max_people=MOST_PEOPLE, tiles=tiles)) as opened:
            bodies, spent_ms = _settled(opened, picture.bgr)
        predictions.append([_prediction(body) for body in bodies])
        cpu_ms.append(spent_ms)
    truth = [picture.people for picture in pictures]
    precision = average_precision(truth, predictions)
    people = sum(len(each) for each in truth)
    return {
        f"ap {engine}": Figure(
            precision.ap, "", "higher", note=f"COCO keypoint AP, {len(truth)} pictures, {people} people"
        ),
        f"ap50 {engine}": Figure(precision.ap50, "", "higher", note="at a similarity of 0.5"),
        f"cpu_ms {engine}": Figure(
            float(np.median(cpu_ms)), "ms", "lower", note="CPU time a picture once all are followed, median"
        ),
    }


def _settled(engine: PoseEngine, bgr: NDArray[np.uint8]) -> tuple[tuple[Skeleton, ...], float]:
    """Who is found in a still picture in the end, and the mean CPU time of a picture from then on."""
    for count in range(SETTLED):
        engine.find(bgr, count * PICTURE_NS)
    start = time.process_time()
    for count in range(SETTLED, SETTLED + TIMED):
        bodies = engine.find(bgr, count * PICTURE_NS)
    return bodies, (time.process_time() - start) * 1e3 / TIMED


def _prediction(body: Skeleton) -> Prediction:
    rows = list(COCO)
    return Prediction(body.points_px[rows], body.score * float(body.scores[rows].mean()))


def _read(folder: Path) -> list[Annotated]:
    document: dict[str, Any] = json.loads((folder / "test_coco.json").read_text("utf-8"))
    return [
        Annotated(
            np.asarray(cv2.imread(str(folder / image["file_name"])), np.uint8),
            tuple(_truth(person) for person in document["annotations"] if person["image_id"] == image["id"]),
        )
        for image in document["images"]
    ]


def _truth(person: dict[str, Any]) -> GroundTruth:
    rows = np.array(person["keypoints"], np.float64).reshape(len(COCO), 3)
    ignored = bool(person["iscrowd"]) or person["num_keypoints"] == 0
    return GroundTruth(rows[:, :2], rows[:, 2] > 0, float(person["area"]), tuple(person["bbox"]), ignored)
