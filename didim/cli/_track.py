"""`didim track`: who is where in a recording."""

from __future__ import annotations

import json
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.markup import escape

from didim.cli._camera_option import HELP as CAMERA_HELP
from didim.cli._camera_option import camera_name, camera_source
from didim.cli._console import errors, progress
from didim.cli._play import ENGINE_HELP, prepare_engine
from didim.geometry import Surface
from didim.problem import Problem
from didim.rig import read_rig
from didim.run.timing import Timings

if TYPE_CHECKING:
    from didim.project import FrameSink
    from didim.run.track import TrackedPicture


def track(
    source: Annotated[str, typer.Argument(help=CAMERA_HELP)],
    rig: Annotated[Path, typer.Option(help="The rig file that says how the camera stands.")],
    rig_camera: Annotated[
        str | None,
        typer.Option(
            help="Which camera of the rig it is; without it, the one of the file's name, or the first."
        ),
    ] = None,
    engine: Annotated[str | None, typer.Option(help=ENGINE_HELP)] = None,
    seconds: Annotated[float | None, typer.Option(min=0.1, help="End after this time of the source.")] = None,
    out: Annotated[
        Path | None, typer.Option("--json", help="Write one JSON line a picture here instead of to stdout.")
    ] = None,
    overlay: Annotated[
        Path | None,
        typer.Option(help="Also write a video, FILE.mp4, that SHOWS THE PEOPLE with their skeletons."),
    ] = None,
) -> None:
    """Follow everyone through a recording and say where their feet and joints are, in metres.

    Every picture is used, in order, as fast as this computer goes; Ctrl-C ends it in good order. Each line
    holds the picture's number and time and, for each player: id, feet, joints, velocity and steps.
    `--overlay` records people: use it where they know, and delete it when you have looked.
    """
    from didim.run.track import track as follow

    place = read_rig(rig)
    settings = camera_source(source)
    if settings["kind"] in ("file", "pictures"):
        settings["pace"] = "fast"
    camera = place.camera(camera_name(place, source, rig_camera))
    chosen = engine or place.engine
    prepare_engine(chosen)
    timings, pictures, people = Timings(), 0, set()
    surface = place.surfaces[camera.surface]
    notes: tuple[str, ...] = ()
    with ExitStack() as stack:
        lines = stack.enter_context(_opened(out)) if out else None
        video = stack.enter_context(_OverlayFile(overlay, surface)) if overlay else None
        report = stack.enter_context(progress("following"))
        stack.enter_context(suppress(KeyboardInterrupt))  # Ctrl-C ends it in good order
        for picture in follow(settings, place, camera.name, chosen, timings):
            if lines or not video:
                print(json.dumps(picture.as_json()), file=lines)
            pictures += 1
            people |= {player.id for player in picture.players}
            notes = picture.notes
            report(f"{pictures} pictures, {len(people)} people")
            if video:
                video.write(picture)
            if seconds is not None and picture.t_s >= seconds:
                break
    pose = timings.spreads().get("pose")
    speed = f", pose {pose.median_ms:.1f} ms a picture" if pose else ""
    for note in notes:
        errors.print(f"[yellow]warning:[/] {escape(note)}")
    errors.print(f"{pictures} pictures, {len(people)} people{speed}")


def _opened(path: Path) -> TextIO:
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise Problem(f"{path} cannot be written: {error.strerror}; choose another file") from None


class _OverlayFile(ExitStack):
    """The video with skeletons and plan; opened when the first picture tells its size."""

    def __init__(self, path: Path, surface: Surface) -> None:
        super().__init__()
        self._path, self._surface = path, surface
        self._sink: FrameSink | None = None

    def write(self, picture: TrackedPicture) -> None:
        from didim.project import open_sink
        from didim.run.overlay import overlay

        drawn = overlay(picture, self._surface)
        if self._sink is None:
            self._sink = self.enter_context(open_sink(self._path, (drawn.shape[1], drawn.shape[0])))
        self._sink.write(drawn[..., ::-1], picture.t_s)
