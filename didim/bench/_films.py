"""Films of virtual venues: drawn once, kept in the user's cache, with the truth computed anew.

Who is where follows from venue, people and seed alone, so that only the pictures need to be kept.
"""

from __future__ import annotations

import functools
import hashlib
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import msgspec
import numpy as np
import platformdirs
from numpy.typing import NDArray

import didim.sim
from didim.bench._found import Shown
from didim.bench._leaper import Leaper
from didim.geometry import FloatArray, PinholeCamera, Surface
from didim.people import BONES
from didim.sim import Body, Crowd, Mind, Person, Pose3D, Wanderer
from didim.sim.render import PersonPose, VenueRenderer
from didim.sim.venue import Venue, surface_from_room, true_rig

Picture = NDArray[np.uint8]
Progress = Callable[[str], None]

FPS = 30.0
JPEG_QUALITY = 92  # as webcams send them
LIMB_RADIUS_M = 0.06
IN_FRONT_M = 0.1


@dataclass(frozen=True, slots=True)
class Film:
    """A venue with people who wander about, watched by its first camera.

    Attributes:
        heights_m: of the people, one each.
        lit: the projector shows a game's coloured discs, another frame in each picture; else it is dark.
        liveliness: how likely a stop is a move on the spot.
        leaps: they jump and hop all the time, see `Leaper`.
        fps: pictures a second.
    """

    venue: Venue
    heights_m: tuple[float, ...]
    seed: int
    pictures: int
    lit: bool = True
    liveliness: float = 0.3
    leaps: bool = False
    fps: float = FPS

    @property
    def view(self) -> PinholeCamera:
        view = true_rig(self.venue).cameras[0].view
        assert isinstance(view, PinholeCamera)
        return view

    @property
    def size_px(self) -> tuple[int, int]:
        return self.venue.camera[0].size_px

    @property
    def surface(self) -> Surface:
        (surface,) = true_rig(self.venue).surfaces.values()
        return surface

    def crowd(self) -> Crowd | None:
        """Everyone at the beginning; None where nobody is there."""
        return Crowd(self.surface, self._people(), self.seed) if self.heights_m else None

    def truth(self) -> Iterator[tuple[Pose3D, ...]]:
        """Everyone at the moment of each picture."""
        crowd = self.crowd()
        for number in range(self.pictures):
            yield crowd.advance(number / self.fps) if crowd else ()

    def shown(self, truth: Sequence[Pose3D]) -> list[Shown]:
        """Where people are in the picture; joints outside of it or behind others are not in sight."""
        return _in_picture(truth, self.view, self.size_px)

    def read(self, tell: Progress) -> Iterator[Picture]:
        """The pictures, (h, w, 3) uint8 BGR; draws those that the cache does not hold."""
        path = _folder() / f"{self._digest()}.zip"
        if not path.is_file():
            self._draw(path, tell)
        with zipfile.ZipFile(path) as kept:
            for name in kept.namelist():
                packed = np.frombuffer(kept.read(name), np.uint8)
                yield np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)

    def _people(self) -> list[Person]:
        return [
            Person(Body.of(height_m, 100 * self.seed + number), self._mind(100 * self.seed + number))
            for number, height_m in enumerate(self.heights_m)
        ]

    def _mind(self, seed: int) -> Mind:
        if self.leaps:
            return Leaper(self.surface, seed)
        return Wanderer(self.surface, seed, liveliness=self.liveliness)

    def _digest(self) -> str:
        told = msgspec.json.encode(
            (
                self.venue,
                self.heights_m,
                self.seed,
                self.pictures,
                self.lit,
                self.liveliness,
                self.leaps,
                self.fps,
            )
        )
        return hashlib.sha256(told + _sources()).hexdigest()[:24]

    def _draw(self, path: Path, tell: Progress) -> None:
        """Write the film whole or not at all."""
        renderer = VenueRenderer(self.venue)
        room_from_surface = surface_from_room(self.venue).inverse()
        bodies = [person.body for person in self._people()]
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")
        try:
            with zipfile.ZipFile(unfinished, "w") as kept:
                for number, poses in enumerate(self.truth()):
                    placed = [
                        PersonPose(body, room_from_surface.apply(pose.joints_m))
                        for body, pose in zip(bodies, poses, strict=True)
                    ]
                    bgr = renderer.picture(0, placed, self._light(number), number / self.fps)
                    _, packed = cv2.imencode(".jpg", bgr, (cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY))
                    kept.writestr(f"{number:05}.jpg", packed.tobytes())
                    if number % 10 == 0:
                        tell(f"drawing {self.venue.name}, {number} of {self.pictures} pictures")
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)

    def _light(self, number: int) -> list[Picture | None]:
        if not self.lit:
            return [None] * len(self.venue.projector)
        return [discs(projector.size_px, self.seed, number / self.fps) for projector in self.venue.projector]


def discs(size_px: tuple[int, int], seed: int, t_s: float) -> Picture:
    """What a game might show: a dark ground with coloured discs that drift, grow and change, RGB."""
    width, height = size_px
    rng = np.random.default_rng([seed, 11])
    ground = np.full((height, width, 3), rng.integers(0, 60, 3), np.uint8)
    for _ in range(9):
        at, drift, phase = rng.uniform(0.05, 0.95, 2), rng.uniform(-0.15, 0.15, 2), rng.uniform(0, 6.28)
        x, y = (at + drift * t_s) % 1.0 * (width, height)
        radius = height * (0.05 + 0.03 * np.sin(2.0 * t_s + phase))
        colour = [int(value) for value in rng.integers(40, 256, 3)]
        cv2.circle(ground, (round(x), round(y)), round(radius), colour, -1, cv2.LINE_AA)
    return ground


def _in_picture(truth: Sequence[Pose3D], view: PinholeCamera, size_px: tuple[int, int]) -> list[Shown]:
    points = [view.project(pose.joints_m) for pose in truth]
    depths = [view.surface_from_camera.inverse().apply(pose.joints_m)[:, 2] for pose in truth]
    people = []
    for i, (points_px, depth_m) in enumerate(zip(points, depths, strict=True)):
        in_sight = (points_px >= 0).all(axis=1) & (points_px <= np.array(size_px) - 1).all(axis=1)
        for j in range(len(truth)):
            if j != i:
                in_sight &= ~_behind(points_px, depth_m, points[j], depths[j], view.matrix[0, 0])
        people.append(Shown(points_px, np.asarray(in_sight)))
    return people


def _behind(
    points_px: FloatArray, depth_m: FloatArray, other_px: FloatArray, other_m: FloatArray, focal_px: float
) -> NDArray[np.bool_]:
    """Which points lie behind another body, whose bones are taken as lines as thick as limbs; its trunk is
    two lines crossed."""
    trunk = ((11, 24), (12, 23))
    first, second = (np.array([bone[k] for bone in (*BONES, *trunk)]) for k in (0, 1))
    start, along = other_px[first], other_px[second] - other_px[first]
    share = ((points_px[:, None] - start) * along).sum(axis=2)
    share = np.clip(share / np.maximum((along * along).sum(axis=1), 1e-9), 0.0, 1.0)
    apart_px = np.linalg.norm(points_px[:, None] - start - share[..., None] * along, axis=2)
    bone_m = other_m[first] + share * (other_m[second] - other_m[first])
    near = apart_px < LIMB_RADIUS_M * focal_px / np.maximum(bone_m, 0.1)
    return np.asarray((near & (bone_m < depth_m[:, None] - IN_FRONT_M)).any(axis=1))


def _folder() -> Path:
    named = os.environ.get("DIDIM_CACHE")
    return (Path(named) if named else platformdirs.user_cache_path("didim", appauthor=False)) / "films"


@functools.cache
def _sources() -> bytes:
    """Changes with everything that draws and moves people."""
    digest = hashlib.sha256()
    for path in (
        *sorted(Path(__file__).parent.glob("_[fl]*.py")),
        *sorted(Path(didim.sim.__path__[0]).rglob("*.py")),
    ):
        digest.update(path.read_bytes())
    return digest.digest()
