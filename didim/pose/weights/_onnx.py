"""TFLite to ONNX, for the plain convolutional nets of pose estimation.

TFLite keeps rank-4 tensors as (batch, height, width, channels), ONNX as (batch, channels, height, width):
inside the graph every rank-4 value is in ONNX's order, at its input and outputs in TFLite's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from didim.pose.weights._problem import WeightsError
from didim.pose.weights._tflite import Array, Operator, TfliteGraph, read_tflite

OPSET = 13
IR_VERSION = 8  # the first of opset 13's time that every supported runtime reads
INPUT = "image"
BATCH = "N"

_NCHW = (0, 3, 1, 2)
_NHWC = (0, 2, 3, 1)


def convert(tflite: bytes, outputs: Mapping[str, str]) -> bytes:
    """Turn a TFLite net into ONNX with a free batch size; half-float weights stay half floats in the file.

    Args:
        outputs: new name of an output to the name of its TFLite tensor. Whatever only other outputs need
            is dropped.

    Raises:
        WeightsError: an output is not there, or the net uses an operator that is not known here.
    """
    graph = read_tflite(tflite)
    if len(graph.inputs) != 1:
        raise WeightsError(f"expected a net with one input, got {len(graph.inputs)}")
    kept = _kept_tensors(graph, outputs)
    operators = _needed(graph, set(kept.values()))
    unknown = sorted({operator.kind for operator in operators} - OPERATORS.keys())
    if unknown:
        raise WeightsError(
            f"the net uses {', '.join(unknown)}; the converter knows {', '.join(sorted(OPERATORS))}"
        )
    builder = _Builder(graph)
    for operator in operators:
        builder.names[operator.outputs[0]] = OPERATORS[operator.kind](builder, operator)
    data: bytes = builder.model(kept).SerializeToString()
    return data


def _kept_tensors(graph: TfliteGraph, outputs: Mapping[str, str]) -> dict[str, int]:
    have = {graph.tensors[index].name: index for index in graph.outputs}
    for tensor in outputs.values():
        if tensor not in have:
            raise WeightsError(f"the net has no output {tensor!r}; it has {', '.join(sorted(have))}")
    return {name: have[tensor] for name, tensor in outputs.items()}


def _needed(graph: TfliteGraph, tensors: set[int]) -> list[Operator]:
    """The operators that these tensors hang on, in order."""
    needed = []
    for operator in reversed(graph.operators):
        if not tensors.isdisjoint(operator.outputs):
            needed.append(operator)
            tensors.update(operator.inputs)
    return needed[::-1]


class _Builder:
    """The ONNX graph as it grows; `names` tells which ONNX value stands for which TFLite tensor."""

    def __init__(self, graph: TfliteGraph) -> None:
        self.graph = graph
        self._nodes: list[onnx.NodeProto] = []
        self._initializers: list[onnx.TensorProto] = []
        # A net in TFLite's order is what callers compare with the original: one transpose costs little.
        self.names = {graph.inputs[0]: self.add("Transpose", [INPUT], perm=_NCHW)}

    def value(self, tensor: int) -> str:
        """The ONNX value of a computed tensor."""
        if tensor not in self.names:
            name = self.graph.tensors[tensor].name
            raise WeightsError(f"tensor {name!r} is constant where the converter expects a computed one")
        return self.names[tensor]

    def constant(self, tensor: int) -> Array:
        """The value of a tensor that TFLite itself stores."""
        if tensor not in self.graph.constants:
            name = self.graph.tensors[tensor].name
            raise WeightsError(f"tensor {name!r} is computed where the converter expects a constant")
        return self.graph.constants[tensor]

    def shape(self, tensor: int) -> tuple[int, ...]:
        return self.graph.tensors[tensor].shape

    def add(self, kind: str, inputs: Sequence[str], **attributes: Any) -> str:
        output = f"{kind.lower()}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def stored(self, values: NDArray[np.generic]) -> str:
        name = f"constant_{len(self._initializers)}"
        self._initializers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def weight(self, values: NDArray[np.generic]) -> str:
        """A float32 value of the graph; half floats are stored as they are and widened on load."""
        name = self.stored(values)
        return self.add("Cast", [name], to=TensorProto.FLOAT) if values.dtype == np.float16 else name

    def activated(self, value: str, activation: int) -> str:
        """TFLite fuses an activation into an operator (schema, ActivationFunctionType)."""
        if activation == 0:
            return value
        if activation == 1:
            return self.add("Relu", [value])
        if activation == 3:
            limits = [self.stored(np.array(limit, np.float32)) for limit in (0.0, 6.0)]
            return self.add("Clip", [value, *limits])
        raise WeightsError(f"activation {activation} is not known; expected none (0), ReLU (1) or ReLU6 (3)")

    def model(self, kept: Mapping[str, int]) -> onnx.ModelProto:
        """Name the outputs and close the graph."""
        for name, tensor in kept.items():
            value = [self.value(tensor)]
            if len(self.shape(tensor)) == 4:
                self._nodes.append(helper.make_node("Transpose", value, [name], perm=_NHWC))
            else:
                self._nodes.append(helper.make_node("Identity", value, [name]))
        graph = helper.make_graph(
            self._nodes,
            "net",
            [self._described(INPUT, self.graph.inputs[0])],
            [self._described(name, tensor) for name, tensor in kept.items()],
            self._initializers,
        )
        opsets = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(graph, opset_imports=opsets, producer_name="didim")
        model.ir_version = IR_VERSION
        onnx.checker.check_model(model, full_check=True)
        return model

    def _described(self, name: str, tensor: int) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, [BATCH, *self.shape(tensor)[1:]])


def _convolution(builder: _Builder, operator: Operator) -> str:
    weights = builder.constant(operator.inputs[1])
    if operator.kind == "DEPTHWISE_CONV_2D":
        weights, groups = weights.transpose(3, 0, 1, 2), builder.shape(operator.inputs[0])[3]
    else:
        weights, groups = weights.transpose(0, 3, 1, 2), 1
    inputs = [builder.value(operator.inputs[0]), builder.weight(weights)]
    if len(operator.inputs) > 2 and operator.inputs[2] >= 0:
        inputs.append(builder.weight(builder.constant(operator.inputs[2])))
    options = operator.options
    dilations = (options.dilationHFactor, options.dilationWFactor)
    strides = (options.strideH, options.strideW)
    kernel = weights.shape[2:]
    reach = [(size - 1) * dilation + 1 for size, dilation in zip(kernel, dilations, strict=True)]
    result = builder.add(
        "Conv",
        inputs,
        group=groups,
        kernel_shape=kernel,
        dilations=dilations,
        strides=strides,
        pads=_pads(builder.shape(operator.inputs[0]), reach, strides, same=options.padding == 0),
    )
    return builder.activated(result, options.fusedActivationFunction)


def _max_pool(builder: _Builder, operator: Operator) -> str:
    options = operator.options
    window, strides = (options.filterHeight, options.filterWidth), (options.strideH, options.strideW)
    pads = _pads(builder.shape(operator.inputs[0]), window, strides, same=options.padding == 0)
    value = builder.value(operator.inputs[0])
    result = builder.add("MaxPool", [value], kernel_shape=window, strides=strides, pads=pads)
    return builder.activated(result, options.fusedActivationFunction)


def _pads(shape: Sequence[int], window: Sequence[int], strides: Sequence[int], *, same: bool) -> list[int]:
    """Top, left, bottom, right. TFLite's SAME puts the odd pixel at the bottom and right."""
    if not same:
        return [0, 0, 0, 0]
    before, after = [], []
    for size, reach, stride in zip(shape[1:3], window, strides, strict=True):
        steps = -(-size // stride)
        total = max(0, (steps - 1) * stride + reach - size)
        before.append(total // 2)
        after.append(total - total // 2)
    return [*before, *after]


def _add(builder: _Builder, operator: Operator) -> str:
    first, second = operator.inputs
    if builder.shape(first) != builder.shape(second):
        raise WeightsError(f"ADD of shapes {builder.shape(first)} and {builder.shape(second)} is not known")
    result = builder.add("Add", [builder.value(first), builder.value(second)])
    return builder.activated(result, operator.options.fusedActivationFunction)


def _pad(builder: _Builder, operator: Operator) -> str:
    before, after = builder.constant(operator.inputs[1])[list(_NCHW)].T
    pads = builder.stored(np.concatenate([before, after]).astype(np.int64))
    return builder.add("Pad", [builder.value(operator.inputs[0]), pads])


def _resize_bilinear(builder: _Builder, operator: Operator) -> str:
    if operator.options.alignCorners or not operator.options.halfPixelCenters:
        raise WeightsError("RESIZE_BILINEAR is known with half-pixel centres only")
    _, height, width, _ = builder.shape(operator.inputs[0])
    new_height, new_width = builder.constant(operator.inputs[1])
    scales = builder.stored(np.array([1, 1, new_height / height, new_width / width], np.float32))
    value = builder.value(operator.inputs[0])
    mode = "half_pixel"
    return builder.add("Resize", [value, "", scales], mode="linear", coordinate_transformation_mode=mode)


def _depth_to_space(builder: _Builder, operator: Operator) -> str:
    value = builder.value(operator.inputs[0])
    return builder.add("DepthToSpace", [value], blocksize=operator.options.blockSize, mode="DCR")


def _reshape(builder: _Builder, operator: Operator) -> str:
    source, target = builder.shape(operator.inputs[0]), builder.shape(operator.outputs[0])
    if len(target) == 4 or target[:1] != source[:1]:
        raise WeightsError(f"RESHAPE of {source} to {target} is not known; expected to lose its picture axes")
    value = builder.value(operator.inputs[0])
    if len(source) == 4:
        value = builder.add("Transpose", [value], perm=_NHWC)
    # 0 copies the size from the input: the batch stays free.
    return builder.add("Reshape", [value, builder.stored(np.array([0, *target[1:]], np.int64))])


def _concatenation(builder: _Builder, operator: Operator) -> str:
    rank = len(builder.shape(operator.outputs[0]))
    axis = operator.options.axis % rank
    if rank == 4:
        axis = _NCHW.index(axis)
    result = builder.add("Concat", [builder.value(tensor) for tensor in operator.inputs], axis=axis)
    return builder.activated(result, operator.options.fusedActivationFunction)


def _logistic(builder: _Builder, operator: Operator) -> str:
    return builder.add("Sigmoid", [builder.value(operator.inputs[0])])


OPERATORS: dict[str, Callable[[_Builder, Operator], str]] = {
    "ADD": _add,
    "CONCATENATION": _concatenation,
    "CONV_2D": _convolution,
    "DEPTHWISE_CONV_2D": _convolution,
    "DEPTH_TO_SPACE": _depth_to_space,
    "LOGISTIC": _logistic,
    "MAX_POOL_2D": _max_pool,
    "PAD": _pad,
    "RESHAPE": _reshape,
    "RESIZE_BILINEAR": _resize_bilinear,
}
