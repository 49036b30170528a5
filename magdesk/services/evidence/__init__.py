"""Files become evidence of a case; and are read again."""

from __future__ import annotations
