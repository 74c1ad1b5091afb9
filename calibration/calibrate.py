"""`didim calibrate`: measure camera and projector, look at what was measured before, print the sheet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from calibration.camera import PAPERS, CameraFailure, Sheet
from calibration.camera import Paper as PaperName
from calibration.camera._print import print_sheet
from didim.survey import SurveyRequest

calibrate_app = typer.Typer(
    help="Measure where camera and projector stand.",
    no_args_is_help=False,
    rich_markup_mode="markdown",
)
RigFile = Annotated[Path, typer.Option("--rig", metavar="F.toml", help="The rig file.")]
InLanguage = Annotated[
    str | None, typer.Option("--language", metavar="en|ko", help="Language; else the computer's.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print what was found as one JSON object.")]
Out = Annotated[Path, typer.Option(metavar="F.toml", help="The rig file to write.")]
InVenue = Annotated[str | None, typer.Option(metavar="NAME", help="Calibrate a virtual venue, by itself.")]
Recorded = Annotated[
    Path | None, typer.Option("--from", metavar="DIR", help="Solve from a calibration kept by --save.")
]
Save = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Keep every picture in a new folder; they show who is in view."),
]
Device = Annotated[
    list[str] | None,
    typer.Option(
        "--camera",
        metavar="DEVICE",
        help="A webcam: its number or path; may be repeated. Else as in the file.",
    ),
]
Display = Annotated[
    int | None, typer.Option(metavar="N", help="The projector's display; else found by looking.")
]
Paper = Annotated[str, typer.Option(metavar="a3|a4", help="Size of the printed sheet; A3 measures better.")]
Ruler = Annotated[
    float | None, typer.Option(metavar="MM", help="What the ruler on the sheet measures; else asked for.")
]
Places = Annotated[
    int | None,
    typer.Option(min=3, max=20, help="How often the sheet is laid down; else as often as measures well."),
]


def paper_of(name: str) -> PaperName:
    """The paper of that name; raises typer.BadParameter where there is none."""
    for known in PAPERS:
        if known == name.lower():
            return known
    raise typer.BadParameter(f"the paper is a3 or a4, got {name!r}", param_hint="--paper")


@calibrate_app.callback(invoke_without_command=True)
def _calibrate(
    context: typer.Context,
    out: Out = Path("rig.toml"),
    venue: InVenue = None,
    recorded: Recorded = None,
    save: Save = None,
    cameras: Device = None,
    display: Display = None,
    paper: Paper = "a3",
    ruler: Ruler = None,
    places: Places = None,
    wall: Annotated[bool, typer.Option("--wall", help="The surface is a wall.")] = False,
    name: Annotated[str | None, typer.Option(metavar="TEXT", help="What the rig is called.")] = None,
    language: InLanguage = None,
    as_json: AsJson = False,
) -> None:
    """Measure where camera and projector stand, with a printed sheet, and write rig.toml.

    The projector shows where to lay the sheet (`didim calibrate sheet` prints it); then patterns run, the
    map is solved, and a test pattern is measured. A poor result is not saved: the cause is named. The rig
    file before is kept, and a report is written beside: calibration.html and calibration.pdf.
    """
    if context.invoked_subcommand is not None:
        return
    from calibration.command_run import Options, calibrate, language_of

    if venue is not None and recorded is not None:
        raise CameraFailure("--venue and --from exclude each other: the recording says what was recorded")
    sources = tuple({"kind": "webcam", "device": device} for device in cameras or ())
    kind: Literal["floor", "wall"] = "wall" if wall else "floor"
    request = SurveyRequest(
        out, venue, sources, display, paper_of(paper), ruler, places, kind=kind, name=name
    )
    calibrate(Options(request, language_of(language), recorded, save, as_json))


@calibrate_app.command("history")
def history(rig: RigFile = Path("rig.toml"), language: InLanguage = None) -> None:
    """List the versions of the rig file that were kept, the newest first."""
    from calibration.command_run import language_of
    from calibration.history import kept_rigs
    from calibration.words import Words
    from didim.rig import read_rig

    kept = kept_rigs(rig)
    if not kept:
        Console(stderr=True).print(Words(language_of(language))("history.none"))
    for each in kept:
        surface = next(iter(read_rig(each.file).surfaces.values()))
        print(f"{each.name}  {surface.kind} {surface.width_m:g} x {surface.height_m:g} m")


@calibrate_app.command("restore")
def restore(
    version: Annotated[
        str | None, typer.Argument(help="Its name, as `didim calibrate history` lists it; else the newest.")
    ] = None,
    rig: RigFile = Path("rig.toml"),
    language: InLanguage = None,
) -> None:
    """Bring a kept version of the rig file back; what stands there now is kept first."""
    from calibration.command_run import language_of
    from calibration.history import restore_rig
    from calibration.words import Words

    chosen, kept = restore_rig(rig, datetime.now(), version)
    told = Words(language_of(language))("history.restored", name=chosen.name, kept=kept.name if kept else "–")
    Console(stderr=True).print(told, highlight=False, soft_wrap=True)


@calibrate_app.command("check")
def check(
    rig: RigFile = Path("rig.toml"),
    venue: Annotated[
        str | None, typer.Option(metavar="NAME", help="Check in the virtual venue that it was made in.")
    ] = None,
    language: InLanguage = None,
    as_json: AsJson = False,
) -> None:
    """Show a test pattern for some seconds and say whether the rig still holds, and how far it drifted.

    Ends with 1 where it does not hold.
    """
    from calibration.command_check import check as measured
    from calibration.command_run import language_of
    from calibration.words import Words

    if not measured(rig, Words(language_of(language)), venue=venue, as_json=as_json):
        raise typer.Exit(1)


@calibrate_app.command("area")
def area(
    rig: RigFile = Path("rig.toml"),
    surface: Annotated[
        str | None, typer.Option(metavar="NAME", help="The surface; else the file's first.")
    ] = None,
    keep_out: Annotated[
        list[str] | None,
        typer.Option(
            "--keep-out",
            metavar="'X,Y X,Y X,Y'",
            help="Corners, metres, of a part to keep off; may be repeated.",
        ),
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Take back what was kept out before.")] = False,
    above_floor: Annotated[
        float | None,
        typer.Option(
            metavar="METRES",
            min=0.0,
            max=10.0,
            help="How high the lower edge of a wall's play area is above the floor.",
        ),
    ] = None,
    language: InLanguage = None,
    as_json: AsJson = False,
) -> None:
    """Show which part of a surface may be played on, and keep people and light off parts of it.

    Players of a wall stand on the floor before it: say with --above-floor how high the wall's play area
    begins, so that they are followed.

    Corners are metres from the surface's lower left corner. The rig file before is kept.
    """
    from calibration.command_area import change, polygon_of, tell
    from calibration.command_run import language_of
    from calibration.words import Words

    drawn = tuple(polygon_of(each) for each in keep_out or ())
    found = change(rig, surface, drawn, clear=clear, above_floor_m=above_floor, now=datetime.now())
    tell(found, Words(language_of(language)), as_json=as_json)


@calibrate_app.command("sheet")
def sheet(
    paper: Paper = "a3",
    out: Annotated[
        Path | None, typer.Option(metavar="F.pdf", help="The file to write; else didim-sheet-<paper>.pdf.")
    ] = None,
) -> None:
    """Make the printed sheet that shows the camera its floor, as a PDF.

    Print it at 100 % and measure its ruler: an error of 1 % would be 40 mm over a floor of 4 m.
    """
    known = paper_of(paper)
    path = out or Path(f"didim-sheet-{known}.pdf")
    made = Sheet(known)
    print_sheet(made, path)
    Console(stderr=True).print(
        f"wrote {path}. Print it on {known.upper()} at 100 %, without 'fit to page', and measure the ruler: "
        f"it should be {made.ruler_mm:g} mm long. 1 % off would be 40 mm over a floor of 4 m.",
        highlight=False,
        soft_wrap=True,
    )
