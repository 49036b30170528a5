"""Files read in a worker: what asks for it, what answers, and the frames between them."""

from __future__ import annotations

from magdesk.intake.reading.reader import BrokenChild, FileReader

__all__ = ["BrokenChild", "FileReader"]
