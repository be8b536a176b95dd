"""The public door, as somebody calls it who has installed formcheck."""

from __future__ import annotations

import builtins
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import pytest

import formcheck
from formcheck.errors import FormcheckError, SourceError
from formcheck.exercises.catalog import spec_paths
from formcheck.records.frames import Frame
from formcheck.records.pose import Pose
from formcheck.running.recording import Outputs, Part, judge, windows
from formcheck.running.showing import show
from formcheck.storage.pose_tracks import PoseTrack, TrackWriter
from sample_videos.expected import FOLDER, task_of
from tests.bodies import Bridge, Camera, Script, Squat, Stay, film, reps
from tests.running.poses_as_film import Filmed, in_place_of_files

SAMPLE = FOLDER / "bridge" / "bridge_side.mp4"
TRUTH = SAMPLE.with_suffix(".truth.npz")

FPS = 12.5
BRIDGES = Script(Bridge(), (Stay(2), *reps(2, Bridge(), Bridge(178), hold_s=2), Stay(2)))
SQUATS = Script(Squat(), (Stay(2), *reps(2, Squat(), Squat(5, 60), hold_s=0.5), Stay(2)))


def joined(*films: list[Pose]) -> list[Pose]:
    """One film after the other."""
    poses: list[Pose] = []
    for one in films:
        since_s = poses[-1].t_s + 1 / FPS if poses else 0.0
        poses += [replace(pose, t_s=pose.t_s + since_s) for pose in one]
    return poses


@pytest.fixture(scope="module")
def session() -> list[Pose]:
    """Bridges, squats, and bridges again."""
    bridges = film(BRIDGES, Camera(azimuth_deg=-90), fps=FPS)
    return joined(bridges, film(SQUATS, Camera(azimuth_deg=0), fps=FPS), bridges)


@pytest.fixture(scope="module")
def track(session: list[Pose], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tracks") / "session.poses.npz"
    with TrackWriter(path) as writer:
        for pose in session:
            writer.add(pose)
        writer.close({})
    return path


def shown(poses: list[Pose], declared: int | None = None) -> AbstractContextManager[Filmed]:
    """A film of these poses in place of any file."""
    return in_place_of_files(Filmed(poses, declared, fps=FPS, lost="two frames were lost"))


@pytest.fixture(scope="module")
def drawn(
    session: list[Pose], tmp_path_factory: pytest.TempPathFactory
) -> tuple[formcheck.Recording, Filmed]:
    """The session as a video, recognised, judged and drawn on; with the film that was read."""
    folder = tmp_path_factory.mktemp("drawn")
    with shown(session) as made:
        return formcheck.judge("session.mp4", out=folder, pictures=True), made


@pytest.fixture(scope="module")
def replayed(track: Path) -> formcheck.Recording:
    """The same session from its track."""
    return formcheck.replay(track)


def outcomes(recording: formcheck.Recording) -> list[str]:
    return [rep.attempt.outcome for rep in recording.reps]


# --- importing --------------------------------------------------------------------------------


def brought_by(code: str) -> set[str]:
    """The packages that a piece of Python imports, in a fresh interpreter."""
    told = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", told],
        capture_output=True, text=True, check=True, cwd=Path(formcheck.__file__).parents[1],
    )  # fmt: skip
    return {name.split(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


def test_importing_formcheck_brings_in_nothing_else() -> None:
    foreign = brought_by("import formcheck") - sys.stdlib_module_names
    assert not {"numpy", "pydantic", "cv2", "av", "mediapipe", "PIL", "click", "rich"} & foreign


def test_a_track_is_judged_without_anything_that_reads_or_draws_pictures() -> None:
    code = f"import formcheck\nformcheck.replay({str(TRUTH)!r}, 'bridge').to_dict()"
    assert not {"cv2", "av", "mediapipe", "PIL", "click", "rich"} & brought_by(code)


def test_every_public_name_is_there_and_has_a_docstring() -> None:
    for name in set(formcheck.__all__) - {"__version__"}:
        assert getattr(formcheck, name).__doc__
    assert set(formcheck.__all__) <= set(dir(formcheck))
    with pytest.raises(AttributeError, match="no attribute 'jugde'"):
        formcheck.jugde  # noqa: B018


def test_exercises_can_be_called_whatever_was_imported_before() -> None:
    importlib.import_module("formcheck.exercises.catalog")
    assert [spec.id for spec in formcheck.exercises()] == list(spec_paths())


# --- exercises --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bridge", "Bridge", str(spec_paths()["bridge"]),
                                  spec_paths()["bridge"]])  # fmt: skip
def test_an_exercise_is_loaded_by_its_name_or_its_file(name: str | Path) -> None:
    assert formcheck.load_exercise(name).id == "bridge"


def test_an_exercise_that_is_not_there_is_an_error_of_formcheck() -> None:
    with pytest.raises(formcheck.SpecError, match="did you mean 'bridge'"):
        formcheck.load_exercise("brige")
    with pytest.raises(formcheck.FormcheckError, match="no such file"):
        formcheck.load_exercise(Path("none.toml"))


# --- a saved track ----------------------------------------------------------------------------


@pytest.mark.parametrize("exercise", ["bridge", formcheck.load_exercise("bridge")])
def test_a_track_is_judged_by_the_exercise_that_is_named(exercise: Any) -> None:
    recording = formcheck.replay(TRUTH, exercise, dose="002")
    (part,) = recording.parts
    assert list(part.events) == judge(PoseTrack(TRUTH), task_of(SAMPLE))
    assert (part.exercise.id, [dose.id for dose in part.exercise.dose]) == ("bridge", ["002"])
    assert outcomes(recording) == ["full", "full", "short_hold", "partial"]
    assert [one.number for one in recording.sets] == [1]
    assert recording.sets[0].reps == recording.reps
    assert recording.sets[0].totals.counted == 3
    assert len(recording.holds) == 3
    assert {fault.id for fault in recording.faults} == {"lifted_too_high", "hips_low"}
    assert recording.written == ()


def test_a_session_is_recognised_and_each_set_judged_by_its_own_exercise(
    replayed: formcheck.Recording, track: Path
) -> None:
    recording = replayed
    names = [part.exercise.id for part in recording.parts]
    assert names == ["bridge", "bodyweight_squat", "bridge"]
    assert [one.exercise.id for one in recording.sets] == names
    assert [len(part.recognised) for part in recording.parts] == [1, 1, 1]
    assert len(recording.reps) == 6
    assert recording.source.name == track.name


def test_a_track_without_exercise_says_that_none_was_recognised(tmp_path: Path) -> None:
    with TrackWriter(tmp_path / "nobody.npz") as writer:
        writer.add(Pose.nobody(0.0, (64.0, 36.0)))
        writer.close({})
    with pytest.raises(formcheck.FormcheckError, match="no exercise was recognised"):
        formcheck.replay(tmp_path / "nobody.npz")


def test_what_cannot_be_judged_is_told_with_its_reason(track: Path) -> None:
    recording = formcheck.replay(track, "plank")
    assert recording.reps == recording.holds == ()
    assert [item.what for item in recording.not_judged] == ["recording"]
    assert recording.not_judged[0].reason


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"dose": "002"}, "a dose needs an exercise"),
        ({"exercise": "bridge", "dose": "9"}, "bridge has no dose '9'"),
        ({"side": "top"}, "side 'top': say left or right"),
        ({"height_cm": 17}, "a height of 17 cm: give one from 100 to 230"),
    ],
)
def test_what_is_not_there_is_refused_before_a_file_is_opened(
    asked: dict[str, Any], told: str
) -> None:
    for call in (formcheck.replay, formcheck.judge):
        with pytest.raises(formcheck.FormcheckError) as error:
            call("none", **asked)
        assert str(error.value).startswith(told)


def test_pictures_without_a_folder_are_refused() -> None:
    with pytest.raises(formcheck.FormcheckError, match=r"^pictures need a folder"):
        formcheck.judge("none.mp4", pictures=True)


# --- results ----------------------------------------------------------------------------------


def test_a_dict_is_what_events_json_says_of_each_part(
    drawn: tuple[formcheck.Recording, Filmed],
) -> None:
    recording, _ = drawn
    told = json.loads(json.dumps(recording.to_dict(), allow_nan=False))
    assert told["source"]["name"] == "session.mp4"
    files = [path for path in recording.written if path.suffix == ".json"]
    assert told["parts"] == [json.loads(path.read_text(encoding="utf-8")) for path in files]
    assert [part["totals"]["counted"] for part in told["parts"]] == [2, 2, 2]


def test_a_table_has_a_row_for_each_rep(replayed: formcheck.Recording, track: Path) -> None:
    table = replayed.to_dataframe()
    assert list(table["part"]) == [1, 1, 2, 2, 3, 3]
    assert list(table["exercise"][::2]) == ["bridge", "bodyweight_squat", "bridge"]
    assert list(table["number"]) == [1, 2] * 3
    assert (table["end_s"] > table["start_s"]).all()
    assert table["peak"].dtype == float
    empty = formcheck.replay(track, "plank").to_dataframe()
    assert list(empty.columns) == list(table.columns)
    assert len(empty) == 0


def test_a_table_without_pandas_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def importing(name: str, *rest: Any) -> Any:
        if name == "pandas":
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    recording, real = formcheck.replay(TRUTH, "bridge"), builtins.__import__
    monkeypatch.setattr(builtins, "__import__", importing)
    with pytest.raises(ImportError, match=r"^a table needs pandas: pip install") as error:
        recording.to_dataframe()
    assert isinstance(error.value, formcheck.FormcheckError)


# --- a video ----------------------------------------------------------------------------------


def test_a_recording_of_several_sets_is_read_once_to_estimate_and_once_to_draw(
    drawn: tuple[formcheck.Recording, Filmed],
) -> None:
    recording, made = drawn
    assert len(recording.parts) == 3
    assert made.reads == 2


def test_every_set_of_a_video_has_its_own_files_and_all_share_one_track(
    drawn: tuple[formcheck.Recording, Filmed],
) -> None:
    recording, _ = drawn
    for part in recording.parts:
        assert {path.suffix for path in part.written} == {".mp4", ".json", ".csv", ".npz", ".html"}
    assert len(recording.written) == 3 * 4 + 1
    assert set(recording.written[0].parent.iterdir()) == set(recording.written)


def test_a_session_is_judged_alike_as_a_video_and_from_its_track(
    drawn: tuple[formcheck.Recording, Filmed], replayed: formcheck.Recording
) -> None:
    recording, _ = drawn
    assert [part.events for part in recording.parts] == [part.events for part in replayed.parts]


def test_each_set_is_drawn_from_the_set_before_it_to_the_set_behind_it(
    drawn: tuple[formcheck.Recording, Filmed], session: list[Pose]
) -> None:
    recording, _ = drawn
    sets = [one for part in recording.parts for one in part.recognised]
    videos = [path for path in recording.written if path.suffix == ".mp4"]
    due = [[pose.t_s for pose in session if window.holds(pose)] for window in windows(sets)]
    assert [times_s(video) for video in videos] == [pytest.approx(one, abs=0.001) for one in due]
    assert sum(map(len, due)) > len(session)


def times_s(video: Path) -> list[float]:
    """The times of the pictures of a video."""
    with av.open(str(video)) as container:
        return [float(frame.time or 0.0) for frame in container.decode(video=0)]


def test_no_more_videos_are_open_than_overlap(
    session: list[Pose], replayed: formcheck.Recording, tmp_path: Path
) -> None:
    sets = [one for part in replayed.parts for one in part.recognised]
    parts = [
        (Part(one.task, window, number), one)
        for number, (one, window) in enumerate(zip(replayed.parts, windows(sets), strict=True), 1)
    ]
    most = 0

    def tick(_: object) -> None:
        nonlocal most
        most = max(most, len(list(tmp_path.glob("*.part"))))

    film = Filmed(session, fps=FPS)
    show(film, session, parts, Outputs.beside(Path("a.mp4"), tmp_path), tick=tick)
    assert most == 2


def test_without_pictures_it_is_read_once_and_without_a_folder_nothing_is_written(
    session: list[Pose], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with shown(session) as made:
        recording = formcheck.judge("session.mp4", "bridge")
    assert made.reads == 1
    assert len(recording.reps) == 4
    assert recording.written == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("pictures", [True, False])
@pytest.mark.parametrize("declared", ["nothing", "the truth", "too much"])
def test_the_progress_ends_at_its_total(
    session: list[Pose], tmp_path: Path, declared: str, pictures: bool
) -> None:
    poses, steps = session[:40], list[formcheck.Step]()
    frames = {"nothing": None, "the truth": 40, "too much": 90}[declared]
    with shown(poses, frames):
        formcheck.judge("a.mp4", "bridge", out=tmp_path, pictures=pictures, progress=steps.append)
    passes = 2 if pictures else 1
    assert [step.done for step in steps] == list(range(1, 40 * passes + 1))
    assert [step.doing for step in steps[::40]] == ["estimating", "drawing"][:passes]
    assert {step.total for step in steps[:40]} == {frames and frames * passes}
    assert {step.total for step in steps[40:]} <= {80}


def test_what_was_lost_on_the_way_stands_in_every_report(
    drawn: tuple[formcheck.Recording, Filmed],
) -> None:
    recording, _ = drawn
    assert recording.source.notes == ["two frames were lost"]
    reports = [path.read_text(encoding="utf-8") for path in recording.written
               if path.suffix == ".html"]  # fmt: skip
    assert [report.count("Two frames were lost") for report in reports] == [1, 1, 1]


def test_a_real_video_is_judged_with_the_real_pose_model(tmp_path: Path) -> None:
    steps: list[formcheck.Step] = []
    video = FOLDER / "bodyweight_squat" / "squat_oblique.mp4"
    recording = formcheck.judge(video, "Bodyweight squat", out=tmp_path, progress=steps.append)
    assert outcomes(recording) == ["full"] * 3
    assert {path.name for path in recording.written} == {path.name for path in tmp_path.iterdir()}
    assert steps[-1].share == 1.0
    again = formcheck.replay(tmp_path / "squat_oblique.poses.npz", "bodyweight_squat")
    assert again.parts[0].to_dict() == recording.parts[0].to_dict()


def test_a_mirrored_film_in_slow_motion_is_put_right_and_says_so(
    session: list[Pose], tmp_path: Path
) -> None:
    film = [replace(pose.mirrored(), t_s=4 * pose.t_s) for pose in session]
    with shown(film):
        recording = formcheck.judge(
            "session.mp4", "bridge", mirrored=True, speed=0.25, out=tmp_path, pictures=True
        )
    (part,) = recording.parts
    with shown(session):
        real = formcheck.judge("session.mp4", "bridge")
    assert [(rep.attempt.outcome, rep.attempt.side) for rep in recording.reps] == [
        (rep.attempt.outcome, rep.attempt.side) for rep in real.reps
    ]
    assert (part.to_dict()["mirrored"], part.to_dict()["speed"]) == (True, 0.25)
    assert "left and right are swapped back" in (tmp_path / "session.report.html").read_text()
    assert times_s(tmp_path / "session.annotated.mp4")[-1] == pytest.approx(
        session[-1].t_s, abs=0.01
    )


def test_a_track_remembers_neither_mirror_nor_speed(track: Path) -> None:
    plain = formcheck.replay(track, "bridge")
    formcheck.replay(track, "bridge", mirrored=True, speed=0.5)
    assert formcheck.replay(track, "bridge").to_dict() == plain.to_dict()
    assert (plain.parts[0].to_dict()["mirrored"], plain.parts[0].to_dict()["speed"]) == (False, 1.0)


@pytest.mark.parametrize("speed", [0.0, -1.0, 51.0, float("nan")])
def test_a_speed_that_no_film_has_is_refused(track: Path, speed: float) -> None:
    with pytest.raises(formcheck.FormcheckError, match="times real speed"):
        formcheck.replay(track, "bridge", speed=speed)


class GoneAfterOnePass(Filmed):
    """A film that is deleted once it was read."""

    def __iter__(self) -> Iterator[Frame]:
        if self.reads:
            raise SourceError("the film is gone")
        return super().__iter__()


def test_a_film_that_goes_between_the_passes_costs_its_video_and_no_report(tmp_path: Path) -> None:
    poses = film(Script(Bridge(), (Stay(2), *reps(2, Bridge(), Bridge(178)))), fps=10)
    with (
        in_place_of_files(GoneAfterOnePass(poses)),
        pytest.raises(FormcheckError, match="the film is gone"),
    ):
        formcheck.judge("session.mp4", "bridge", out=tmp_path, pictures=True)
    made = {path.name.partition(".")[2] for path in tmp_path.iterdir() if path.is_file()}
    assert {"events.json", "reps.csv", "poses.npz", "report.html"} <= made
    assert "annotated.mp4" not in made


@pytest.mark.parametrize("name", ["", "/", ".", ".."])
def test_a_folder_is_no_recording(tmp_path: Path, name: str) -> None:
    with pytest.raises(FormcheckError, match="a folder; give the files in it"):
        formcheck.judge(name, "bridge", out=tmp_path)
    assert list(tmp_path.iterdir()) == []
