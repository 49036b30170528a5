"""Law as data: reads and validates the regime files. Knows no case and no database."""

from __future__ import annotations
