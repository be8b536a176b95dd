"""Where frames come from: video files now, cameras later. `frames.FrameSource` is the door."""
