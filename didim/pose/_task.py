"""A .task bundle for mediapipe from the two published nets of BlazePose."""

from __future__ import annotations

import io
import zipfile

import flatbuffers
from mediapipe.tasks.metadata import (  # ships no types
    metadata_schema_py_generated as metadata_schema,
)
from mediapipe.tasks.metadata import schema_py_generated as tflite_schema

METADATA_NAME = "TFLITE_METADATA"
METADATA_ID = b"M001"
TFLITE_ID = b"TFL3"


def build_task(detector: bytes, landmarks: bytes) -> bytes:
    """Return the bundle for two TFLite files: an uncompressed zip archive without extra fields.

    mediapipe asks that the nets tell how their input is scaled; the published files don't.
    """
    bundle = io.BytesIO()
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("pose_detector.tflite", _with_scaling(detector, mean=127.5, std=127.5))
        archive.writestr("pose_landmarks_detector.tflite", _with_scaling(landmarks, mean=0.0, std=255.0))
    return bundle.getvalue()


def _with_scaling(tflite: bytes, *, mean: float, std: float) -> bytes:
    model = tflite_schema.ModelT.InitFromObj(tflite_schema.Model.GetRootAsModel(tflite, 0))
    buffer = tflite_schema.BufferT()
    buffer.data = list(_scaling(mean, std))
    model.buffers.append(buffer)
    entry = tflite_schema.MetadataT()
    entry.name = METADATA_NAME
    entry.buffer = len(model.buffers) - 1
    model.metadata.append(entry)
    return _packed(model, TFLITE_ID)


def _scaling(mean: float, std: float) -> bytes:
    """Model metadata that says: one RGB picture, (value - mean) / std."""
    options = metadata_schema.NormalizationOptionsT()
    options.mean, options.std = [mean], [std]
    unit = metadata_schema.ProcessUnitT()
    unit.optionsType, unit.options = metadata_schema.ProcessUnitOptions.NormalizationOptions, options
    picture = metadata_schema.ImagePropertiesT()
    picture.colorSpace = metadata_schema.ColorSpaceType.RGB
    content = metadata_schema.ContentT()
    content.contentPropertiesType = metadata_schema.ContentProperties.ImageProperties
    content.contentProperties = picture
    tensor = metadata_schema.TensorMetadataT()
    tensor.content, tensor.processUnits = content, [unit]
    graph = metadata_schema.SubGraphMetadataT()
    graph.inputTensorMetadata = [tensor]
    model = metadata_schema.ModelMetadataT()
    model.subgraphMetadata = [graph]
    return _packed(model, METADATA_ID)


def _packed(table: object, identifier: bytes) -> bytes:
    builder = flatbuffers.Builder(1024)
    builder.Finish(table.Pack(builder), identifier)  # type: ignore[attr-defined]  # generated code
    return bytes(builder.Output())
