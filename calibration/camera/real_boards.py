"""Public sets of board pictures, by where they lie among the recordings: for `didim bench` and for tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from calibration.camera._find import Grey
from calibration.camera.boards import TOLD_APART, BoardView, Charuco, Chessboard, view_boards

_BOOFCV = Path("B_boards/boofcv_calib")
_CALISCOPE = Path("B_boards/caliscope_charuco/post_optimization/calibration/extrinsic")


@dataclass(frozen=True, slots=True)
class BoardSet:
    """One camera's pictures of one board.

    Attributes:
        folder: below the folder of recordings; pictures: a pattern of stills, or of one film.
        most_px: the root mean square that the set is known to allow.
        inverted: whether it was printed white on black.
    """

    name: str
    folder: Path
    pictures: str
    board: Charuco | Chessboard
    most_px: float
    inverted: bool = False

    def is_there(self, recordings: Path) -> bool:
        return any((recordings / self.folder).glob(self.pictures))

    def greys(self, recordings: Path) -> Iterator[Grey]:
        """Every picture of the set, (h, w) uint8."""
        for path in sorted((recordings / self.folder).glob(self.pictures)):
            film = cv2.VideoCapture(str(path))
            try:
                while True:
                    read, bgr = film.read()
                    if not read:
                        break
                    yield np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY), np.uint8)
            finally:
                film.release()

    def views(self, recordings: Path) -> list[BoardView]:
        """Every still, since each was taken on purpose; of a film what adds to the pictures before."""
        apart = TOLD_APART if self.pictures.endswith(".mp4") else 0.0
        return view_boards(self.greys(recordings), self.board, apart=apart)


SETS = (
    BoardSet(
        "chess", Path("B_boards/chess_abhijit/example_images/chessboard"), "left*.jpg",
        Chessboard(9, 6, 0.03), 0.25,
    ),
    BoardSet("boofcv_mono", _BOOFCV / "mono/Sony_DSC-HX5V_Chess", "frame*.jpg", Chessboard(4, 6, 0.03), 0.15),
    BoardSet("boofcv_left", _BOOFCV / "stereo/Bumblebee2_Chess", "left*.jpg", Chessboard(4, 6, 0.03), 0.15),
    BoardSet("boofcv_right", _BOOFCV / "stereo/Bumblebee2_Chess", "right*.jpg", Chessboard(4, 6, 0.03), 0.15),
    *(
        BoardSet(f"caliscope_{k}", _CALISCOPE, f"cam_{k}.mp4", Charuco(4, 5, 0.054), 0.28, inverted=True)
        for k in range(4)
    ),
)  # fmt: skip
