"""The window of the live coach, opened before anything else can stand in its way.

Once PyAV has been imported, a window that OpenCV opens on Linux hangs for good, and one that was
opened but not painted stays black; one that was painted before goes on (measured:
opencv-contrib-python 5.1 and av 18.1, each with an xcb of its own). So this module imports OpenCV
alone, and nothing that the command line imports may import PyAV.
"""

from __future__ import annotations

import os
import sys

import cv2
import numpy as np

from formcheck.errors import FormcheckError

NAME = "formcheck"

_DARK = 24
_FIRST_PAINT_MS = 50


def open_window() -> None:
    """Open the window.

    Raises:
        FormcheckError: there is no screen; OpenCV would end the whole process.
    """
    has_screen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and not has_screen:
        raise FormcheckError("no screen to open a window on; leave out --window and use the page")
    cv2.namedWindow(NAME, cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL)
    cv2.resizeWindow(NAME, 1280, 720)
    cv2.imshow(NAME, np.full((360, 640, 3), _DARK, np.uint8))
    cv2.waitKey(_FIRST_PAINT_MS)
