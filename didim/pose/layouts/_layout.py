"""What a network's input and outputs have to be like to be read as one of the known layouts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from didim.pose._net import Tensor

Role = Literal["detector", "landmarks", "whole"]


class Port(NamedTuple):
    """One input or output.

    Attributes:
        what: its name among the ports of the layout.
        axes: a number is fixed, a letter stands for the same length wherever it occurs.
        dtypes: those it may have.
        low, high: what its values lie between, at the least and at the most.
    """

    what: str
    axes: tuple[int | str, ...]
    dtypes: tuple[str, ...] = ("float32",)
    low: float = float("-inf")
    high: float = float("inf")

    @property
    def words(self) -> str:
        return f"{self.what} [{', '.join(map(str, self.axes))}] {' or '.join(self.dtypes)}"


def _anything_is_sound(lengths: dict[str, int]) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to feed and to read a network.

    Attributes:
        title: what has this layout.
        role: "detector" finds people, "landmarks" the joints of one, "whole" does both at once.
        net: `module:Class` that reads such a network; it takes an opened `Net` that gives `outputs` in order.
        input: the picture.
        outputs: others that the network has besides go unused.
        size_px: (height, width) of the input where the network leaves its size open.
        rank: of two networks of one role the higher one is taken where nobody says which.
        alone: whether a landmark net finds one person in a whole picture, without a detector.
        sound: says what is wrong with the lengths of the lettered axes together, if anything.
    """

    title: str
    role: Role
    net: str
    input: Port
    outputs: tuple[Port, ...]
    size_px: tuple[int, int]
    rank: int
    alone: bool = False
    sound: Callable[[dict[str, int]], str | None] = _anything_is_sound


class MismatchError(ValueError):
    """A network has not the layout; the message says what was expected and what was got."""


def match_input(layout: Layout, inputs: Sequence[Tensor]) -> dict[str, int]:
    """The lengths of the input's lettered axes, as far as the network fixes them.

    Raises:
        MismatchError: the network takes something else.
    """
    if len(inputs) == 1:
        lengths = _bound(layout.input, inputs[0], {})
        if lengths is not None:
            return lengths
    raise MismatchError(f"input: expected {layout.input.words}; got {_listed(inputs)}")


def match_outputs(
    layout: Layout, outputs: Sequence[Tensor], lengths: dict[str, int]
) -> tuple[tuple[str, ...], dict[str, int]]:
    """The names of the outputs in the layout's order, and the lengths of all lettered axes.

    Args:
        outputs: with the axes that they had in a run.
        lengths: those of the input.

    Raises:
        MismatchError: some output is missing, or the lengths do not fit together.
    """
    complaint = None
    for names, found in _assignments(layout.outputs, outputs, lengths):
        complaint = layout.sound(found)
        if complaint is None:
            return names, found
    expected = "; ".join(port.words for port in layout.outputs)
    told = f" ({complaint})" if complaint else ""
    raise MismatchError(f"outputs: expected {expected}; got {_listed(outputs)}{told}")


def _assignments(
    ports: Sequence[Port], outputs: Sequence[Tensor], lengths: dict[str, int]
) -> Iterator[tuple[tuple[str, ...], dict[str, int]]]:
    """Every way to give each port an output of its own; one of the port's own name comes first."""
    if not ports:
        yield (), lengths
        return
    first, *rest = ports
    for output in sorted(outputs, key=lambda one: one.name != first.what):
        bound = _bound(first, output, lengths)
        if bound is None:
            continue
        others = [one for one in outputs if one is not output]
        for names, found in _assignments(rest, others, bound):
            yield (output.name, *names), found


def _bound(port: Port, tensor: Tensor, lengths: dict[str, int]) -> dict[str, int] | None:
    if len(tensor.axes) != len(port.axes) or tensor.dtype not in port.dtypes:
        return None
    bound = dict(lengths)
    for expected, length in zip(port.axes, tensor.axes, strict=True):
        if length is None:
            continue
        if isinstance(expected, str):
            if bound.setdefault(expected, length) != length:
                return None
        elif expected != length:
            return None
    return bound


def _listed(tensors: Sequence[Tensor]) -> str:
    return "; ".join(
        f"{one.name} [{', '.join('any' if axis is None else str(axis) for axis in one.axes)}] {one.dtype}"
        for one in tensors
    )
