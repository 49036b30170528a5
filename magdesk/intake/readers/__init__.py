"""One module for each kind of file: its text, its pages, what it says of itself."""

from __future__ import annotations
