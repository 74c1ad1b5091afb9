"""Small nets in TFLite's own format, a model made of one, and the real one."""

from __future__ import annotations

import hashlib
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import flatbuffers
import numpy as np
import pytest
import tomli_w
from numpy.typing import NDArray

from didim.pose.weights import prepare
from didim.pose.weights._tflite import tflite_schema

NET_FILE = "tiny/net.tflite"


class NetBuilder:
    """Writes a TFLite file; tensors and operators in the order they are added."""

    def __init__(self) -> None:
        self._schema = schema = tflite_schema()
        self._graph = schema.SubGraphT()
        self._graph.tensors, self._graph.operators = [], []
        self._model = schema.ModelT()
        self._model.version = 3
        self._model.subgraphs, self._model.operatorCodes = [self._graph], []
        self._model.buffers = [schema.BufferT()]

    def tensor(self, name: str, shape: tuple[int, ...], dtype: str = "FLOAT32") -> int:
        """A tensor that is computed; returns its index."""
        tensor = self._schema.TensorT()
        tensor.name, tensor.shape, tensor.buffer = name.encode(), list(shape), 0
        tensor.type = getattr(self._schema.TensorType, dtype)
        self._graph.tensors.append(tensor)
        return len(self._graph.tensors) - 1

    def constant(self, values: NDArray[Any], sparsity: Any = None, shape: tuple[int, ...] = ()) -> int:
        """A stored tensor; returns its index."""
        dtype = {"f4": "FLOAT32", "f2": "FLOAT16", "i4": "INT32", "i1": "INT8"}[values.dtype.str[1:]]
        index = self.tensor(f"stored_{len(self._graph.tensors)}", shape or values.shape, dtype)
        buffer = self._schema.BufferT()
        buffer.data = np.frombuffer(np.ascontiguousarray(values).tobytes(), np.uint8)
        self._graph.tensors[index].buffer = len(self._model.buffers)
        self._graph.tensors[index].sparsity = sparsity
        self._model.buffers.append(buffer)
        return index

    def operator(self, kind: str, inputs: list[int], outputs: list[int], **options: Any) -> None:
        """An operator with the fields of its option table, as `strideH=2`."""
        code = self._schema.OperatorCodeT()
        number = getattr(self._schema.BuiltinOperator, kind)
        code.builtinCode, code.deprecatedBuiltinCode, code.version = number, min(number, 127), 1
        operator = self._schema.OperatorT()
        operator.opcodeIndex, operator.inputs, operator.outputs = (
            len(self._model.operatorCodes),
            inputs,
            outputs,
        )
        self._model.operatorCodes.append(code)
        table = options.pop("table", None)
        if table is not None:
            operator.builtinOptionsType = getattr(self._schema.BuiltinOptions, table)
            operator.builtinOptions = getattr(self._schema, f"{table}T")()
            for name, value in options.items():
                setattr(operator.builtinOptions, name, value)
        self._graph.operators.append(operator)

    def build(self, inputs: list[int], outputs: list[int]) -> bytes:
        self._graph.inputs, self._graph.outputs = inputs, outputs
        builder = flatbuffers.Builder(1024)
        builder.Finish(self._model.Pack(builder), b"TFL3")
        return bytes(builder.Output())


@pytest.fixture
def net_builder() -> NetBuilder:
    return NetBuilder()


@pytest.fixture(scope="session")
def tiny_net() -> bytes:
    """A net that doubles its input."""
    builder = NetBuilder()
    picture, result = builder.tensor("picture", (1, 2, 2, 3)), builder.tensor("result", (1, 2, 2, 3))
    builder.operator("ADD", [picture, picture], [result], table="AddOptions")
    return builder.build([picture], [result])


@dataclass(frozen=True)
class TinyModel:
    """A model named tiny, in content and cache folders of its own.

    Attributes:
        wheel: a whole wheel with its one net, as its manifest names it.
        manifest: its manifest's file.
    """

    wheel: Path
    manifest: Path
    cache: Path

    def write_manifest(self, **net: str) -> None:
        """Write the manifest, with some keys of the net changed."""
        with zipfile.ZipFile(self.wheel) as archive:
            sha256 = hashlib.sha256(archive.read(NET_FILE)).hexdigest()
        shape = {"shape": [2, 2, 3], "layout": "any"}
        outputs = {"doubled": {"tensor": "result", **shape}}
        table = {"file": NET_FILE, "sha256": sha256, "input": shape, "outputs": outputs, **net}
        origin = {
            "requirement": "tinynets==1.0",
            "platform": "manylinux_2_28_x86_64",
            "python_version": "3.11",
            "implementation": "cp",
            "abi": "cp311",
            "size_bytes": self.wheel.stat().st_size,
        }
        titles = {"title": "Tiny", "licence": "CC0-1.0", "author": "nobody"}
        self.manifest.write_text(tomli_w.dumps({**titles, "origin": origin, "nets": {"net": table}}))

    def files(self) -> list[str]:
        """Everything that lies in the model's folder of the cache."""
        return sorted(path.name for path in (self.cache / "models" / "tiny").rglob("*"))


@pytest.fixture
def tiny(tmp_path: Path, tiny_net: bytes, monkeypatch: pytest.MonkeyPatch) -> TinyModel:
    content, links = tmp_path / "content" / "models", tmp_path / "links"
    content.mkdir(parents=True)
    links.mkdir()
    wheel = links / "tinynets-1.0-cp311-cp311-manylinux_2_28_x86_64.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NET_FILE, tiny_net)
        archive.writestr("padding", os.urandom(700_000))  # pip draws no bar under half a megabyte
        archive.writestr(
            "tinynets-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tinynets\nVersion: 1.0\n"
        )
        archive.writestr(
            "tinynets-1.0.dist-info/WHEEL",
            "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp311-cp311-manylinux_2_28_x86_64\n",
        )
        archive.writestr("tinynets-1.0.dist-info/RECORD", "")
    model = TinyModel(wheel, content / "tiny.toml", tmp_path / "cache")
    model.write_manifest()
    for name in [name for name in os.environ if name.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(name)
    settings = {
        "DIDIM_CONTENT": tmp_path / "content",
        "DIDIM_CACHE": model.cache,
        "PIP_CONFIG_FILE": os.devnull,
        "UV_CONFIG_FILE": os.devnull,
        "PIP_RETRIES": 0,
        "PIP_RESUME_RETRIES": 0,
        "NO_PROXY": "127.0.0.1",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, str(value))
    return model


@pytest.fixture(scope="session")
def blazepose() -> str:
    """The name of the real model, prepared in the user's own cache."""
    prepare("blazepose")
    return "blazepose"
