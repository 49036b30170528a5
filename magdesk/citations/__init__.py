"""Source metadata becomes citation strings (Bluebook, OSCOLA). Values only: knows nothing of documents."""

from __future__ import annotations

from magdesk.citations.citation import cite
from magdesk.citations.pinpoints import pinpoint
from magdesk.citations.text import CitationText

__all__ = ["CitationText", "cite", "pinpoint"]
