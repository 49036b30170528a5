"""Before a case is open: the start page, a new case, unlocking; and passphrases."""

from __future__ import annotations
