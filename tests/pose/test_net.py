"""A network from a file, and what runs it."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper

from didim.pose import PoseError
from didim.pose._net import PROVIDERS, Net, Tensor, as_rgb, notes_of, try_providers


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


VALUES = np.arange(12, dtype=np.float32).reshape(1, 2, 2, 3)


def test_a_net_is_handed_scaled_rgb(identity: Path) -> None:
    bgr = np.zeros((2, 2, 3), np.uint8)
    bgr[0, 1] = (10, 20, 30)
    (same,) = Net(identity, ["same"]).run(as_rgb(bgr, 0.5, -1.0))
    assert same.shape == (1, 2, 2, 3)
    assert same[0, 0, 1].tolist() == [14.0, 9.0, 4.0]


def test_a_net_tells_its_input_and_outputs(identity: Path) -> None:
    net = Net(identity)
    assert net.inputs == (Tensor("image", (None, 2, 2, 3), "float32"),)
    assert net.outputs == (Tensor("same", (None, 2, 2, 3), "float32"),)
    assert net.notes == []


def test_another_net_is_named_with_what_it_gives(identity: Path) -> None:
    with pytest.raises(PoseError, match="gives same; expected boxes, scores"):
        Net(identity, ["boxes", "scores"])


def test_a_damaged_file_says_how_to_mend_it(tmp_path: Path) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(b"no network")
    with pytest.raises(PoseError, match=r"cannot be opened: .*; fetch it again"):
        Net(path, ["boxes"], mend="fetch it again")


def test_an_unknown_provider_is_refused_with_those_there_are(identity: Path) -> None:
    with pytest.raises(PoseError, match="'rocket' is not one of cpu, cuda, directml, openvino, coreml"):
        Net(identity, provider="rocket")


@pytest.mark.parametrize("provider", [name for name in PROVIDERS if name != "cpu"])
def test_a_missing_provider_gives_way_to_the_processor_and_says_so(
    identity: Path, provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["CPUExecutionProvider"])
    net = Net(identity, provider=provider)
    assert (net.run(VALUES)[0] == VALUES).all()
    (note,) = net.notes
    assert note.startswith(f"provider {provider} is not in this onnxruntime")
    assert "the processor runs the pose networks instead" in note


class Session:
    """A session of a provider that fails where it is told to."""

    def __init__(self, real: Any, *, fails: bool) -> None:
        self._real, self._fails = real, fails

    def run(self, names: list[str], feed: dict[str, Any]) -> Any:
        if self._fails:
            raise RuntimeError("CUDA failure 2: out of memory\nand a long trace")
        return self._real.run(names, feed)

    def get_providers(self) -> list[str]:
        return [PROVIDERS["cuda"], PROVIDERS["cpu"]]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


@pytest.fixture
def cuda(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """An onnxruntime with CUDA, which opens and runs as the test says."""
    works = {"opens": True, "runs": True, "starts": True}
    real = onnxruntime.InferenceSession

    def session(path: Path, options: Any, providers: list[str]) -> Any:
        opened = real(path, options, ["CPUExecutionProvider"])
        if providers[0] != PROVIDERS["cuda"]:
            return opened
        if not works["opens"]:
            raise RuntimeError("libcudnn.so.9: cannot open shared object file")
        return Session(opened, fails=not works["runs"]) if works["starts"] else opened

    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: list(PROVIDERS.values()))
    monkeypatch.setattr(onnxruntime, "InferenceSession", session)
    return works


def test_a_provider_that_works_is_used_without_a_word(identity: Path, cuda: dict[str, bool]) -> None:
    net = Net(identity, provider="cuda")
    assert (net.run(VALUES)[0] == VALUES).all()
    assert net.notes == []


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("opens", "does not start here: libcudnn.so.9: cannot open shared object file"),
        ("starts", "does not start here: its driver or libraries are missing"),
        ("runs", "failed while it ran: CUDA failure 2: out of memory"),
    ],
)
def test_a_provider_that_fails_gives_way_to_the_processor_once_and_for_all(
    identity: Path, cuda: dict[str, bool], fault: str, told: str
) -> None:
    cuda[fault] = False
    net = Net(identity, provider="cuda")
    for _ in range(3):
        assert (net.run(VALUES)[0] == VALUES).all()
    assert net.notes == [f"provider cuda {told}; the processor runs the pose networks instead"]


def test_two_nets_of_an_engine_tell_one_note(identity: Path, cuda: dict[str, bool]) -> None:
    cuda["opens"] = False
    nets = [Net(identity, provider="cuda") for _ in range(2)]
    assert len(notes_of(nets)) == 1


def test_a_fault_of_the_processor_is_no_providers_fault(identity: Path) -> None:
    net = Net(identity)
    with pytest.raises(Exception, match="image"):
        net.run(np.zeros((1, 5), np.float32))
    assert net.notes == []


def test_each_provider_is_tried_and_a_missing_one_is_none(identity: Path, cuda: dict[str, bool]) -> None:
    assert try_providers(identity)["cuda"] is None
    cuda["runs"] = False
    assert "out of memory" in str(try_providers(identity)["cuda"])


def test_where_there_is_only_the_processor_nothing_is_tried(
    identity: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: ["CPUExecutionProvider"])
    assert try_providers(identity) == {}
