"""Exercises as data: reading, checking and finding their files; the guides and the safety rules."""
