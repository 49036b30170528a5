"""Text of files that are text."""

from __future__ import annotations

from magdesk.i18n import _
from magdesk.intake.filereading import FileReading
from magdesk.intake.knownencoding import CHOSEN, GUESSED
from magdesk.intake.source import Source
from magdesk.intake.textform import encoding_said, text_form

_LIMIT = 20_000_000  # bytes read for the index; the file itself is kept whole


def say_encoding(encoding: str, findings: FileReading, *, guessed: bool, chosen: bool) -> None:
    """Note in which encoding a text was read, where that was not the file's own word."""
    if guessed or chosen:
        findings.detail("reading", CHOSEN if chosen else GUESSED, encoding)


def read_plain(source: Source, findings: FileReading) -> None:
    """The text of a plain text file, whatever its encoding."""
    raw = source.bytes(_LIMIT)
    if len(raw) > _LIMIT:
        findings.note(_("Only the first {limit:,} bytes are in the search index.").format(limit=_LIMIT))
    form = text_form(raw[:_LIMIT], source.media_type, source.encoding)
    findings.text(0, form.text)
    say_encoding(form.encoding, findings, guessed=form.guessed, chosen=form.chosen)
    for sentence in (encoding_said(form), *form.notes):
        findings.note(sentence)
    if not findings.has_text:
        findings.note(_("The file holds no text."))
