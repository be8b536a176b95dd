"""`python -m accuracy STEP`: film the sets of the card, fit the noise, judge, publish."""

from __future__ import annotations

import logging
import os
import sys

import click

from accuracy import gates, real, real_floor, real_tables, recognition
from accuracy.events import all_lines
from accuracy.fidelity import beside, fidelity, table
from accuracy.filed import read
from accuracy.fitting import films, fitted
from accuracy.judging import filed_paths, judge_all_filed
from accuracy.noise_file import load, save
from accuracy.pixels import TRACKS, TUNING_TRACKS, film_and_track
from accuracy.plans import judged_exercises, pixel_plans
from accuracy.published import RealPeople, card_of, publish
from accuracy.real_cases import PIECES, Piece, is_there
from accuracy.samples import all_differences
from accuracy.twin_scores import TWINS, UNPREPARED, all_kept, judge_missing, shown_sets
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
@click.option("--unprepared", "is_unprepared", is_flag=True, help="people who did not prepare")
@click.option("--workers", default=_WORKERS)
def twins(exercises: tuple[str, ...], every: int, is_unprepared: bool, workers: int) -> None:
    """Judge sets without pixels; scores that are kept already stay (accuracy/twins, and
    accuracy/unprepared)."""
    shelf = UNPREPARED if is_unprepared else TWINS
    judge_missing(exercises or judged_exercises(), shelf, every=every, workers=workers)


@main.command()
@click.option("--real", "real_alone", is_flag=True, help="recordings alone; the rest is kept")
@click.option("--workers", default=_WORKERS)
def recognise(real_alone: bool, workers: int) -> None:
    """Recognise what is done in filed sets and recordings (accuracy/recognised.json)."""
    for one in recognition.run(workers=workers, real_alone=real_alone):
        if not one.is_right:
            logging.info("%s %s: %s told as %s", one.kind, one.name, one.due, ", ".join(one.told))


@main.command("gates")
@click.argument("exercises", nargs=-1)
@click.option("--people", default=1, help="scripted bodies that are filmed from everywhere")
def try_gates(exercises: tuple[str, ...], people: int) -> None:
    """Try all gates on good form, and write docs/gates.md; of named exercises, print theirs."""
    table_of_gates = gates.measured(exercises, people)
    if exercises:
        click.echo(table_of_gates)
    else:
        gates.PAGE.write_text(table_of_gates, encoding="utf-8")


@main.command("real")
@click.option("--only", "pieces", multiple=True, type=click.Choice(list(PIECES)), help="pieces")
@click.option("--workers", default=1)
@click.option("--keep-as-floor", is_flag=True, help="make it what tests hold later runs to")
def judge_real(pieces: tuple[Piece, ...], workers: int, keep_as_floor: bool) -> None:
    """Judge recordings of real people, and print their strict scores (accuracy/real.json)."""
    if not is_there():
        raise click.ClickException("the labelled recordings are not beside the repository")
    found = real.run(pieces, workers=workers)
    if keep_as_floor:
        real_floor.keep(found)
    shown = [one for one in found if not pieces or one.piece in pieces]
    seen = recognition.in_short(recognition.kept(), "recordings")
    click.echo(real_tables.report(shown, "" if pieces else seen))


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
    tiers = {"pixels": scored, "twins": all_kept(), "unprepared": all_kept(UNPREPARED)}
    seen = recognition.tables(recognition.kept())
    filmed = fidelity(read(path) for path in filed_paths())
    drawn = fidelity(shown_sets(dict.fromkeys(row.exercise for row in filmed)))
    publish(card_of(tiers), _real_people(), seen, table(filmed), beside(filmed, drawn))


def _real_people() -> RealPeople:
    """What the last run on recordings found; they need not be beside the repository for it."""
    found, seen = real.kept(), recognition.in_short(recognition.kept(), "recordings")
    return RealPeople(
        summary=real_tables.summary(found, seen),
        columns=real_tables.columns(found),
        lines=real_tables.lines(found),
    )


if __name__ == "__main__":
    main()
