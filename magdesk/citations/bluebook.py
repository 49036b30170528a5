"""Citations in the manner of the Bluebook, 22nd edition, rules 10, 15, 17, 18, 20 and 21."""

from __future__ import annotations

from magdesk.citations.dates import bluebook_date, year
from magdesk.citations.source import CitableSource
from magdesk.citations.text import CitationText, CitationWriter
from magdesk.isolates import isolated
from magdesk.model.evidence import SourceType

_REPORTS = (SourceType.NGO_REPORT, SourceType.US_REPORT, SourceType.ACADEMIC, SourceType.EXPERT_REPORT)
_PRESS = (SourceType.MEDIA, SourceType.SOCIAL_MEDIA)
_ROMAN_TITLES = (SourceType.CORRESPONDENCE, SourceType.FINANCIAL_RECORD, SourceType.REGISTRY)


def bluebook(source: CitableSource, at: str) -> CitationText:
    """The full citation, with the pinpoint where the rule puts it."""
    writer = CitationWriter()
    if source.confidential:
        _confidential(writer, source, at)
    elif source.kind is SourceType.COURT_RECORD:
        _court(writer, source, at)
    elif source.kind is SourceType.UN_DOCUMENT:
        _united_nations(writer, source, at)
    elif source.kind in _REPORTS:
        _report(writer, source, at)
    else:
        _document(writer, source, at)
    _translator(writer, source)
    _where(writer, source)
    return writer.finish()


def _confidential(writer: CitationWriter, source: CitableSource, at: str) -> None:
    writer.add(source.lead)
    writer.add(source.taken_by, before=", conducted by ")
    writer.add(at, before=", ")
    writer.add(bluebook_date(source.published), before=" (", after=")")


def _court(writer: CitationWriter, source: CitableSource, at: str) -> None:
    writer.add(source.shown_title, italic=True)
    writer.add(_number(source.number), before=", ")
    writer.add(at, before=", ")
    writer.add(
        " ".join(filter(None, (isolated(source.body), bluebook_date(source.published)))), before=" (", after=")"
    )


def _united_nations(writer: CitationWriter, source: CitableSource, at: str) -> None:
    writer.add(source.body)
    writer.add(source.shown_title, before=", ", italic=True)
    writer.add(at, before=", ")
    number = isolated(source.number)
    writer.add(f"U.N. Doc. {number}" if number and "doc" not in number.casefold() else number, before=", ")
    writer.add(bluebook_date(source.published), before=" (", after=")")


def _report(writer: CitationWriter, source: CitableSource, at: str) -> None:
    writer.add(source.body)
    writer.add(source.shown_title, before=", ", italic=True)
    writer.add(_number(source.number), before=", ")
    if source.number or source.shown_title[-1:].isdigit():  # rule 3.2(a): “at” where two numbers would meet
        writer.add(at, before=", ")
    else:
        writer.add(at.removeprefix("at "), before=" ")
    site_and_year = ", ".join(filter(None, (isolated(source.site), year(source.published))))
    writer.add(site_and_year, before=" (", after=")")


def _document(writer: CitationWriter, source: CitableSource, at: str) -> None:
    untold = not source.author and source.kind in _PRESS
    writer.add("" if untold else source.body)
    writer.add(source.shown_title, before=", ", italic=source.kind not in _ROMAN_TITLES)
    writer.add(_number(source.number), before=", ")
    writer.add(source.publisher if untold else source.site, before=", ")
    writer.add(at, before=", ")
    kind = source.medium if source.kind is SourceType.PHOTO_VIDEO else ""
    writer.add(", ".join(filter(None, (kind, bluebook_date(source.published)))), before=" (", after=")")


def _number(number: str) -> str:
    """``No. 12/2020``; left alone where the number says itself what it is."""
    return f"No. {isolated(number)}" if number[:1].isdigit() else number


def _translator(writer: CitationWriter, source: CitableSource) -> None:
    writer.add(source.translator, before=" (", after=" trans.)")


def _where(writer: CitationWriter, source: CitableSource) -> None:
    """Rule 18.2.1: the address and its permanent copy, else who keeps the item; last visit only when undated."""
    writer.link(source.url, before=", ")
    if source.url and source.published is None:
        writer.add(bluebook_date(source.accessed), before=" (last visited ", after=")")
    if source.archive_url:
        writer.link(source.archive_url, before=" [", after="]")
    else:
        writer.add(source.on_file_with, before=" (on file with ", after=")")
