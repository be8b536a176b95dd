"""Where pictures and poses come from: files, cameras, the page; MediaPipe."""
