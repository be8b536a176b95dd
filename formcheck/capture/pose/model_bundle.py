"""Puts the two networks of BlazePose into the one file that MediaPipe's PoseLandmarker loads.

A `.task` bundle is an uncompressed zip of `pose_detector.tflite` and
`pose_landmarks_detector.tflite`. The networks inside MediaPipe's own wheels (version 0.10.21 was
the last to hold them) lack what PoseLandmarker asks of them: TFLite metadata telling how a
picture is to be normalised. It is added here. The same networks give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import flatbuffers
from mediapipe.tasks.metadata import metadata_schema_py_generated as metadata
from mediapipe.tasks.metadata import schema_py_generated as tflite


@dataclass(frozen=True)
class Part:
    """One network of the bundle: where a wheel keeps it, and how it wants its picture.

    A pixel value v from 0 to 255 goes in as (v - mean) / std.
    """

    name: str
    wheel_path: str
    mean: float
    std: float


PARTS = (
    Part(
        "pose_detector.tflite",
        "mediapipe/modules/pose_detection/pose_detection.tflite",
        mean=127.5,
        std=127.5,
    ),
    Part(
        "pose_landmarks_detector.tflite",
        "mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
        mean=0.0,
        std=255.0,
    ),
)
"""The detector takes -1 to 1, the landmark network 0 to 1 (MediaPipe's own graphs say so)."""

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def bundle_from_wheel(wheel: Path) -> bytes:
    """Assemble the bundle from a MediaPipe wheel, read as data.

    Raises:
        KeyError: the wheel does not hold the networks.
        zipfile.BadZipFile: it is no wheel.
    """
    with zipfile.ZipFile(wheel) as archive:
        networks = {part.name: archive.read(part.wheel_path) for part in PARTS}
    return zip_bundle({p.name: with_image_metadata(networks[p.name], p) for p in PARTS})


def zip_bundle(members: Mapping[str, bytes]) -> bytes:
    """An uncompressed zip with a fixed date, so that equal members give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, date_time=_ZIP_EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


def is_bundle(path: Path) -> bool:
    """Whether the file is a zip that holds both networks."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {part.name for part in PARTS} <= set(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


def with_image_metadata(network: bytes, part: Part) -> bytes:
    """A TFLite network with metadata for its one picture input, and an entry for each output."""
    model = tflite.ModelT.InitFromObj(tflite.Model.GetRootAsModel(network, 0))
    graph = metadata.SubGraphMetadataT()
    graph.inputTensorMetadata = [_image_input(part)]
    graph.outputTensorMetadata = [metadata.TensorMetadataT() for _ in model.subgraphs[0].outputs]
    described = metadata.ModelMetadataT()
    described.subgraphMetadata = [graph]
    _attach(model, _packed(described, b"M001"))
    return _packed(model, b"TFL3")


def _image_input(part: Part) -> Any:
    properties = metadata.ImagePropertiesT()
    properties.colorSpace = metadata.ColorSpaceType.RGB
    content = metadata.ContentT()
    content.contentProperties = properties
    content.contentPropertiesType = metadata.ContentProperties.ImageProperties
    options = metadata.NormalizationOptionsT()
    options.mean, options.std = [part.mean], [part.std]
    step = metadata.ProcessUnitT()
    step.options = options
    step.optionsType = metadata.ProcessUnitOptions.NormalizationOptions
    tensor = metadata.TensorMetadataT()
    tensor.name, tensor.content, tensor.processUnits = "image", content, [step]
    return tensor


def _attach(model: Any, data: bytes) -> None:
    buffer = tflite.BufferT()
    buffer.data = list(data)
    model.buffers.append(buffer)
    entry = tflite.MetadataT()
    entry.name, entry.buffer = "TFLITE_METADATA", len(model.buffers) - 1
    model.metadata = [*(model.metadata or []), entry]


def _packed(table: Any, identifier: bytes) -> bytes:
    builder = flatbuffers.Builder(0)
    builder.Finish(table.Pack(builder), identifier)
    return bytes(builder.Output())
