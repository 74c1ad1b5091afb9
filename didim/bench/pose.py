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
from didim.geometry import Surface
from didim.people import Joint
from didim.pose import MAX_PASSES, PoseEngine, Skeleton, Tile, floor_tiles, passes_in
from didim.pose.blazepose import BlazePoseEngine

Picture = NDArray[np.uint8]

VIDEOS = "C_floor/pose2sim_single/Demo_SinglePerson/videos/cam0{}.mp4"
# Where the person moves in each camera's picture: left, top and side of a square.
PERSON_PX = {1: (63, 342, 1003), 2: (59, 363, 894), 3: (0, 361, 998), 4: (5, 371, 1079)}
TILE_PX = 540
EVERY = 2  # 60 pictures a second in the files, 30 in a game
PICTURE_NS = 33_333_333
PASSES = passes_in(PICTURE_NS, MAX_PASSES)
A_PASS_FOR_EACH = 2 * 8
MAX_WARM_UP = 400
BLOCK = 16  # pictures: a block holds one look of a detector that rests between looks
BLOCKS = 9

STRIP_PX = (1280, 720)
FOUND_BOUNDS = {120: 0.85, 160: 0.92, 240: 0.96, 300: 0.97}  # by how tall people are, pixels
SETTLED = 40  # pictures before it counts who is found
LIMBS = [joint for joint in Joint if Joint.LEFT_SHOULDER <= joint <= Joint.RIGHT_WRIST] + [
    joint for joint in Joint if Joint.LEFT_HIP <= joint <= Joint.RIGHT_ANKLE
]
NEAR, LEAST_NEAR = 0.1, 0.66  # of a person's height; of the limbs' joints
CROWD_BLOCKS = 4
CROWD_SHIFT = 13  # pictures between the same person's two places in the crowd


@dataclass(slots=True)
class _Measured:
    """One engine on one scene."""

    cpu_ms: list[float] = field(default_factory=list)
    bodies: list[tuple[Skeleton, ...]] = field(default_factory=list)

    def find(self, engine: PoseEngine, picture: Picture, captured_ns: int) -> None:
        start = time.process_time()
        bodies = engine.find(picture, captured_ns)
        self.cpu_ms.append((time.process_time() - start) * 1e3)
        self.bodies.append(bodies)

    @property
    def cpu_ms_per_picture(self) -> float:
        """Median over blocks of the mean in each: what runs only now and then counts."""
        return float(np.median(np.reshape(self.cpu_ms, (-1, BLOCK)).mean(axis=1)))

    def share_found(self, people: int) -> float:
        found = [len(bodies) for bodies in self.bodies]
        return float(np.minimum(found, people).mean() / people)


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
    # Of two: mediapipe smooths a single one's joints over time, and of more not all are looked at.
    differences = scenes[2].differences
    figures |= _crowd(tiles)
    figures |= _found_by_height(data)
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
    budget = f"; {PASSES} of the {people} looked at in a picture" if people > PASSES else ""
    shares = [measured.share_found(people) for measured in (ours, theirs)]
    return {
        f"cpu_ms_{words}": Figure(
            cpu_ms, "ms", "lower", peer=peer_ms, note="CPU time a picture, all threads"
        ),
        f"ratio_{words}": Figure(
            cpu_ms / peer_ms,
            "x mediapipe",
            "lower",
            bound=bound,
            note=f"CPU time by that of mediapipe 1.2.2{budget}",
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
        scene.differences.extend(_differences(scene.blazepose.bodies[-1], scene.mediapipe.bodies[-1]))
    ours.close()
    theirs.close()
    return scene


def _crowd(squares: list[list[Picture]]) -> dict[str, Figure]:
    """Eight people: what they cost against four, and what it costs them to share the passes."""
    four, eight = (_followed(squares, people, MAX_PASSES) for people in (4, 8))
    unshared = _followed(squares, 8, A_PASS_FOR_EACH)
    apart = [
        percent
        for bodies, peers in zip(eight.bodies, unshared.bodies, strict=True)
        for percent in _differences(bodies, peers)
    ]
    shares = [measured.share_found(8) for measured in (eight, unshared)]
    return {
        "cpu_ms_8_people": Figure(
            eight.cpu_ms_per_picture, "ms", "lower", note=f"{PASSES} of the 8 looked at in a picture"
        ),
        "growth_8_people": Figure(
            eight.cpu_ms_per_picture / four.cpu_ms_per_picture,
            "x four people",
            "lower",
            bound=1.2,
            note="CPU time a picture",
        ),
        "found_share_8_people": Figure(
            shares[0], "", "higher", bound=0.99, note=f"{shares[1]:.3f} with a pass for each"
        ),
        "sharing_percent": Figure(
            float(np.median(apart)),
            "% of body size",
            "lower",
            bound=2.0,
            note=f"median distance of a joint from where a pass sees it; p95 {np.percentile(apart, 95):.1f}",
        ),
    }


def _followed(squares: list[list[Picture]], people: int, max_passes: int) -> _Measured:
    """A crowd in two rows, from where it is followed."""
    measured = _Measured()
    columns = people // 2
    places = [(TILE_PX * (index % columns), TILE_PX * (index // columns)) for index in range(people)]
    tiles = [Tile(x_px + TILE_PX / 2, y_px + TILE_PX / 2, TILE_PX) for x_px, y_px in places]
    engine = BlazePoseEngine(people, tiles, max_passes=max_passes)
    films = [_to_and_fro(film) for film in squares]
    shifted = [itertools.islice(_to_and_fro(film), CROWD_SHIFT, None) for film in squares]
    crowd = zip(*[*films, *shifted][:people], strict=True)
    for count, shown in enumerate(itertools.islice(crowd, SETTLED + BLOCK * CROWD_BLOCKS)):
        picture = np.full((2 * TILE_PX, columns * TILE_PX, 3), 118, np.uint8)
        for (x_px, y_px), tile in zip(places, shown, strict=True):
            picture[y_px : y_px + TILE_PX, x_px : x_px + TILE_PX] = tile
        if count < SETTLED:
            engine.find(picture, count * PICTURE_NS)
        else:
            measured.find(engine, picture, count * PICTURE_NS)
    engine.close()
    return measured


def _found_by_height(data: Path) -> dict[str, Figure]:
    """Who is found among small people, side by side in a picture of which no floor is known."""
    from didim.pose.mediapipe import MediaPipeEngine

    people = [_seen_large(data, camera) for camera in PERSON_PX]
    tiles = floor_tiles(None, Surface("floor", 1.0, 1.0), STRIP_PX)
    figures = {}
    for height_px, bound in FOUND_BOUNDS.items():
        strip = [_strip(shown, height_px) for shown in zip(*people, strict=True)]
        ours, theirs = (
            _share_found(engine, strip) for engine in (BlazePoseEngine(tiles=tiles), MediaPipeEngine())
        )
        figures[f"found_{height_px}px"] = Figure(
            ours,
            "",
            "higher",
            bound=bound,
            peer=theirs,
            note=f"people {height_px} px tall in 1280x720 with 66 % of their joints within 0.1 of it",
        )
    return figures


@dataclass(frozen=True, slots=True)
class _Large:
    """A person's square of a picture in full size, where the joints are in it, and how tall they are."""

    picture: Picture
    points_px: NDArray[np.float64]
    height_px: float


def _seen_large(data: Path, camera: int) -> list[_Large]:
    """One camera's film; the joints are those that the landmark net sees in full size."""
    left, top, side = PERSON_PX[camera]
    engine = BlazePoseEngine(max_people=1)
    squares = [picture[top : top + side, left : left + side] for picture in _video(data, camera)]
    bodies = [engine.find(square, count * PICTURE_NS) for count, square in enumerate(squares)]
    engine.close()
    points = [body[0].points_px if body else np.full((len(Joint), 2), np.nan) for body in bodies]
    height_px = float(np.nanmedian([np.ptp(seen[:, 1]) for seen in points]))
    return [_Large(square, seen, height_px) for square, seen in zip(squares, points, strict=True)]


def _strip(people: tuple[_Large, ...], height_px: int) -> tuple[Picture, list[NDArray[np.float64]]]:
    """As many people in a row as there is room for, and their joints in it."""
    whole = np.full((STRIP_PX[1], STRIP_PX[0], 3), 118, np.uint8)
    joints, left = [], 0
    for person in people:
        scale = height_px / person.height_px
        small = cv2.resize(person.picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        if left + small.shape[1] > STRIP_PX[0]:
            break
        top = (STRIP_PX[1] - small.shape[0]) // 2
        whole[top : top + small.shape[0], left : left + small.shape[1]] = small
        # Integers are the centres of pixels, which lie half a pixel inside of the rim.
        joints.append((person.points_px + 0.5) * scale - 0.5 + (left, top))
        left += small.shape[1]
    return whole, joints


def _share_found(engine: PoseEngine, film: list[tuple[Picture, list[NDArray[np.float64]]]]) -> float:
    found = []
    shown = itertools.cycle([*film, *film[-2:0:-1]])
    for count, (picture, people) in enumerate(itertools.islice(shown, SETTLED + len(film))):
        bodies = engine.find(picture, count * PICTURE_NS)
        if count >= SETTLED:
            found += [_is_found(joints, bodies) for joints in people if np.isfinite(joints).all()]
    engine.close()
    return float(np.mean(found))


def _is_found(joints_px: NDArray[np.float64], bodies: tuple[Skeleton, ...]) -> bool:
    near_px = NEAR * np.ptp(joints_px[:, 1])
    return any(
        (np.hypot(*(body.points_px - joints_px)[LIMBS].T) < near_px).mean() >= LEAST_NEAR for body in bodies
    )


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
