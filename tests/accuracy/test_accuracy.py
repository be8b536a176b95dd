"""The published card is what judging the committed tracks gives today."""

from __future__ import annotations

import json

import pytest

from accuracy.judging import Scored, filed_paths, judge_all_filed
from accuracy.plans import judged_exercises
from accuracy.published import JSON_FILE, as_json, card_of
from accuracy.twin_scores import TWINS, UNPREPARED, all_kept, as_line, judge_twin, kept
from sample_videos.generator.population import REPORTING_SEEDS, SAMPLE_SEEDS, TUNING_SEEDS

WORKERS = 2


PUBLISHED = json.loads(JSON_FILE.read_text(encoding="utf-8"))

LOOKED_AT = judged_exercises()[::3]
"""Every third exercise: all of them take minutes (`make accuracy`)."""


def test_the_committed_tracks_still_give_the_published_card() -> None:
    told = as_json(card_of({"pixels": judge_all_filed(LOOKED_AT, workers=WORKERS)}))["pixels"]
    assert told == {exercise: PUBLISHED["pixels"][exercise] for exercise in LOOKED_AT}


def test_the_kept_scores_of_twins_give_the_published_card() -> None:
    assert as_json(card_of({"twins": all_kept()}))["twins"] == PUBLISHED["twins"]


def test_the_kept_scores_of_unprepared_sets_give_the_published_card() -> None:
    told = as_json(card_of({"unprepared": all_kept(UNPREPARED)}))["unprepared"]
    assert told == PUBLISHED["unprepared"]


def test_every_exercise_that_can_be_judged_is_in_every_tier() -> None:
    for tier in ("pixels", "twins", "unprepared"):
        assert sorted(PUBLISHED[tier]) == judged_exercises()


JUDGED_AGAIN = [kept(exercise)[0] for exercise in judged_exercises()[::8]]
"""One set of every eighth exercise: a set costs some seconds."""

UNPREPARED_AGAIN = [
    kept(exercise, UNPREPARED)[nth] for nth, exercise in enumerate(judged_exercises()[3::5])
]
"""One set of every fifth exercise, each unprepared in another way."""


@pytest.mark.parametrize(
    "scored",
    [*JUDGED_AGAIN, *UNPREPARED_AGAIN],
    ids=lambda one: f"{one.plan.exercise} {one.plan.unprepared or 'twin'}",
)
def test_a_set_without_pixels_is_judged_today_as_its_kept_score_says(scored: Scored) -> None:
    assert as_line(judge_twin(scored.plan)) == as_line(scored)


def test_reporting_and_tuning_seeds_are_apart() -> None:
    kinds = [set(seeds) for seeds in (TUNING_SEEDS, REPORTING_SEEDS, SAMPLE_SEEDS)]
    assert sum(map(len, kinds)) == len(set.union(*kinds))


def test_unprepared_sets_are_apart_from_the_other_twins() -> None:
    for exercise in judged_exercises():
        seeds = [{plan.seed for plan in shelf.plans(exercise)} for shelf in (TWINS, UNPREPARED)]
        assert not set.intersection(*seeds)
        assert set.union(*seeds) <= set(REPORTING_SEEDS)


def test_only_sets_from_reporting_seeds_are_filed() -> None:
    assert all(int(path.stem.rsplit("_", 1)[1]) in REPORTING_SEEDS for path in filed_paths())


def test_the_filed_tracks_stay_small() -> None:
    assert sum(path.stat().st_size for path in filed_paths()) < 15e6
