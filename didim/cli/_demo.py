"""`didim demo`: see it work at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from didim.cli._console import errors, print_json
from didim.cli._play import prepare_engine, print_summary
from didim.rig import Rig
from didim.run.jobs import CameraSource, CrowdSource, StageJob, VisionJob
from didim.run.play import play

GAME = "lily_pads"
FILM = Path("didim-demo.mp4")
ROUND_LEAST_S = 20.0


def demo(
    no_camera: Annotated[bool, typer.Option("--no-camera", help="Don't ask for a webcam.")] = False,
    people: Annotated[int, typer.Option(min=1, max=6, help="How many simulated players.")] = 3,
    seconds: Annotated[float, typer.Option(min=1, help="How long it runs.")] = 45.0,
    headless: Annotated[bool, typer.Option("--headless", help="Draw without a screen.")] = False,
    out: Annotated[
        Path | None, typer.Option(help=f"Also write the frames; headless, {FILM} without it.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same simulated players.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """See it work at once: Lily pads, played by you before a webcam or by simulated players.

    With a webcam you are asked once whether to use it; it is not calibrated, so the picture itself is the
    floor. Without one, simulated players walk, step and jump through the same road: tracking in metres, the
    game, the projector's light. Ends by itself, or on Esc, and prints what happened.
    """
    headless = headless or not _screen()
    out = out or (FILM if headless else None)
    webcam = None if no_camera else _chosen_webcam()
    rig: Rig
    source: CameraSource | CrowdSource
    if webcam is None:
        from didim.sim import small_hall_rig

        rig, source = small_hall_rig(), CrowdSource(people, seed)
        errors.print(
            f"Simulated: {people} players and their camera (joints with noise, no pictures). "
            "Real: tracking, game, drawing."
        )
    else:
        from didim.run.demo import picture_aligned_rig

        rig, source = picture_aligned_rig(), CameraSource(webcam, "auto")
        errors.print(
            "Real: your webcam, the pose engine, tracking, game. The floor is your picture, mirrored."
        )
        prepare_engine(source.engine)
    if headless:
        errors.print(f"No screen: drawing into {out}.")
    summary = play(
        VisionJob(rig, None, source),
        StageJob(
            rig=rig,
            game=GAME,
            seed=seed,
            settings={"round_s": max(ROUND_LEAST_S, seconds)},
            seconds=seconds,
            window="offscreen" if headless else "window",
            out=out,
            show_scene=webcam is None,
        ),
    )
    if as_json:
        print_json(summary.as_json())
    else:
        print_summary(summary)


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
