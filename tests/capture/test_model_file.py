from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from formcheck.capture.pose import model_file
from formcheck.capture.pose.model_bundle import (
    PARTS,
    bundle_from_wheel,
    is_bundle,
    with_image_metadata,
    zip_bundle,
)
from formcheck.capture.pose.model_file import ASSEMBLED_SHA256, MODEL_NAME, find_model
from formcheck.errors import ModelError

BUNDLE = zip_bundle({part.name: part.name.encode() * 9 for part in PARTS})


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(model_file, "cache_dir", lambda: folder)
    monkeypatch.delenv(model_file.MODEL_VARIABLE, raising=False)
    return folder


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("network is unreachable")

    monkeypatch.setattr(subprocess, "run", refuse)
    monkeypatch.setattr(model_file, "_opened", refuse)


class Answer(io.BytesIO):
    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.headers = {"Content-Length": str(len(data))}


def official(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_file.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(model_file, "_opened", lambda _: Answer(data))
    monkeypatch.setattr(model_file, "OFFICIAL_SHA256", hashlib.sha256(BUNDLE).hexdigest())


def pip_that(act: Callable[[Path], object], *, code: int, stderr: str) -> Callable[..., object]:
    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        act(Path(command[command.index("-d") + 1]))
        return subprocess.CompletedProcess(command, code, "", stderr)

    return run


def test_equal_members_give_an_equal_uncompressed_bundle(tmp_path: Path) -> None:
    path = tmp_path / "a.task"
    path.write_bytes(BUNDLE)
    assert zip_bundle({part.name: part.name.encode() * 9 for part in PARTS}) == BUNDLE
    with zipfile.ZipFile(path) as archive:
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert is_bundle(path)


def test_a_network_is_given_normalisation_and_an_entry_for_each_output() -> None:
    from mediapipe.tasks.metadata import metadata_schema_py_generated as metadata
    from mediapipe.tasks.metadata import schema_py_generated as tflite

    network = with_image_metadata(tiny_network(outputs=3), PARTS[0])
    model = tflite.ModelT.InitFromObj(tflite.Model.GetRootAsModel(network, 0))
    entry = next(m for m in model.metadata if m.name == b"TFLITE_METADATA")
    told = bytes(model.buffers[entry.buffer].data)
    described = metadata.ModelMetadataT.InitFromObj(
        metadata.ModelMetadata.GetRootAsModelMetadata(told, 0)
    )
    graph = described.subgraphMetadata[0]
    options = graph.inputTensorMetadata[0].processUnits[0].options
    assert (options.mean.tolist(), options.std.tolist()) == ([127.5], [127.5])
    assert len(graph.outputTensorMetadata) == 3


def tiny_network(outputs: int) -> bytes:
    import flatbuffers
    from mediapipe.tasks.metadata import schema_py_generated as tflite

    graph = tflite.SubGraphT()
    graph.tensors = [tflite.TensorT() for _ in range(outputs + 1)]
    graph.inputs, graph.outputs = [0], list(range(1, outputs + 1))
    model = tflite.ModelT()
    model.version, model.subgraphs, model.buffers = 3, [graph], [tflite.BufferT()]
    builder = flatbuffers.Builder(0)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def test_the_model_used_here_is_the_one_that_thresholds_were_measured_with() -> None:
    model = model_file.cached_model(lambda *_: None)
    if model is None:
        pytest.skip("no model in the cache: run `formcheck doctor` once")
    assert hashlib.sha256(model.path.read_bytes()).hexdigest() == model.sha256
    if model.sha256 != model_file.OFFICIAL_SHA256:
        assert model.sha256 == ASSEMBLED_SHA256


def test_a_path_given_is_used_and_nothing_is_fetched(
    cache: Path, tmp_path: Path, no_network: None
) -> None:
    path = tmp_path / "mine.task"
    path.write_bytes(BUNDLE)
    model = find_model(path)
    assert (model.path, model.name) == (path, "mine")
    assert model.sha256 == hashlib.sha256(BUNDLE).hexdigest()
    assert not cache.exists()


def test_the_environment_variable_gives_the_path_unless_an_argument_does(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_network: None
) -> None:
    for name in ("argument.task", "variable.task"):
        (tmp_path / name).write_bytes(BUNDLE)
    monkeypatch.setenv(model_file.MODEL_VARIABLE, str(tmp_path / "variable.task"))
    assert find_model(None).name == "variable"
    assert find_model(tmp_path / "argument.task").name == "argument"


def test_a_path_to_nothing_or_to_something_else_is_refused(cache: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such model file"):
        find_model(tmp_path / "gone.task")
    other = tmp_path / "pose.tflite"
    other.write_bytes(b"TFL3" * 100)
    with pytest.raises(ModelError, match=r"not a pose landmarker bundle; give a \.task"):
        find_model(other)


def test_a_fetched_model_is_cached_and_found_without_a_network(
    cache: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    official(BUNDLE, monkeypatch)
    told: list[tuple[str, float | None]] = []
    fetched = find_model(None, progress=lambda text, done: told.append((text, done)))
    assert told[-1] == ("Downloading the pose model", 1.0)
    request.getfixturevalue("no_network")
    assert find_model(None) == fetched
    assert [path.name for path in cache.iterdir()] == [f"{MODEL_NAME}-{fetched.sha256}.task"]


def test_a_damaged_cached_model_is_fetched_again_with_one_line_about_it(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    official(BUNDLE, monkeypatch)
    model = find_model(None)
    model.path.write_bytes(BUNDLE[:-20])
    told: list[str] = []
    assert find_model(None, progress=lambda text, _: told.append(text)) == model
    assert model.path.read_bytes() == BUNDLE
    assert [text for text in told if "damaged" in text] == [
        f"{model.path} is damaged; fetching the model again"
    ]


def test_a_damaged_model_of_another_digest_is_cleared_away(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    official(BUNDLE, monkeypatch)
    cache.mkdir()
    (cache / f"{MODEL_NAME}-{'0' * 64}.task").write_bytes(b"half")
    find_model(None)
    assert list(cache.iterdir()) == [find_model(None).path]


def test_another_model_under_the_right_kind_of_name_is_not_used(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Renamed to its own digest it is whole, and still not the one that is known."""
    official(BUNDLE, monkeypatch)
    other = zip_bundle({part.name: b"another network" for part in PARTS})
    cache.mkdir()
    (cache / f"{MODEL_NAME}-{hashlib.sha256(other).hexdigest()}.task").write_bytes(other)
    assert find_model(None).sha256 == hashlib.sha256(BUNDLE).hexdigest()
    assert list(cache.iterdir()) == [find_model(None).path]


def test_a_wheel_with_other_networks_is_refused(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring = pip_that(lambda folder: tiny_wheel(folder / "m.whl"), code=0, stderr="")
    monkeypatch.setattr(subprocess, "run", bring)
    monkeypatch.setattr(model_file, "_opened", lambda _: Answer(b"nothing"))
    with pytest.raises(ModelError, match=r"by pip: what came is not the model"):
        find_model(None)


def test_something_else_at_the_official_place_is_refused(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    official(b"<html>please log in</html>", monkeypatch)
    with pytest.raises(ModelError, match="what came is not the model"):
        find_model(None)
    assert not cache.exists()


def tiny_wheel(path: Path) -> Path:
    """A wheel with two networks that do nothing."""
    with zipfile.ZipFile(path, "w") as wheel:
        for part in PARTS:
            wheel.writestr(part.wheel_path, tiny_network(outputs=2))
    return path


def test_the_wheel_that_pip_brings_is_read_as_data(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bring(folder: Path) -> None:
        assert "--hash=sha256:" in (folder / "requirements.txt").read_text(encoding="utf-8")
        tiny_wheel(folder / "mediapipe.whl")

    monkeypatch.setattr(subprocess, "run", pip_that(bring, code=0, stderr=""))
    made = bundle_from_wheel(tiny_wheel(tmp_path / "same.whl"))
    monkeypatch.setattr(model_file, "ASSEMBLED_SHA256", hashlib.sha256(made).hexdigest())
    model = find_model(None)
    assert is_bundle(model.path)
    with zipfile.ZipFile(model.path) as archive:
        assert archive.namelist() == [part.name for part in PARTS]


def test_when_nothing_works_one_message_names_every_way_and_what_to_do(
    cache: Path, monkeypatch: pytest.MonkeyPatch, no_network: None
) -> None:
    stderr = "WARNING: retrying\nERROR: Could not find a version\nERROR: No matching distribution\n"
    pip = pip_that(lambda _: None, code=1, stderr=stderr)
    monkeypatch.setattr(subprocess, "run", pip)
    with pytest.raises(ModelError) as caught:
        find_model(None)
    text = str(caught.value)
    assert "by pip: No matching distribution;" in text
    assert f"{model_file.OFFICIAL_URL}: network is unreachable" in text
    assert "--model PATH" in text
    assert "\n" not in text


def test_a_missing_pip_is_named(
    cache: Path, monkeypatch: pytest.MonkeyPatch, no_network: None
) -> None:
    monkeypatch.setattr(model_file.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match="pip is not installed beside"):
        find_model(None)


def test_a_cache_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr(model_file, "cache_dir", lambda: tmp_path / "file")
    monkeypatch.delenv(model_file.MODEL_VARIABLE, raising=False)
    official(BUNDLE, monkeypatch)
    with pytest.raises(ModelError, match="cannot be kept there"):
        find_model(None)
