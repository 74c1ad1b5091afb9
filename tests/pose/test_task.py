"""The bundle that mediapipe reads."""

import io
import zipfile

import flatbuffers
from mediapipe.tasks.metadata import (  # ships no types
    metadata_schema_py_generated as metadata_schema,
)
from mediapipe.tasks.metadata import schema_py_generated as tflite_schema

from didim.pose._task import build_task


def _net(description: str) -> bytes:
    """A TFLite file without a graph, with the one entry of metadata that the published nets have."""
    model = tflite_schema.ModelT()
    model.version, model.description = 3, description
    model.buffers, model.subgraphs = [tflite_schema.BufferT()], []
    entry = tflite_schema.MetadataT()
    entry.name, entry.buffer = "min_runtime_version", 0
    model.metadata = [entry]
    builder = flatbuffers.Builder(0)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def test_a_task_is_a_plain_archive_of_nets_that_tell_their_scaling() -> None:
    task = build_task(_net("detector"), _net("landmarks"))
    scaling = {}
    with zipfile.ZipFile(io.BytesIO(task)) as archive:
        for entry in archive.infolist():
            assert entry.compress_type == zipfile.ZIP_STORED
            assert entry.extra == b""
            model = tflite_schema.ModelT.InitFromObj(
                tflite_schema.Model.GetRootAsModel(archive.read(entry), 0)
            )
            (metadata,) = (one for one in model.metadata if one.name == b"TFLITE_METADATA")
            buffer = bytes(model.buffers[metadata.buffer].data)
            described = metadata_schema.ModelMetadataT.InitFromObj(
                metadata_schema.ModelMetadata.GetRootAsModelMetadata(buffer, 0)
            )
            options = described.subgraphMetadata[0].inputTensorMetadata[0].processUnits[0].options
            scaling[entry.filename, model.description.decode()] = (options.mean[0], options.std[0])
    assert scaling == {
        ("pose_detector.tflite", "detector"): (127.5, 127.5),
        ("pose_landmarks_detector.tflite", "landmarks"): (0.0, 255.0),
    }
