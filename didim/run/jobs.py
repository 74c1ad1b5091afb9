"""What the processes are told to do, and what they say when done.

Apart from the processes themselves, so that who starts them need not load what they load.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from didim.rig import Rig
from didim.run.timing import Spread
from didim.words import Language


@dataclass(frozen=True, slots=True)
class CameraSource:
    """A camera, by its driver's settings, and the engine that finds people in its pictures."""

    settings: dict[str, Any]
    engine: str


@dataclass(frozen=True, slots=True)
class VenueSource:
    """A virtual venue in real time: its people see and play the game, its camera sees them.

    Attributes:
        light_px: (width, height) of the first projector's picture; None: as the venue says.
    """

    venue: str
    seed: int
    engine: str
    light_px: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class VisionJob:
    """What the vision process is to do.

    Attributes:
        source: where people come from: a camera and an engine, or a virtual venue.
        show: also hand on what the camera sees and how seeing goes, for a window that shows it.
    """

    rig: Rig
    camera: str | None
    source: CameraSource | VenueSource
    show: bool = False


@dataclass(frozen=True, slots=True)
class RobotsJob:
    """Robots in the place of vision, each at a skill of `didim.play.SKILLS`."""

    rig: Rig
    skills: tuple[str, ...] = ("good", "fair", "good")
    seed: int = 0


@dataclass(frozen=True, slots=True)
class VisionSummary:
    """What the vision process saw.

    Attributes:
        verdict: belief against truth, where a venue knows the truth; see `didim.sim.referee.Verdict`.
        pictures_hz: camera pictures that were understood, a second.
    """

    pictures_in: int
    pictures_with_person: int
    pictures_missed: int
    players_seen: int
    steps: int
    ms: dict[str, Spread]
    verdict: dict[str, Any] | None = None
    pictures_hz: float = 0.0


@dataclass(frozen=True, slots=True)
class StageJob:
    """What the stage process is to do.

    Attributes:
        projector: its name in the rig; None: the first.
        settings: of the game, by name; text is read as the setting's type.
        languages: of the words at the near and at the far edge.
        seconds: when to end; None: when the game does. of_round: they count from when the lobby is over, so
            that a short time is not spent on waiting.
        window: where the light goes.
        out: a file or folder for the projector's frames.
        frame_hz: how often to draw; spared_hz: where the processor draws, None: as often.
        canvas_scale: pixels of the canvas for each of the projector's; None: what suits the computer.
        to_venue: publish what the game shows and the projector's frames, for a venue's people and projector.
        panel: show camera, plan and figures beside the light.
    """

    rig: Rig
    game: str
    projector: str | None = None
    seed: int = 0
    settings: dict[str, Any] | None = None
    languages: tuple[str, ...] = ("ko", "en")
    seconds: float | None = None
    of_round: bool = False
    window: Literal["window", "fullscreen", "offscreen"] = "window"
    out: Path | None = None
    frame_hz: float = 60.0
    spared_hz: float | None = None
    canvas_scale: float | None = None
    to_venue: bool = False
    panel: bool = False


@dataclass(frozen=True, slots=True)
class HostJob:
    """What the stage process of a console is to do; see `StageJob` for what both have.

    Attributes:
        title: the place's name, shown while nothing is played; "" for the rig's.
        window: where the light goes; "none": nowhere, nobody looks.
        to_robots: publish what is asked of players, for robots.
        to_venue: publish what the game shows and the projector's frames, for a venue's people and projector.
    """

    rig: Rig
    projector: str | None = None
    title: str = ""
    languages: tuple[Language, Language] = ("ko", "en")
    window: Literal["window", "fullscreen", "offscreen", "none"] = "window"
    frame_hz: float = 60.0
    spared_hz: float | None = None
    canvas_scale: float | None = None
    to_robots: bool = False
    to_venue: bool = False


@dataclass(frozen=True, slots=True)
class HostSummary:
    """What the stage process of a console did."""

    seconds: float
    frames_drawn: int
    ms: dict[str, Spread]


@dataclass(frozen=True, slots=True)
class ScribeJob:
    """What the scribe is to do.

    Attributes:
        records: the database's URL, as `didim.records.open_book` takes it.
        backups: the folder for nightly backups; None: none are made.
        backup_at: when, "HH:MM" by the clock on the wall.
    """

    records: str
    backups: Path | None = None
    backup_at: str = "03:30"


@dataclass(frozen=True, slots=True)
class ConsoleJob:
    """What the console process is to do.

    Attributes:
        records: the database's URL.
        host, port: where it listens.
        certificate, key: files for TLS, both or none.
        rig_file: for the installer's pages; None where there is none.
        venue: the virtual venue that they measure instead of a real place.
        backups: the folder where backups lie; None: none are made.
    """

    records: str
    host: str = "127.0.0.1"
    port: int = 8080
    certificate: Path | None = None
    key: Path | None = None
    rig_file: Path | None = None
    venue: str | None = None
    backups: Path | None = None


@dataclass(frozen=True, slots=True)
class StageSummary:
    """What the stage showed.

    Attributes:
        quality: how finely it drew in the end; damped: frames that the flash guard held back.
    """

    seconds: float
    finished: bool
    frames_drawn: int
    ms: dict[str, Spread]
    quality: str = ""
    damped: int = 0
