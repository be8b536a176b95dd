"""What a person sees and touches: the command line, the page, the window."""
