"""What a pattern is read into: places in the camera's picture with their places in the projector's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from didim.geometry import FloatArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Matches:
    """Pairs of places, integers are pixel centres.

    Attributes:
        camera_px, projector_px: (n, 2) float64.
        sigma_px: (n,) float64, one standard deviation of a pair, projector pixels.
    """

    camera_px: FloatArray
    projector_px: FloatArray
    sigma_px: FloatArray

    def __len__(self) -> int:
        return len(self.camera_px)

    def where(self, keep: Mask | NDArray[np.int_]) -> Matches:
        return Matches(self.camera_px[keep], self.projector_px[keep], self.sigma_px[keep])

    def joined(self, other: Matches) -> Matches:
        return Matches(
            np.concatenate([self.camera_px, other.camera_px]),
            np.concatenate([self.projector_px, other.projector_px]),
            np.concatenate([self.sigma_px, other.sigma_px]),
        )


NO_MATCHES = Matches(np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0))


@dataclass(frozen=True, slots=True)
class DenseMatches:
    """A projector place for every camera pixel that could be read.

    Attributes:
        projector_px: (h, w, 2) float32.
        sigma_px: (h, w) float32, one standard deviation, projector pixels; inf where nothing was read.
        lit: (h, w) bool, where the projector's light is seen at all.
    """

    projector_px: Floats
    sigma_px: Floats
    lit: Mask

    @property
    def read(self) -> Mask:
        return np.asarray(np.isfinite(self.sigma_px))

    @property
    def read_share(self) -> float:
        """Pixels that were read, of the lit ones, 0 to 1."""
        return float(self.read.sum() / max(1, self.lit.sum()))

    def matches(self, step: int = 1) -> Matches:
        """The pixels read, of every `step`-th row and column."""
        rows, columns = np.nonzero(self.read[::step, ::step])
        rows, columns = rows * step, columns * step
        return Matches(
            np.column_stack([columns, rows]).astype(np.float64),
            self.projector_px[rows, columns].astype(np.float64),
            self.sigma_px[rows, columns].astype(np.float64),
        )


class Pattern(Protocol):
    """Frames to show, in order, and how to read the pictures taken of them."""

    @property
    def frames(self) -> tuple[Bytes, ...]:
        """(h, w) uint8 grey frames of the projector's size."""
        ...

    def read(self, pictures: Sequence[Floats]) -> Matches | DenseMatches:
        """Read one (h, w) float32 grey picture, 0 to 255, for each frame.

        Raises:
            ValueError: there are more or fewer pictures than frames.
        """
        ...


def checked(pictures: Sequence[Floats], frames: int) -> None:
    """Refuse pictures that do not fit the frames."""
    if len(pictures) != frames:
        raise ValueError(f"a pattern of {frames} frames is read from as many pictures, got {len(pictures)}")
