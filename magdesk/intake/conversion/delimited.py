"""A table in text form, with a sentence on its encoding where that was a guess."""

from __future__ import annotations

from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.sheets import convert_delimited
from magdesk.intake.source import Source
from magdesk.intake.textform import encoding_said, text_form

_LOOKED_AT = 4 << 20  # bytes


def convert_separated(source: Source, gathering: Gathering) -> None:
    """The table."""
    said = encoding_said(text_form(source.bytes(_LOOKED_AT)[:_LOOKED_AT], source.media_type, source.encoding))
    if said:
        gathering.first(said)
    convert_delimited(source, gathering)
