"""A file on disk becomes evidence: what it truly is, how many pages, what text. Stores nothing by itself."""

from __future__ import annotations
