"""What a console is given that cannot show every character."""

from __future__ import annotations

import codecs
from typing import Any

_NEAREST = str.maketrans(
    {
        "\N{DEGREE SIGN}": " deg", "\N{MULTIPLICATION SIGN}": "x", "\N{PLUS-MINUS SIGN}": "+-",
        "\N{EN DASH}": "-", "\N{EM DASH}": "-", "\N{HORIZONTAL ELLIPSIS}": "...",
        "\N{LEFT SINGLE QUOTATION MARK}": "'", "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"', "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{GREATER-THAN OR EQUAL TO}": ">=", "\N{LESS-THAN OR EQUAL TO}": "<=",
        "\N{RIGHTWARDS ARROW}": "->", "\N{BULLET}": "*", "\N{MIDDLE DOT}": "*",
        "\N{CHECK MARK}": "ok", "\N{BALLOT X}": "x",
    }
)  # fmt: skip

_HOW = "formcheck.nearest"


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters that an encoding lacks: the nearest ones, or escapes."""
    assert isinstance(error, UnicodeEncodeError)
    text = error.object[error.start : error.end].translate(_NEAREST)
    plain = text.encode("ascii", "backslashreplace").decode("ascii")
    return plain, error.end


codecs.register_error(_HOW, _nearest)


def take_every_character(*streams: Any) -> None:
    """From now on, printing to these streams raises nothing, whatever their encoding."""
    for stream in streams:
        if hasattr(stream, "reconfigure"):  # a test, or a notebook, may have put others there
            stream.reconfigure(errors=_HOW)
