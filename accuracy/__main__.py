"""`python -m accuracy STEP`: film the sets of the card, fit the noise, judge, publish."""

from __future__ import annotations

import logging
import os
import sys

import click

from accuracy.pixels import TRACKS, TUNING_TRACKS, film_and_track
from accuracy.plans import pixel_plans
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


if __name__ == "__main__":
    main()
