"""People of the shared recordings, made as small as a benchmark asks and set side by side in one picture."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from didim.bench._found import Shown
from didim.bench._recordings import FLOOR_RECORDING, recording
from didim.bench._triangulation import unswapped
from didim.bench.floor import recorded_rig
from didim.geometry import FloatArray, PinholeCamera
from didim.people import JOINT_COUNT
from didim.pose import open_engine

Picture = NDArray[np.uint8]

SIZE_PX = (1280, 720)
GREY = 118
MOST_PEOPLE = 8
LATER = 13  # pictures between two places of the same person


@dataclass(frozen=True, slots=True)
class Source:
    """A recording of one person.

    Attributes:
        every: how many of its pictures make one at 30 a second.
        square_px: left, top and side of the square in which the person moves.
    """

    path: str
    every: int
    square_px: tuple[int, int, int]


WALK = tuple(
    Source(f"{FLOOR_RECORDING}/videos/cam0{camera}.mp4", 2, square_px)
    for camera, square_px in enumerate(
        ((63, 342, 1003), (59, 363, 894), (0, 361, 998), (5, 371, 1079)), start=1
    )
)
OTHERS = (Source("D_people/tfjs_exercise/pose-detection/test_data/pose_1.mp4", 1, (0, 0, 576)),)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in full size.

    Attributes:
        pictures: squares.
        points_px: (33, 2) in each: the joints as the landmark net sees them in full size, or nan.
        height_px: median.
    """

    pictures: list[Picture]
    points_px: list[FloatArray]
    height_px: float

    def scaled(self, height_px: float) -> tuple[list[Picture], list[FloatArray]]:
        """As tall as that; pixels' centres are integers, which lie half a pixel inside of the rim."""
        scale = height_px / self.height_px
        small = [
            np.asarray(cv2.resize(each, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
            for each in self.pictures
        ]
        return small, [(points + 0.5) * scale - 0.5 for points in self.points_px]


def actors(data: Path) -> list[Actor]:
    """The people of the recordings under `data`.

    Raises:
        BenchError: a recording is not there.
    """
    walk = [_actor(recording(data, source.path), source) for source in WALK]
    return [*_sided(walk, data), *(_actor(recording(data, source.path), source) for source in OTHERS)]


def _actor(path: Path, source: Source) -> Actor:
    left, top, side = source.square_px
    squares = [picture[top : top + side, left : left + side] for picture in video(path, source.every)]
    with closing(open_engine("blazepose", max_people=1)) as engine:
        bodies = [engine.find(square, number * 33_333_333) for number, square in enumerate(squares)]
    nowhere = np.full((JOINT_COUNT, 2), np.nan)
    points = [found[0].points_px if found else nowhere for found in bodies]
    return Actor(squares, points, float(np.nanmedian([np.ptp(seen[:, 1]) for seen in points])))


def _sided(walk: list[Actor], data: Path) -> list[Actor]:
    """Give left and right back where one camera swapped them: all four see the same person at once."""
    cameras = recorded_rig(recording(data, FLOOR_RECORDING)).cameras
    views = [camera.view for camera in cameras if isinstance(camera.view, PinholeCamera)]
    corners = np.array([source.square_px[:2] for source in WALK])[:, None]
    for number in range(min(len(actor.points_px) for actor in walk)):
        seen = np.stack([actor.points_px[number] for actor in walk])
        if np.isfinite(seen).all():
            for actor, points in zip(walk, unswapped(views, seen + corners) - corners, strict=True):
                actor.points_px[number] = points
    return walk


def video(path: Path, every: int) -> Iterator[Picture]:
    """Every so many pictures of a video, (h, w, 3) uint8 BGR."""
    with av.open(str(path)) as container:
        for frame in itertools.islice(container.decode(video=0), 0, None, every):
            yield np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)


@dataclass(frozen=True, slots=True)
class Row:
    """As many people as there is room for, up to eight, over and over without a cut."""

    people: list[tuple[list[Picture], list[FloatArray]]]
    corners_px: list[tuple[int, int]]

    @classmethod
    def of(cls, cast: Sequence[Actor], height_px: float) -> Row:
        """Set people of one height in rows from the upper left; who is filmed smaller is left out."""
        scaled = [actor.scaled(height_px) for actor in cast if actor.height_px >= height_px]
        people, corners = [], []
        x = y = row_px = 0
        for pictures, points in itertools.islice(itertools.cycle(scaled), MOST_PEOPLE):
            high, wide = pictures[0].shape[:2]
            if x + wide > SIZE_PX[0]:
                x, y, row_px = 0, y + row_px, 0
            if y + high > SIZE_PX[1]:
                break
            people.append((pictures, points))
            corners.append((x, y))
            x, row_px = x + wide, max(row_px, high)
        return cls(people, corners)

    def film(self, pictures: int) -> Iterator[tuple[Picture, list[Shown]]]:
        """Pictures and who is in them."""
        for number in range(pictures):
            whole = np.full((SIZE_PX[1], SIZE_PX[0], 3), GREY, np.uint8)
            shown = []
            for index, ((squares, points), (x, y)) in enumerate(
                zip(self.people, self.corners_px, strict=True)
            ):
                at = _to_and_fro(number + LATER * index, len(squares))
                high, wide = squares[at].shape[:2]
                whole[y : y + high, x : x + wide] = squares[at]
                if np.isfinite(points[at]).all():
                    shown.append(Shown(points[at] + (x, y), np.ones(JOINT_COUNT, np.bool_)))
            yield whole, shown


def _to_and_fro(number: int, count: int) -> int:
    """The place in a film that runs to its end, back, and again."""
    at = number % (2 * count - 2)
    return at if at < count else 2 * count - 2 - at
