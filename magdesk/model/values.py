"""The values of rows, under the name by which the rows know them."""

from __future__ import annotations

from magdesk.values import PartialDate, clean_text, new_id, now, script_of

__all__ = ["PartialDate", "clean_text", "new_id", "now", "script_of"]
