"""Use cases shared by the command line and the window. No Qt, no printing."""

from __future__ import annotations
