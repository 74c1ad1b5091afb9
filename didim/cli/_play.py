"""`didim play`: one round of a game on a rig."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from didim.capture import CameraError
from didim.cli._camera_option import HELP as CAMERA_HELP
from didim.cli._camera_option import camera_name, camera_source
from didim.cli._console import print_json, progress
from didim.cli._rehearse import rehearse
from didim.cli._summary import print_summary
from didim.rig import Rig, read_rig
from didim.run.game import game_of
from didim.run.jobs import CameraSource, StageJob, VenueSource, VisionJob
from didim.run.play import play as play_round
from didim.words import LANGUAGES

ENGINE_HELP = (
    "The pose engine: auto, a name, or DETECTOR+LANDMARKS, each with @PROVIDER if you like; "
    "without it, the rig file's choice. docs/engines.md tells more."
)


def play(
    game: Annotated[str, typer.Argument(help="The game, as `didim games` names it.")],
    rig: Annotated[Path | None, typer.Option(help="The rig file of this place.")] = None,
    venue: Annotated[
        str | None, typer.Option(help="Instead of a rig: a virtual venue, as `didim venue list` names it.")
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
    seconds: Annotated[
        float | None, typer.Option(min=0.5, help="End after this time; else when the game ends.")
    ] = None,
    headless: Annotated[bool, typer.Option("--headless", help="Draw without a screen.")] = False,
    window: Annotated[
        bool, typer.Option("--window", help="A window instead of the projector's full screen.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Also write the projector's frames: a video FILE.mp4, .mov or .mkv, a moving picture "
            "FILE.webp, or a folder, one PNG a frame."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed and the same players give the same game.")] = 0,
    setting: Annotated[
        list[str] | None,
        typer.Option("--set", help="A setting of the game, as name=value; may be given again."),
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Words of the game: ko or en; given twice, both are shown.")
    ] = None,
    sim: Annotated[
        bool, typer.Option("--sim", help="Neither rig nor venue: robots play, in a window at once.")
    ] = False,
    skill: Annotated[
        list[str] | None,
        typer.Option(help="With --sim: a robot that is good, fair or poor; once for each robot."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Play one round: camera, people, metres, game, light.

    Runs until the game ends, `--seconds` are over, a recording ends or you press Esc. A recording that is
    shorter than `--seconds` starts over. Prints what happened: pictures, people, steps, score, the time of
    each stage and the time from picture to cue. Writes no picture of a person, ever: `--out` is what the
    projector shows.

    With `--sim` robots play in a window, and the game is loaded anew whenever one of its files is saved;
    with `--headless` it is filmed, into `--out` or didim-GAME.mp4.
    """
    if sim:
        rehearse(
            game,
            skills=tuple(skill or ("good", "fair", "good")),
            seed=seed,
            settings=dict(_setting(text) for text in setting or ()),
            languages=tuple(language or ("ko", "en")),
            seconds=seconds,
            out=(out or Path(f"didim-{game}.mp4")) if headless else None,
        )
        return
    job = StageJob(
        rig=place_of(rig, venue),
        projector=projector,
        game=game,
        seed=seed,
        settings=dict(_setting(text) for text in setting or ()),
        languages=tuple(language or ("ko", "en")),
        seconds=seconds,
        window="offscreen" if headless else "window" if window else "fullscreen",
        out=out,
        to_venue=venue is not None,
    )
    game_of(job)  # what cannot be played here is refused before a venue is built or networks are fetched
    vision = vision_of(rig, venue, camera, rig_camera, engine, seed, loops=seconds is not None)
    prepare_engine(vision.source.engine)
    summary = play_round(vision, job)
    if as_json:
        print_json(summary.as_json())
    else:
        print_summary(summary, [each for each in LANGUAGES if each in job.languages])


def vision_of(
    rig: Path | None,
    venue: str | None,
    camera: str | None,
    rig_camera: str | None,
    engine: str | None,
    seed: int,
    *,
    loops: bool,
    light_px: tuple[int, int] | None = None,
) -> VisionJob:
    """Where people come from: a venue, whose light has `light_px`, or a rig's camera."""
    place = place_of(rig, venue)
    if venue is not None:
        place = prepare_venue(venue, light_px)
        return VisionJob(place, rig_camera, VenueSource(venue, seed, engine or place.engine, light_px))
    name = camera_name(place, camera, rig_camera)
    settings = _source(place, camera, name, loops=loops)
    return VisionJob(place, name, CameraSource(settings, engine or place.engine))


def place_of(rig: Path | None, venue: str | None) -> Rig:
    """The rig of a file or of a virtual venue, of which nothing is built."""
    if (rig is None) == (venue is None):
        raise typer.BadParameter(
            "give one of --rig FILE, --venue NAME and, for robots that play at once, --sim",
            param_hint="--rig",
        )
    if rig is not None:
        return read_rig(rig)
    from didim.sim.venue import open_venue, true_rig

    assert venue is not None
    return true_rig(open_venue(venue))


def _source(place: Rig, camera: str | None, rig_camera: str | None, *, loops: bool) -> dict[str, Any]:
    if camera is None:
        placed = place.camera(rig_camera)
        source = dict(placed.source)
        if "kind" not in source:
            raise CameraError(
                f"camera {placed.name!r} of the rig has no [camera.source]: write one (docs/rig.md), "
                "or say with --camera where its pictures come from"
            )
    else:
        source = camera_source(camera)
    if source["kind"] in ("file", "pictures"):
        source.setdefault("loop", loops)
    return source


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise typer.BadParameter(f"a setting is name=value, got {text!r}", param_hint="--set")
    return name, value


def prepare_venue(name: str, light_px: tuple[int, int] | None = None) -> Rig:
    """Compile what draws venues, with a progress bar where it is the first time; return the venue's rig.

    `light_px` is as in `VenueSource`.

    Raises:
        VenueError: there is no such venue.
    """
    from didim.run.venue import with_light_px
    from didim.sim.render import VenueRenderer
    from didim.sim.venue import open_venue, true_rig

    venue = with_light_px(open_venue(name), light_px)
    with progress("preparing the venue") as report:
        VenueRenderer(venue, progress=lambda share, what: report(f"preparing {venue.name}: {what}", share))
    return true_rig(venue)


def prepare_engine(engine: str) -> None:
    """Obtain the engine's networks with a progress bar, before any process waits for them.

    Raises:
        PoseError: there is no such engine.
    """
    from didim.pose import choose_engine
    from didim.pose.weights import prepare

    for model in choose_engine(engine).models:
        with progress("preparing the pose networks") as report:
            prepare(model, progress=report)
