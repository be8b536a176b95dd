"""What is done with frames, poses, events and the status: drawn, written, told."""
