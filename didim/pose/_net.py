"""One network, on the processor or on what else the computer has for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from didim.pose._engine import PoseError

ERRORS_ONLY, FATAL_ONLY = 3, 4
CPU = "cpu"

PROVIDERS = {
    CPU: "CPUExecutionProvider",
    "cuda": "CUDAExecutionProvider",
    "directml": "DmlExecutionProvider",
    "openvino": "OpenVINOExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
}
"""What can run a network, by the name in rig.toml, to onnxruntime's name."""

PACKAGES = {"cuda": "onnxruntime-gpu", "directml": "onnxruntime-directml", "openvino": "onnxruntime-openvino"}


class Tensor(NamedTuple):
    """An input or output as the file declares it; an axis of no fixed length is None."""

    name: str
    axes: tuple[int | None, ...]
    dtype: str


class Net:
    """A network from a file that takes one tensor.

    One thread that sleeps while it waits: beside a game, spinning threads cost three times what they win.
    A provider that is missing, or that fails at opening or at a run, gives way to the processor for good.

    Args:
        outputs: those wanted, in this order; all where none is named.
        provider: a key of `PROVIDERS`.
        mend: what to do where the file cannot be opened.

    Attributes:
        notes: what is not as it was asked for.

    Raises:
        PoseError: the file is no such network, or there is no such provider.
    """

    severity = ERRORS_ONLY

    def __init__(
        self,
        path: Path,
        outputs: Sequence[str] = (),
        *,
        provider: str = CPU,
        mend: str = "get the file again",
    ) -> None:
        self._path, self._mend = path, mend
        self.notes: list[str] = []
        self._session, self._on_cpu = self._opened(provider)
        self.inputs = tuple(_tensor(one) for one in self._session.get_inputs())
        self.outputs = tuple(_tensor(one) for one in self._session.get_outputs())
        have = [output.name for output in self.outputs]
        if not set(have).issuperset(outputs):
            raise PoseError(
                f"the network {path} gives {', '.join(sorted(have))}; expected {', '.join(outputs)}"
            )
        self._names = list(outputs) or have

    def run(self, values: NDArray[Any]) -> list[NDArray[Any]]:
        """Return the outputs for the whole input, batch axis and all."""
        feed = {self.inputs[0].name: values}
        try:
            return list(self._session.run(self._names, feed))
        except Exception as error:  # onnxruntime's own errors share no base but Exception
            if self._on_cpu:
                raise
            self._fall_back(f"failed while it ran: {_first_line(error)}")
            return list(self._session.run(self._names, feed))

    def _opened(self, provider: str) -> tuple[Any, bool]:
        if provider not in PROVIDERS:
            raise PoseError(f"provider {provider!r} is not one of {', '.join(PROVIDERS)}")
        if provider == CPU:
            return self._on_processor(), True
        why = missing_provider(provider)
        if why is None:
            try:
                session = _session(self._path, PROVIDERS[provider], FATAL_ONLY)
                if session.get_providers()[0] == PROVIDERS[provider]:
                    return session, False
                why = "does not start here: its driver or libraries are missing"
            except Exception as error:  # onnxruntime's own errors share no base but Exception
                why = f"does not start here: {_first_line(error)}"
        self._note(provider, why)
        return self._on_processor(), True

    def _on_processor(self) -> Any:
        try:
            return _session(self._path, PROVIDERS[CPU], self.severity)
        except Exception as error:  # onnxruntime's own errors share no base but Exception
            raise PoseError(f"the network {self._path} cannot be opened: {error}; {self._mend}") from error

    def _fall_back(self, why: str) -> None:
        wanted = self._session.get_providers()[0]
        self._note(next(name for name, known in PROVIDERS.items() if known == wanted), why)
        self._session, self._on_cpu = self._on_processor(), True

    def _note(self, provider: str, why: str) -> None:
        self.notes.append(f"provider {provider} {why}; the processor runs the pose networks instead")


def notes_of(nets: Sequence[Net]) -> tuple[str, ...]:
    """What is not as it was asked for, each once."""
    return tuple(dict.fromkeys(note for net in nets for note in net.notes))


def missing_provider(provider: str) -> str | None:
    """Why this onnxruntime cannot use a provider of the table, and what to install; None where it can."""
    if PROVIDERS[provider] in onnxruntime.get_available_providers():
        return None
    package = PACKAGES.get(provider)
    install = f"install {package} in place of onnxruntime" if package else "it needs another computer"
    return f"is not in this onnxruntime ({install})"


def try_providers(path: Path) -> dict[str, str | None]:
    """Each provider of this onnxruntime beside the processor, to what is wrong with it, or None.

    Args:
        path: a network whose axes are fixed but for the number of pictures.
    """
    tried: dict[str, str | None] = {}
    for provider in PROVIDERS:
        if provider == CPU or missing_provider(provider) is not None:
            continue
        net = Net(path, provider=provider)
        net.run(np.zeros([axis or 1 for axis in net.inputs[0].axes], net.inputs[0].dtype))
        tried[provider] = next(iter(net.notes), None)
    return tried


def as_rgb(bgr: NDArray[np.uint8], scale: float, offset: float) -> NDArray[np.float32]:
    """A (height, width, 3) picture as (1, height, width, 3) RGB, `scale * value + offset`."""
    rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB).astype(np.float32)
    rgb *= scale
    if offset:
        rgb += offset
    return np.asarray(rgb[None])


def _session(path: Path, provider: str, severity: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = severity
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if provider == PROVIDERS["directml"]:
        options.enable_mem_pattern = False  # DirectML asks for it
    return onnxruntime.InferenceSession(path, options, list(dict.fromkeys((provider, PROVIDERS[CPU]))))


def _tensor(declared: Any) -> Tensor:
    dtype = {"float": "float32", "double": "float64"}.get(kind := declared.type[7:-1], kind)
    axes = tuple(axis if isinstance(axis, int) and axis > 0 else None for axis in declared.shape)
    return Tensor(declared.name, axes, dtype)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
