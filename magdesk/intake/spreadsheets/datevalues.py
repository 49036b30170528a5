"""Dates, times and spans of time under a number format (ECMA-376 part 1, 18.8.30, 18.17.4).

A moment is a number of days. Day 1 is 1 January 1900, and day 60 the 29 February 1900 that never was, as the
standard has it; spreadsheets that count from 1904 are shifted by :data:`SINCE_1904` before they come here.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from magdesk.intake.spreadsheets.sections import FormatSection, FormatToken

SINCE_1904 = 1462  # days from the one system to the other
LAST_DAY = Decimal(2_958_466)  # the day after 31 December 9999
_NEVER = 60
_ZERO = date(1899, 12, 30)
_BUDDHIST = 543
_NOON = 12
_DAY = 86_400


def moment_text(days: Decimal, section: FormatSection) -> str:
    """What a moment shows; seconds are rounded to the parts that are shown."""
    tokens = section.tokens
    parts = _second_parts(tokens)
    ticks = 10**parts
    total = int((abs(days) * _DAY * ticks).to_integral_value(ROUND_HALF_UP))
    seconds, part = divmod(total, ticks)
    day, rest = divmod(seconds, _DAY)
    whole = {"h": seconds // 3600, "m": seconds // 60, "s": seconds}
    clock = rest // 3600, rest // 60 % 60, rest % 60
    year, month, in_month, weekday = _calendar(day)
    half = section.has("noon")
    out = ["-"] if days < 0 else []
    skip = 0
    for place, token in enumerate(tokens):
        if skip:
            skip -= 1
        elif token.kind == "elapsed":
            out.append(str(whole[token.text[0]]).zfill(len(token.text)))
        elif token.kind == "noon":
            names = token.text.split("/")
            out.append(names[clock[0] >= _NOON])
        elif token.kind == "moment":
            hour = (clock[0] % _NOON or _NOON) if half else clock[0]
            out.append(_part(token.text, (year, month, in_month, weekday), (hour, *clock[1:])))
        elif token == FormatToken("sign", ".") and (count := _zeros(tokens, place + 1)):
            out.append("." + str(part).zfill(parts)[:count])
            skip = count
        elif token.kind not in ("digit", "general", "text"):
            out.append(token.text)
    return " ".join("".join(out).split())


def _part(text: str, days: tuple[int, int, int, int], clock: tuple[int, int, int]) -> str:
    year, month, day, weekday = days
    hour, minute, second = clock
    size = len(text)
    match text[0]:
        case "y" | "e":
            return f"{year % 100:02d}" if text in ("y", "yy") else f"{year:04d}"
        case "b":
            return f"{(year + _BUDDHIST) % 100:02d}" if size <= 2 else str(year + _BUDDHIST)
        case "m" if size > 2:
            name = calendar.month_name[month]
            return {3: name[:3], 4: name, 5: name[:1]}.get(size, name)
        case "m":
            return str(month).zfill(size)
        case "d" if size > 2:
            name = calendar.day_name[weekday]
            return name[:3] if size == 3 else name
        case "d":
            return str(day).zfill(size)
        case "h":
            return str(hour).zfill(min(size, 2))
        case "n":
            return str(minute).zfill(size)
        case "s":
            return str(second).zfill(min(size, 2))
    return ""


def _calendar(day: int) -> tuple[int, int, int, int]:
    """Year, month, day, weekday (Monday is 0)."""
    weekday = (day + 5) % 7
    if day == _NEVER:
        return 1900, 2, 29, weekday
    if not day:
        return 1900, 1, 0, weekday
    real = _ZERO + timedelta(days=day if day > _NEVER else day + 1)
    return real.year, real.month, real.day, weekday


def _zeros(tokens: Sequence[FormatToken], start: int) -> int:
    count = 0
    while start + count < len(tokens) and tokens[start + count] == FormatToken("digit", "0"):
        count += 1
    return count


def _second_parts(tokens: Sequence[FormatToken]) -> int:
    found = [_zeros(tokens, place + 1) for place, token in enumerate(tokens) if token == FormatToken("sign", ".")]
    return min(max(found, default=0), 9)
