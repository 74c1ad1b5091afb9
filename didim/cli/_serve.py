"""`didim console`: the rig's daily command."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

import typer
from platformdirs import user_data_path
from rich.markup import escape

from didim.cli._camera_option import HELP as CAMERA_HELP
from didim.cli._console import errors, progress, results
from didim.cli._demo import CANVAS_SCALE, DEMO_HZ, LIGHT_PX, SPARED_HZ
from didim.cli._play import ENGINE_HELP, prepare_engine, vision_of
from didim.run.jobs import ConsoleJob, HostJob, RobotsJob, ScribeJob, VisionJob
from didim.words import Language

LANGUAGES: dict[str, tuple[Language, Language]] = {
    "both": ("ko", "en"),
    "ko": ("ko", "ko"),
    "en": ("en", "en"),
}
SIM_HZ = 30.0
TELLTALE = "mediapipe"
"""MediaPipe's own runtime reports what it does and cannot be told not to (its issue 6291)."""


def console(
    rig: Annotated[Path | None, typer.Option(help="The rig file of this place.")] = None,
    venue: Annotated[
        str | None, typer.Option(help="Instead of a rig: a virtual venue, as `didim venue list` names it.")
    ] = None,
    sim: Annotated[
        bool, typer.Option("--sim", help="Neither rig nor venue: robots play, and cost next to nothing.")
    ] = False,
    records: Annotated[
        str | None,
        typer.Option(
            help="Where players and results are kept: sqlite:////folder/records.sqlite or "
            "postgresql://user@host/name. Without it: `DIDIM_RECORDS`, or a file in the data folder; with "
            "--sim or --venue always a file of its own, apart from the place's records."
        ),
    ] = None,
    backups: Annotated[
        Path | None,
        typer.Option(help="The folder for nightly backups; without it, `backups` in your user data."),
    ] = None,
    host: Annotated[
        str, typer.Option(help="The address to listen on; the site's network is opened in the settings.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8080,
    tls_cert: Annotated[
        Path | None, typer.Option(help="A certificate file, PEM: the console is served over TLS.")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option(help="Its key file, PEM; without it, the key is in the certificate's file.")
    ] = None,
    camera: Annotated[
        str | None, typer.Option(help=CAMERA_HELP + " Without it: the source in the rig file.")
    ] = None,
    rig_camera: Annotated[
        str | None,
        typer.Option(
            help="Which camera of the rig it is; without it, the one of the file's name, or the first."
        ),
    ] = None,
    projector: Annotated[
        str | None, typer.Option(help="Which projector of the rig; without it, the first.")
    ] = None,
    engine: Annotated[str | None, typer.Option(help=ENGINE_HELP)] = None,
    language: Annotated[
        Literal["both", "ko", "en"], typer.Option(help="Words on the surface, until somebody changes them.")
    ] = "both",
    window: Annotated[
        bool, typer.Option("--window", help="A window instead of the projector's full screen.")
    ] = False,
    headless: Annotated[bool, typer.Option("--headless", help="Show the light nowhere.")] = False,
    seed: Annotated[int, typer.Option(help="With --venue or --sim: the same seed, the same people.")] = 0,
    pictures: Annotated[
        Path | None,
        typer.Option(help="Instead: write pictures of every page, on a tablet and a phone, here."),
    ] = None,
) -> None:
    """Run a rig for a day: the surface rests, and a tablet's browser says what is played.

    Starts the camera, the light, the keeping of results and the web console, and starts again whichever of
    them should fail. Open the address that it prints; the first time it also prints a code with which the
    first user is made. Ends with Ctrl-C, or when the window is closed; a round that runs is kept as far as
    it came.

    To try it without a camera: `didim console --sim`, or `--venue NAME` for a room whose people are seen.
    """
    if pictures is not None:
        _picture(pictures)
        return
    from didim.run.console import ConsoleRun, run_console, sim_rig

    if (rig is not None) + (venue is not None) + sim != 1:
        raise typer.BadParameter("give one of --rig FILE, --venue NAME and --sim", param_hint="--rig")
    vision: VisionJob | RobotsJob
    if sim:
        vision = RobotsJob(sim_rig(), seed=seed)
    else:
        place = LIGHT_PX if venue is not None else None
        vision = vision_of(rig, venue, camera, rig_camera, engine, seed, loops=True, light_px=place)
        _refuse_telltale(vision.source.engine)
        prepare_engine(vision.source.engine)
    url, folder = _kept(records, backups, made_up=rig is None)
    stage = HostJob(
        vision.rig,
        projector=projector,
        languages=LANGUAGES[language],
        window=_window(headless=headless, framed=window or rig is None, seen=venue is not None),
        frame_hz=SIM_HZ if sim and headless else DEMO_HZ if venue is not None else 60.0,
        spared_hz=SPARED_HZ if venue is not None else None,
        canvas_scale=CANVAS_SCALE if venue is not None else None,
        to_robots=sim,
        to_venue=venue is not None,
    )

    def anew() -> tuple[HostJob, VisionJob]:
        """The rig file as it is now: the installer's page may have measured it."""
        seeing = vision_of(rig, None, camera, rig_camera, engine, seed, loops=True)
        return replace(stage, rig=seeing.rig), seeing

    run_console(
        ConsoleRun(
            host=stage,
            vision=vision,
            scribe=ScribeJob(url, folder),
            console=ConsoleJob(url, host, port, tls_cert, tls_key, rig or _measured(venue), venue, folder),
            anew=anew if rig is not None else None,
        ),
        warn=lambda message: errors.print(f"[yellow]warning:[/] {escape(message)}"),
    )


def _refuse_telltale(engine: str) -> None:
    from didim.pose import PoseError

    if engine.startswith(TELLTALE):
        raise PoseError(
            f"the {TELLTALE} engine asks for play.googleapis.com and would tell its maker that it runs; the "
            'console talks to nobody: set engine = "auto" in the rig file, or give --engine auto'
        )


def _picture(folder: Path) -> None:
    """Pictures of every page with made-up records and robots, in both languages."""
    from didim.console.showing.pictures import picture_all

    with progress("picturing the console") as report:
        written = picture_all(folder, report)
    results.print(f"{len(written)} pictures in {escape(str(folder))}")


def _window(
    *, headless: bool, framed: bool, seen: bool
) -> Literal["window", "fullscreen", "offscreen", "none"]:
    """Where the light goes; a venue's camera sees it without a screen, too."""
    if headless:
        return "offscreen" if seen else "none"
    return "window" if framed else "fullscreen"


def _measured(venue: str | None) -> Path | None:
    """Where the installer's page keeps what it measures in a venue; the venue goes on with its true rig."""
    return None if venue is None else user_data_path("didim", appauthor=False) / "venues" / f"{venue}.toml"


def _kept(records: str | None, backups: Path | None, *, made_up: bool) -> tuple[str, Path]:
    """The records' URL, tried before anything starts, and where backups go.

    Args:
        made_up: nobody real plays: what is kept of it stays apart, with its backups.

    Raises:
        RecordsError: the records cannot be used.
    """
    from didim.records import backup_folder, default_url, open_book

    if made_up and records is None:
        trial = user_data_path("didim", appauthor=False) / "trial"
        trial.mkdir(parents=True, exist_ok=True)
        file = trial / "records.sqlite"
        results.print(f"A trial: players and results are kept in {escape(str(file))}, apart from real ones.")
        url, folder = f"sqlite:///{file}", trial / "backups"
    else:
        url, folder = records or default_url(), backup_folder()
    open_book(url).close()
    return url, backups or folder
