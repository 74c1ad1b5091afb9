"""A venue played and recorded: camera video, projected light, the truth and what was believed.

docs/venue-recordings.md describes every file.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from didim.geometry import FloatArray, PinholeCamera
from didim.people import Joint
from didim.problem import Problem
from didim.project import open_sink
from didim.rig import Rig, write_rig
from didim.run.lockstep import COMPUTE_S, LockStep, Moment, open_lockstep
from didim.run.track import TrackedPicture
from didim.sim import Contact, Pose3D
from didim.sim.people import people_of
from didim.sim.referee import Verdict
from didim.sim.venue import Venue, true_rig

FORMAT = 1

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
    game: str = "lily_pads",
    seed: int = 0,
    engine: str = "auto",
    progress: Progress | None = None,
) -> Recorded:
    """Play `seconds` in lock-step and write the folder `out`, whole or not at all.

    `progress` hears the share done, 0 to 1, and what comes next.

    Raises:
        RecordingError: the folder holds something already, or cannot be written.
        PackError, PoseError, WeightsError, ProjectError: as `open_lockstep`.
    """
    tell = progress or (lambda share, what: None)
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
    camera, projector = rig.cameras[0], rig.projectors[0]
    width, height = projector.size_px
    black = np.zeros((height, width, 3), np.uint8)
    pictures = 0
    with ExitStack() as stack:
        film = stack.enter_context(open_sink(folder / "camera.mp4", camera.size_px))
        light = stack.enter_context(open_sink(folder / "light.mp4", projector.size_px))
        truth = stack.enter_context((folder / "truth.jsonl").open("w", encoding="utf-8"))
        players = stack.enter_context((folder / "players.jsonl").open("w", encoding="utf-8"))
        for moment in step.moments(seconds):
            film.write(moment.frame.bgr[..., ::-1], moment.t_s)
            light.write(black if moment.light_rgb is None else moment.light_rgb, moment.t_s)
            _write_line(truth, _truth_json(moment, camera.view))
            _write_line(players, _belief_json(moment))
            pictures += 1
            tell(moment.t_s / seconds, f"{moment.t_s:.1f} of {seconds:g} s")
    return pictures


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


def _truth_json(moment: Moment, view: object) -> dict[str, Any]:
    assert isinstance(view, PinholeCamera)
    people = [_person_json(pose, view) for pose in moment.truth]
    return {"seq": moment.frame.seq, "t_s": round(moment.t_s, 6), "people": people}


def _person_json(pose: Pose3D, view: PinholeCamera) -> dict[str, Any]:
    return {
        "id": pose.person,
        "joints_m": _rounded(pose.joints_m, 5),
        "joints_px": _rounded(view.project(pose.joints_m), 3),
        "left": _contact_json(pose.left),
        "right": _contact_json(pose.right),
        "steps": pose.steps,
        "jumps": pose.jumps,
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
    players = tracked.pop("players")
    return tracked | {"lands_s": round(moment.lands_s, 6), "players": players}


def _meta(venue: Venue, rig: Rig, seed: int) -> dict[str, Any]:
    camera, projector = rig.cameras[0], rig.projectors[0]
    view = camera.view
    assert isinstance(view, PinholeCamera)
    pose = view.surface_from_camera
    bump = venue.projector[0].bump
    moved = None if bump is None else _homography(true_rig(venue, bump.at_s))
    return {
        "format": FORMAT,
        "venue": {"name": venue.name, "title": venue.title},
        "seed": seed,
        "fps": venue.camera[0].fps,
        "surface": asdict(rig.surfaces[camera.surface]),
        "joints": [joint.name.lower() for joint in Joint],
        "people": [
            {"id": number, "height_m": person.body.height_m}
            for number, person in enumerate(people_of(venue, seed), start=1)
        ],
        "camera": {
            "name": camera.name,
            "size_px": camera.size_px,
            "matrix": view.matrix.tolist(),
            "distortion": view.distortion.tolist(),
            "surface_from_camera": {
                "rotation": pose.rotation.tolist(),
                "translation_m": pose.translation_m.tolist(),
            },
            "exposure_s": venue.camera[0].exposure_ms / 1000.0,
            "latency_s": camera.latency_s,
        },
        "projector": {
            "name": projector.name,
            "size_px": projector.size_px,
            "projector_from_surface": _homography(rig),
            "latency_s": projector.latency_s,
            "bump": bump and {"at_s": bump.at_s, "projector_from_surface": moved},
        },
    }


def _homography(rig: Rig) -> list[list[float]]:
    matrix: list[list[float]] = rig.projectors[0].projector_from_surface.matrix.tolist()
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
