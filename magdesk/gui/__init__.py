"""The window: PySide6 pages over the same services as the command line. No case logic lives here."""

from __future__ import annotations
