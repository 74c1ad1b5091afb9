"""didim turns an empty floor or wall into a place to move and play."""

import os

# ONNX Runtime would write a device number down and send what it runs to its maker (its Privacy.md).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
