"""What a cell shows: values of a spreadsheet as its reader would see them, as far as the number format is simple."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

_DECIMALS = re.compile(r"[0#](?:\.(0+))?")
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def cell_text(value: Any, number_format: str = "General") -> str:
    """The text of a value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == time() else value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return str(value).replace("\r", "").replace("\t", " ").replace("\n", " ")


def _number(value: float, number_format: str) -> str:
    form = _QUOTED.sub("", str(number_format or "").partition(";")[0])
    found = _DECIMALS.search(form)
    if abs(value) < 1e15 and found is not None and "E" not in form.upper() and "/" not in form and "?" not in form:
        places = len(found[1] or "")
        comma = "," if "#,#" in form or "0,0" in form else ""
        if "%" in form:
            return f"{value * 100:{comma}.{places}f}%"
        if places or comma or form.strip("0# ") == "":
            return f"{value:{comma}.{places}f}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    return str(value)
