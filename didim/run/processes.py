"""What runs, and what flows between: read this file to see the whole system.

```
[ vision ] -- people, status, frames --> [ stage ] -- cues --> [ supervisor ]
     ^                                       |                       ^
     +----------- scene, light --------------+       reports --------+  (from both: started, failed, done)
```

`scene` and `light` flow only where people are simulated: they see the game, and a venue's projector shows it.
`frames` and `status` flow only where the window shows them beside the light.

`didim console` adds three: the stage plays what it is told to, and the scribe writes down what came of it.

```
[ console ] -- commands --> [ stage ] -- ledger --> [ scribe ] --> database
     ^------------- live ------'  ^-------- kept -------'
[ stage ] -- standing --> [ stage ]  one that crashed, to the one that is started in its place
[ console ] -- wanted --> [ supervisor ]  cameras and displays, for who measures the rig
     ^--------- lent ----------'
```

The supervisor is the process that a person started; it starts the others in the table's order, watches
them, restarts those that may be restarted, and tells everyone when to stop.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class ChannelSpec:
    """A one-writer channel in shared memory; the newest wins.

    Attributes:
        keep: how many of the latest messages stay readable; older ones are overwritten.
        message_bytes: the largest message.
    """

    name: str
    keep: int
    message_bytes: int


@dataclass(frozen=True, slots=True)
class ProcessSpec:
    """One process of the running system.

    Attributes:
        entry: "module:function", called with (link, job).
        nice: added to its scheduling niceness, so that drawing never waits for seeing.
        restart_after_s: the first pause before it is started again, doubled each time; None: its end is
            the end of the run.
        tireless: started again however it ended and however often.
    """

    name: str
    entry: str
    reads: tuple[ChannelSpec, ...]
    writes: tuple[ChannelSpec, ...]
    nice: int = 0
    restart_after_s: float | None = None
    tireless: bool = False


FRAMES = ChannelSpec("frames", keep=3, message_bytes=64 + 3 * 1280 * 720)
PEOPLE = ChannelSpec("people", keep=4, message_bytes=128 * 1024)
STATUS = ChannelSpec("status", keep=2, message_bytes=4 * 1024)
SCENE = ChannelSpec("scene", keep=2, message_bytes=64 * 1024)
LIGHT = ChannelSpec("light", keep=12, message_bytes=64 + 3 * 1920 * 1200)
CUES = ChannelSpec("cues", keep=256, message_bytes=1024)

COMMANDS = ChannelSpec("commands", keep=64, message_bytes=64 * 1024)
LIVE = ChannelSpec("live", keep=3, message_bytes=384 * 1024)
LEDGER = ChannelSpec("ledger", keep=128, message_bytes=48 * 1024)
KEPT = ChannelSpec("kept", keep=64, message_bytes=64 * 1024)
STANDING = ChannelSpec("standing", keep=2, message_bytes=96 * 1024)
WANTED = ChannelSpec("wanted", keep=2, message_bytes=64)
LENT = ChannelSpec("lent", keep=2, message_bytes=64)

CHANNELS = (FRAMES, PEOPLE, STATUS, SCENE, LIGHT, CUES)
CONSOLE_CHANNELS = (*CHANNELS, COMMANDS, LIVE, LEDGER, KEPT, STANDING, WANTED, LENT)

PROCESSES = (
    ProcessSpec(
        "vision",
        "didim.run.vision:main",
        reads=(SCENE, LIGHT),
        writes=(FRAMES, PEOPLE, STATUS),
        nice=2,
        restart_after_s=0.5,
    ),
    ProcessSpec("stage", "didim.run.stage:main", reads=(FRAMES, PEOPLE, STATUS), writes=(SCENE, LIGHT, CUES)),
)

CONSOLE_PROCESSES = (
    ProcessSpec(
        "stage",
        "didim.run.host:main",
        reads=(PEOPLE, COMMANDS, KEPT, STANDING),
        writes=(SCENE, LIGHT, LIVE, LEDGER, STANDING),
        restart_after_s=0.2,
    ),
    ProcessSpec(
        "vision",
        "didim.run.vision:main",
        reads=(SCENE, LIGHT),
        writes=(FRAMES, PEOPLE, STATUS),
        nice=2,
        restart_after_s=0.5,
        tireless=True,
    ),
    ProcessSpec(
        "scribe",
        "didim.run.scribe:main",
        reads=(LEDGER,),
        writes=(KEPT,),
        nice=3,
        restart_after_s=0.2,
        tireless=True,
    ),
    ProcessSpec(
        "console",
        "didim.console.process:main",
        reads=(LIVE, LENT),
        writes=(COMMANDS, WANTED),
        nice=4,
        restart_after_s=0.5,
        tireless=True,
    ),
)

HOLD_DEVICES = ("stage", "vision")
"""Those of the console's run that end while a rig is measured."""


def with_robots(processes: tuple[ProcessSpec, ...]) -> tuple[ProcessSpec, ...]:
    """The same with robots in the place of vision."""
    return tuple(
        replace(spec, entry="didim.run.robots:main") if spec.name == "vision" else spec for spec in processes
    )
