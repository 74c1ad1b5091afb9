"""Reads a TFLite file: its tensors, constants and operators, with sparse and half-float weights unpacked."""

from __future__ import annotations

import functools
import importlib.util
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from didim.pose.weights._problem import WeightsError

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Tensor:
    """One edge of the graph; shapes are TFLite's own, rank 4 is (batch, height, width, channels)."""

    name: str
    shape: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Operator:
    """One node of the graph.

    Attributes:
        kind: the operator's name in the TFLite schema, as "CONV_2D".
        inputs: indices of tensors; -1 stands for one that is left out.
        options: the schema's option object of this kind, or None.
    """

    kind: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    options: Any


@dataclass(frozen=True, slots=True)
class TfliteGraph:
    """One net as written, in order of execution.

    Attributes:
        constants: values by tensor index. Half floats that the net widens stay half floats here.
    """

    tensors: tuple[Tensor, ...]
    operators: tuple[Operator, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    constants: dict[int, Array]


def read_tflite(data: bytes) -> TfliteGraph:
    """Unpack the bytes of a .tflite file.

    Raises:
        WeightsError: it holds several subgraphs, or weights stored in a way that is not known here.
    """
    schema = tflite_schema()
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(data))
    if len(model.subgraphs) != 1:
        raise WeightsError(f"expected a net of one subgraph, got {len(model.subgraphs)}")
    graph = model.subgraphs[0]
    constants = _constants(schema, model)
    operators = []
    for operator in _operators(schema, model):
        # These two only say how a weight is stored: undone here, they leave a plain constant.
        if operator.kind in ("DENSIFY", "DEQUANTIZE") and operator.inputs[0] in constants:
            constants[operator.outputs[0]] = constants[operator.inputs[0]]
        else:
            operators.append(operator)
    return TfliteGraph(
        tensors=tuple(Tensor(t.name.decode(), _ints(t.shape)) for t in graph.tensors),
        operators=tuple(operators),
        inputs=_ints(graph.inputs),
        outputs=_ints(graph.outputs),
        constants=constants,
    )


@functools.cache
def tflite_schema() -> ModuleType:
    """The TFLite schema that mediapipe carries, loaded alone: importing mediapipe costs seconds."""
    package = importlib.util.find_spec("mediapipe")
    if package is None or not package.submodule_search_locations:
        raise WeightsError("expected the package mediapipe, found none; install didim again")
    path = Path(package.submodule_search_locations[0]) / "tasks" / "metadata" / "schema_py_generated.py"
    spec = importlib.util.spec_from_file_location("didim.pose.weights._tflite_schema", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise WeightsError(f"expected mediapipe to carry {path}, found none; install didim again")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _operators(schema: ModuleType, model: Any) -> list[Operator]:
    kinds = {code: kind for kind, code in vars(schema.BuiltinOperator).items() if isinstance(code, int)}
    operators = []
    for node in model.subgraphs[0].operators:
        code = model.operatorCodes[node.opcodeIndex]
        # Files from before the schema's byte ran out write the old field only.
        number = max(code.builtinCode, code.deprecatedBuiltinCode)
        kind = kinds.get(number, f"operator {number}")
        if kind == "CUSTOM":
            kind = f"CUSTOM {code.customCode.decode()}"
        operators.append(Operator(kind, _ints(node.inputs), _ints(node.outputs), node.builtinOptions))
    return operators


def _constants(schema: ModuleType, model: Any) -> dict[int, Array]:
    dtypes = {
        schema.TensorType.FLOAT32: np.float32,
        schema.TensorType.FLOAT16: np.float16,
        schema.TensorType.INT32: np.int32,
    }
    constants: dict[int, Array] = {}
    for index, tensor in enumerate(model.subgraphs[0].tensors):
        data = model.buffers[tensor.buffer].data
        if data is None or len(data) == 0:
            continue
        name = tensor.name.decode()
        if tensor.type not in dtypes:
            raise WeightsError(f"weight {name!r} has type {tensor.type}; expected float32, float16 or int32")
        values = np.asarray(data, np.uint8).view(dtypes[tensor.type])
        shape = _ints(tensor.shape)
        if tensor.sparsity is None:
            constants[index] = values.reshape(shape)
        else:
            constants[index] = _dense(schema, name, values, shape, tensor.sparsity)
    return constants


def _dense(schema: ModuleType, name: str, values: Array, shape: tuple[int, ...], sparsity: Any) -> Array:
    """Unpack a sparse weight, level by level (TFLite schema, SparsityParameters)."""
    if sparsity.blockMap is not None and len(sparsity.blockMap):
        raise WeightsError(f"weight {name!r} is stored in sparse blocks, which is not known here")
    order = _ints(sparsity.traversalOrder)
    places = np.zeros((0, 1), np.int64)
    for level in sparsity.dimMetadata:
        if level.format == schema.DimensionType.DENSE:
            entries = np.tile(np.arange(level.denseSize), places.shape[1])
            places = np.repeat(places, level.denseSize, axis=1)
        else:
            entries = np.asarray(level.arrayIndices.values, np.int64)
            starts = np.asarray(level.arraySegments.values, np.int64)
            places = np.repeat(places, starts[1:] - starts[:-1], axis=1)
        places = np.vstack([places, entries])
    dense = np.zeros(shape, values.dtype)
    dense[tuple(places[order.index(axis)] for axis in range(len(shape)))] = values
    return dense


def _ints(values: Any) -> tuple[int, ...]:
    return () if values is None else tuple(int(value) for value in values)
