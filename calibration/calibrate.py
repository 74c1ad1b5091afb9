"""`didim calibrate`: the camera's sheet to print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from calibration.camera import PAPERS, CameraFailure, Sheet
from calibration.camera._print import print_sheet

calibrate_app = typer.Typer(
    help="Measure where camera and projector stand.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


@calibrate_app.callback()
def _calibrate() -> None:
    """Measure where camera and projector stand."""


@calibrate_app.command("sheet")
def sheet(
    paper: Annotated[
        str, typer.Option(metavar="a3|a4", help="Size of the paper; A3 measures better.")
    ] = "a3",
    out: Annotated[
        Path | None, typer.Option(metavar="F.pdf", help="The file to write; else didim-sheet-<paper>.pdf.")
    ] = None,
) -> None:
    """Make the printed sheet that shows the camera its floor, as a PDF.

    Print it at 100 % and measure its ruler: an error of 1 % would be 40 mm over a floor of 4 m.
    """
    known = next((each for each in PAPERS if each == paper.lower()), None)
    if known is None:
        raise CameraFailure(f"--paper is a3 or a4, got {paper!r}")
    path = out or Path(f"didim-sheet-{known}.pdf")
    made = Sheet(known)
    print_sheet(made, path)
    Console(stderr=True).print(
        f"wrote {path}. Print it on {known.upper()} at 100 %, without 'fit to page', and measure the ruler: "
        f"it should be {made.ruler_mm:g} mm long. 1 % off would be 40 mm over a floor of 4 m.",
        highlight=False,
        soft_wrap=True,
    )
