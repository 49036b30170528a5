"""Citations in the manner of OSCOLA, 4th edition: no full stops, titles in single quotation marks."""

from __future__ import annotations

from magdesk.citations.dates import oscola_date, year
from magdesk.citations.source import CitableSource
from magdesk.citations.text import CitationText, CitationWriter
from magdesk.isolates import isolated
from magdesk.model.evidence import SourceType

_BOOKS = (SourceType.NGO_REPORT, SourceType.US_REPORT, SourceType.ACADEMIC, SourceType.EXPERT_REPORT)


def oscola(source: CitableSource, at: str) -> CitationText:
    """The full citation, with the pinpoint behind it."""
    writer = CitationWriter()
    if source.confidential:
        _confidential(writer, source, at)
    elif source.kind is SourceType.COURT_RECORD:
        _court(writer, source, at)
    elif source.kind is SourceType.UN_DOCUMENT:
        _united_nations(writer, source, at)
    elif source.kind in _BOOKS:
        _book(writer, source, at)
    else:
        _website(writer, source, at)
    writer.add(source.translator, before=" (", after=" tr)")
    _where(writer, source)
    return writer.finish()


def _confidential(writer: CitationWriter, source: CitableSource, at: str) -> None:
    writer.add(source.lead)
    writer.add(source.taken_by, before=", conducted by ")
    writer.add(", ".join(filter(None, ("place withheld", oscola_date(source.published)))), before=" (", after=")")
    writer.add(at, before=" ")


def _court(writer: CitationWriter, source: CitableSource, at: str) -> None:
    writer.add(source.shown_title, italic=True)
    writer.add(source.number, before=", ")
    writer.add(
        ", ".join(filter(None, (isolated(source.body), oscola_date(source.published)))), before=" (", after=")"
    )
    writer.add(at, before=" ")


def _united_nations(writer: CitationWriter, source: CitableSource, at: str) -> None:
    writer.add(source.body)
    writer.add(source.shown_title, before=", ‘", after="’")
    writer.add(oscola_date(source.published), before=" (", after=")")
    number = isolated(source.number)
    writer.add(f"UN Doc {number}" if number and "doc" not in number.casefold() else number, before=" ")
    writer.add(at, before=", ")


def _book(writer: CitationWriter, source: CitableSource, at: str) -> None:
    writer.add(source.body)
    writer.add(source.shown_title, before=", ", italic=True)
    site_and_year = " ".join(filter(None, (isolated(source.site), year(source.published).replace("c.", "c"))))
    writer.add(", ".join(filter(None, (isolated(source.number), site_and_year))), before=" (", after=")")
    writer.add(at, before=" ")


def _website(writer: CitationWriter, source: CitableSource, at: str) -> None:
    writer.add(source.body)
    writer.add(source.shown_title, before=", ‘", after="’")
    kind = source.medium if source.kind is SourceType.PHOTO_VIDEO else ""
    inside = ", ".join(
        filter(None, (kind, isolated(source.site), isolated(source.number), oscola_date(source.published)))
    )
    writer.add(inside, before=" (", after=")")
    writer.add(at, before=" ")


def _where(writer: CitationWriter, source: CitableSource) -> None:
    writer.link(source.url, before=" <", after=">")
    if source.archive_url:
        writer.link(source.archive_url, before=" archived at <" if source.url else " <", after=">")
    if source.url or source.archive_url:
        writer.add(oscola_date(source.accessed), before=" accessed ")
    if not source.archive_url:
        writer.add(source.on_file_with, before=" (on file with ", after=")")
