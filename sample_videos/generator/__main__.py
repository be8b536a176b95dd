"""Make sample videos: `python -m sample_videos.generator [NAME ...] [--out DIR] [--quick]`."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from sample_videos.generator.clip import Clip, Take
from sample_videos.generator.film import encode, frames
from sample_videos.generator.samples import all_samples
from sample_videos.generator.sheet import write_sheet
from sample_videos.generator.truth import write_script, write_track

_HOME = Path(__file__).parent.parent
_QUICK_SIZE_PX, _QUICK_FPS = (320, 180), 4

_log = logging.getLogger("sample_videos")


def main(arguments: list[str]) -> int:
    """Make the clips named, or all of them; 2 if a name is unknown."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    clips = all_samples()
    options = _parser(clips).parse_args(arguments)
    unknown = [name for name in options.names if name not in clips]
    if unknown:
        _log.error("no clip %s; there are %s", ", ".join(unknown), ", ".join(clips))
        return 2
    if options.sheet:
        write_sheet(list(clips.values()), options.out, path=options.out / "contact_sheet.jpg")
        return 0
    for name in options.names or clips:
        _make(clips[name], options.out, quick=options.quick)
    return 0


def _parser(clips: dict[str, Clip]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sample_videos.generator", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(clips)}")
    parser.add_argument("--out", type=Path, default=_HOME, help="folder to write to")
    parser.add_argument("--quick", action="store_true", help="small, coarse, 4 pictures a second")
    parser.add_argument("--sheet", action="store_true", help="only the contact sheet of all")
    return parser


def _make(clip: Clip, out: Path, *, quick: bool) -> None:
    if quick:
        clip = clip.sized(_QUICK_SIZE_PX, _QUICK_FPS)
    film = out / f"{clip.path}.mp4"
    encode(frames(clip, quick=quick), film, clip=clip)
    take = Take(clip, quick=quick)
    write_track(take, film.with_suffix(".truth.npz"))
    write_script(take, film.with_suffix(".truth.json"))
    _log.info("%s  %d frames  %.0f KiB", film, clip.frame_count, film.stat().st_size / 1024)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
