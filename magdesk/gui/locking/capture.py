"""Keeping the window out of pictures and recordings of the screen: only Windows can be asked for that.

It is a request to the system, no security boundary: a camera, a driver or an administrator sees the screen.
"""

from __future__ import annotations

import sys

_EXCLUDE, _ALLOW = 0x11, 0x0  # WDA_EXCLUDEFROMCAPTURE, WDA_NONE
_FIRST_BUILD = 19041  # Windows 10, version 2004


def can_be_kept_out() -> bool:
    """Whether this system offers it."""
    if sys.platform == "win32":
        return sys.getwindowsversion().build >= _FIRST_BUILD
    return False


def keep_out(window: int, on: bool) -> bool:
    """Keep a window, by its handle, out of pictures of the screen, or no longer; whether the system did it."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        return bool(ctypes.windll.user32.SetWindowDisplayAffinity(window, _EXCLUDE if on else _ALLOW))
    return False
