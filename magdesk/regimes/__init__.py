"""Law as data: reads and validates the regime files. Knows no case and no database."""

from __future__ import annotations

from magdesk.regimes.loader import law_folders, load_law
from magdesk.regimes.regime import Law, Regime

__all__ = ["Law", "Regime", "law_folders", "load_law"]
