"""The live coach as a page that this machine serves to itself: nothing here leaves it."""
