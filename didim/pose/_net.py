"""One network on the processor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from didim.pose._engine import PoseError

ERRORS_ONLY = 3


class Net:
    """A network from a file that takes one square colour picture.

    One thread that sleeps while it waits: beside a game, spinning threads cost three times what they win.

    Raises:
        PoseError: the file is no such network.
    """

    def __init__(self, path: Path, outputs: Sequence[str]) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # it keeps 30 MB and saves no time: one picture at a time
        options.log_severity_level = ERRORS_ONLY
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(path, options, ["CPUExecutionProvider"])
            have = {output.name for output in self._session.get_outputs()}
            (self._input,) = (one.name for one in self._session.get_inputs())
        except Exception as error:  # onnxruntime's own errors share no base but Exception
            raise PoseError(
                f"the network {path} cannot be opened: {error}; run `didim models remove blazepose`, "
                "then `didim models prepare blazepose`"
            ) from error
        if not have.issuperset(outputs):
            raise PoseError(
                f"the network {path} gives {', '.join(sorted(have))}; expected {', '.join(outputs)}"
            )
        self._outputs = list(outputs)

    def run(self, bgr: NDArray[np.uint8], scale: float, offset: float) -> list[NDArray[np.float32]]:
        """Return the outputs for a (size, size, 3) picture that goes in as RGB, `scale * value + offset`.

        Each comes without its batch axis.
        """
        rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB).astype(np.float32)
        rgb *= scale
        if offset:
            rgb += offset
        return [values[0] for values in self._session.run(self._outputs, {self._input: rgb[None]})]
