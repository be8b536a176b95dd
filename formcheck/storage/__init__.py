"""What is kept on disk: pose tracks, answers, files that appear whole or not at all."""
