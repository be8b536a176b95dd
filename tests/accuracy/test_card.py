"""The accuracy card: matching, tallies, shares with their intervals, and filed sets."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from accuracy import unprepared
from accuracy.card import FaultRow, Share, row
from accuracy.filed import FiledSet, read, write
from accuracy.picture import draw
from accuracy.published import BEGIN, END, WELL_KNOWN_SETS, between_markers, summary
from accuracy.score import Due, SetScore, Tally, matched, score
from formcheck.records.events import Attempt, Fault, NotJudged, Outcome, Source
from formcheck.records.pose import LANDMARK_COUNT, Pose
from formcheck.records.reasons import Reason
from formcheck.records.report import Report, fold

NOWHERE = Source("ours", "for the tests")
SIZE_PX = (640.0, 360.0)


def attempt(number: int, start_s: float, end_s: float, *, outcome: Outcome = "full",
            hold_s: float = 2.0) -> Attempt:  # fmt: skip
    return Attempt(end_s, number, outcome, None, start_s, end_s - 0.5, hold_s, 2.0, 170.0, "deg",
                   None, False, ())  # fmt: skip


def fault(name: str, number: int | None) -> Fault:
    return Fault(1.0, name, "warn", "cue", number, None, 1.0, "deg", "rule", (), NOWHERE)


def due(start_s: float, end_s: float, *faults: str, kind: str = "good",
        hold_s: float = 2.1) -> Due:  # fmt: skip
    return Due(kind, frozenset(faults), start_s, end_s, hold_s)


def scored(
    dues: list[Due], report: Report, *lasting: str, tellable: tuple[str, ...] = ("low", "bent")
) -> SetScore:
    return score(dues, report, tellable=frozenset(tellable), lasting=frozenset(lasting))


# ---------------------------------------------------------------- matching and counts


def test_a_scripted_rep_belongs_to_the_attempt_that_overlaps_it_most() -> None:
    report = fold([attempt(1, 2, 5), attempt(2, 5.2, 9)])
    first, second = matched([(4.5, 8.5), (2.0, 5.0)], report.reps)
    assert first is report.reps[1]
    assert second is report.reps[0]


def test_a_scripted_rep_that_nothing_overlaps_has_no_attempt() -> None:
    assert matched([(20, 24)], fold([attempt(1, 2, 5)]).reps) == [None]


def test_one_attempt_stands_for_one_scripted_rep_only() -> None:
    report = fold([attempt(1, 2, 9)])
    assert matched([(2, 5), (5, 9)], report.reps).count(None) == 1


def test_a_partial_rep_is_not_due_and_a_faulty_one_is() -> None:
    dues = [due(2, 5), due(6, 9, "bent", kind="fault"), due(10, 12, "low", kind="partial")]
    report = fold([attempt(1, 2, 5), attempt(2, 6, 9), attempt(3, 10, 12, outcome="partial")])
    assert scored(dues, report).column == "exact"


def test_a_phantom_rep_makes_a_count_wrong() -> None:
    report = fold([attempt(1, 2, 5), attempt(2, 6, 9)])
    assert scored([due(2, 5)], report).column == "wrong"


def test_a_rep_that_was_not_judged_is_no_wrong_count() -> None:
    report = fold([attempt(1, 2, 5), attempt(2, 6, 9, outcome="not_judged")])
    assert scored([due(2, 5), due(6, 9)], report).column == "not judged"


def test_a_refused_recording_is_not_judged_and_says_why() -> None:
    report = fold([NotJudged(9.0, "recording", Reason("nobody"))])
    found = scored([due(2, 5)], report)
    assert (found.column, found.refused) == ("not judged", "nobody was seen")


def test_a_hold_is_compared_with_that_of_the_true_joints() -> None:
    report = fold([attempt(1, 2, 5, hold_s=1.9)])
    assert scored([due(2, 5, hold_s=2.1)], report).hold_errors_s == pytest.approx((-0.2,))


def test_a_hold_without_truth_is_not_compared() -> None:
    report = fold([attempt(1, 2, 5)])
    assert scored([due(2, 5, hold_s=math.nan)], report).hold_errors_s == ()


def test_a_hold_that_nobody_asked_for_is_not_compared() -> None:
    unasked = replace(attempt(1, 2, 5), hold_asked_s=0.0)
    assert scored([due(2, 5)], fold([unasked])).hold_errors_s == ()


def test_a_rep_that_the_recording_cuts_off_is_not_due_and_told_as_such() -> None:
    dues = [due(-1, 2, kind="cut_off"), due(3, 6), due(7, 10, kind="cut_off")]
    report = fold([attempt(1, 0, 2, outcome="cut_off"), attempt(2, 3, 6)])
    found = scored(dues, report)
    assert (found.column, found.cut_off, found.cut_off_due) == ("exact", 1, 2)


def test_a_cut_off_rep_that_is_counted_makes_a_count_wrong() -> None:
    found = scored([due(-1, 2, kind="cut_off")], fold([attempt(1, 0, 2)]))
    assert (found.column, found.cut_off, found.cut_off_due) == ("wrong", 0, 1)


# ---------------------------------------------------------------- faults


def test_an_injected_fault_that_is_told_is_a_hit() -> None:
    report = fold([attempt(1, 2, 5), fault("low", 1)])
    found = scored([due(2, 5, "low", kind="fault")], report).faults
    assert found == {"low": Tally(hits=1), "bent": Tally()}


def test_a_fault_told_in_another_rep_is_a_miss_and_a_false_alarm() -> None:
    dues = [due(2, 5, "low", kind="fault"), due(6, 9)]
    report = fold([attempt(1, 2, 5), attempt(2, 6, 9), fault("low", 2)])
    assert scored(dues, report).faults["low"] == Tally(misses=1, false_alarms=1)


def test_a_fault_of_a_phantom_rep_is_a_false_alarm() -> None:
    report = fold([attempt(1, 2, 5), attempt(2, 30, 33), fault("low", 2)])
    assert scored([due(2, 5)], report).faults["low"] == Tally(false_alarms=1)


def test_a_fault_of_the_start_posture_is_a_false_alarm_where_none_was_injected() -> None:
    report = fold([attempt(1, 2, 5), fault("low", None)])
    assert scored([due(2, 5)], report).faults["low"] == Tally(false_alarms=1)


def test_a_lasting_fault_is_one_hit_wherever_it_is_told() -> None:
    dues = [due(2, 5, "low", kind="fault"), due(6, 9, "low", kind="fault")]
    for number in (None, 2):
        report = fold([attempt(1, 2, 5), attempt(2, 6, 9), fault("low", number)])
        assert scored(dues, report, "low").faults["low"] == Tally(hits=1)


def test_a_lasting_fault_that_is_not_told_is_one_miss() -> None:
    dues = [due(2, 5, "low", kind="fault"), due(6, 9, "low", kind="fault")]
    report = fold([attempt(1, 2, 5), attempt(2, 6, 9)])
    assert scored(dues, report, "low").faults["low"] == Tally(misses=1)


def test_a_fault_that_the_view_cannot_show_is_not_asked_for() -> None:
    report = fold([attempt(1, 2, 5)])
    found = scored([due(2, 5, "low", kind="fault")], report, tellable=("bent",))
    assert "low" not in found.faults


# ---------------------------------------------------------------- shares


def test_an_interval_is_wilsons() -> None:
    share = Share(81, 263)
    assert (share.low, share.high) == pytest.approx((0.2553, 0.3662), abs=5e-4)


def test_all_right_of_few_is_no_certainty() -> None:
    assert Share(4, 4).low == pytest.approx(0.51, abs=0.01)
    assert Share(4, 4).high == pytest.approx(1)


def test_no_cases_say_nothing() -> None:
    assert math.isnan(Share(0, 0).value)
    assert Share(0, 0).as_json()["share"] is None


def test_precision_counts_false_alarms_and_recall_misses() -> None:
    found = FaultRow(Tally(hits=6, false_alarms=2, misses=4))
    assert (found.precision.value, found.recall.value) == (0.75, 0.6)


def test_sets_that_were_not_judged_are_left_out_of_the_exact_share() -> None:
    one = row([SetScore(2, 2), SetScore(1, 2), SetScore(0, 2, refused="nobody was seen")])
    assert (one.exact.hits, one.exact.cases) == (1, 2)
    assert (one.not_judged.hits, one.not_judged.cases) == (1, 3)
    assert one.count_error == 0.5


# ---------------------------------------------------------------- files


def film(count: int = 20) -> list[Pose]:
    rng = np.random.default_rng(5)
    poses = []
    for n in range(count):
        xy = rng.uniform(0, 640, (LANDMARK_COUNT, 2)).astype(np.float32)
        world = rng.normal(0, 0.4, (LANDMARK_COUNT, 3)).astype(np.float32)
        seen = rng.uniform(0, 1, LANDMARK_COUNT).astype(np.float32)
        outline = rng.uniform(0, 360, (n % 4 * 5, 2)).astype(np.float32)
        poses.append(Pose(n / 15, xy, world, seen, seen, SIZE_PX, outline))
    poses[7] = Pose.nobody(7 / 15, SIZE_PX)
    return poses


def test_a_filed_set_comes_back_within_its_steps(tmp_path: Path) -> None:
    tracked = film()
    write(tmp_path / "set.zip", FiledSet({"seed": 3}, tracked, tracked[::-1][:20]))
    back = read(tmp_path / "set.zip")
    assert back.facts == {"seed": 3}
    for due_pose, pose in zip(tracked, back.tracked, strict=True):
        assert pose.t_s == due_pose.t_s
        assert pose.xy_px == pytest.approx(due_pose.xy_px, abs=0.07, nan_ok=True)
        assert pose.world_m == pytest.approx(due_pose.world_m, abs=0.0006, nan_ok=True)
        assert pose.visibility == pytest.approx(due_pose.visibility, abs=0.003, nan_ok=True)
        assert pose.outline_px == pytest.approx(due_pose.outline_px, abs=0.07)


def test_a_frame_without_a_person_stays_one(tmp_path: Path) -> None:
    write(tmp_path / "set.zip", FiledSet({}, film(), film()))
    seen = [pose.is_seen for pose in read(tmp_path / "set.zip").tracked]
    assert [n for n, is_seen in enumerate(seen) if not is_seen] == [7]


def test_a_table_is_put_between_its_markers_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    between_markers(page, "new")
    assert page.read_text() == f"before\n{BEGIN}\nnew\n{END}\nafter\n"


def test_a_page_without_markers_is_not_written(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("text\n")
    with pytest.raises(ValueError, match="no line"):
        between_markers(page, "new")
    assert page.read_text() == "text\n"


def test_the_picture_names_every_exercise_and_draws_each_share() -> None:
    rows = {"bridge": {"plain": row([SetScore(2, 2, faults={"low": Tally(hits=3)})])}}
    svg = draw(rows, kind="plain", title="Card")
    assert "Bridge" in svg
    assert svg.count("<circle") == 3


def test_unprepared_sets_are_shown_by_what_is_unprepared_and_by_exercise() -> None:
    many, refused = SetScore(3, 2), SetScore(0, 2, refused="wrong camera view")
    told = unprepared.section({
        "bridge": {"joined": row([SetScore(2, 2), many]), "high": row([refused])},
        "pelvic_tilt": {"joined": row([many])},
    })  # fmt: skip
    joined = next(
        line for line in told.splitlines() if "without a rest |" in line and "2 |" in line
    )
    assert "| 1 of 2 (50 %) | 1 of 2 (50 %) | 1 in 1 set | 0 |" in joined
    assert "| camera too high | 1 | 1: wrong camera view 1 |" in told
    assert "| Bridge | - | - | 1, wrong 1 (+1) | 0, not judged 1 | - | - | - |" in told


def test_exercises_with_few_sets_share_a_line_of_the_summary() -> None:
    exact, wrong = SetScore(2, 2), SetScore(1, 2)
    told = summary({
        "bridge": row([exact] * WELL_KNOWN_SETS), "cobra": row([exact]),
        "plank": row([exact, exact, wrong]),
    })  # fmt: skip
    lines = told.splitlines()[2:]
    assert [line.split(" | ")[0] for line in lines] == ["| Bridge", "| 2 others, 1 to 3 sets each"]
    assert "75.0 %" in lines[1]
