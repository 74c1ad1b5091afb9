"""What leaves a projector: the warp against OpenCV's, and the seam of two."""

from __future__ import annotations

from didim.bench._light import likeness, seam
from didim.project import Window


def test_a_warped_picture_is_what_opencv_makes_of_it(window: Window) -> None:
    apart = likeness(window)
    assert apart.levels <= 1.0
    assert apart.edge_px <= 0.1


def test_two_projectors_meet_without_a_step(window: Window) -> None:
    shared = seam(window)
    assert shared.step < 1.05
    assert shared.black < 1.05
    assert min(shared.unblended_step, shared.unblended_black) > 2, "there was nothing to blend"
