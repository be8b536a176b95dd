"""The worked example of the guide is a sound file, and judges what it says it judges."""

from __future__ import annotations

from pathlib import Path

from formcheck.exercises.catalog import lint
from formcheck.exercises.model import ExerciseSpec
from formcheck.exercises.reader import load_spec
from formcheck.judging.checker import Checker
from formcheck.records.events import Attempt, Fault
from formcheck.words import terms
from tests.bodies import Bridge, Camera, Script, Stay, film, reps

GUIDE = Path(__file__).parents[2] / "docs" / "your-first-exercise.md"


def written(folder: Path) -> ExerciseSpec:
    """The file of the guide, as its reader would have it."""
    path = folder / "my_bridge.toml"
    path.write_text(GUIDE.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0])
    spec = load_spec(path)
    assert lint(spec, path) == []
    return spec


def judged(spec: ExerciseSpec, top_deg: float) -> tuple[list[str], list[str]]:
    """The outcomes and the faults of three reps to that top."""
    rest, top = Bridge(), Bridge(top_deg)
    script = Script(rest, (Stay(2), *reps(3, rest, top, hold_s=3), Stay(2)))
    checker = Checker(spec.with_dose())
    events = [event for pose in film(script, Camera(azimuth_deg=-90), fps=30)
              for event in checker.update(pose)]  # fmt: skip
    events += checker.finish()
    outcomes = [event.outcome for event in events if isinstance(event, Attempt)]
    return outcomes, [event.id for event in events if isinstance(event, Fault)]


def test_the_file_of_the_guide_counts_straight_bridges_and_names_low_ones(tmp_path: Path) -> None:
    spec = written(tmp_path)
    assert judged(spec, 180) == (["full"] * 3, [])
    assert judged(spec, 158) == (["partial"] * 3, ["hips_low"] * 3)


def test_the_file_of_the_guide_says_how_much_of_tolerance_is_ours(tmp_path: Path) -> None:
    (reach,) = written(tmp_path).rep.level("reach")
    assert terms.number(reach.origin()) == (
        "Straight (document 001, Bridge exercise); 15° of tolerance are ours"
    )


def test_levels_that_the_file_of_the_guide_leaves_out_follow_from_its_reach(tmp_path: Path) -> None:
    rep = written(tmp_path).rep
    levels = {name: [clause.text for clause in getattr(rep, name)]
              for name in ("leave", "partial", "fall", "back")}  # fmt: skip
    assert levels == {
        "leave": ["hip_ext near rises 12 deg from rest"],
        "partial": ["hip_ext near rises 20 deg from rest"],
        "fall": ["hip_ext near below 160 deg"],
        "back": ["hip_ext near below 7 deg from rest"],
    }
