"""Outside timestamps: what leaves to be stamped, and what comes back as proof."""

from __future__ import annotations
