"""The sheet in front of each exhibit: exactly one page, so every field is cut to what a page holds."""

from __future__ import annotations

from collections.abc import Sequence

from magdesk.document.authenticity import authenticity
from magdesk.document.blocks import Block, Inline, PageBreak, Paragraph, ParagraphStyle, Space, Text
from magdesk.document.context import Brief
from magdesk.document.exhibit_list import bates_range, details, language_note, titles
from magdesk.document.exhibits import CoverSheet
from magdesk.document.tables import label_table, paragraphs
from magdesk.document.titles import clip, source

_REASON = 400
_REASONS = 3  # that a sheet of one page has room for


def cover_sheets(brief: Brief, items: Sequence[CoverSheet]) -> tuple[Block, ...]:
    """One page for each item, in the given order."""
    out: list[Block] = []
    for item in items:
        if out:
            out.append(PageBreak())
        out += _sheet(brief, item)
    return tuple(out)


def _sheet(brief: Brief, sheet: CoverSheet) -> list[Block]:
    place = sheet.place
    item = brief.dossier.evidence[place.evidence_id]
    out: list[Block] = [
        # Space at the head of a page is dropped, so an empty line holds it.
        Paragraph((Text("\u00a0"),)),
        Space(6),
        Paragraph(
            (Text(brief.label("exhibit_heading", number=str(place.number))),),
            ParagraphStyle.TITLE,
            anchor=sheet_anchor(place.number),
        ),
        Space(1),
        *(() if sheet.bare else (Paragraph(titles(brief, item), ParagraphStyle.SUBTITLE),)),
        Space(2),
    ]
    date = source(brief, item).published
    rows: list[tuple[str, tuple[Block, ...]]] = [
        (brief.label("source"), () if sheet.bare else _one(details(brief, item))),
        (brief.label("date"), _line(date.display() if date else "")),
        (brief.label("language"), () if sheet.bare else _one(language_note(brief, item))),
        (brief.label("pages"), _line(str(place.pages) if place.pages else brief.label("slip_sheet"))),
        (brief.label("bates_numbers"), _line(bates_range(place))),
        (
            brief.label("sha256"),
            (Paragraph((Text(item.sha256, mono=True),), ParagraphStyle.SMALL),) if item.sha256 else (),
        ),
    ]
    if place.native:
        rows += [
            (brief.label("native_file"), _mono(clip(place.native, 120))),
            (brief.label("native_reason"), _line(clip(place.reason, _REASON))),
            (brief.label("size"), _line(size(brief, item.size))),
            (brief.label("duration"), _line(duration(item.duration) if item.duration else "")),
        ]
    elif place.reason:
        rows.append((brief.label("native_reason"), _line(clip(place.reason, _REASON))))
    reasons = () if sheet.bare else authenticity(brief, item)[:_REASONS]
    rows.append((brief.label("authenticity"), paragraphs(reasons, ParagraphStyle.SMALL)))
    rows.append((brief.label("note"), _line(clip(sheet.note, _REASON))))
    return [*out, *label_table(rows, widths=(1.0, 3.4), ruled=False)]


def sheet_anchor(number: int) -> str:
    """The anchor of an exhibit's sheet; tells on which page it came to stand."""
    return f"sheet-{number}"


def size(brief: Brief, count: int) -> str:
    """A number of bytes, exact, with thousands parted."""
    return brief.label("bytes", count=f"{count:,}") if count else ""


def duration(seconds: float) -> str:
    """A duration as ``h:mm:ss``, rounded to the second."""
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def _one(inlines: tuple[Inline, ...]) -> tuple[Block, ...]:
    return (Paragraph(inlines),) if inlines else ()


def _line(text: str) -> tuple[Block, ...]:
    return (Paragraph((Text(text),)),) if text.strip() else ()


def _mono(text: str) -> tuple[Block, ...]:
    return (Paragraph((Text(text, mono=True),), ParagraphStyle.SMALL),) if text else ()
