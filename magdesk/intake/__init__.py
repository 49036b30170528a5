"""A file on disk becomes evidence: what it truly is, how many pages, what text. Stores nothing by itself."""

from __future__ import annotations

from magdesk.intake.filefacts import FileFacts
from magdesk.intake.mediatypes import suffix_for
from magdesk.intake.reading.reader import FileReader
from magdesk.intake.sniff import sniff

__all__ = ["FileFacts", "FileReader", "sniff", "suffix_for"]
