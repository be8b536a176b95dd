"""The templates of the pages that are written to be read or printed."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined


def environment() -> Environment:
    """Where templates are found: text is escaped, and a name that is not given is an error."""
    return Environment(
        loader=PackageLoader("formcheck.output.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
