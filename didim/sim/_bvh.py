"""Recorded motion in the BVH format: where each named joint was in each frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from didim.geometry import FloatArray
from didim.problem import Problem

_TIP = "+"
"""Ends the name of the loose end of a joint that has no child: the tip of a toe, the crown."""


class ClipError(Problem):
    """A file of recorded motion that cannot be read."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Recorded joints; frame, unit and up axis are the file's own.

    Attributes:
        names: the joints as the file calls them; the loose end of `Head` is `Head+`.
        places: (frames, joints, 3) float64.
        frame_s: from one frame to the next.
    """

    names: tuple[str, ...]
    places: FloatArray
    frame_s: float

    def between(self, start_s: float, end_s: float) -> Clip:
        """A piece of the clip: many recordings begin and end in a posture for calibration.

        Raises:
            ClipError: no frame lies between both.
        """
        frames = np.arange(len(self.places)) * self.frame_s
        chosen = (frames >= start_s - 1e-9) & (frames <= end_s + 1e-9)
        if not chosen.any():
            raise ClipError(
                f"the clip lasts {frames[-1]:.2f} s and has no frame between {start_s} and {end_s} s"
            )
        return Clip(self.names, self.places[chosen], self.frame_s)


@dataclass(slots=True)
class _Node:
    """A joint of the hierarchy while it is read."""

    name: str
    parent: int
    offset: FloatArray
    channels: tuple[str, ...] = ()


def read_bvh(text: str) -> Clip:
    """Read the text of a BVH file.

    The format is Biovision's as described in M. Meredith and S. Maddock, "Motion capture file formats
    explained" (University of Sheffield, 2001): rotations apply in the order of the channels, an offset moves
    a joint from its parent; what position channels say comes in place of a root's offset.

    Raises:
        ClipError: the text is not BVH or breaks off.
    """
    head, motion, rest = text.partition("MOTION")
    if "HIERARCHY" not in head or not motion:
        raise ClipError("expected a BVH file with the words HIERARCHY and MOTION; is this another format?")
    try:
        nodes = _read_nodes(iter(head.split()))
        values, frame_s = _read_frames(rest, sum(len(node.channels) for node in nodes))
    except (StopIteration, ValueError, IndexError) as error:
        raise ClipError(f"the BVH file breaks off or holds a wrong word: {error}") from error
    return Clip(tuple(node.name for node in nodes), _placed(nodes, values), frame_s)


def _read_nodes(words: Iterator[str]) -> list[_Node]:
    nodes: list[_Node] = []
    open_: list[int] = []
    for word in words:
        if word in ("ROOT", "JOINT"):
            nodes.append(_Node(next(words), open_[-1] if open_ else -1, np.zeros(3)))
        elif word == "End":
            next(words)
            nodes.append(_Node(nodes[open_[-1]].name + _TIP, open_[-1], np.zeros(3)))
        elif word == "{":
            open_.append(len(nodes) - 1)
        elif word == "}":
            open_.pop()
        elif word == "OFFSET":
            nodes[open_[-1]].offset = np.array([float(next(words)) for _ in range(3)])
        elif word == "CHANNELS":
            nodes[open_[-1]].channels = tuple(next(words) for _ in range(int(next(words))))
    return nodes


def _read_frames(text: str, channels: int) -> tuple[FloatArray, float]:
    """The channel values, (frames, channels), and the time of a frame."""
    _, _, after = text.partition("Frames:")
    count, _, after = after.partition("Frame Time:")
    frame_time, *numbers = after.split()
    frames = int(count)
    if frames < 1 or len(numbers) < frames * channels:
        raise ValueError(f"{frames} frames of {channels} numbers are announced, {len(numbers)} are there")
    values = np.array(numbers[: frames * channels], np.float64).reshape(frames, channels)
    return values, float(frame_time)


def _placed(nodes: list[_Node], values: FloatArray) -> FloatArray:
    """Forward kinematics of all frames at once, (frames, joints, 3)."""
    frames, column = len(values), 0
    places = np.zeros((frames, len(nodes), 3))
    turns = np.tile(np.eye(3), (frames, len(nodes), 1, 1))
    for i, node in enumerate(nodes):
        shift, turn = np.tile(node.offset, (frames, 1)), np.tile(np.eye(3), (frames, 1, 1))
        for channel in node.channels:
            axis = "XYZ".index(channel[0])
            if channel.endswith("position"):
                shift[:, axis] = values[:, column] + (node.offset[axis] if node.parent >= 0 else 0.0)
            else:
                turn = turn @ _axis_turns(axis, values[:, column])
            column += 1
        if node.parent >= 0:
            shift = places[:, node.parent] + np.einsum("fij,fj->fi", turns[:, node.parent], shift)
            turn = turns[:, node.parent] @ turn
        places[:, i], turns[:, i] = shift, turn
    return places


def _axis_turns(axis: int, angles_deg: FloatArray) -> FloatArray:
    """Turns about one axis, (frames, 3, 3)."""
    c, s = np.cos(np.radians(angles_deg)), np.sin(np.radians(angles_deg))
    first, second = (axis + 1) % 3, (axis + 2) % 3
    turns = np.tile(np.eye(3), (len(angles_deg), 1, 1))
    turns[:, first, first] = turns[:, second, second] = c
    turns[:, second, first], turns[:, first, second] = s, -s
    return turns
