"""A part of a window."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rect:
    """Where something is shown in a window: x to the right, y down, from the window's upper left corner.

    Raises:
        ValueError: a side is not at least 1 pixel.
    """

    x_px: int
    y_px: int
    width_px: int
    height_px: int

    def __post_init__(self) -> None:
        if self.width_px < 1 or self.height_px < 1:
            raise ValueError(
                f"a part of a window has sides of 1 pixel or more, got {self.width_px}x{self.height_px}"
            )

    def fitted(self, size_px: tuple[int, int]) -> Rect:
        """The largest part of the shape of `size_px` (width, height) that fits in, centred."""
        share = min(self.width_px / size_px[0], self.height_px / size_px[1])
        width_px, height_px = (max(1, round(side_px * share)) for side_px in size_px)
        left_px, top_px = (self.width_px - width_px) // 2, (self.height_px - height_px) // 2
        return Rect(self.x_px + left_px, self.y_px + top_px, width_px, height_px)
