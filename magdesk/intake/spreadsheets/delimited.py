"""Tables in text form: values between commas, semicolons or tabs, in whatever encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from magdesk.intake.encodings import decode
from magdesk.intake.foreign import foreign
from magdesk.intake.source import Source
from magdesk.intake.spreadsheets.cells import Book, Sheet, SheetCell, SheetRow

LIMIT = 64 << 20  # bytes read; the rest is not shown
_SAMPLE = 20_000


def open_delimited(source: Source, columns: int) -> Book:
    """The one table."""
    text = decode(source.bytes(LIMIT)[:LIMIT], source.encoding).replace("\x00", "")
    csv.field_size_limit(1 << 20)
    return Book(iter((Sheet("", _rows(text, source, columns)),)), calculated=False, titles=(("", False),))


def _rows(text: str, source: Source, columns: int) -> Iterator[SheetRow]:
    with foreign("csv"):
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), _dialect(text, source)), 1):
            cells = tuple(SheetCell(" ".join(value.split())) for value in row[:columns])
            yield SheetRow(number, cells, wider=any(value.strip() for value in row[columns:]))


def _dialect(text: str, source: Source) -> type[csv.Dialect]:
    class FoundDialect(csv.excel):
        delimiter = "\t" if "tab" in source.media_type else ","

    head = text[:_SAMPLE].splitlines()[:50]
    if "tab" not in source.media_type and head:
        # The sign that stands equally often in every line parts its values.
        counts = {sign: sorted(line.count(sign) for line in head if line.strip()) for sign in ",;\t|"}
        best = max(counts, key=lambda sign: (_steady(counts[sign]), sign == ","))
        if _steady(counts[best]):
            FoundDialect.delimiter = best
    return FoundDialect


def _steady(counts: list[int]) -> int:
    return counts[len(counts) // 4] if counts else 0
