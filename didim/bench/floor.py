"""How far off feet are on the floor: each camera alone, against all four cameras together."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import numpy as np

from didim.bench._report import Curve, Figure, Report
from didim.bench._table import BenchError
from didim.bench._triangulation import triangulate, unswapped
from didim.geometry import FloatArray, PinholeCamera, Surface
from didim.people import Joint, Player
from didim.pose import Skeleton, open_engine
from didim.rig import Rig, read_rig
from didim.track import FloorTracker

RECORDING = Path("C_floor/pose2sim_single/Demo_SinglePerson")
AREA, CENTER = "3x2", "-1,0"
BEAM_M = 0.05
"""The person walks on a beam; the recording's Config.toml puts its top 5 cm above the world's zero."""

FLOOR_MEDIAN_CM, FLOOR_P95_CM, FOLLOWED_SHARE = 5.0, 15.0, 0.95
NOTE = "camera 1 alone against four, standing feet; the goal is 3 median, 8 p95"

SOLES = ((Joint.LEFT_HEEL, Joint.LEFT_FOOT_INDEX), (Joint.RIGHT_HEEL, Joint.RIGHT_FOOT_INDEX))
REST_M = np.array([0.03, 0.02])
STANDS_BELOW_M, RISES_ABOVE_M = 0.05, 0.10
STANDS_BELOW_M_S, MOVES_ABOVE_M_S = 0.25, 0.5
SPEED_OVER_S = 0.1
CALMED_OVER = 9


@dataclass(frozen=True, slots=True)
class Watched:
    """What one camera saw: a body in each picture, and the view for pictures of its size."""

    view: PinholeCamera
    captured_ns: tuple[int, ...]
    bodies: tuple[tuple[Skeleton, ...], ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """The feet from all cameras together.

    Attributes:
        feet: (pictures, 2, 2) middle of the left and right sole, metres.
        standing: (pictures, 2) bool.
        steps: feet put down.
        miss_px: median distance of a joint from its ray, over all cameras and pictures.
    """

    feet: FloatArray
    standing: np.ndarray
    steps: int
    miss_px: float


def run(data: Path) -> Report:
    """Measure on the four-camera recording.

    Raises:
        BenchError: the recording is missing, or the pose engine loses the person.
    """
    folder = data / RECORDING
    if not folder.is_dir():
        raise BenchError(f"{folder} is missing; `didim bench floor` needs that recording, see --data")
    rig = recorded_rig(folder)
    watched = [watch(rig, camera.name, folder / "videos" / f"{camera.name}.mp4") for camera in rig.cameras]
    return report(watched, rig.surfaces["floor"])


def recorded_rig(folder: Path) -> Rig:
    """The recording's rig, made as a user makes it: by `didim rig import`."""
    (command,) = entry_points(group="didim.commands", name="rig")
    with TemporaryDirectory() as scratch:
        out = Path(scratch) / "rig.toml"
        published = folder / "calibration" / "Calib.qca.txt"
        options = {"--out": out, "--area": AREA, "--center": CENTER, "--level": BEAM_M}
        words = [str(word) for option in options.items() for word in option]
        command.load()(["import", str(published), *words], standalone_mode=False)
        return read_rig(out)


def watch(rig: Rig, name: str, video: Path) -> Watched:
    """Find the person in every picture of a video, whatever time that takes."""
    with closing(open_engine("blazepose", max_people=1)) as engine, av.open(str(video)) as container:
        stream = container.streams.video[0]
        times_ns, bodies = [], []
        for frame in container.decode(stream):
            times_ns.append(int(frame.time * 1e9))
            bgr = np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
            bodies.append(engine.find(bgr, times_ns[-1]))
        view = rig.camera(name).view_at((stream.width, stream.height))
    if not all(bodies):
        raise BenchError(f"the pose engine lost the person in picture {bodies.index(())} of {video}")
    assert isinstance(view, PinholeCamera)
    return Watched(view, tuple(times_ns), tuple(bodies))


def report(watched: Sequence[Watched], surface: Surface) -> Report:
    """Compare each camera alone with all together."""
    truth = true_feet(watched)
    errors_cm, steps, followed = {}, {}, []
    for number, camera in enumerate(watched, start=1):
        players = alone(camera, surface)
        errors_cm[f"cam{number:02d}"] = standing_errors_cm(players, truth)
        followed.append(np.mean([player is not None for player in players]))
        steps[f"cam{number:02d}"] = max((player.steps for player in players if player), default=0)
    steps_off = abs(steps["cam01"] - truth.steps)
    every = np.concatenate(list(errors_cm.values()))
    figures = {
        **_spread("floor", errors_cm["cam01"], FLOOR_MEDIAN_CM, FLOOR_P95_CM, NOTE),
        **_spread("floor_any", every, None, None, "each of the four cameras alone, in turn"),
        "floor_followed_share": Figure(
            float(min(followed)), "", "higher", FOLLOWED_SHARE, note="pictures with a player, worst camera"
        ),
        "floor_steps_off": Figure(
            steps_off, "steps", "lower", note=f"of {truth.steps}, camera 1: a short walk"
        ),
        "floor_truth_miss_px": Figure(truth.miss_px, "px", "lower", note="joints off their rays, 4 cameras"),
    }
    return Report("floor", figures, (_curve(errors_cm),))


def _spread(
    key: str, errors_cm: FloatArray, median: float | None, p95: float | None, note: str
) -> dict[str, Figure]:
    return {
        f"{key}_median_cm": Figure(float(np.median(errors_cm)), "cm", "lower", median, note=note),
        f"{key}_p95_cm": Figure(float(np.percentile(errors_cm, 95)), "cm", "lower", p95, note=note),
    }


def alone(camera: Watched, surface: Surface) -> list[Player | None]:
    """The first player of each picture as this camera's tracker sees it."""
    tracker = FloorTracker(camera.view, surface)
    seen = (tracker.follow(*moment) for moment in zip(camera.bodies, camera.captured_ns, strict=True))
    return [players[0] if players else None for players in seen]


def true_feet(watched: Sequence[Watched]) -> Truth:
    """Triangulate the feet; the cameras are in step, picture by picture."""
    views = [camera.view for camera in watched]
    places, misses = [], []
    for moment in zip(*(camera.bodies for camera in watched), strict=True):
        points_px = unswapped(views, np.stack([bodies[0].points_px for bodies in moment]))
        place, miss_px = triangulate(views, points_px)
        places.append(place)
        misses.append(np.median(miss_px))
    joints = np.array(places)
    soles = _calmed(np.stack([joints[:, list(sole)] for sole in SOLES], axis=1))
    seconds = np.array(watched[0].captured_ns) * 1e-9
    standing = np.stack([_standing(soles[:, side], seconds) for side in (0, 1)], axis=1)
    steps = int((standing[1:] & ~standing[:-1]).sum())
    return Truth(soles[..., :2].mean(axis=2), standing, steps, float(np.median(misses)))


def standing_errors_cm(players: Sequence[Player | None], truth: Truth) -> FloatArray:
    """How far each foot that truly stands is off, in every picture that has a player."""
    errors = [
        np.hypot(*(np.array(foot.place) - truth.feet[picture, side]))
        for picture, player in enumerate(players)
        if player is not None
        for side, foot in enumerate((player.left, player.right))
        if truth.standing[picture, side]
    ]
    return 100.0 * np.array(errors)


def _standing(sole: FloatArray, seconds: FloatArray) -> np.ndarray:
    """When a true foot of (pictures, 2, 3) heel and toe stands: low and slow, until it rises or moves."""
    low_m = (sole[..., 2] - REST_M).min(axis=1)
    middle = sole.mean(axis=1)
    reach = max(1, round(SPEED_OVER_S / 2 / float(np.median(np.diff(seconds)))))
    before, after = (np.clip(np.arange(len(middle)) + shift, 0, len(middle) - 1) for shift in (-reach, reach))
    speed_m_s = np.linalg.norm(middle[after] - middle[before], axis=1) / (seconds[after] - seconds[before])
    stands, states = bool(low_m[0] < STANDS_BELOW_M), []
    for low, speed in zip(low_m, speed_m_s, strict=True):
        if stands:
            stands = low < RISES_ABOVE_M and speed < MOVES_ABOVE_M_S
        else:
            stands = low < STANDS_BELOW_M and speed < STANDS_BELOW_M_S
        states.append(stands)
    return np.array(states)


def _calmed(places: FloatArray) -> FloatArray:
    """A running median over time, the first axis: single pictures that went wrong are no truth."""
    padded = np.pad(places, [(CALMED_OVER // 2,) * 2] + [(0, 0)] * (places.ndim - 1), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, CALMED_OVER, axis=0)
    return np.asarray(np.median(windows, axis=-1))


def _curve(errors_cm: dict[str, FloatArray]) -> Curve:
    shares = np.linspace(0, 100, 51)
    return Curve(
        "Standing feet: one camera against four",
        "share of pictures, %",
        "off by at most, cm",
        {name: (shares.tolist(), np.percentile(cm, shares).tolist()) for name, cm in errors_cm.items()},
    )
