"""The loops: a recording or a live session from its source to its results."""
