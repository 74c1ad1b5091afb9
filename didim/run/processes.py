"""What runs, and what flows between: read this file to see the whole system.

```
            +--------- scene --------+      (simulated players look at the game; nobody else needs to)
            v                        |
        [ vision ] -- people --> [ stage ] -- cues --> [ supervisor ]
            |                        ^                      ^
            +-------- frames --------+        reports ------+  (from both: started, failed, done)
```

The supervisor is the process that a person started; it starts the others in the table's order, watches
them, restarts those that may be restarted, and tells everyone when to stop.
"""

from __future__ import annotations

from dataclasses import dataclass


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
    """

    name: str
    entry: str
    reads: tuple[ChannelSpec, ...]
    writes: tuple[ChannelSpec, ...]
    nice: int = 0
    restart_after_s: float | None = None


FRAMES = ChannelSpec("frames", keep=3, message_bytes=64 + 3 * 1280 * 720)
PEOPLE = ChannelSpec("people", keep=4, message_bytes=64 * 1024)
SCENE = ChannelSpec("scene", keep=2, message_bytes=64 * 1024)
CUES = ChannelSpec("cues", keep=256, message_bytes=1024)

CHANNELS = (FRAMES, PEOPLE, SCENE, CUES)

PROCESSES = (
    ProcessSpec(
        "vision",
        "didim.run.vision:main",
        reads=(SCENE,),
        writes=(FRAMES, PEOPLE),
        nice=2,
        restart_after_s=0.5,
    ),
    ProcessSpec("stage", "didim.run.stage:main", reads=(FRAMES, PEOPLE), writes=(SCENE, CUES)),
)
