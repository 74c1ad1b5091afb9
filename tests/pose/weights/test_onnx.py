"""The converter against LiteRT, the reference runtime: on one small net an operator, and on the real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import onnxruntime
import pytest
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray
from onnx import numpy_helper

from didim.pose.weights import WeightsError, net_path
from didim.pose.weights._manifest import find_manifest
from didim.pose.weights._onnx import OPERATORS, convert
from didim.pose.weights._tflite import read_tflite, tflite_schema

if TYPE_CHECKING:
    from tests.pose.weights.conftest import NetBuilder

Floats = NDArray[np.float32]
RNG = np.random.default_rng(7)


def reference(tflite: bytes, pictures: Floats) -> dict[str, Floats]:
    """LiteRT's outputs by tensor name, one picture at a time."""
    runtime = Interpreter(model_content=tflite, num_threads=1)
    runtime.allocate_tensors()
    results: dict[str, list[Floats]] = {}
    for picture in pictures:
        runtime.set_tensor(runtime.get_input_details()[0]["index"], picture[None])
        runtime.invoke()
        for output in runtime.get_output_details():
            results.setdefault(output["name"], []).append(runtime.get_tensor(output["index"]))
    return {name: np.concatenate(values) for name, values in results.items()}


def converted(tflite: bytes, outputs: dict[str, str], pictures: Floats) -> dict[str, Floats]:
    session = onnxruntime.InferenceSession(convert(tflite, outputs), providers=["CPUExecutionProvider"])
    results = session.run(list(outputs), {"image": pictures})
    return {tensor: np.asarray(result) for tensor, result in zip(outputs.values(), results, strict=True)}


def assert_equal_runtimes(tflite: bytes, shape: tuple[int, ...]) -> None:
    pictures = RNG.normal(0, 3, (3, *shape)).astype(np.float32)
    expected = reference(tflite, pictures)
    got = converted(tflite, {"result": "result"}, pictures)
    assert got["result"].shape == expected["result"].shape
    np.testing.assert_allclose(got["result"], expected["result"], atol=2e-5, rtol=1e-5)


def weights(*shape: int) -> Floats:
    return RNG.normal(0, 0.5, shape).astype(np.float32)


def one_operator(
    builder: NetBuilder,
    kind: str,
    shapes: tuple[tuple[int, ...], tuple[int, ...]],
    *extra: NDArray[Any],
    **options: Any,
) -> bytes:
    """A net of one operator from `picture` to `result`, with stored inputs after the first."""
    picture = builder.tensor("picture", (1, *shapes[0]))
    stored = [builder.constant(values) for values in extra]
    result = builder.tensor("result", (1, *shapes[1]))
    builder.operator(kind, [picture, *stored], [result], **options)
    return builder.build([picture], [result])


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "dilation", "padding", "out"),
    [
        ((9, 12), (3, 3), 2, 1, 0, (5, 6)),
        ((8, 7), (5, 3), 2, 1, 0, (4, 4)),
        ((9, 12), (3, 3), 2, 1, 1, (4, 5)),
        ((11, 9), (3, 3), 1, 2, 0, (11, 9)),
        ((6, 6), (1, 1), 1, 1, 1, (6, 6)),
    ],
)
@pytest.mark.parametrize("activation", [0, 1, 3])
def test_convolution(
    net_builder: NetBuilder,
    size: tuple[int, int],
    kernel: tuple[int, int],
    stride: int,
    dilation: int,
    padding: int,
    out: tuple[int, int],
    activation: int,
) -> None:
    net = one_operator(
        net_builder,
        "CONV_2D",
        ((*size, 4), (*out, 5)),
        weights(5, *kernel, 4),
        weights(5),
        table="Conv2DOptions",
        padding=padding,
        strideH=stride,
        strideW=stride,
        dilationHFactor=dilation,
        dilationWFactor=dilation,
        fusedActivationFunction=activation,
    )
    assert_equal_runtimes(net, (*size, 4))


@pytest.mark.parametrize("multiplier", [1, 2])
def test_depthwise_convolution(net_builder: NetBuilder, multiplier: int) -> None:
    net = one_operator(
        net_builder,
        "DEPTHWISE_CONV_2D",
        ((10, 7, 4), (5, 4, 4 * multiplier)),
        weights(1, 3, 3, 4 * multiplier),
        weights(4 * multiplier),
        table="DepthwiseConv2DOptions",
        strideH=2,
        strideW=2,
        depthMultiplier=multiplier,
        fusedActivationFunction=3,
    )
    assert_equal_runtimes(net, (10, 7, 4))


@pytest.mark.parametrize(
    ("kind", "shapes", "extra", "options"),
    [
        (
            "MAX_POOL_2D",
            ((7, 8, 3), (4, 4, 3)),
            [],
            {"table": "Pool2DOptions", "strideH": 2, "strideW": 2, "filterHeight": 3, "filterWidth": 2},
        ),
        (
            "RESIZE_BILINEAR",
            ((5, 4, 3), (10, 12, 3)),
            [np.array([10, 12], np.int32)],
            {"table": "ResizeBilinearOptions", "halfPixelCenters": True},
        ),
        ("DEPTH_TO_SPACE", ((4, 3, 8), (8, 6, 2)), [], {"table": "DepthToSpaceOptions", "blockSize": 2}),
        (
            "PAD",
            ((4, 3, 2), (7, 4, 5)),
            [np.array([[0, 0], [1, 2], [0, 1], [0, 3]], np.int32)],
            {"table": "PadOptions"},
        ),
        ("LOGISTIC", ((4, 3, 2), (4, 3, 2)), [], {}),
        ("RESHAPE", ((4, 3, 2), (12, 2)), [np.array([1, 12, 2], np.int32)], {}),
    ],
)
def test_operator(
    net_builder: NetBuilder,
    kind: str,
    shapes: tuple[tuple[int, ...], tuple[int, ...]],
    extra: list[NDArray[Any]],
    options: dict[str, Any],
) -> None:
    assert_equal_runtimes(one_operator(net_builder, kind, shapes, *extra, **options), shapes[0])


@pytest.mark.parametrize(("axis", "out"), [(3, (4, 3, 4)), (1, (8, 3, 2)), (-2, (4, 6, 2))])
def test_concatenation_of_a_sum(net_builder: NetBuilder, axis: int, out: tuple[int, ...]) -> None:
    picture = net_builder.tensor("picture", (1, 4, 3, 2))
    total, result = net_builder.tensor("total", (1, 4, 3, 2)), net_builder.tensor("result", (1, *out))
    net_builder.operator("ADD", [picture, picture], [total], table="AddOptions", fusedActivationFunction=1)
    net_builder.operator("CONCATENATION", [picture, total], [result], table="ConcatenationOptions", axis=axis)
    assert_equal_runtimes(net_builder.build([picture], [result]), (4, 3, 2))


def half_convolution(builder: NetBuilder, stored: int, shape: tuple[int, ...]) -> bytes:
    """A 1x1 convolution whose weights, a half-float tensor, are widened by the net."""
    picture, wide = builder.tensor("picture", (1, 5, 4, shape[3])), builder.tensor("wide", shape)
    result = builder.tensor("result", (1, 5, 4, shape[0]))
    bias = builder.constant(np.zeros(shape[0], np.float32))
    builder.operator("DEQUANTIZE", [stored], [wide])
    builder.operator(
        "CONV_2D", [picture, wide, bias], [result], table="Conv2DOptions", strideH=1, strideW=1, padding=1
    )
    return builder.build([picture], [result])


def test_half_floats_are_stored_as_they_are(net_builder: NetBuilder) -> None:
    halves = weights(6, 1, 1, 3).astype(np.float16)
    net = half_convolution(net_builder, net_builder.constant(halves), halves.shape)
    assert_equal_runtimes(net, (5, 4, 3))
    stored = [
        numpy_helper.to_array(each)
        for each in onnx.load_from_string(convert(net, {"a": "result"})).graph.initializer
    ]
    kept = next(array for array in stored if array.dtype == np.float16)
    np.testing.assert_array_equal(kept.squeeze(), halves.squeeze())


def sparsity(blocks: list[int] | None = None) -> Any:
    """(6, 1, 1, 3) with rows 0 and 4 empty and two values in row 1, as TFLite lists it."""
    schema = tflite_schema()

    def vector(values: list[int]) -> Any:
        table = schema.Uint8VectorT()
        table.values = np.array(values, np.uint8)
        return table

    levels = []
    for size in (6, 1, 1):
        level = schema.DimensionMetadataT()
        level.format, level.denseSize = schema.DimensionType.DENSE, size
        levels.append(level)
    last = schema.DimensionMetadataT()
    last.format = schema.DimensionType.SPARSE_CSR
    last.arraySegmentsType = last.arrayIndicesType = schema.SparseIndexVector.Uint8Vector
    last.arraySegments, last.arrayIndices = vector([0, 0, 2, 3, 4, 4, 5]), vector([0, 2, 1, 0, 2])
    parameters = schema.SparsityParametersT()
    parameters.traversalOrder, parameters.blockMap = [0, 1, 2, 3], blocks
    parameters.dimMetadata = [*levels, last]
    return parameters


def test_sparse_weights_are_unpacked(net_builder: NetBuilder) -> None:
    shape = (6, 1, 1, 3)
    halves = np.arange(1, 6).astype(np.float16)
    dense = net_builder.tensor("dense", shape, "FLOAT16")
    net_builder.operator("DENSIFY", [net_builder.constant(halves, sparsity(), shape)], [dense])
    net = half_convolution(net_builder, dense, shape)
    expected = np.zeros((6, 3))
    expected[[1, 1, 2, 3, 5], [0, 2, 1, 0, 2]] = halves
    np.testing.assert_array_equal(read_tflite(net).constants[dense].squeeze(), expected)
    assert_equal_runtimes(net, (5, 4, 3))


def test_sparse_blocks_are_refused(net_builder: NetBuilder) -> None:
    stored = net_builder.constant(np.ones(5, np.float16), sparsity([3]), (6, 1, 1, 3))
    with pytest.raises(WeightsError, match="sparse blocks"):
        read_tflite(net_builder.build([stored], [stored]))


def test_an_unknown_operator_is_named_only_where_it_is_needed(net_builder: NetBuilder) -> None:
    picture = net_builder.tensor("picture", (1, 2, 2, 1))
    good, bad = net_builder.tensor("good", (1, 2, 2, 1)), net_builder.tensor("bad", (1, 2, 2, 1))
    net_builder.operator("LOGISTIC", [picture], [good])
    net_builder.operator("HARD_SWISH", [good], [bad])
    net = net_builder.build([picture], [good, bad])
    assert len(onnx.load_from_string(convert(net, {"kept": "good"})).graph.output) == 1
    with pytest.raises(WeightsError, match=r"uses HARD_SWISH; the converter knows ADD, .*RESIZE_BILINEAR"):
        convert(net, {"kept": "bad"})
    with pytest.raises(WeightsError, match="no output 'best'; it has bad, good"):
        convert(net, {"kept": "best"})


@pytest.mark.parametrize(
    ("kind", "out", "extra", "options", "message"),
    [
        (
            "MAX_POOL_2D",
            (4, 4, 1),
            [],
            {"table": "Pool2DOptions", "fusedActivationFunction": 4},
            "activation 4",
        ),
        (
            "RESIZE_BILINEAR",
            (8, 8, 1),
            [np.array([8, 8], np.int32)],
            {"table": "ResizeBilinearOptions", "alignCorners": True},
            "half-pixel",
        ),
        ("RESHAPE", (2, 8, 1), [], {}, "RESHAPE of"),
        ("ADD", (4, 4, 1), [np.ones((1, 1, 1, 1), np.float32)], {"table": "AddOptions"}, "ADD of shapes"),
        ("ADD", (4, 4, 1), [np.ones((1, 4, 4, 1), np.float32)], {"table": "AddOptions"}, "is constant"),
        ("LOGISTIC", (4, 4, 1), [np.ones(4, np.int8)], {}, "type 9"),
    ],
)
def test_what_is_not_known_is_refused(
    net_builder: NetBuilder,
    kind: str,
    out: tuple[int, ...],
    extra: list[NDArray[Any]],
    options: dict[str, Any],
    message: str,
) -> None:
    if options.get("table") == "Pool2DOptions":
        options = {**options, "strideH": 1, "strideW": 1, "filterHeight": 1, "filterWidth": 1}
    net = one_operator(net_builder, kind, ((4, 4, 1), out), *extra, **options)
    with pytest.raises(WeightsError, match=message):
        convert(net, {"result": "result"})


@pytest.mark.parametrize(("net", "low"), [("detector", -1.0), ("landmarks", 0.0)])
def test_the_real_nets_agree_with_the_reference_runtime(blazepose: str, net: str, low: float) -> None:
    """The largest difference found is 0.0013, on outputs that span 250; a unit is a pixel or a logit."""
    manifest = find_manifest(blazepose).net(net)
    outputs = {name: output.tensor for name, output in manifest.outputs.items()}
    tflite = net_path(blazepose, net, form="tflite").read_bytes()
    pictures = RNG.uniform(low, 1.0, (2, *manifest.input.shape)).astype(np.float32)
    session = onnxruntime.InferenceSession(net_path(blazepose, net), providers=["CPUExecutionProvider"])
    expected = reference(tflite, pictures)
    for (name, tensor), got in zip(
        outputs.items(), session.run(list(outputs), {"image": pictures}), strict=True
    ):
        array = np.asarray(got)
        assert array.shape == (2, *manifest.outputs[name].shape)
        assert np.abs(array - expected[tensor]).max() < 0.005, name


@pytest.mark.parametrize("net", ["detector", "landmarks"])
def test_the_real_nets_lose_no_bit_of_their_weights(blazepose: str, net: str) -> None:
    graph = onnx.load(net_path(blazepose, net)).graph
    stored = [numpy_helper.to_array(each) for each in graph.initializer]
    published = read_tflite(net_path(blazepose, net, form="tflite").read_bytes()).constants.values()
    values = {np.sort(array, axis=None).tobytes() for array in published if array.dtype == np.float16}
    halves = [array for array in stored if array.dtype == np.float16]
    assert len(halves) > 100
    assert all(np.sort(array, axis=None).tobytes() in values for array in halves)
    assert sum(array.nbytes for array in stored if array.dtype != np.float16) < 10_000


def test_the_real_nets_need_every_operator_of_the_table(blazepose: str) -> None:
    kinds: set[str] = set()
    for net in find_manifest(blazepose).nets:
        graph = read_tflite(net_path(blazepose, net, form="tflite").read_bytes())
        kinds.update(operator.kind for operator in graph.operators)
    assert kinds == OPERATORS.keys()
