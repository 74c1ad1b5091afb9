"""A network from a file of somebody's own, tried before it is taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from didim.pose._engine import PoseError
from didim.pose._net import FATAL_ONLY, Net, Tensor
from didim.pose._region import Region
from didim.pose.layouts._body import KEPT
from didim.pose.layouts._layout import Layout, MismatchError, Port, match_input, match_outputs
from didim.pose.layouts._open import as_detector, as_landmarker, as_whole
from didim.pose.layouts._table import LAYOUTS

Picture = NDArray[np.uint8]

RUNS = 5
SIZE_PX = (360, 640)  # of the pictures that it is tried on
MOST_PHANTOMS = 2  # in an empty room: small detectors take a thing for a person now and then
FIGURE = Region(320.0, 180.0, 350.0)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a trial of a network came to.

    Attributes:
        input: as the file declares it.
        outputs: as a run gave them, those of the layout first and in its order.
        used: how many of them the layout reads.
        seen: what it made of the pictures it was tried on, for a person.
        cost_ms: CPU time of a look, the least of a few.
    """

    input: Tensor
    outputs: tuple[Tensor, ...]
    used: int
    seen: tuple[str, ...]
    cost_ms: float

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(output.name for output in self.outputs[: self.used])


def check(path: Path, layout: str, cpu_s: Callable[[], float]) -> Checked:
    """Try a network as one of the layouts: its shapes, its values, an empty picture and a drawn person.

    Args:
        cpu_s: the CPU time spent so far.

    Raises:
        PoseError: it is no network, or none of this layout; the message says what was expected and what was
            got, and which layout would fit.
    """
    if layout not in LAYOUTS:
        raise PoseError(f"layout {layout!r} is not one of {', '.join(LAYOUTS)}")
    try:
        outputs = _match(path, LAYOUTS[layout])
        names = tuple(output.name for output in outputs[: len(LAYOUTS[layout].outputs)])
        net = _Watched(path, names)
        seen, cost_ms = _tried(net, layout, cpu_s)
        _check_values(LAYOUTS[layout].outputs, net.given)
    except MismatchError as error:
        fitting = [name for name in LAYOUTS if name != layout and _fits(path, LAYOUTS[name])]
        hint = (
            f"It looks like {' or '.join(fitting)}: add it --as that."
            if fitting
            else ("No other layout fits either: export it as docs/engines.md says.")
        )
        title = LAYOUTS[layout].title
        raise PoseError(f"{path.name} is not {layout} ({title}).\n{error}\n{hint}") from None
    return Checked(net.inputs[0], tuple(outputs), len(names), seen, cost_ms)


class _Watched(Net):
    """Keeps what it gave, for a look at the values; its failures are told by who tries it."""

    severity = FATAL_ONLY

    def __init__(self, path: Path, outputs: Sequence[str]) -> None:
        super().__init__(path, outputs)
        self.given: list[list[NDArray[Any]]] = []

    def run(self, values: NDArray[Any]) -> list[NDArray[Any]]:
        try:
            self.given.append(super().run(values))
        except Exception as error:  # onnxruntime's own errors share no base but Exception
            raise MismatchError(
                f"a picture of {values.shape} {values.dtype} cannot be run: {error}"
            ) from None
        return self.given[-1]


def _match(path: Path, layout: Layout) -> list[Tensor]:
    """The outputs of a run on nothing, those of the layout first and in its order."""
    try:
        net = _Watched(path, ())
    except PoseError as error:
        raise PoseError(f"{path.name}: expected an ONNX network; got: {error.__cause__ or error}") from None
    lengths = match_input(layout, net.inputs)
    height, width = layout.size_px
    lengths = {"N": 1, "H": height, "W": width} | lengths
    axes = [lengths.get(axis, width) if isinstance(axis, str) else axis for axis in layout.input.axes]
    given = net.run(np.zeros(axes, net.inputs[0].dtype))
    outputs = [
        Tensor(declared.name, values.shape, str(values.dtype))
        for declared, values in zip(net.outputs, given, strict=True)
    ]
    names, _ = match_outputs(layout, outputs, dict(zip(_letters(layout), axes, strict=True)))
    return sorted(outputs, key=lambda one: names.index(one.name) if one.name in names else len(names))


def _letters(layout: Layout) -> list[str]:
    return [str(axis) for axis in layout.input.axes]


def _fits(path: Path, layout: Layout) -> bool:
    try:
        _match(path, layout)
    except MismatchError:
        return False
    return True


def _tried(net: Net, layout: str, cpu_s: Callable[[], float]) -> tuple[tuple[str, ...], float]:
    """Look at a black picture, an empty room and a drawn person."""
    look = _looker(net, layout)
    room, figure = drawn_room(), drawn_person()
    seen = {
        "a black picture": look(np.zeros_like(room)),
        "an empty room": look(room),
        "a drawn person": look(figure),
    }
    for what in ("a black picture", "an empty room"):
        words, count = seen[what]
        if count > MOST_PHANTOMS:
            raise MismatchError(f"{what}: expected nobody; got {words}: this is not how it is read")
    costs_ms = []
    for _ in range(RUNS):
        start_s = cpu_s()
        look(figure)
        costs_ms.append((cpu_s() - start_s) * 1e3)
    return tuple(f"{what}: {words}" for what, (words, _) in seen.items()), min(costs_ms)


def _looker(net: Net, layout: str) -> Callable[[Picture], tuple[str, int]]:
    """What a network makes of a picture, in words, and how many people it finds in it."""
    match LAYOUTS[layout].role:
        case "detector":
            detector = as_detector(layout, net)
            return lambda picture: _people(len(detector.find(picture, Region.around(picture))))
        case "whole":
            whole = as_whole(layout, net)
            return lambda picture: _people(len(whole.people(picture)))
        case "landmarks":
            landmarker = as_landmarker(layout, net)

            def look(picture: Picture) -> tuple[str, int]:
                score = landmarker.look(picture, FIGURE).skeleton.score
                return f"a body with score {score:.2f}", int(score >= KEPT)

            return look


def _people(count: int) -> tuple[str, int]:
    return {0: "nobody", 1: "one person"}.get(count, f"{count} people"), count


def _check_values(ports: Sequence[Port], runs: Sequence[Sequence[NDArray[Any]]]) -> None:
    for values in (dict(zip(ports, given, strict=True)) for given in runs):
        for port, array in values.items():
            if not array.size:
                continue
            if not np.isfinite(array).all():
                raise MismatchError(f"{port.what}: expected numbers; got nan or infinity")
            low, high = float(array.min()), float(array.max())
            if low < port.low or high > port.high:
                raise MismatchError(
                    f"{port.what}: expected values from {port.low:g} to {port.high:g}; "
                    f"got {low:g} to {high:g}: export it with its last sigmoid"
                )


def drawn_room() -> Picture:
    """A room of bars: (360, 640, 3) BGR."""
    y, x = np.mgrid[: SIZE_PX[0], : SIZE_PX[1]]
    room = np.where(y < 250, 150 + 20 * ((x // 40) % 2), 90 + 10 * ((x + y) // 30 % 2))
    return np.ascontiguousarray(np.repeat(room[..., None], 3, axis=2).astype(np.uint8))


def drawn_person() -> Picture:
    """A person of flat colours in that room."""
    picture = drawn_room()
    skin, shirt, trousers, shoes = (140, 170, 220), (60, 60, 190), (110, 60, 40), (30, 30, 30)
    for start, end, colour, width in (
        ((306, 180), (302, 250), trousers, 20),
        ((302, 250), (298, 310), trousers, 17),
        ((334, 180), (338, 250), trousers, 20),
        ((338, 250), (342, 310), trousers, 17),
        ((296, 318), (284, 322), shoes, 13),
        ((344, 318), (356, 322), shoes, 13),
        ((294, 92), (274, 140), shirt, 17),
        ((274, 140), (266, 184), skin, 12),
        ((346, 92), (366, 140), shirt, 17),
        ((366, 140), (374, 184), skin, 12),
        ((320, 60), (320, 90), skin, 16),
    ):
        cv2.line(picture, start, end, colour, width, cv2.LINE_AA)
    cv2.fillConvexPoly(picture, np.array([[288, 82], [352, 82], [346, 184], [294, 184]]), shirt, cv2.LINE_AA)
    cv2.ellipse(picture, (320, 48), (17, 22), 0, 0, 360, skin, -1, cv2.LINE_AA)
    cv2.ellipse(picture, (320, 38), (18, 14), 0, 180, 360, (30, 40, 60), -1, cv2.LINE_AA)
    for eye_px in (313, 327):
        cv2.circle(picture, (eye_px, 47), 2, (40, 40, 40), -1, cv2.LINE_AA)
    cv2.line(picture, (314, 58), (326, 58), (80, 80, 160), 2, cv2.LINE_AA)
    return picture
