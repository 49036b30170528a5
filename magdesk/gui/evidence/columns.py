"""What is known of an item, as columns: how each reads, sorts, is filtered and grouped."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from magdesk.dates.partialdate import PartialDate
from magdesk.gui.evidence.catalogue import Catalogue
from magdesk.gui.labels import label
from magdesk.gui.words import _
from magdesk.intake.rendering.showable import Way, way_of
from magdesk.services.evidence.lines import EvidenceLine

Say = Callable[[Catalogue, EvidenceLine], str]
SortKey = str | int | float | None


class Facet(StrEnum):
    """How a column is filtered: by the values that occur, between two dates, or between two numbers."""

    VALUES = "values"
    DATES = "dates"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        text: what a cell shows.
        order: what is sorted by, a number or a text; nothing for what is not known, which comes last.
        value: what is filtered and grouped by, in words.
        identity: what is grouped by where two may read the same.
        days: the first and the last day it can mean, for a column of dates.
        groups: whether lists are grouped by it.
    """

    name: str
    title: str
    text: Say
    order: Callable[[Catalogue, EvidenceLine], SortKey]
    value: Say
    identity: Callable[[Catalogue, EvidenceLine], object]
    facet: Facet = Facet.VALUES
    days: Callable[[EvidenceLine], tuple[date, date] | None] | None = None
    width: int = 130
    right: bool = False
    groups: bool = False


def size_words(size: int) -> str:
    """A size in bytes as people read it."""
    value = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            return f"{value:.0f} {unit}" if unit == "B" or value >= 100 else f"{value:.1f} {unit}"
        value /= 1000
    return ""


def length_words(seconds: float) -> str:
    """A duration as ``1:02:05`` or ``2:05``."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


_FAMILIES = {
    "image": _("Picture"), "audio": _("Audio recording"), "video": _("Video"), "application/pdf": _("PDF"),
    "application/zip": _("Archive"), "text/html": _("Web page"), "application/xhtml+xml": _("Web page"),
    "multipart/related": _("Web page"), "application/warc": _("Web capture"), "application/wacz": _("Web capture"),
}  # fmt: skip
_WAYS = {Way.TABLE: _("Table"), Way.MAIL: _("E-mail"), Way.TEXT: _("Text document")}


def kind_words(line: EvidenceLine) -> str:
    """What sort of file it is, for people."""
    if not line.sha256:
        return _("No file")
    family = line.media_type.partition("/")[0]
    named = _FAMILIES.get(line.media_type) or _FAMILIES.get(family)
    return named or _WAYS.get(way_of(line.media_type, line.file_name), _("Other file"))


def _text(name: str, title: str, *, width: int = 130, groups: bool = False) -> Column:
    def say(_catalogue: Catalogue, line: EvidenceLine) -> str:
        return " ".join(str(getattr(line, name)).split())

    return Column(name, title, say, lambda c, n: say(c, n) or None, say, say, width=width, groups=groups)


def _choice(name: str, title: str, *, short: bool = False, width: int = 150, groups: bool = True) -> Column:
    def words(_catalogue: Catalogue, line: EvidenceLine) -> str:
        value = getattr(line, name)
        return label(value) if value is not None else ""

    def cell(catalogue: Catalogue, line: EvidenceLine) -> str:
        value = getattr(line, name)
        return str(value.value) if short and value is not None else words(catalogue, line)

    return Column(name, title, cell, lambda c, n: words(c, n) or None, words, words, width=width, groups=groups)


def _said(
    name: str, title: str, say: Say, *, width: int = 110, groups: bool = False, order: Say | None = None
) -> Column:
    by = order or say
    return Column(name, title, say, lambda c, n: by(c, n) or None, say, say, width=width, groups=groups)


def _number(
    name: str,
    title: str,
    amount: Callable[[Catalogue, EvidenceLine], float | None],
    words: Callable[[float], str],
    width: int,
) -> Column:
    def say(catalogue: Catalogue, line: EvidenceLine) -> str:
        found = amount(catalogue, line)
        return words(found) if found else ""

    return Column(
        name, title, say, lambda c, n: amount(c, n) or None, say, say, facet=Facet.NUMBERS, width=width, right=True
    )


def _bounds(value: PartialDate | date | datetime | None) -> tuple[date, date] | None:
    if value is None:
        return None
    if isinstance(value, PartialDate):
        return value.earliest(), value.latest()
    if isinstance(value, datetime):
        day = value.astimezone(UTC).date()
        return day, day
    return value, value


def _date(name: str, title: str, *, width: int = 140) -> Column:
    def say(_catalogue: Catalogue, line: EvidenceLine) -> str:
        value = getattr(line, name)
        if value is None:
            return ""
        if isinstance(value, PartialDate):
            return value.display()
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value.isoformat())

    def order(_catalogue: Catalogue, line: EvidenceLine) -> SortKey:
        value = getattr(line, name)
        if isinstance(value, datetime):
            return value.timestamp()
        bounds = _bounds(value)
        return bounds[0].toordinal() if bounds is not None else None

    def year(_catalogue: Catalogue, line: EvidenceLine) -> str:
        bounds = _bounds(getattr(line, name))
        return str(bounds[0].year) if bounds is not None else ""

    return Column(
        name, title, say, order, year, year, facet=Facet.DATES, days=lambda line: _bounds(getattr(line, name)),
        width=width,
    )  # fmt: skip


def _other(
    name: str, title: str, key: Callable[[Catalogue, EvidenceLine], uuid.UUID | None], *, groups: bool
) -> Column:
    def say(catalogue: Catalogue, line: EvidenceLine) -> str:
        return catalogue.title(key(catalogue, line))

    return Column(name, title, say, lambda c, n: say(c, n) or None, say, key, width=180, groups=groups)


def _grade_order(_catalogue: Catalogue, line: EvidenceLine) -> str:
    return line.grade.value if line.grade is not None else ""


def _used(catalogue: Catalogue, line: EvidenceLine) -> str:
    return _("Cited") if catalogue.cited(line) else _("Not cited")


COLUMNS: tuple[Column, ...] = (
    _number("number", _("Ex."), lambda c, n: c.number(n), lambda value: f"{value:.0f}", 52),
    Column(
        "title", _("Title"), lambda _c, n: n.name, lambda _c, n: n.name, lambda _c, n: n.name, lambda _c, n: n.name,
        width=260,
    ),
    _text("title_english", _("Title in English"), width=220),
    _choice("source_type", _("Source"), width=150),
    _said("kind", _("File"), lambda _c, n: kind_words(n), groups=True),
    _date("published", _("Date")),
    _text("author", _("Author")),
    _text("publisher", _("Publisher or court"), width=160, groups=True),
    _text("document_number", _("Document number")),
    _text("language", _("Language"), width=84, groups=True),
    _text("translator", _("Translator")),
    _choice("grade", _("Grade"), short=True, width=70),
    _said("admiralty", _("Reliability"), lambda _c, n: f"{n.reliability.value}{n.credibility.value}", width=90,
          groups=True),
    _said("standing", _("Verification"), lambda c, n: label(c.standing(n)), width=120, groups=True),
    _choice("access", _("Who may see it"), width=140),
    _number("pages", _("Pages"), lambda _c, n: n.pages, lambda value: f"{value:.0f}", 66),
    _number("size", _("Size"), lambda _c, n: n.size, lambda value: size_words(int(value)), 84),
    _number("duration", _("Length"), lambda _c, n: n.duration, length_words, 80),
    _said("dimensions", _("Dimensions"), lambda _c, n: f"{n.width} × {n.height}" if n.width and n.height else ""),
    _number("cited", _("Cited"), lambda c, n: c.cited(n), lambda value: f"{value:.0f}", 66),
    _said("used", _("Cited or not"), _used, groups=True),
    _said("text_layer", _("Has text"), lambda _c, n: (_("With text") if n.text_layer else _("Without text"))
          if n.sha256 else "", groups=True),
    _said("locked", _("Locked"), lambda _c, n: _("Locked") if n.locked else _("Open") if n.sha256 else "",
          width=90, groups=True),
    _text("reading_note", _("What could not be read"), width=220),
    _text("obtained_from", _("Obtained from"), width=150, groups=True),
    _text("obtained_by", _("Obtained by"), groups=True),
    _date("obtained_on", _("Obtained on")),
    _text("obtained_where", _("Where obtained"), groups=True),
    _text("obtained_how", _("How obtained"), groups=True),
    _text("device", _("Device or medium"), groups=True),
    _choice("copy", _("Original or copy"), width=110),
    _text("lawfulness", _("Why it was lawful"), width=160),
    _date("added_at", _("Added (UTC)"), width=140),
    _text("url", _("Web address"), width=200),
    _text("archive_url", _("Archived at"), width=200),
    _date("accessed_at", _("Accessed (UTC)"), width=140),
    _text("capture_method", _("Captured with")),
    _other("root", _("Independent source"), lambda c, n: c.root(n), groups=True),
    _other("translation_of", _("Translation of"), lambda _c, n: n.translation_of_id, groups=False),
    _other("derived_from", _("Repeats"), lambda _c, n: n.derived_from_id, groups=True),
    _other("part_of", _("Attached to"), lambda _c, n: n.part_of_id, groups=True),
    _said("speaker", _("Whose statement"), lambda c, n: c.speaker(n), width=150, groups=True),
    _date("verified_on", _("Date verified")),
    _number("proofs", _("Timestamps"), lambda c, n: c.proofs(n), lambda value: f"{value:.0f}", 96),
    _said("produce", _("In the bundle"), lambda _c, n: _("Yes") if n.produce else _("No"), groups=True),
    _text("bias_note", _("Bias"), width=160),
    _text("context", _("What it shows"), width=220),
    _text("cite_as", _("Cite as"), width=200),
    _text("file_name", _("File name"), width=180),
    _text("media_type", _("Media type"), width=160, groups=True),
    _text("sha256", _("SHA-256"), width=160),
)  # fmt: skip

BY_NAME: dict[str, Column] = {column.name: column for column in COLUMNS}
USUAL = ("number", "title", "source_type", "published", "grade", "pages", "size", "cited")
"""What is shown until somebody chooses."""

LEAST_FIRST = ("size", "pages", "source_type", "cited", "published", "grade")
"""The usual columns in the order in which they give way to the title."""
