"""What the engine needs of the world: a light to show frames with and an eye to look through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, Protocol, TypeGuard, get_args, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from didim.capture import CameraFrame

Bytes = NDArray[np.uint8]
Setting = Literal["exposure_ms", "gain", "white_balance_k", "focus"]


class Light(Protocol):
    """Every display that may be a projector; one that is held keeps its frame until the next."""

    @property
    def sizes_px(self) -> tuple[tuple[int, int], ...]:
        """(width, height) of each display."""
        ...

    def hold(self, held: Iterable[int]) -> None:
        """Keep these displays, at least one, and leave the others to the computer's own picture.

        They are black before their first frame; one that is not held is from its first frame on.
        """
        ...

    def show(self, frame: Bytes, display: int = 0, *, after_ns: int = 0) -> int:
        """Show a (height, width) uint8 grey frame, not before `after_ns` on the clock.

        Returns the clock when it was handed over, ns.
        """
        ...


class Eye(Protocol):
    """A camera on the light's clock."""

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height) of a picture."""
        ...

    @property
    def period_ns(self) -> int:
        """From one picture to the next."""
        ...

    def next(self, after_ns: int = 0) -> CameraFrame:
        """The first picture not yet returned that was received at or after `after_ns`.

        Raises:
            CameraError: the camera gives none in time.
        """
        ...


class WatchedEye:
    """An eye that remembers the last picture that came through it.

    Attributes:
        last: that picture, (h, w, 3) uint8, or None before the first.
    """

    def __init__(self, eye: Eye) -> None:
        self._eye = eye
        self.last: Bytes | None = None

    @property
    def size_px(self) -> tuple[int, int]:
        return self._eye.size_px

    @property
    def period_ns(self) -> int:
        return self._eye.period_ns

    def next(self, after_ns: int = 0) -> CameraFrame:
        frame = self._eye.next(after_ns)
        self.last = frame.bgr
        return frame

    def limits(self, setting: Setting) -> tuple[float, float] | None:
        return self._eye.limits(setting) if isinstance(self._eye, AdjustableEye) else None

    def adjust(self, setting: Setting, value: float) -> float:
        return self._eye.adjust(setting, value) if isinstance(self._eye, AdjustableEye) else value

    def lock(self) -> tuple[Setting, ...]:
        return self._eye.lock() if isinstance(self._eye, AdjustableEye) else ()


@runtime_checkable
class AdjustableEye(Eye, Protocol):
    """A camera whose settings can be locked."""

    def limits(self, setting: Setting) -> tuple[float, float] | None:
        """Least and most of a setting, or None where the camera lacks it."""
        ...

    def adjust(self, setting: Setting, value: float) -> float:
        """Lock a setting by hand; returns what the camera made of it. Later pictures have it."""
        ...

    def lock(self) -> tuple[Setting, ...]:
        """Lock what else the camera could change by itself where it stands; returns what stays automatic."""
        ...


def is_adjustable(eye: Eye) -> TypeGuard[AdjustableEye]:
    """Whether any of the camera's settings can be locked."""
    return isinstance(eye, AdjustableEye) and any(eye.limits(setting) for setting in get_args(Setting))
