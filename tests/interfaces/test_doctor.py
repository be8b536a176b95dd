from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from formcheck.capture.pose import model_file
from formcheck.errors import ModelError
from formcheck.interfaces.cli import doctor
from formcheck.interfaces.cli.doctor import SAMPLES, Finding


def versions(monkeypatch: pytest.MonkeyPatch, **installed: str) -> None:
    def version(package: str) -> str:
        if package.replace("-", "_") not in installed:
            raise metadata.PackageNotFoundError(package)
        return installed[package.replace("-", "_")]

    monkeypatch.setattr(doctor.metadata, "version", version)


def test_here_everything_needed_is_found_to_work() -> None:
    if model_file.cached_model(lambda *_: None) is None:
        pytest.skip("no model in the cache: run `formcheck doctor` once")
    findings = doctor.examine()
    names = [finding.name for finding in findings]
    assert [f for f in findings if f.ok is False] == []
    assert names[0] == "Python"
    assert names[-2:] == ["Pose model", "Pose model runs"]
    assert {f"{name} videos" for name in SAMPLES} <= set(names)
    assert all(finding.remedy for finding in findings if finding.ok is None)


def test_an_old_python_is_named_with_what_to_do() -> None:
    assert doctor.python_version((3, 11, 0)).ok
    assert doctor.python_version((3, 10, 12)) == Finding(
        "Python", False, "3.10.12", "install Python 3.11 or newer"
    )


@pytest.mark.parametrize(("version", "ok"), [("0.10.21", False), ("1.1.9", False), ("1.2", True)])
def test_a_mediapipe_too_old_is_named(
    monkeypatch: pytest.MonkeyPatch, version: str, ok: bool
) -> None:
    versions(monkeypatch, mediapipe=version)
    found = doctor.mediapipe_package()
    assert found.ok is ok
    assert version in found.text
    assert bool(found.remedy) is not ok


def test_a_library_missing_from_the_system_is_told_with_its_cure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(_: str) -> None:
        raise ImportError("libGL.so.1: cannot open shared object file")

    monkeypatch.setattr(doctor.importlib, "import_module", broken)
    found = doctor.cv2_package()
    assert found.ok is False
    assert "libGL.so.1" in found.text
    assert "apt install libgl1" in found.remedy
    assert [finding.name for finding in doctor.examine()][-1] == "OpenCV packages"


def test_a_second_opencv_package_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    versions(monkeypatch, opencv_contrib_python="5.0", opencv_python_headless="5.0")
    found = doctor.cv2_wheels()
    assert found.ok is None
    assert "opencv-python-headless beside opencv-contrib-python" in found.text
    assert found.remedy.startswith("pip uninstall opencv-python-headless")


def test_a_kind_of_video_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_write_sample", lambda path, _: path.write_bytes(b"junk" * 99))
    found = doctor.decoder("H.264")
    assert found.ok is False
    assert "not a video" in found.text
    assert "convert" in found.remedy


def test_what_cannot_be_tried_is_not_called_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_has_encoder", lambda _: False)
    assert doctor.decoder("HEVC").ok is None
    assert doctor.h264_encoder().ok is None


def test_a_cache_that_cannot_be_written_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr(model_file, "cache_dir", lambda: tmp_path / "file")
    found = doctor.cache_folder()
    assert found.ok is None
    assert "cannot be written" in found.text


def test_a_model_that_cannot_be_had_is_told_and_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ModelError("no pose model")

    monkeypatch.setattr(model_file, "find_model", missing)
    found = doctor.pose_model()
    assert [(finding.name, finding.ok, finding.text) for finding in found] == [
        ("Pose model", False, "no pose model")
    ]
