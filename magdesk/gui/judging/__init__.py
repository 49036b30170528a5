"""What the pages on suitability and strength are made of."""

from __future__ import annotations
