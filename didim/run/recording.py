"""A venue played and recorded: camera video, projected light, the truth and what was believed.

docs/venue-recordings.md describes every file.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray, PinholeCamera
from didim.people import Joint
from didim.problem import Problem
from didim.project import open_sink
from didim.rig import Camera, Projector, Rig, write_rig
from didim.run.game import DEFAULT_GAMES
from didim.run.lockstep import COMPUTE_S, LockStep, Moment, open_lockstep
from didim.run.track import TrackedPicture
from didim.sim import Contact, Pose3D, Touch
from didim.sim.people import people_of
from didim.sim.referee import Verdict
from didim.sim.venue import Venue, VenueCamera, true_rig

FORMAT = 2

Progress = Callable[[float, str], None]


class RecordingError(Problem):
    """A recording cannot be written there; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded: how many pictures, and how far belief and truth were apart."""

    pictures: int
    verdict: Verdict


def record(
    venue: Venue,
    out: Path,
    *,
    seconds: float,
    game: str | None = None,
    seed: int = 0,
    engine: str = "auto",
    progress: Progress | None = None,
) -> Recorded:
    """Play `seconds` in lock-step and write the folder `out`, whole or not at all.

    `game` None takes what the venue's kind of surface plays where nothing is said. `progress` hears the share
    done, 0 to 1, and what comes next.

    Raises:
        RecordingError: the folder holds something already, or cannot be written.
        PackError, PoseError, WeightsError, ProjectError: as `open_lockstep`.
    """
    tell = progress or (lambda share, what: None)
    game = game or DEFAULT_GAMES[venue.surface.kind]
    with (
        _whole_or_nothing(out.resolve()) as folder,
        open_lockstep(
            venue, game, seed=seed, engine=engine, progress=lambda share, what: tell(0.0, what)
        ) as step,
    ):
        rig = true_rig(venue)
        write_rig(rig, folder / "rig.toml")
        pictures = _write_moments(folder, rig, step, seconds, tell)
        verdict = step.verdict()
        meta = _meta(venue, rig, seed) | {"game": game, "engine": engine, "compute_s": COMPUTE_S}
        meta |= {"pictures": pictures, "verdict": asdict(verdict)}
        (folder / "meta.json").write_text(json.dumps(_plain(meta), indent=2, allow_nan=False) + "\n", "utf-8")
    return Recorded(pictures, verdict)


def _write_moments(folder: Path, rig: Rig, step: LockStep, seconds: float, tell: Progress) -> int:
    pictures = 0
    with ExitStack() as stack:
        films = [
            stack.enter_context(open_sink(folder / _film(rig, each), each.size_px)) for each in rig.cameras
        ]
        lights = [
            stack.enter_context(open_sink(folder / _film(rig, each), each.size_px)) for each in rig.projectors
        ]
        truth = stack.enter_context((folder / "truth.jsonl").open("w", encoding="utf-8"))
        players = stack.enter_context((folder / "players.jsonl").open("w", encoding="utf-8"))
        for moment in step.moments(seconds):
            shown = [moment.light_rgb, *moment.more_light_rgb]
            for index, film in enumerate(films):
                bgr = step.world.picture(index, moment.t_s, shown) if index else moment.frame.bgr
                film.write(bgr[..., ::-1], moment.t_s)
            for projector, light, rgb in zip(rig.projectors, lights, shown, strict=True):
                light.write(_black(projector) if rgb is None else rgb, moment.t_s)
            _write_line(truth, _truth_json(moment, rig))
            _write_line(players, _belief_json(moment))
            pictures += 1
            tell(moment.t_s / seconds, f"{moment.t_s:.1f} of {seconds:g} s")
    return pictures


def _film(rig: Rig, device: Camera | Projector) -> str:
    """The name of a device's video: the first one's is plain, further ones carry their number."""
    devices: Sequence[Camera | Projector] = rig.cameras if isinstance(device, Camera) else rig.projectors
    number = devices.index(device) + 1
    return f"{'camera' if isinstance(device, Camera) else 'light'}{f'-{number}' if number > 1 else ''}.mp4"


def _black(projector: Projector) -> NDArray[np.uint8]:
    width, height = projector.size_px
    return np.zeros((height, width, 3), np.uint8)


@contextmanager
def _whole_or_nothing(out: Path) -> Iterator[Path]:
    """A folder beside `out` that takes its name when all went well, and goes when not."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise RecordingError(f"{out} is there already and not an empty folder; choose another --out")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = out.with_name(f".{out.name}.{os.getpid()}")
        folder.mkdir()
    except OSError as error:
        raise RecordingError(f"{out} cannot be written: {error.strerror}; choose another --out") from None
    try:
        yield folder
        if out.exists():
            out.rmdir()
        folder.replace(out)
    except OSError as error:
        raise RecordingError(f"{out} cannot be written: {error.strerror}; choose another --out") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_line(file: TextIO, value: dict[str, Any]) -> None:
    file.write(json.dumps(_plain(value), allow_nan=False) + "\n")


def _truth_json(moment: Moment, rig: Rig) -> dict[str, Any]:
    people = [_person_json(pose, rig) for pose in moment.truth]
    return {"seq": moment.frame.seq, "t_s": round(moment.t_s, 6), "people": people}


def _person_json(pose: Pose3D, rig: Rig) -> dict[str, Any]:
    joints_px = [_rounded(_view(camera).project(pose.joints_m), 3) for camera in rig.cameras]
    return {
        "id": pose.person,
        "joints_m": _rounded(pose.joints_m, 5),
        "joints_px": joints_px,
        "left": _contact_json(pose.left),
        "right": _contact_json(pose.right),
        "touches": [_touch_json(touch) for touch in pose.touches],
        "steps": pose.steps,
        "jumps": pose.jumps,
    }


def _view(camera: Camera) -> PinholeCamera:
    assert isinstance(camera.view, PinholeCamera)  # the venue's rig is calibrated
    return camera.view


def _touch_json(touch: Touch) -> dict[str, Any]:
    return {
        "hand": touch.side.name.lower(),
        "since_s": round(touch.since_s, 5),
        "place_m": [round(value, 5) for value in touch.place],
    }


def _contact_json(contact: Contact) -> dict[str, Any]:
    return {
        "down": bool(contact.down),
        "since_s": round(float(contact.since_s), 5),
        "place_m": [round(value, 5) for value in contact.place],
        "heading_rad": round(contact.heading_rad, 5),
    }


def _belief_json(moment: Moment) -> dict[str, Any]:
    tracked = TrackedPicture(moment.frame, moment.t_s, moment.skeletons, moment.players).as_json()
    return tracked | {"lands_s": round(moment.lands_s, 6), "players": tracked.pop("players")}


def _meta(venue: Venue, rig: Rig, seed: int) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "venue": {"name": venue.name, "title": venue.title},
        "seed": seed,
        "fps": venue.camera[0].fps,
        "surface": asdict(rig.surfaces[rig.cameras[0].surface]),
        "joints": [joint.name.lower() for joint in Joint],
        "people": [
            {"id": number, "height_m": person.body.height_m, "wheelchair": person.wheelchair}
            for number, person in enumerate(people_of(venue, seed), start=1)
        ],
        "cameras": [
            _camera_json(rig, camera, made) for camera, made in zip(rig.cameras, venue.camera, strict=True)
        ],
        "projectors": [_projector_json(venue, rig, index) for index in range(len(rig.projectors))],
    }


def _camera_json(rig: Rig, camera: Camera, made: VenueCamera) -> dict[str, Any]:
    view = _view(camera)
    pose = view.surface_from_camera
    return {
        "name": camera.name,
        "file": _film(rig, camera),
        "size_px": camera.size_px,
        "matrix": view.matrix.tolist(),
        "distortion": view.distortion.tolist(),
        "surface_from_camera": {
            "rotation": pose.rotation.tolist(),
            "translation_m": pose.translation_m.tolist(),
        },
        "exposure_s": made.exposure_ms / 1000.0,
        "latency_s": camera.latency_s,
    }


def _projector_json(venue: Venue, rig: Rig, index: int) -> dict[str, Any]:
    projector, bump = rig.projectors[index], venue.projector[index].bump
    moved = bump and true_rig(venue, bump.at_s).projectors[index]
    return {
        "name": projector.name,
        "file": _film(rig, projector),
        "size_px": projector.size_px,
        "projector_from_surface": _homography(projector),
        "latency_s": projector.latency_s,
        "bump": bump and moved and {"at_s": bump.at_s, "projector_from_surface": _homography(moved)},
    }


def _homography(projector: Projector) -> list[list[float]]:
    matrix: list[list[float]] = projector.projector_from_surface.matrix.tolist()
    return matrix


def _rounded(rows: FloatArray, digits: int) -> list[list[float]]:
    values: list[list[float]] = np.round(rows, digits).tolist()
    return values


def _plain(value: Any) -> Any:
    """JSON knows no nan and no infinity: null stands for both."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value
