"""A contact sheet: each film at rest and at the top of its first repetition, with its name."""

from __future__ import annotations

from pathlib import Path

import av
import cv2
import numpy as np

from sample_videos.generator.clip import Clip
from sample_videos.generator.rotations import Vector

_ACROSS = 3
"""Films in a row of the sheet."""

_TILE_PX = (224, 126)
_LABEL_PX = 20
_JPEG_QUALITY = 80
_BEFORE_S = 0.2


def instants_s(clip: Clip) -> tuple[float, float]:
    """Just before the first repetition leaves the rest, and the middle of its top."""
    if not clip.script.times:
        return 0.5, 1.0
    first = clip.script.times[0]
    return max(first.rise_s - _BEFORE_S, 0.0), first.top_middle_s


def write_sheet(clips: list[Clip], folder: Path, *, path: Path) -> None:
    """Two pictures and the name of each clip, taken from its film in the folder."""
    cells = [_cell(folder / f"{clip.path}.mp4", clip) for clip in clips]
    blank = np.full_like(cells[0], 255)
    cells += [blank] * (-len(cells) % _ACROSS)
    rows = [np.hstack(cells[i : i + _ACROSS]) for i in range(0, len(cells), _ACROSS)]
    sheet = np.vstack(rows)[..., ::-1]
    path.write_bytes(cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])[1])


def _cell(film: Path, clip: Clip) -> Vector:
    pictures = np.hstack(_pictures(film, instants_s(clip)))
    label = np.full((_LABEL_PX, pictures.shape[1], 3), 255, np.uint8)
    cv2.putText(label, clip.name, (4, 14), cv2.FONT_HERSHEY_SIMPLEX, 0.45, (40, 40, 40), 1, 16)
    return np.vstack([label, pictures])


def _pictures(film: Path, instants: tuple[float, float]) -> list[Vector]:
    found: list[Vector] = []
    with av.open(str(film)) as container:
        for frame in container.decode(video=0):
            if len(found) < len(instants) and frame.time >= instants[len(found)]:
                picture = frame.to_ndarray(format="rgb24")
                found.append(cv2.resize(picture, _TILE_PX, interpolation=cv2.INTER_AREA))
    return found
