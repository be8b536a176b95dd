"""What sinks use of `formcheck.whole`."""

from formcheck.whole import partial_path, write_whole, writing

__all__ = ["partial_path", "write_whole", "writing"]
