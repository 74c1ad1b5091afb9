"""What anything that moves like a person shows to those who read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from didim.sim._body import Body
from didim.sim._figure import Trunk
from didim.sim._gesture import Gesture
from didim.sim._motion import Pose3D


class Performance(Protocol):
    """One person's motion, whoever makes it: footsteps, wheels or a recorded clip."""

    @property
    def body(self) -> Body: ...

    @property
    def person(self) -> int: ...

    @property
    def gestures(self) -> Sequence[Gesture]:
        """What arms do beside walking."""
        ...

    @property
    def planned_until_s(self) -> float:
        """Up to when the motion is known; what is known does not change any more."""
        ...

    def pose(self, t_s: float) -> Pose3D:
        """The truth at a time."""
        ...

    def trunk(self, t_s: float) -> Trunk:
        """Hips, pelvis, chest and head at a time."""
        ...
