"""Logging that carries ids, never names: what is written here may be read by whoever seizes the laptop.

Nothing is written to disk by default; ``--verbose`` sends records to standard error.
"""

from __future__ import annotations

import logging
import sys


def setup(*, verbose: bool = False) -> None:
    """Send the program's log to standard error: warnings, or everything when verbose."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("magdesk")
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG if verbose else logging.WARNING)
    root.propagate = False
