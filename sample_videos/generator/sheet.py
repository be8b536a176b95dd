"""A contact sheet: a few pictures of each film, side by side."""

from __future__ import annotations

from pathlib import Path

import av
import cv2
import numpy as np

from sample_videos.generator.clip import Clip
from sample_videos.generator.rotations import Vector

_ACROSS = 4
_TILE_PX = (256, 144)
_JPEG_QUALITY = 82


def instants_s(clip: Clip) -> list[float]:
    """The start, and the tops that differ most: the first and the last ones."""
    tops = [times.top_middle_s for times in clip.script.times]
    chosen = [0.5, *tops[:1], *tops[-2:]]
    return chosen[:_ACROSS] if len(tops) >= _ACROSS - 1 else [0.5, *tops]


def write_sheet(clips: list[Clip], folder: Path, *, path: Path) -> None:
    """One row of pictures for each clip, taken from its film in the folder."""
    rows = [_row(folder / f"{clip.path}.mp4", clip) for clip in clips]
    sheet = np.concatenate(rows)[..., ::-1]
    path.write_bytes(cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])[1])


def _row(film: Path, clip: Clip) -> Vector:
    wanted, pictures = instants_s(clip), []
    with av.open(str(film)) as container:
        for frame in container.decode(video=0):
            if len(pictures) < len(wanted) and frame.time >= wanted[len(pictures)]:
                picture = frame.to_ndarray(format="rgb24")
                pictures.append(cv2.resize(picture, _TILE_PX, interpolation=cv2.INTER_AREA))
    blank = np.full((_TILE_PX[1], _TILE_PX[0], 3), 255, np.uint8)
    return np.concatenate((pictures + [blank] * _ACROSS)[:_ACROSS], axis=1)
