"""DOCX with real styles, footnotes, fields and bookmarks: what a careful lawyer would build by hand."""

from __future__ import annotations

from magdesk.render.docx.writer import render_docx

__all__ = ["render_docx"]
