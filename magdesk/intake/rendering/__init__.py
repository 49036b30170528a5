"""Shows evidence without trusting it: a limited process draws pages and pictures and reads tables, piece by piece."""

from __future__ import annotations

from magdesk.intake.rendering.answers import Area, Cells, Outline, PageLetters, Pixels, SheetAnswer, StoredFile
from magdesk.intake.rendering.renderer import Renderer, RenderingFailed

__all__ = [
    "Area",
    "Cells",
    "Outline",
    "PageLetters",
    "Pixels",
    "Renderer",
    "RenderingFailed",
    "SheetAnswer",
    "StoredFile",
]
