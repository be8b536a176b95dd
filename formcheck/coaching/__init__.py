"""What is said to the person when, and the course of a live session."""
