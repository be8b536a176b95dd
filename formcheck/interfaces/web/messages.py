"""What a page may send, checked before anything is done with it.

Text is JSON of one of the classes below. Binary is a frame: a header of 16 bytes (magic, number,
capture time in milliseconds) and a JPEG.
"""

from __future__ import annotations

import io
import struct
from typing import Annotated, Literal

import numpy as np
from PIL.JpegImagePlugin import JpegImageFile
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
    """The answers to the health questions that last, by id; the agreement is one of them."""

    type: Literal["health"]
    answers: dict[Annotated[str, Field(max_length=40)], bool] = Field(max_length=40)


_Id = Annotated[str, Field(pattern=r"^\d{1,12}$")]


class TodayMessage(_Message):
    """What is said before a session: new pain, pain from 0 to 10, and of stops and of mild pain, by
    number, whether they have settled or eased."""

    type: Literal["today"]
    acute: bool
    level: int = Field(ge=0, le=10)
    settled: dict[_Id, bool] = Field(default={}, max_length=100)
    eased: dict[_Id, bool] = Field(default={}, max_length=100)


class ProviderMessage(_Message):
    """What the doctor or physiotherapist said of an exercise; None takes it back."""

    type: Literal["provider"]
    exercise: str = Field(max_length=60)
    allows: bool | None


class StartMessage(_Message):
    """Begin a session. keep: whether pictures may be kept; own_range: whether the person's own
    target is learnt first; agreed: whether the person said what the dose asks them to say."""

    type: Literal["start"]
    exercise: str = Field(max_length=60)
    dose: str = Field(max_length=60)
    reps: int = Field(ge=1, le=100)
    sets: int = Field(ge=1, le=20)
    keep: bool
    own_range: bool = False
    agreed: bool = False


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


Message = (
    HealthMessage
    | TodayMessage
    | ProviderMessage
    | StartMessage
    | JoinMessage
    | CommandMessage
    | PainMessage
    | LeaveMessage
)
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
    return Arrived(number, captured_ms / 1000, _decoded(data[_HEADER.size :]))


def _decoded(jpeg: bytes) -> Image:
    """The picture of a JPEG, BGR. A small file may claim to be enormous, and say so where another
    reader does not look: size and pixels are read by the same decoder, which refuses more pixels
    than the size that it told.

    Raises:
        MessageError: it is no JPEG, too large or damaged.
    """
    try:
        with JpegImageFile(io.BytesIO(jpeg)) as picture:
            width, height = picture.size
            if not (0 < width <= MAX_SIDE_PX and 0 < height <= MAX_SIDE_PX):
                raise MessageError(f"a picture of {width} x {height}")
            rgb = np.asarray(picture.convert("RGB"))
    except (OSError, SyntaxError, ValueError, LookupError, struct.error, ArithmeticError):
        raise MessageError("a picture that cannot be decoded") from None
    return np.ascontiguousarray(rgb[:, :, ::-1])
