"""The case becomes a small block tree: builders and passes. Draws nothing."""

from __future__ import annotations
