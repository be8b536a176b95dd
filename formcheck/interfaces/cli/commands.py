"""The command line: thin commands over the library, tables for people, JSON for machines."""

from __future__ import annotations

import functools
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console

import formcheck
from formcheck.errors import FormcheckError, shown
from formcheck.exercises import catalog
from formcheck.exercises.model import ExerciseSpec, json_schema
from formcheck.exercises.reader import load_spec
from formcheck.interfaces.cli import signals, tables
from formcheck.interfaces.cli.consoles import take_every_character
from formcheck.interfaces.cli.progress import err, fetching, frame_bar
from formcheck.output.files import event_values
from formcheck.records.footage import SPEEDS
from formcheck.records.pose import Side
from formcheck.records.report import Rep
from formcheck.running.asked import HEIGHTS_CM
from formcheck.running.recording import INCH_CM, Outputs, is_own_picture
from formcheck.running.results import Judged, Recording
from formcheck.words import reasons, terms

USERS_MISTAKE = 2
"""Exit code for a mistake that the user can correct."""

PAGE_COLUMNS = 132
"""How wide a table is that goes to a file or another program, where no terminal limits it."""

out = Console(width=None if sys.stdout.isatty() else PAGE_COLUMNS, markup=False, emoji=False)
"""Where results are printed; what files say in it is text, whatever its brackets."""


class _Commands(click.Group):
    """A group whose commands report a mistake of the user in one line, and exit with 2."""

    def main(self, *args: Any, **more: Any) -> Any:
        """Run, on a console that takes every character."""
        take_every_character(sys.stdout, sys.stderr)
        return super().main(*args, **more)

    def make_context(
        self, info_name: str | None, args: list[str], *rest: Any, **more: Any
    ) -> click.Context:
        """Read what stands before the command; where there is nothing at all, help is given."""
        is_bare = not args
        try:
            return super().make_context(info_name, args, *rest, **more)
        except click.UsageError as error:
            if is_bare:
                raise
            _refuse(_misused(error, info_name))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            _refuse(_misused(error, ctx.command_path, ctx.invoked_subcommand))
        except FormcheckError as error:
            _refuse(str(error))
        except KeyboardInterrupt as ended:
            _complain("stopped")
            sys.exit(signals.exit_code(ended))


def _misused(error: click.UsageError, *command: str | None) -> str:
    """What click complains of, in one line as all others are."""
    text = " ".join(error.format_message().split())
    text = re.sub(r"\.? \(?(Did you mean .+\?)\)?$", lambda hint: f" ({_begun(hint[1])})", text)
    help_of = " ".join(filter(None, command))
    return f"{_begun(text.removesuffix('.'))}; see {help_of} --help"


def _begun(text: str) -> str:
    return text[:1].lower() + text[1:]


def _refuse(text: str) -> NoReturn:
    _complain(text)
    sys.exit(USERS_MISTAKE)


def _complain(text: str) -> None:
    for line in text.splitlines():
        err.print(f"formcheck: {line}", style="red", markup=False, highlight=False, soft_wrap=True)


@click.group(
    name="formcheck", cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(formcheck.__version__)
def main() -> None:
    """Check back-care exercises on video: count reps, time holds and report faults.

    formcheck is a coach. It does not diagnose, it is not a medical device, and it does not replace
    your doctor or physiotherapist.
    """
    signals.end_on_request()


_EXERCISE = click.option(
    "-e",
    "--exercise",
    metavar="EXERCISE",
    help="Exercise id (see `formcheck list`). Omit to detect it.",
)
_DOSE = click.option(
    "--dose", metavar="ID", help="Dose to judge against (see `formcheck show`). Default: the first."
)
_SIDE = click.option(
    "--side",
    type=click.Choice(["left", "right"]),
    help="The person's own side that faces the camera. Only needed if it is detected wrongly.",
)
_MODEL = click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Path to a different pose model.",
)
_JSON = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print only JSON; for several files, a list.",
)


_SHORTEST_CM, _TALLEST_CM = HEIGHTS_CM


def _height(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command both options of the height, which reach it as `height_cm`."""

    @click.option(
        "--height-cm",
        type=click.FloatRange(_SHORTEST_CM, _TALLEST_CM),
        help="The person's height, for advice in inches. Default: 170 cm.",
    )
    @click.option(
        "--height-in",
        type=click.FloatRange(round(_SHORTEST_CM / INCH_CM, 1), round(_TALLEST_CM / INCH_CM, 1)),
        help="The person's height in inches, instead of --height-cm.",
    )
    @functools.wraps(command)
    def told(*args: Any, height_cm: float | None, height_in: float | None, **options: Any) -> None:
        if height_in is not None:
            if height_cm is not None:
                raise FormcheckError(
                    "--height-cm and --height-in are the same height; give only one"
                )
            height_cm = round(height_in * INCH_CM, 1)
        command(*args, height_cm=height_cm, **options)

    return told


def _footage(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of how the film shows it."""
    mirrored = click.option(
        "--mirrored", is_flag=True, help="The film is mirrored: swap left and right back."
    )
    speed = click.option(
        "--speed",
        type=click.FloatRange(*SPEEDS),
        default=1.0,
        metavar="N",
        help="The film runs at N times real speed, e.g. 0.25 for slow motion.",
    )
    return mirrored(speed(command))


def _named(exercise: str | None, dose: str | None) -> ExerciseSpec | None:
    """The exercise that is named, None if none is; a mistake is reported before a file is opened.

    Raises:
        FormcheckError: there is no such exercise or dose.
    """
    if exercise is None:
        if dose:
            raise FormcheckError("--dose needs an exercise; add -e EXERCISE")
        return None
    spec = formcheck.load_exercise(exercise)
    spec.dose_by_id(dose)
    return spec


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_EXERCISE
@_DOSE
@_SIDE
@_height
@_footage
@click.option(
    "--out", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Folder for the results. Default: beside each video.",
)  # fmt: skip
@click.option(
    "--no-pictures", is_flag=True, help="Skip the annotated video and the report (faster)."
)
@click.option(
    "--replace", "replaces", is_flag=True,
    help="Replace an earlier result even if it had read more frames.",
)  # fmt: skip
@_MODEL
@_JSON
def video(
    files: tuple[Path, ...],
    exercise: str | None,
    dose: str | None,
    side: Side | None,
    height_cm: float | None,
    mirrored: bool,
    speed: float,
    folder: Path | None,
    no_pictures: bool,
    replaces: bool,
    model: Path | None,
    as_json: bool,
) -> None:
    """Judge recorded videos."""
    spec = _named(exercise, dose)
    told: list[dict[str, Any]] = []
    failed = False
    all_outputs = Outputs.of_each(_recordings(files), folder)
    for place in dict.fromkeys(outputs.events.parent for outputs in all_outputs.values()):
        _offer_what_is_left(place)
    for file in all_outputs:
        try:
            with frame_bar(shown(file.name)) as progress:
                judged = formcheck.judge(
                    file, spec, dose=dose, side=side, height_cm=height_cm, mirrored=mirrored,
                    speed=speed, model=model,
                    out=folder or file.parent, pictures=not no_pictures, replaces=replaces,
                    progress=progress,
                )  # fmt: skip
        except KeyboardInterrupt:
            _offer_what_is_left(folder or file.parent)
            raise
        except FormcheckError as error:
            failed = True
            told.append({"file": shown(file), "error": str(error)})
            _complain(str(error))
        else:
            failed |= _tell(judged, as_json=as_json)
            told += [part.to_dict() for part in judged.parts]
    if as_json:
        _print_json(told)
    if failed:
        sys.exit(USERS_MISTAKE)


def _offer_what_is_left(folder: Path) -> None:
    """Say so if a run that ended early has left something in a folder."""
    if offer := tables.left_offer(folder):
        err.print(offer, markup=False, highlight=False, soft_wrap=True)


def _recordings(files: tuple[Path, ...]) -> list[Path]:
    """The files without the videos that an earlier run annotated, which *.mp4 takes in."""
    recordings = [file for file in files if not is_own_picture(file)]
    if not recordings:
        return list(files)
    for file in files:
        if file not in recordings:
            err.print(
                f"{shown(file)}: skipped, formcheck made this video itself",
                markup=False,
                highlight=False,
                soft_wrap=True,
            )
    return recordings


def _tell(recording: Recording, *, as_json: bool) -> bool:
    """Print the tables, unless JSON is printed in their place, and why nothing was judged; whether
    that was so of any part."""
    for part in recording.parts:
        if not as_json:
            _print_tables(part)
        if reason := part.report.why_never_judged:
            why = reasons.never_judged(reason, part.exercise)
            _complain(f"{shown(part.source.name)}: not judged: {why}")
    return any(part.report.why_never_judged is not None for part in recording.parts)


def _print_tables(judged: Judged) -> None:
    for one in judged.recognised:
        out.print(f"Recognised: {terms.recognised(one)}", highlight=False, markup=False)
    for part in tables.verdict(judged.report, judged.task, judged.source):
        out.print(part)
    for path in judged.written:
        out.print(f"  {shown(path)}", highlight=False, markup=False, soft_wrap=True)


def _print_json(documents: list[dict[str, Any]]) -> None:
    """One document alone, several as a list; in ASCII, which every console and pipe takes."""
    document = documents if len(documents) > 1 else documents[0]
    click.echo(json.dumps(document, allow_nan=False))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_EXERCISE
@_DOSE
@_SIDE
@_height
@_footage
@click.option(
    "--explain",
    type=click.IntRange(1),
    metavar="N",
    help="Explain why attempt N was counted, or not.",
)
@_JSON
def replay(
    file: Path,
    exercise: str | None,
    dose: str | None,
    side: Side | None,
    height_cm: float | None,
    mirrored: bool,
    speed: float,
    explain: int | None,
    as_json: bool,
) -> None:
    """Judge a saved pose track (.poses.npz) again, without the video."""
    spec = _named(exercise, dose)
    recording = formcheck.replay(
        file, spec, dose=dose, side=side, height_cm=height_cm, mirrored=mirrored, speed=speed
    )
    if explain is not None:
        _explain(*_rep(recording, explain), as_json=as_json)
        return
    failed = _tell(recording, as_json=as_json)
    if as_json:
        _print_json([part.to_dict() for part in recording.parts])
    if failed:
        sys.exit(USERS_MISTAKE)


def _rep(recording: Recording, number: int) -> tuple[Rep, ExerciseSpec]:
    """The attempt of a number, and the exercise it is of.

    Raises:
        FormcheckError: there is none, or one in each of several exercises.
    """
    if len(recording.parts) > 1:
        names = ", ".join(dict.fromkeys(part.exercise.id for part in recording.parts))
        raise FormcheckError(
            f"several exercises were recognised ({names}); choose one with -e to explain an attempt"
        )
    (part,) = recording.parts
    return tables.numbered(part.report, part.events, number), part.exercise


def _explain(rep: Rep, spec: ExerciseSpec, *, as_json: bool) -> None:
    if as_json:
        found = {
            "attempt": event_values(rep.attempt, spec),
            "holds": [event_values(hold, spec) for hold in rep.holds],
            "faults": [event_values(fault, spec) for fault in rep.faults],
            "not_judged": [event_values(item, spec) for item in rep.not_judged],
        }
        _print_json([found])
        return
    for part in tables.explanation(rep):
        out.print(part)


@main.command()
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-e", "--exercise", metavar="EXERCISE",
    help="Judge by this exercise. Default: the one the run was given.",
)  # fmt: skip
def recover(folders: tuple[Path, ...], exercise: str | None) -> None:
    """Save what runs that ended early have left, here and in the folder of live reports."""
    from formcheck.interfaces.cli.live import default_folder
    from formcheck.running.recovery import recover as recovered

    spec = formcheck.load_exercise(exercise) if exercise else None
    found = False
    for folder in folders or (Path(), default_folder()):
        for one in recovered(folder, spec):
            found = True
            for line in tables.recovered(one):
                out.print(line, highlight=False, markup=False, soft_wrap=True)
    if not found:
        out.print("Nothing to recover: every run here has ended well.", highlight=False)


@main.command()
@click.argument("exercise", required=False, default="")
@_DOSE
@_SIDE
@_height
@click.option(
    "--reps",
    type=click.IntRange(1, 100),
    help="Reps in each set. Default: the fewest that the dose asks for.",
)
@click.option(
    "--sets",
    type=click.IntRange(1, 20),
    help="Number of sets. Default: the fewest that the dose asks for.",
)
@click.option(
    "--rest", "rest_s", type=click.FloatRange(0, 600), default=30.0, show_default=True,
    metavar="SECONDS", help="Rest between two sets, in seconds.",
)  # fmt: skip
@click.option(
    "--source", metavar="0|URL|FILE",
    help="Camera number, stream address or video file. Default: the camera of the page.",
)  # fmt: skip
@click.option("--window", is_flag=True, help="Open a window instead of a page in the browser.")
@click.option(
    "--out", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Folder for the reports. Default: formcheck in your documents folder.",
)  # fmt: skip
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Port of the page. Default: any free port.",
)
@click.option(
    "--phone", is_flag=True,
    help="Use a phone on your home network as camera and screen, over an encrypted connection.",
)  # fmt: skip
@click.option(
    "--no-browser", is_flag=True, help="Print the address of the page without opening it."
)
@_MODEL
def live(exercise: str, **options: Any) -> None:
    """Coach you live, hands-free, with a camera."""
    if options["window"]:
        _refuse_the_pages(options)
        from formcheck.interfaces.window.screen import open_window

        open_window()
    from formcheck.interfaces.cli.live import coach_in_page, coach_in_window, default_folder

    def told(text: str) -> None:
        err.print(text, markup=False, emoji=False, highlight=False, soft_wrap=True)

    wishes = {**options, "progress": fetching}
    _offer_what_is_left(wishes["folder"] or default_folder())
    coach = coach_in_window if wishes.pop("window") else coach_in_page
    coach(exercise, wishes, told)


def _refuse_the_pages(options: dict[str, Any]) -> None:
    """Refuse options that only the page has, where a window was asked for."""
    given = [name for name in ("phone", "port", "no_browser") if options[name]]
    if given:
        names = ", ".join(f"--{name.replace('_', '-')}" for name in given)
        raise FormcheckError(f"--window does not go with {names}; leave out one or the other")


@main.command(name="list")
def list_exercises() -> None:
    """List all exercises."""
    out.print(tables.exercises(catalog.all_specs()))


@main.command(name="show")
@click.argument("exercise")
def show_exercise(exercise: str) -> None:
    """Show how an exercise is judged: measures, limits, faults, doses and sources."""
    for part in tables.exercise(catalog.find_spec(exercise)):
        out.print(part)


@main.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--schema", is_flag=True, help="Print the JSON Schema of exercise files, for editors."
)
def lint(file: Path | None, schema: bool) -> None:
    """Check an exercise file, or all built-in ones."""
    if schema:
        click.echo(json.dumps(json_schema(), indent=1))
        return
    complaints: list[str] = []
    for path in [file] if file else catalog.spec_paths().values():
        complaints += _lint_one(path)
    if complaints:
        _refuse("\n".join(complaints))
    out.print("No problems found.")


def _lint_one(path: Path) -> list[str]:
    try:
        spec = load_spec(path)
    except FormcheckError as error:
        return str(error).splitlines()
    return [f"{shown(path.name)}: {complaint}" for complaint in catalog.lint(spec, path)]


@main.command()
@_MODEL
def doctor(model: Path | None) -> None:
    """Check that everything formcheck needs is installed and works."""
    from formcheck.interfaces.cli.doctor import examine

    findings = examine(model, progress=fetching)
    out.print(tables.findings(findings))
    if any(finding.ok is False for finding in findings):
        sys.exit(USERS_MISTAKE)
