"""The PDF renderer: block tree in, pages with page-bottom notes and embedded fonts out."""

from __future__ import annotations

from magdesk.render.pdf.render import PdfInfo, render_pdf

__all__ = ["PdfInfo", "render_pdf"]
