"""The gap report on paper: what would make a case stronger, for the people who draft it. Never part of a packet.

It is made of plain values, in the words of the window: it is written for the drafters, not for an office.
"""

from __future__ import annotations

from dataclasses import dataclass

from magdesk.document.blocks import (
    Block,
    Document,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Space,
    Table,
    Text,
)
from magdesk.document.tables import cell, heads, label_cell, words


@dataclass(frozen=True, slots=True)
class GapEntry:
    """One gap.

    Attributes:
        mark: its number and check, e.g. ``3 · C06``.
        about: where it is.
        details: what it consists of, where it is several things.
    """

    mark: str
    sentence: str
    about: str
    why: str
    remedy: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GapGroup:
    """The gaps of one effect."""

    title: str
    meaning: str
    entries: tuple[GapEntry, ...]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question of the five-minute test: the answer as far as there is one, and what is missing."""

    question: str
    lines: tuple[str, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """The five-minute test of one target before one government."""

    title: str
    verdict: str
    rows: tuple[QuestionRow, ...]


@dataclass(frozen=True, slots=True)
class GapWords:
    """The words of the paper itself."""

    title: str
    banner: str
    summary: str
    gaps: str
    why: str
    remedy: str
    where: str
    test: str
    question: str
    answer: str
    set_aside: str
    none: str


@dataclass(frozen=True, slots=True)
class GapPaper:
    """Everything that the report says.

    Attributes:
        subtitle: which case it is about, and as of which day.
        counts: how many gaps there are of each effect, in words and number.
        set_aside: findings that someone set aside, each with reason and name.
    """

    words: GapWords
    subtitle: str
    day: str
    counts: tuple[tuple[str, str], ...]
    tests: tuple[QuestionTable, ...]
    groups: tuple[GapGroup, ...]
    set_aside: tuple[tuple[str, str], ...] = ()
    lang: str = "en"
    paper: str = "letter"


def gap_report_document(report: GapPaper) -> Document:
    """The report as a document, marked on each page as not for filing."""
    said = report.words
    blocks: list[Block] = [
        Heading(1, (Text(said.title),)),
        Paragraph((Text(report.subtitle),), ParagraphStyle.LEAD),
        Paragraph((Text(said.summary),)),
    ]
    if report.counts:
        rows = tuple((label_cell(name), words(count)) for name, count in report.counts)
        blocks.append(Table(rows, (3.0, 1.0)))
    blocks.append(Heading(2, (Text(said.gaps),)))
    if not report.groups:
        blocks.append(Paragraph((Text(said.none),)))
    for group in report.groups:
        blocks += _group(said, group)
    if report.set_aside:
        blocks.append(Heading(2, (Text(said.set_aside),)))
        blocks.append(Table(tuple((words(text), words(reason)) for text, reason in report.set_aside), (2.2, 1.8)))
    if report.tests:
        blocks.append(PageBreak())
        blocks.append(Heading(2, (Text(said.test),)))
        for test in report.tests:
            blocks += _test(said, test)
    return Document(
        title=said.title,
        blocks=tuple(blocks),
        lang=report.lang,
        banner=said.banner,
        running_head=report.subtitle,
        date=report.day,
        paper=report.paper,
    )


def _test(said: GapWords, test: QuestionTable) -> list[Block]:
    rows = [heads(said.question, said.answer)]
    for row in test.rows:
        lines: list[Block] = [Paragraph((Text(line),)) for line in row.lines]
        if row.missing:
            lines.append(Paragraph((Text(row.missing, bold=True),)))
        rows.append((words(row.question), cell(*lines, shade="warn" if row.missing else "")))
    head = Heading(3, (Text(test.title),))
    verdict = Paragraph((Text(test.verdict, italic=True),), keep_with_next=True)
    return [head, verdict, Table(tuple(rows), (1.2, 3.2), header_rows=1), Space(0.5)]


def _group(said: GapWords, group: GapGroup) -> list[Block]:
    out: list[Block] = [
        Heading(3, (Text(group.title),)),
        Paragraph((Text(group.meaning, italic=True),), keep_with_next=True),
    ]
    rows = []
    for entry in group.entries:
        lines: list[Block] = [Paragraph((Text(entry.sentence, bold=True),))]
        if entry.details:
            lines.append(ListBlock(tuple((Paragraph((Text(text),)),) for text in entry.details)))
        for label, text in ((said.where, entry.about), (said.why, entry.why), (said.remedy, entry.remedy)):
            if text:
                lines.append(Paragraph((Text(f"{label} ", italic=True), Text(text)), ParagraphStyle.SMALL))
        rows.append((words(entry.mark), cell(*lines)))
    out.append(Table(tuple(rows), (0.62, 4.6)))
    return out
