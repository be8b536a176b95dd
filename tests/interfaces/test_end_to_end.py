"""A user's way through the program, on a real file with the real pose model."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import av
import pytest
from click.testing import CliRunner, Result

from formcheck.interfaces.cli.commands import main
from formcheck.words import conditions
from sample_videos.expected import FOLDER

FILM = FOLDER / "bodyweight_squat" / "squat_oblique.mp4"
REAL = Path(__file__).parents[3] / "shared" / "clips" / "squat__rohanx01__squat.mp4"

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")

FILES = ("annotated.mp4", "events.json", "reps.csv", "poses.npz", "report.html")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of the results, with what was printed."""
    folder = tmp_path_factory.mktemp("results")
    command = ["video", str(FILM), "-e", "bodyweight_squat", "--out", str(folder)]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return folder, result.stdout


def replayed(folder: Path, *options: str) -> str:
    command = ["replay", str(folder / "squat_oblique.poses.npz"), "-e", "bodyweight_squat"]
    result = CliRunner().invoke(main, [*command, *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def events_of(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "squat_oblique.events.json").read_text())
    return document


def test_a_video_gives_five_files_and_names_them(judged: tuple[Path, str]) -> None:
    folder, printed = judged
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        f"squat_oblique.{end}" for end in FILES
    )
    assert all(f"squat_oblique.{end}" in printed.replace("\n", "") for end in FILES)


def test_the_count_is_printed(judged: tuple[Path, str]) -> None:
    assert "Set 1: 3 reps counted, 3 with good form" in judged[1]


def test_the_demo_prints_what_the_readme_shows(tmp_path: Path) -> None:
    shown = README.split("After the set-up the demo")[1].split("```")[1].strip("\n").splitlines()
    command = ["video", str(FOLDER / "bridge" / "bridge_side.mp4"), "-e", "bridge", "--dose", "002"]
    result = CliRunner().invoke(main, [*command, "--no-pictures", "--out", str(tmp_path)])
    printed = [line.rstrip() for line in result.stdout.splitlines()]
    assert [line for line in printed if not line.startswith(f"  {tmp_path}")] == shown[
        : -len(FILES)
    ]
    assert shown[-len(FILES) :] == [f"  out/bridge_side.{end}" for end in FILES]


def test_a_replay_gives_the_same_events_to_the_digit(judged: tuple[Path, str]) -> None:
    assert json.loads(replayed(judged[0], "--json")) == events_of(judged[0])


def test_a_rep_is_explained_by_its_levels(judged: tuple[Path, str]) -> None:
    told = replayed(judged[0], "--explain", "2")
    assert "Attempt 2: full (counted)" in told
    assert all(conditions.LEVELS[level] in told for level in ("leave", "reach", "fall", "back"))


def test_the_annotated_video_has_every_frame_at_its_own_time(judged: tuple[Path, str]) -> None:
    with (
        av.open(str(FILM)) as film,
        av.open(str(judged[0] / "squat_oblique.annotated.mp4")) as ours,
    ):
        assert ours.streams.video[0].codec_context.name == "h264"
        due = [frame.time for frame in film.decode(video=0)]
        assert [frame.time for frame in ours.decode(video=0)] == pytest.approx(due, abs=0.002)


def test_the_report_shows_a_picture_of_every_rep_and_fetches_nothing(
    judged: tuple[Path, str],
) -> None:
    page = (judged[0] / "squat_oblique.report.html").read_text(encoding="utf-8")
    assert page.count("data:image/jpeg;base64,") == 3
    assert "Bodyweight squats" in page
    assert 'src="http' not in page
    assert "<script" not in page


def test_the_table_of_reps_agrees_with_the_events(judged: tuple[Path, str]) -> None:
    rows = list(csv.DictReader((judged[0] / "squat_oblique.reps.csv").read_text().splitlines()))
    attempts = [e for e in events_of(judged[0])["events"] if e["kind"] == "attempt"]
    assert [row["outcome"] for row in rows] == [attempt["outcome"] for attempt in attempts]
    assert [float(row["top_s"]) for row in rows] == pytest.approx(
        [attempt["top_s"] for attempt in attempts], abs=0.001
    )


@pytest.fixture(scope="module")
def judged_again(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A broken file and a film, without pictures, where an earlier run has left a report."""
    folder = tmp_path_factory.mktemp("again")
    (folder / "squat_oblique.report.html").write_text("old")
    (folder / "broken.mp4").write_bytes(b"this is no video")
    command = ["video", str(folder / "broken.mp4"), str(FILM), "-e", "bodyweight_squat"]
    command += ["--no-pictures", "--out", str(folder)]
    return folder, CliRunner().invoke(main, command, catch_exceptions=False)


def test_one_broken_file_does_not_keep_the_others_from_being_judged(
    judged_again: tuple[Path, Result],
) -> None:
    _, result = judged_again
    assert result.exit_code == 2
    assert "broken.mp4" in result.stderr
    assert "Set 1: 3 reps counted" in result.stdout


def test_json_is_all_that_is_printed(tmp_path: Path) -> None:
    command = ["video", str(FILM), "-e", "bodyweight_squat", "--json", "--no-pictures"]
    result = CliRunner().invoke(main, [*command, "--out", str(tmp_path)], catch_exceptions=False)
    assert json.loads(result.stdout)["totals"]["counted"] == 3


def test_what_an_earlier_run_left_is_neither_listed_nor_removed(
    judged_again: tuple[Path, Result],
) -> None:
    folder, result = judged_again
    listed = result.stdout.replace("\n", "")
    assert [end for end in FILES if f"squat_oblique.{end}" in listed] == list(FILES[1:4])
    assert (folder / "squat_oblique.report.html").read_text() == "old"


def test_several_files_are_one_list_of_json_with_the_errors_in_it(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"this is no video")
    command = ["video", str(broken), str(FILM), "-e", "bodyweight_squat", "--json"]
    command += ["--no-pictures", "--out", str(tmp_path)]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert result.exit_code == 2
    error, judged = json.loads(result.stdout)
    assert list(error) == ["file", "error"]
    assert error["file"] == str(broken)
    assert error["error"] in result.stderr
    assert judged == events_of(tmp_path)


@pytest.mark.skipif(not REAL.exists(), reason="the recordings of real people are not here")
def test_a_real_person_is_counted_as_by_eye(tmp_path: Path) -> None:
    command = ["video", str(REAL), "-e", "bodyweight_squat", "--json", "--no-pictures"]
    result = CliRunner().invoke(main, [*command, "--out", str(tmp_path)], catch_exceptions=False)
    assert json.loads(result.stdout)["totals"]["full"] == 2
