"""BlazePose on onnxruntime against mediapipe's own result on the same pictures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from didim.pose import Skeleton, open_engine

STILLS = (
    "D_people/tfjs_exercise/pose-detection/test_data/pose.jpg",
    "D_people/tfjs_exercise/shared/test_data/three_people.jpg",
    "D_people/mmpose_annotated/coco/000000000785.jpg",
)
VIDEOS = (
    *(f"C_floor/pose2sim_single/Demo_SinglePerson/videos/cam0{camera}.mp4" for camera in (1, 2, 3, 4)),
    "D_people/mmhuman3d_two/demo/resources/multi_person_demo.mp4",
)


def pictures(recordings: Path) -> Iterator[NDArray[np.uint8]]:
    for still in STILLS:
        yield np.asarray(cv2.imread(str(recordings / still)), np.uint8)
    for video in VIDEOS:
        with av.open(recordings / video) as container:
            yield np.asarray(next(container.decode(video=0)).to_ndarray(format="bgr24"), np.uint8)


def found(engine_name: str, picture: NDArray[np.uint8]) -> tuple[Skeleton, ...]:
    with closing(open_engine(engine_name)) as engine:
        return engine.find(picture, 1_000_000_000)


def apart_percent(one: Skeleton, other: Skeleton) -> float:
    """Median distance of a joint, in percent of body size."""
    size_px = np.ptp(other.points_px, axis=0).max()
    return float(100 * np.median(np.hypot(*(one.points_px - other.points_px).T)) / size_px)


def apart_mm(one: Skeleton, other: Skeleton) -> float:
    return float(1000 * np.median(np.linalg.norm(one.points_m - other.points_m, axis=1)))


def test_the_same_people_in_the_same_places(nets: dict[str, Path], recordings: Path) -> None:
    percent, millimetres, scores = [], [], []
    for picture in pictures(recordings):
        ours, theirs = found("blazepose", picture), found("mediapipe", picture)
        assert theirs
        for peer in theirs:
            body = min(ours, key=lambda one: apart_percent(one, peer))
            percent.append(apart_percent(body, peer))
            millimetres.append(apart_mm(body, peer))
            scores.append(np.abs(body.scores - peer.scores).max())
    # Half a pixel of the crop is 0.4 %: a bound of half that holds the convention, too.
    assert np.median(percent) < 0.2
    assert np.quantile(percent, 0.8) < 0.5
    assert np.median(millimetres) < 10
    assert np.median(scores) < 0.05


def test_followed_people_stay_in_agreement(nets: dict[str, Path], recordings: Path) -> None:
    # Two people: with one, mediapipe smooths over time.
    percent: list[float] = []
    with (
        closing(open_engine("blazepose", max_people=2)) as ours,
        closing(open_engine("mediapipe", max_people=2)) as theirs,
        av.open(recordings / VIDEOS[-1]) as container,
    ):
        for index, frame in enumerate(islice(container.decode(video=0), 24)):
            picture = np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
            bodies = ours.find(picture, index * 83_333_333)
            peers = theirs.find(picture, index * 83_333_333)
            percent.extend(min(apart_percent(body, peer) for body in bodies) for peer in peers)
    assert len(percent) > 40
    assert np.median(percent) < 0.5


def test_nobody_is_found_in_an_empty_picture(nets: dict[str, Path]) -> None:
    picture = np.full((360, 640, 3), 90, np.uint8)
    picture.flags.writeable = False
    for name in ("blazepose", "mediapipe"):
        assert found(name, picture) == ()


def test_mediapipe_is_silent_and_takes_pictures_of_one_time(
    nets: dict[str, Path], recordings: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    picture = next(pictures(recordings))
    with closing(open_engine("mediapipe")) as engine:
        for _ in range(3):
            assert len(engine.find(picture, 5)) == 1
    assert capfd.readouterr().err == ""
