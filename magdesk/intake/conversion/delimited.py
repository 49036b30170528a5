"""Tables in text form: values between commas, semicolons or tabs, in whatever encoding."""

from __future__ import annotations

import csv
import io

from magdesk.i18n import _
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.sheet import Sheet
from magdesk.intake.conversion.wording import add_paragraphs
from magdesk.intake.readers.plain import decode
from magdesk.intake.source import Source

_LIMIT = 32 << 20
_SAMPLE = 20_000


def convert_delimited(source: Source, gathering: Gathering) -> None:
    """The table, or its lines as they are where it is none."""
    raw = source.bytes(_LIMIT)
    if len(raw) > _LIMIT:
        gathering.first(_("The original is longer than what is shown here; only its beginning is shown."))
    text = decode(raw[:_LIMIT]).replace("\x00", "")
    gathering.first(_("Row numbers are those of the lines of the table; the first line is row 1."))
    csv.field_size_limit(1 << 20)
    sheet = Sheet("")
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), _dialect(text, source)), 1):
            sheet.row(number, [" ".join(value.split()) for value in row])
    except csv.Error:
        add_paragraphs(text, gathering, mono=True)
        return
    sheet.tell(gathering)


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
