"""A network from a file."""

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from didim.pose import PoseError
from didim.pose._net import Net


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    """A net that gives back the picture it is handed."""
    shape: list[str | int | None] = ["N", 2, 2, 3]
    graph = helper.make_graph(
        [helper.make_node("Identity", ["image"], ["same"])],
        "net",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("same", TensorProto.FLOAT, shape)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    path = tmp_path / "identity.onnx"
    onnx.save(model, path)
    return path


def test_a_net_is_handed_scaled_rgb(identity: Path) -> None:
    bgr = np.zeros((2, 2, 3), np.uint8)
    bgr[0, 1] = (10, 20, 30)
    (same,) = Net(identity, ["same"]).run(bgr, 0.5, -1.0)
    assert same.shape == (2, 2, 3)
    assert same[0, 1].tolist() == [14.0, 9.0, 4.0]


def test_another_net_is_named_with_what_it_gives(identity: Path) -> None:
    with pytest.raises(PoseError, match="gives same; expected boxes, scores"):
        Net(identity, ["boxes", "scores"])


def test_a_damaged_file_says_how_to_mend_it(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(b"no network")
    with pytest.raises(PoseError, match="didim models prepare blazepose"):
        Net(path, ["boxes"])
