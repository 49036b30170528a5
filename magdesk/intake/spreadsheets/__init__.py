"""Spreadsheets of every kind as one stream of typed rows: the index, the exhibit page and the window read this."""

from __future__ import annotations

from magdesk.intake.spreadsheets.book import open_book
from magdesk.intake.spreadsheets.cells import Book, Locked, Sheet, SheetCell, SheetRow, TooLarge, cell_text

__all__ = ["Book", "Locked", "Sheet", "SheetCell", "SheetRow", "TooLarge", "cell_text", "open_book"]
