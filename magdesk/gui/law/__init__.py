"""How current the law is, importing an update of it, and whose updates count."""

from __future__ import annotations
