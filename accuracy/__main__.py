"""`python -m accuracy STEP`: film the sets of the card, fit the noise, judge, publish."""

from __future__ import annotations

import logging
import os
import sys

import click

from accuracy import clips, recognition
from accuracy.events import all_lines
from accuracy.fidelity import beside, fidelity, table
from accuracy.filed import read
from accuracy.fitting import films, fitted
from accuracy.judging import filed_paths, judge_all_filed
from accuracy.noise_file import load, save
from accuracy.pixels import TRACKS, TUNING_TRACKS, film_and_track
from accuracy.plans import judged_exercises, pixel_plans
from accuracy.published import card_of, publish
from accuracy.samples import all_differences
from accuracy.twin_scores import all_kept, judge_missing, shown_sets
from accuracy.twins import MODELS
from sample_videos.generator.exercises import all_motions
from sample_videos.generator.population import REPORTING_SEEDS, TUNING_SEEDS

_WORKERS = os.cpu_count() or 1


@click.group(help=__doc__)
def main() -> None:
    """Run one step."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)


@main.command()
@click.argument("exercises", nargs=-1)
@click.option("--clean", default=2, help="clean sets of each exercise")
@click.option("--faulty", default=2, help="sets with a fault of each exercise")
@click.option("--tuning", is_flag=True, help="sets to fit the noise to, not to report")
@click.option("--workers", default=_WORKERS)
def film(exercises: tuple[str, ...], clean: int, faulty: int, tuning: bool, workers: int) -> None:
    """Film sets and follow the person in them; what is filed already is kept."""
    seeds = TUNING_SEEDS if tuning else REPORTING_SEEDS
    wanted = [
        plan
        for exercise in exercises or all_motions()
        for plan in pixel_plans(exercise, clean=clean, faulty=faulty, seeds=seeds)
    ]
    film_and_track(wanted, workers=workers, folder=TUNING_TRACKS if tuning else TRACKS)


@main.command("fit")
@click.argument("exercises", nargs=-1)
def fit_noise(exercises: tuple[str, ...]) -> None:
    """Fit the twins' noise to the tuning sets and the sample videos (accuracy/fitting.py).

    Of exercises that are not named the noise stays.
    """
    models = fitted(films(exercises or all_motions()), load(MODELS) if MODELS.exists() else {})
    save(MODELS, models)
    for key, model in ((key, model) for key, some in models.items() for model in some):
        spread = float(model.jitter[-1].deviation.reshape(-1, 6)[:, :2].mean())
        logging.info(
            "%s: %d films, jitter %.1f %% of the torso for %.2f s, legs swapped %.2f a second",
            key, model.films, 100 * spread, model.lasting_s, model.swaps_per_s,
        )  # fmt: skip


@main.command()
@click.argument("exercises", nargs=-1)
@click.option("--every", default=1, help="judge only each so many-th set of the plan")
@click.option("--workers", default=_WORKERS)
def twins(exercises: tuple[str, ...], every: int, workers: int) -> None:
    """Judge sets without pixels; scores that are kept already stay (accuracy/twins)."""
    judge_missing(exercises or judged_exercises(), every=every, workers=workers)


@main.command()
@click.option("--workers", default=_WORKERS)
def recognise(workers: int) -> None:
    """Recognise what is done in filed sets and recordings (accuracy/recognised.json)."""
    for one in recognition.run(workers=workers):
        if not one.is_right:
            logging.info("%s %s: %s told as %s", one.kind, one.name, one.due, ", ".join(one.told))


@main.command()
@click.option("--workers", default=_WORKERS)
def events(workers: int) -> None:
    """Print what is judged of every set and recording, to hold one version against another."""
    for line in all_lines(workers=workers):
        click.echo(line)


@main.command()
def samples() -> None:
    """Follow all sample videos with the real model, and say what differs from the truth and what
    is not recognised."""
    found = list(all_differences())
    for name, what, taken_for in found:
        logging.info("%s: %s", name, "; ".join([*(what or ["as the true joints"]), *taken_for]))
    same = sum(not what for _, what, _ in found)
    right = sum(not taken_for for _, _, taken_for in found)
    logging.info("of %d: %d as the true joints, %d recognised", len(found), same, right)


@main.command()
@click.option("--workers", default=_WORKERS)
def judge(workers: int) -> None:
    """Judge all filed sets and publish the card; needs neither pictures nor the model."""
    scored = judge_all_filed(workers=workers)
    for one in scored:
        if one.score.column != "exact" or any(
            tally.false_alarms or tally.misses for tally in one.score.faults.values()
        ):
            logging.info("%s: %s", one.plan, one.score)
    real = (
        clips.table(list(clips.expectations()))
        if clips.LABELS.is_file()
        else "Not beside the repository in this run."
    )
    tiers = {"pixels": scored, "twins": list(all_kept())}
    seen = recognition.tables(recognition.kept())
    filmed = fidelity(read(path) for path in filed_paths())
    drawn = fidelity(shown_sets(dict.fromkeys(row.exercise for row in filmed)))
    publish(card_of(tiers), real, seen, table(filmed), beside(filmed, drawn))


if __name__ == "__main__":
    main()
