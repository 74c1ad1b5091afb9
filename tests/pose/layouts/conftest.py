"""Tiny networks that have the exact layout of large ones and see a bright point."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

REPOSITORY = Path(__file__).parents[3]
DTYPES = {
    "float32": TensorProto.FLOAT,
    "int64": TensorProto.INT64,
    "int32": TensorProto.INT32,
    "uint8": TensorProto.UINT8,
}
Axes = Sequence[int | str]


@pytest.fixture(scope="session")
def networks() -> Path:
    """The folder of public networks, or a skip: DIDIM_NETWORKS names it, else it lies beside the checkout."""
    folder = Path(os.environ.get("DIDIM_NETWORKS", REPOSITORY.parent / "shared" / "models"))
    if not (folder / "rtmdet_nano.onnx").is_file():
        pytest.skip("needs public networks: set DIDIM_NETWORKS to the folder that holds rtmdet_nano.onnx")
    return folder


class TinyNet:
    """Writes an ONNX file node by node."""

    def __init__(self, axes: Axes, dtype: str = "float32") -> None:
        self.axes, self.dtype = axes, dtype
        self._nodes: list[Any] = []
        self._stored: list[Any] = []
        self._outputs: list[Any] = []

    def store(self, values: NDArray[Any] | np.generic) -> str:
        name = f"stored_{len(self._stored)}"
        self._stored.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def give(self, name: str, values: str, axes: Axes, dtype: str = "float32") -> None:
        self._nodes.append(helper.make_node("Identity", [values], [name]))
        self._outputs.append(helper.make_tensor_value_info(name, DTYPES[dtype], list(axes)))

    def constant(self, name: str, values: NDArray[Any]) -> None:
        """An output that is the same whatever the picture; it still hangs on the picture."""
        zero = self.node("ReduceMin", self.node("Cast", "picture", to=DTYPES[str(values.dtype)]), keepdims=0)
        nothing = self.node("Mul", zero, self.store(np.zeros((), values.dtype)))
        self.give(name, self.node("Add", self.store(values), nothing), values.shape, str(values.dtype))

    def save(self, path: Path) -> Path:
        picture = helper.make_tensor_value_info("picture", DTYPES[self.dtype], list(self.axes))
        graph = helper.make_graph(self._nodes, "tiny", [picture], self._outputs, self._stored)
        onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), path)
        return path

    def spot(self, red: float, blue: float, *, channels_last: bool) -> str:
        """[x, y, 1] of the middle of the red spot, in pixels of the input, or zeros where there is none.

        The spot is where the first of three channels has the value `red` and the last has `blue`.
        """
        planes = self.node("Cast", "picture", to=TensorProto.FLOAT)
        if channels_last:
            planes = self.node("Transpose", planes, perm=[0, 3, 1, 2])
        height, width = self.axes[1:3] if channels_last else self.axes[2:4]
        assert isinstance(height, int)
        assert isinstance(width, int)
        mask = self.node(
            "Mul", self._is(self.channel(planes, 0), red), self._is(self.channel(planes, 2), blue)
        )
        count = self.node("ReduceSum", mask, keepdims=0)
        least = self.node("Max", count, self.store(np.float32(1)))
        y, x = np.mgrid[:height, :width].astype(np.float32)
        places = [
            self.node(
                "Div", self.node("ReduceSum", self.node("Mul", mask, self.store(grid)), keepdims=0), least
            )
            for grid in (x, y)
        ]
        there = self.node("Min", count, self.store(np.float32(1)))
        shape = self.store(np.array([1], np.int64))
        flat = [self.node("Reshape", value, shape) for value in (*places, there)]
        return self.node(
            "Reshape", self.node("Concat", *flat, axis=0), self.store(np.array([1, 3], np.int64))
        )

    def channel(self, planes: str, index: int) -> str:
        """One of three planes, (1, 1, h, w)."""
        return self.node(
            "Slice", planes, *(self.store(np.array([k], np.int64)) for k in (index, index + 1, 1))
        )

    def give_linear(self, name: str, spot: str, weights: NDArray[Any], axes: Sequence[int]) -> None:
        """An output of the spot's x, y and presence: (3, n) `weights`, shaped to `axes`."""
        product = self.node("MatMul", spot, self.store(weights.astype(np.float32)))
        self.give(name, self.node("Reshape", product, self.store(np.array(axes, np.int64))), axes)

    def _is(self, plane: str, value: float) -> str:
        off = self.node("Abs", self.node("Sub", plane, self.store(np.float32(value))))
        near = self.node("Less", off, self.store(np.float32(0.02 * abs(value) + 0.02)))
        return self.node("Cast", near, to=TensorProto.FLOAT)
