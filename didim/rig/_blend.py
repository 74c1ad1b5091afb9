"""How a projector shares a surface with others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Blend:
    """What becomes of a projector's picture before it is shown, so that the light of all adds up evenly.

    With `light = (grey / 255) ** gamma` of the picture that it would show alone, it shows
    `light * weight * (1 - lift) + lift`, made grey again; gamma is the projector's.

    Attributes:
        weight: (height, width) float16, 0 to 1, for each projector pixel; the projector's gain is in it.
        lift: (height, width) float16, 0 to 1, light that makes its black as bright as where several overlap.

    Raises:
        ValueError: the two differ in shape, or a value is out of range.
    """

    weight: Halves
    lift: Halves

    def __post_init__(self) -> None:
        if self.weight.ndim != 2 or self.weight.shape != self.lift.shape:
            raise ValueError(
                f"a blend has a weight and a lift of (height, width), got {self.weight.shape} and "
                f"{self.lift.shape}"
            )
        for name, values in (("weight", self.weight), ("lift", self.lift)):
            if not (values.min(initial=0) >= 0 and values.max(initial=0) <= 1):
                raise ValueError(f"a blend's {name} lies between 0 and 1")

    def apply(self, picture: NDArray[np.uint8], gamma: float) -> NDArray[np.uint8]:
        """A picture, (h, w) or (h, w, 3) uint8, as it has to be shown."""
        light = (picture.astype(np.float32) / 255) ** np.float32(gamma)
        weight, lift = self.weight.astype(np.float32), self.lift.astype(np.float32)
        if light.ndim == 3:
            weight, lift = weight[..., None], lift[..., None]
        shown = np.clip(light * weight * (1 - lift) + lift, 0, 1)
        return np.asarray(255 * shown ** np.float32(1 / gamma) + 0.5, np.uint8)
