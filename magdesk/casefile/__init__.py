"""The encrypted file a case lives in: keys, chunks, journal, index, backup, lock. No law, no documents."""

from __future__ import annotations
