"""`didim demo`: see it work at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.markup import escape

from didim.cli._console import errors, print_json, progress
from didim.cli._play import prepare_engine, prepare_venue
from didim.cli._summary import print_summary
from didim.run.jobs import CameraSource, StageJob, VenueSource, VisionJob
from didim.run.play import PlaySummary, play
from didim.words import Language

GAME, VENUE = "lily_pads", "small-hall"
LANGUAGES: dict[str, tuple[Language, ...]] = {"both": ("ko", "en"), "ko": ("ko",), "en": ("en",)}
LIGHT_PX = (640, 400)
DEMO_HZ, SPARED_HZ = 30.0, 10.0
"""Two slow cores draw the light, the hall and find people at once: the light leaves room for the rest."""
CANVAS_SCALE = 0.8
FILM = Path("didim-demo.mp4")
ROUND_LEAST_S = 20.0


def demo(
    no_camera: Annotated[bool, typer.Option("--no-camera", help="Don't ask for a webcam.")] = False,
    seconds: Annotated[
        float, typer.Option(min=1, help="How long it runs; in the hall, from when the first child came in.")
    ] = 45.0,
    headless: Annotated[bool, typer.Option("--headless", help="Draw without a screen.")] = False,
    out: Annotated[
        Path | None, typer.Option(help=f"Also write the frames; headless, {FILM} without it.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same children.")] = 0,
    language: Annotated[
        Literal["both", "ko", "en"], typer.Option(help="Words of the game and the panel.")
    ] = "both",
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """See it work at once: Lily pads, played by you before a webcam or by children in a virtual hall.

    With a webcam you are asked once whether to use it; it is not calibrated, so the picture itself is the
    floor. Without one, a hall with children, a camera and a projector is drawn; all that follows is the
    product: people are found in the camera's picture, followed in metres, and the game's light falls back
    into the hall. Ends by itself, or on Esc, and prints what happened.
    """
    headless = headless or not _screen()
    out = out or (FILM if headless else None)
    webcam = None if no_camera else _chosen_webcam()
    vision = _hall(seed) if webcam is None else _webcam(webcam, show=out is None)
    prepare_engine(vision.source.engine)
    _say_where(out, headless=headless, webcam=webcam is not None)
    job = StageJob(
        rig=vision.rig,
        game=GAME,
        seed=seed,
        settings={"round_s": max(ROUND_LEAST_S, seconds), "lobby": webcam is not None},
        languages=LANGUAGES[language],
        seconds=seconds,
        of_round=webcam is None,
        window="offscreen" if headless else "window",
        out=out,
        frame_hz=DEMO_HZ,
        spared_hz=SPARED_HZ,
        canvas_scale=CANVAS_SCALE if webcam is None else None,
        to_venue=webcam is None,
        panel=webcam is None or out is None,
    )
    summary = _filmed(vision, job) if headless else play(vision, job)
    if as_json:
        print_json(summary.as_json())
    else:
        print_summary(summary, LANGUAGES[language])


def _say_where(out: Path | None, *, headless: bool, webcam: bool) -> None:
    if headless:
        errors.print(f"Drawing into {escape(str(out))}.")
    if webcam and out:
        errors.print("The film shows the light alone: pictures of you stay in memory.")


def _filmed(vision: VisionJob, job: StageJob) -> PlaySummary:
    """Play where nobody sees it, with a bar by the seconds that it lasts."""
    with progress("starting") as report:
        report("starting")  # cameras, networks and drawing need a while before anybody is seen

        def tell(round_s: float) -> None:
            if round_s and job.seconds:
                report(f"playing and drawing, {job.seconds:.0f} s", min(1.0, round_s / job.seconds))

        return play(vision, job, on_time=tell)


def _hall(seed: int) -> VisionJob:
    errors.print(
        f"Simulated: a hall ({VENUE}), its children, camera and projector. "
        "Real: finding people, tracking, game, drawing."
    )
    return VisionJob(
        prepare_venue(VENUE, LIGHT_PX), None, VenueSource(VENUE, seed, "auto", LIGHT_PX), show=True
    )


def _webcam(settings: dict[str, Any], *, show: bool) -> VisionJob:
    from didim.run.demo import picture_aligned_rig

    errors.print("Real: your webcam, the pose engine, tracking, game. The floor is your picture, mirrored.")
    return VisionJob(picture_aligned_rig(), None, CameraSource(settings, "auto"), show=show)


def _screen() -> bool:
    """Whether a window could be seen: on Linux a display server, elsewhere always."""
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def _chosen_webcam() -> dict[str, Any] | None:
    """Ask once whether to use the first webcam; who cannot be asked has none."""
    from didim.capture import list_webcams
    from didim.run.demo import PICTURE_PX

    if not sys.stdin.isatty():
        return None
    webcams = list_webcams()
    if webcams and typer.confirm(
        f"Use the webcam {webcams[0].name}? Its pictures stay in memory", default=True
    ):
        width_px, height_px = PICTURE_PX
        return {"kind": "webcam", "device": webcams[0].path, "width_px": width_px, "height_px": height_px}
    return None
