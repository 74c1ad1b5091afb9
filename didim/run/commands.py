"""What a console tells the stage to do: small typed messages, each heard once and answered in `Live`.

On a channel and in JSON a command carries its name: `{"do": "volume", "level": 0.5}`. Any of them may be
said at any time and again; one that does not fit the moment, such as `Resume` where nothing is paused,
changes nothing.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from didim.play import Language, Plan

Value: TypeAlias = bool | int | float | str
"""Of a game's setting."""


class _Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag=str.lower):
    """A command; `do` names it."""


class GamePart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="part", tag="game"):
    """One round of a game.

    Attributes:
        game: as `didim games` names it.
        settings: by name, each checked against the game's manifest.
        seed: of its chances; None: drawn from the session's.
        group: which group plays, counted from 1; 0: everyone.
    """

    game: str
    settings: dict[str, Value] = {}
    seed: int | None = None
    group: int = 0


class RestPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="part", tag="rest"):
    """A rest with a gentle picture and a countdown, between rounds or at the end to cool down."""

    seconds: float


Part: TypeAlias = GamePart | RestPart


def parts_of(plan: Plan) -> tuple[Part, ...]:
    """A session plan as the stage plays it."""
    return tuple(
        GamePart(item.game, dict(item.settings), item.seed, item.group)
        if item.game
        else RestPart(float(item.seconds))
        for item in plan.items
    )


class Seated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who has a seat in the rounds to come; a seat that is not named is a guest's, of whom nothing is kept.

    Attributes:
        seat: its number, 1, 2, 3, …: the color and sign that the game gives.
        player_id: in the records.
        age_years: for the measures that depend on it; None: those are not measured.
        group: in whose rounds they sit there; 0: in all.
    """

    seat: int
    player_id: int
    age_years: float | None = None
    group: int = 0


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One player who is to stand on their emblem.

    Attributes:
        player_id: in the records.
        emblem: the number of the seat whose color and sign are theirs; see `didim.play.seat`.
        age_years: as in `Seated`.
    """

    player_id: int
    emblem: int
    age_years: float | None = None


class Start(_Message, frozen=True):
    """Play these parts one after the other; what runs now is stopped first.

    Attributes:
        parts: a whole plan, or one game.
        seats: who sits where; None: as the last check-in found.
        seed: the same seed and the same players give the same session.
        session_id: in the records, where it is known there already.
        title: of the plan, for who watches.
        trial: nothing of it goes to the records, and nobody checks in: everybody is a guest.
    """

    parts: tuple[Part, ...]
    seats: tuple[Seated, ...] | None = None
    seed: int = 0
    session_id: int | None = None
    title: str = ""
    trial: bool = False


class CheckIn(_Message, frozen=True):
    """Light an emblem for everyone expected; who stands on theirs has that seat. What runs now is stopped.

    Attributes:
        seconds: when it ends by itself; before that, once everybody stands.
    """

    expected: tuple[Expected, ...]
    seconds: float = 60.0


class Pause(_Message, frozen=True):
    """Stand still: the round, its time and its measures, or a rest."""


class Resume(_Message, frozen=True):
    """Go on after `Pause` or `Safe`."""


class Skip(_Message, frozen=True):
    """End the part that runs now, keep what it came to, go on; end a check-in with who is there."""


class Stop(_Message, frozen=True):
    """End everything, keep what it came to, and rest."""


class Replay(_Message, frozen=True):
    """Of the round that broke off when the stage crashed: play it again, and what follows it; or leave it.

    Attributes:
        play: False: leave it; the offer is taken back, what runs goes on.
    """

    play: bool = True


class Safe(_Message, frozen=True):
    """The whole light white with the next frame, and silence; what runs is paused below it.

    `Resume` goes on, `Stop` ends it, `Start` begins something else.
    """


class Volume(_Message, frozen=True):
    """How loud, 0 to 1, as a share of what the rig file allows at this hour."""

    level: float


class SpeakIn(_Message, frozen=True, tag="language"):
    """The words at the near and at the far edge, from the next round on; the same twice is one language."""

    near: Language
    far: Language


class Watching(_Message, frozen=True):
    """Somebody looks on: for three seconds `Live` also tells the shapes that the game draws."""


Command: TypeAlias = (
    Start | CheckIn | Pause | Resume | Skip | Stop | Replay | Safe | Volume | SpeakIn | Watching
)

_ENCODER = msgspec.msgpack.Encoder()
_DECODER: msgspec.msgpack.Decoder[Command] = msgspec.msgpack.Decoder(Command)


def pack(command: Command) -> bytes:
    """A command as a channel carries it."""
    return _ENCODER.encode(command)


def unpack(packed: bytes) -> Command:
    """The command again.

    Raises:
        msgspec.ValidationError: it is none.
    """
    return _DECODER.decode(packed)
