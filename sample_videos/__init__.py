"""Sample videos with known truth, and what makes them; not part of the installed program."""
