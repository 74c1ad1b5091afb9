"""What the stage tells of itself ten times a second, for tablets that look on: data, never a picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

import msgspec

from didim.people import Foot, Player, Plays
from didim.play import Background, Color, Drawn, Language, Symbol
from didim.run.commands import Seated

LIVE_HZ = 10.0
DIGITS = 3
"""Millimetres; a thousandth of a radian."""
SHAPES_MOST = 1200
"""Of one message; a game draws a few hundred, and what lies on top is kept."""

Phase = Literal["starting", "idle", "check_in", "lobby", "countdown", "play", "keeping", "results", "rest"]
"""`keeping`: a round is over and its result is on its way to the disk; the results picture follows."""

Held = Literal["", "instructor", "safe", "camera", "projector"]
"""Why everything stands still: by `Pause`, by `Safe`, or because camera or projector have failed."""

Silence = Literal["", "no_device", "no_window"]

NoticeKind = Literal[
    "refused",
    "game_failed",
    "not_kept",
    "no_scribe",
    "disk_full",
    "records_failed",
    "camera_silent",
    "projector_lost",
    "round_lost",
    "light_damped",
]

Place = tuple[float, float]
"""x and y on the surface, metres."""


class Notice(msgspec.Struct, frozen=True):
    """Something that whoever runs the session should know.

    Attributes:
        kind: for the message catalogue. `refused`: a command could not be done; `game_failed`: a game
            crashed and was ended; `not_kept`: a round's result is not on the disk yet; `no_scribe`: nobody
            writes results at the moment; `disk_full`, `records_failed`: new sessions wait until this is
            mended; `camera_silent`: no picture comes; `projector_lost`: its display is
            gone; `light_damped`: a game would have flashed too much and its light was softened;
            `round_lost`: the stage was started anew in a round, which is kept up to its last second; see
            `Live.broken`.
        text: in English, with the cause and what to do.
        number: of the command that it answers; 0 for none.
    """

    kind: NoticeKind
    text: str
    number: int = 0


class Shape(msgspec.Struct, frozen=True, omit_defaults=True):
    """One word that the game draws; see `didim.play.Canvas`.

    Attributes:
        word: the canvas's method: disc, ring, glow, text, …
        places: its centre, or each point of a line or trail.
        size_m: radius, length, cap height or width, whichever the word takes.
        color: sRGB "#rrggbb"; light above white is shown as bright as can be in its hue.
        details: what else was given, by the canvas's names.
    """

    word: str
    places: tuple[Place, ...]
    size_m: float
    color: str
    opacity: float = 1.0
    details: dict[str, float | str | Place | None] = {}


class LiveFoot(msgspec.Struct, frozen=True):
    """One foot: the middle of its sole, where the toes point, and whether it stands."""

    place: Place
    heading_rad: float
    down: bool


class LivePlayer(msgspec.Struct, frozen=True):
    """One person on the surface, in millimetres' steps.

    Attributes:
        id: the tracker's; it stays while the person stays in view.
        seat: the number of their seat, 0 for none.
        joints: (x, y, height) in metres of each `didim.people.Joint`, in its order; empty where unknown.
    """

    id: int
    seat: int
    feet: Place
    left: LiveFoot
    right: LiveFoot
    joints: tuple[tuple[float, float, float], ...]
    heading_rad: float = 0.0
    plays: Plays = "standing"


class LiveSeat(msgspec.Struct, frozen=True):
    """One seat of the round.

    Attributes:
        player_id: in the records; None: a guest.
        color: sRGB "#rrggbb".
        here: whether somebody who has it is in view.
    """

    number: int
    player_id: int | None
    color: str
    symbol: Symbol
    points: int = 0
    here: bool = True


class Tracking(msgspec.Struct, frozen=True):
    """How well seeing goes.

    Attributes:
        good_share: of the last ten seconds, how much was seen well, 0 to 1; None where nobody was there.
        pictures_hz: camera pictures that arrive.
        age_ms: since the newest one was understood.
    """

    good_share: float | None = None
    pictures_hz: float = 0.0
    age_ms: float = 0.0


@lru_cache(4096)
def srgb(color: Color) -> str:
    """Linear light as "#rrggbb", IEC 61966-2-1; what is brighter than white keeps its hue."""
    most = max(1.0, *color)
    return "#" + "".join(f"{round(255 * _curved(max(0.0, part) / most)):02x}" for part in color)


def _curved(linear: float) -> float:
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


class Surroundings(msgspec.Struct, frozen=True):
    """The surface that is played on."""

    kind: Literal["floor", "wall"] = "floor"
    width_m: float = 0.0
    height_m: float = 0.0


class Live(msgspec.Struct, frozen=True):
    """How everything stands.

    Attributes:
        number: counts up; the same number is the same message.
        at_ns: when, on the monotonic clock.
        phase, held: what runs, and why it stands still if it does.
        phase_s, left_s: seconds since the phase began, and until it ends by itself; None: not by time.
        game: the slug of the round's game; "" outside rounds.
        title: of the plan.
        part, parts: which part of the plan runs, counted from 1, and how many there are; 0 when idle.
        heard: the number of the last command that was taken; see `Desk.send`.
        trial: nothing of what runs is written down.
        broken: the slug of the game whose round broke off and may be played again by `Replay`; "" for none.
        expected: the player ids of a check-in that have not stood on their emblem yet.
        checked_in: who sits where after the last check-in.
        background, shapes: what the game draws, lowest first; empty while nobody looks on.
        volume: 0 to 1, as `Volume` sets it.
        silent_because: why nothing can be heard at all: `no_device`, the computer has no sound; `no_window`,
            it draws for no screen; "" where something can be heard.
        frame_ms: the median time of the latest frames, without waiting for the display.
        quality: how finely they are drawn; "" where nothing is.
    """

    number: int = 0
    at_ns: int = 0
    rig: str = ""
    surface: Surroundings = Surroundings()
    phase: Phase = "starting"
    held: Held = ""
    phase_s: float = 0.0
    left_s: float | None = None
    game: str = ""
    title: str = ""
    part: int = 0
    parts: int = 0
    session_id: int | None = None
    round_key: str = ""
    trial: bool = False
    broken: str = ""
    heard: int = 0
    players: tuple[LivePlayer, ...] = ()
    seats: tuple[LiveSeat, ...] = ()
    expected: tuple[int, ...] = ()
    checked_in: tuple[Seated, ...] = ()
    background: Background | None = None
    shapes: tuple[Shape, ...] = ()
    volume: float = 1.0
    silent_because: Silence = ""
    languages: tuple[Language, Language] = ("ko", "en")
    tracking: Tracking = Tracking()
    frame_ms: float = 0.0
    quality: str = ""
    notices: tuple[Notice, ...] = ()


class Told(msgspec.Struct, frozen=True):
    """What crosses the channel: `Live` with people and drawing as the stage has them.

    Rounding and naming colors takes longer than drawing, and that time is the game's: who reads does it.

    Attributes:
        seated: the seat of each player who has one, by the tracker's number.
    """

    live: Live
    players: tuple[Player, ...] = ()
    seated: dict[int, int] = {}
    drawn: tuple[Drawn, ...] = ()

    def whole(self) -> Live:
        """`Live` with everything in it."""
        if not self.players and not self.drawn:
            return self.live
        players = tuple(_player(player, self.seated.get(player.id, 0)) for player in self.players)
        return msgspec.structs.replace(
            self.live, players=players, shapes=tuple(_shape(word) for word in self.drawn)
        )


def _player(player: Player, seat: int) -> LivePlayer:
    return LivePlayer(
        player.id,
        seat,
        _place(player.feet),
        _foot(player.left),
        _foot(player.right),
        tuple((round(j.x_m, DIGITS), round(j.y_m, DIGITS), round(j.z_m, DIGITS)) for j in player.joints),
        round(player.heading_rad, DIGITS),
        player.plays,
    )


def _foot(foot: Foot) -> LiveFoot:
    return LiveFoot(_place(foot.place), round(foot.heading_rad, DIGITS), foot.down)


def _shape(word: Drawn) -> Shape:
    return Shape(
        word.word,
        tuple(_place(place) for place in word.places),
        round(word.size_m, DIGITS),
        srgb(word.color),
        round(word.opacity, DIGITS),
        {name: _plain(value) for name, value in word.details.items() if name != "shape"},
    )


def _plain(value: Any) -> float | str | Place | None:
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, Sequence):
        return (round(value[0], DIGITS), round(value[1], DIGITS))
    return round(float(value), DIGITS)


def _place(place: Sequence[float]) -> Place:
    return (round(place[0], DIGITS), round(place[1], DIGITS))


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Told)


def pack(told: Told | Live) -> bytes:
    """As a channel carries it."""
    return _ENCODER.encode(Told(told) if isinstance(told, Live) else told)


def unpack(packed: bytes) -> Live:
    """The message again, whole.

    Raises:
        msgspec.ValidationError: it is none.
    """
    return _DECODER.decode(packed).whole()
