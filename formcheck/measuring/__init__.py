"""From a pose to numbers: geometry, the scene from one side, smoothing, the outline of the back."""
