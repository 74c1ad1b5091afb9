"""What finding people costs: BlazePose on onnxruntime against mediapipe's own landmarker."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from didim.bench._report import Curve, Figure, Report
from didim.bench._table import BenchError
from didim.pose import PoseEngine, Skeleton
from didim.pose.blazepose import BlazePoseEngine

Picture = NDArray[np.uint8]

VIDEOS = "C_floor/pose2sim_single/Demo_SinglePerson/videos/cam0{}.mp4"
# Where the person moves in each camera's picture: left, top and side of a square.
PERSON_PX = {1: (63, 342, 1003), 2: (59, 363, 894), 3: (0, 361, 998), 4: (5, 371, 1079)}
TILE_PX = 540
EVERY = 2  # 60 pictures a second in the files, 30 in a game
PICTURE_NS = 33_333_333
MAX_WARM_UP = 400
BLOCK = 16  # pictures: a block holds one look of a detector that rests between looks
BLOCKS = 9


@dataclass(slots=True)
class _Measured:
    """One engine on one scene; `bodies` are those of the last picture."""

    cpu_ms: list[float] = field(default_factory=list)
    found: list[int] = field(default_factory=list)
    bodies: tuple[Skeleton, ...] = ()

    def find(self, engine: PoseEngine, picture: Picture, captured_ns: int) -> None:
        start = time.process_time()
        self.bodies = engine.find(picture, captured_ns)
        self.cpu_ms.append((time.process_time() - start) * 1e3)
        self.found.append(len(self.bodies))

    @property
    def cpu_ms_per_picture(self) -> float:
        """Median over blocks of the mean in each: what runs only now and then counts."""
        return float(np.median(np.reshape(self.cpu_ms, (-1, BLOCK)).mean(axis=1)))

    def share_found(self, people: int) -> float:
        return float(np.minimum(self.found, people).mean() / people)


@dataclass(frozen=True, slots=True)
class _Scene:
    """Both engines on the same pictures; the differences are of joints, in percent of body size."""

    blazepose: _Measured
    mediapipe: _Measured
    differences: list[float]


def run(data: Path) -> Report:
    """Measure one to four people, both engines interleaved on the same pictures.

    Raises:
        BenchError: the four-camera recording is not under `data`.
    """
    scenes = {1: _measure(1, list(_video(data, 1)))}
    tiles = [[_tile(picture, *PERSON_PX[camera]) for picture in _video(data, camera)] for camera in PERSON_PX]
    for people in (2, 3, 4):
        scenes[people] = _measure(people, [_mosaic(shown) for shown in zip(*tiles[:people], strict=True)])
    figures: dict[str, Figure] = {}
    for people, words in ((1, "1_person"), (4, "4_people")):
        figures |= _figures(scenes[people], people, words)
    # Of several people: a single one's joints are smoothed over time by mediapipe.
    differences = [percent for people in (2, 3, 4) for percent in scenes[people].differences]
    figures["agreement_percent"] = Figure(
        float(np.median(differences)),
        "% of body size",
        "lower",
        bound=0.5,
        note="median distance of a joint from mediapipe's",
    )
    return Report("pose", figures, curves=(_curve(scenes),))


def _figures(scene: _Scene, people: int, words: str) -> dict[str, Figure]:
    ours, theirs = scene.blazepose, scene.mediapipe
    cpu_ms, peer_ms = ours.cpu_ms_per_picture, theirs.cpu_ms_per_picture
    bound = 0.8 if people == 1 else 0.65
    shares = [measured.share_found(people) for measured in (ours, theirs)]
    return {
        f"cpu_ms_{words}": Figure(
            cpu_ms, "ms", "lower", peer=peer_ms, note="CPU time a picture, all threads"
        ),
        f"ratio_{words}": Figure(
            cpu_ms / peer_ms, "x mediapipe", "lower", bound=bound, note="CPU time by that of mediapipe 1.2.2"
        ),
        f"found_share_{words}": Figure(
            shares[0], "", "higher", bound=0.99, peer=shares[1], note="people found, of those there"
        ),
    }


def _curve(scenes: dict[int, _Scene]) -> Curve:
    people = [float(count) for count in scenes]
    return Curve(
        "Finding people",
        "people in the picture",
        "CPU time a picture (ms)",
        {
            "BlazePose on onnxruntime": (people, [s.blazepose.cpu_ms_per_picture for s in scenes.values()]),
            "mediapipe": (people, [s.mediapipe.cpu_ms_per_picture for s in scenes.values()]),
        },
    )


def _measure(people: int, pictures: list[Picture]) -> _Scene:
    """Measure from where both engines follow everyone; both are told how many people there are."""
    from didim.pose.mediapipe import MediaPipeEngine

    scene = _Scene(_Measured(), _Measured(), [])
    ours, theirs = BlazePoseEngine(max_people=people), MediaPipeEngine(max_people=people)
    film = enumerate(_to_and_fro(pictures))
    for count, picture in itertools.islice(film, MAX_WARM_UP):
        found = [len(engine.find(picture, count * PICTURE_NS)) for engine in (ours, theirs)]
        if count >= BLOCK and min(found) >= people:
            break
    for count, shown in itertools.islice(film, BLOCK * BLOCKS):
        picture = shown.copy()  # just written, as a camera hands it over
        runs: list[tuple[_Measured, PoseEngine]] = [(scene.blazepose, ours), (scene.mediapipe, theirs)]
        for measured, engine in runs if count % 2 else reversed(runs):
            measured.find(engine, picture, count * PICTURE_NS)
        scene.differences.extend(_differences(scene.blazepose.bodies, scene.mediapipe.bodies))
    ours.close()
    theirs.close()
    return scene


def _to_and_fro(pictures: list[Picture]) -> Iterator[Picture]:
    """A film without a cut and without an end."""
    return itertools.cycle([*pictures, *pictures[-2:0:-1]])


def _differences(bodies: tuple[Skeleton, ...], peers: tuple[Skeleton, ...]) -> Iterator[float]:
    for peer in peers:
        size_px = np.ptp(peer.points_px, axis=0).max()
        apart_px = [np.median(np.hypot(*(body.points_px - peer.points_px).T)) for body in bodies]
        if apart_px:
            yield float(100 * min(apart_px) / size_px)


def _video(data: Path, camera: int) -> Iterator[Picture]:
    """Every `EVERY`th picture of a camera."""
    path = data / VIDEOS.format(camera)
    if not path.is_file():
        raise BenchError(
            f"{path}: expected a video of the four-camera recording, found none; name its folder"
        )
    with av.open(path) as container:
        for frame in itertools.islice(container.decode(video=0), 0, None, EVERY):
            yield np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)


def _tile(picture: Picture, left: int, top: int, side: int) -> Picture:
    square = picture[top : top + side, left : left + side]
    return np.asarray(cv2.resize(square, (TILE_PX, TILE_PX), interpolation=cv2.INTER_AREA), np.uint8)


def _mosaic(tiles: tuple[Picture, ...]) -> Picture:
    """Up to four people in two rows, the rest of the picture grey."""
    whole = np.full((2 * TILE_PX, 2 * TILE_PX, 3), 118, np.uint8)
    for index, tile in enumerate(tiles):
        row, column = (TILE_PX * place for place in divmod(index, 2))
        whole[row : row + TILE_PX, column : column + TILE_PX] = tile
    return whole
