"""Webcam pose-tracking form checker for back-care exercise."""

__version__ = "0.1.0"
