"""What is made of a judged recording: drawings, files, the report."""
