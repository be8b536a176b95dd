"""The window in place of the page, and this machine's own speech."""
