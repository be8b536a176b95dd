"""What a page may send, checked before anything is done with it.

Text is JSON of one of the classes below. Binary is a frame: a header of 16 bytes (magic, number,
capture time in milliseconds) and a JPEG.
"""

from __future__ import annotations

import struct
from typing import Annotated, Literal, cast

import cv2
import numpy as np
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from formcheck.capture.video.page import Arrived
from formcheck.coaching.course import Command
from formcheck.records.frames import Image

MAX_TEXT, MAX_FRAME = 4096, 1 << 20
"""Bytes of a text and of a frame; a JPEG of 1280 x 720 has about 100 KiB."""

MAX_SIDE_PX = 1920
MAGIC = b"FCF1"
_HEADER = struct.Struct("<4sId")


class MessageError(Exception):
    """A message that no page of ours sends; the text says what is wrong with it."""


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class HealthMessage(_Message):
    """The answers to the health questions."""

    type: Literal["health"]
    answers: dict[Annotated[str, Field(max_length=40)], bool] = Field(max_length=40)
    agreed: bool


class StartMessage(_Message):
    """Begin a session. keep: whether pictures may be kept; own_range: whether the person's own
    target is learnt first."""

    type: Literal["start"]
    exercise: str = Field(max_length=60)
    dose: str = Field(max_length=60)
    reps: int = Field(ge=1, le=100)
    sets: int = Field(ge=1, le=20)
    keep: bool
    own_range: bool = False


class JoinMessage(_Message):
    """Frames of a session that is on will come from here; the page's clock now."""

    type: Literal["join"]
    clock_ms: float = Field(ge=0, le=1e12)


class CommandMessage(_Message):
    """Something pressed or said."""

    type: Literal["command"]
    name: Command | Literal["strain"]


class PainMessage(_Message):
    """The answer to the pain question."""

    type: Literal["pain"]
    level: int = Field(ge=0, le=10)
    words: list[Annotated[str, Field(max_length=40)]] = Field(max_length=10)


class LeaveMessage(_Message):
    """The summary was read: back to the choice of exercises."""

    type: Literal["leave"]


Message = HealthMessage | StartMessage | JoinMessage | CommandMessage | PainMessage | LeaveMessage
_ADAPTER: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="type")])


def parse_text(text: str) -> Message:
    """Read a text message.

    Raises:
        MessageError: it is too long, or not one of ours.
    """
    if len(text) > MAX_TEXT:
        raise MessageError(f"a text of {len(text)} characters")
    try:
        return _ADAPTER.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise MessageError(f"a text that is no message ({first['type']})") from None


def parse_frame(data: bytes) -> Arrived:
    """Read a frame.

    Raises:
        MessageError: it is too large, or no picture of ours.
    """
    if not _HEADER.size < len(data) <= MAX_FRAME:
        raise MessageError(f"a frame of {len(data)} bytes")
    magic, number, captured_ms = _HEADER.unpack_from(data)
    if magic != MAGIC or not 0 <= captured_ms <= 1e12:
        raise MessageError("a frame without a header")
    jpeg = data[_HEADER.size :]
    width, height = jpeg_size(jpeg)
    if not (0 < width <= MAX_SIDE_PX and 0 < height <= MAX_SIDE_PX):
        raise MessageError(f"a picture of {width} x {height}")
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        raise MessageError("a picture that cannot be decoded")
    return Arrived(number, captured_ms / 1000, cast(Image, image))


_NO_SIZE = (0xC4, 0xC8, 0xCC)


def jpeg_size(jpeg: bytes) -> tuple[int, int]:
    """Width and height that a JPEG claims, read without decoding it: a small file may claim to
    be enormous.

    Raises:
        MessageError: it is no JPEG.
    """
    at = 2
    if jpeg[:2] != b"\xff\xd8":
        raise MessageError("a picture that is no JPEG")
    while at + 9 <= len(jpeg) and jpeg[at] == 0xFF:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in _NO_SIZE:
            height, width = struct.unpack_from(">HH", jpeg, at + 5)
            return width, height
        at += 2 + length
    raise MessageError("a JPEG without a size")
