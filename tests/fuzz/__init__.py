"""Inputs spoilt on purpose, to see that nothing breaks: `python -m tests.fuzz --help`."""
